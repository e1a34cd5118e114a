/**
 * A remembered model is the model that was read, in whatever order it is looked at.
 *
 * Seen to fail when broken on purpose: lines in another order than the head's; keys in another order than they were in;
 * text that is not ASCII and is not escaped.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ApiModel } from '../../src/model/types.ts';
import { type Entry, formatEntry, parseEntry } from '../../src/spec/cache-entry.ts';
import { readSpec } from '../../src/spec/read.ts';

const specs = new URL('../../specs/', import.meta.url).pathname;
const corpora = new URL('../../../shared/corpora/', import.meta.url).pathname;

const descriptions = [
  join(specs, 'bookstore.raml'),
  join(specs, 'bookstore-08.raml'),
  join(corpora, 'real/ramses-tech+ramses-example/example.raml'),
];

/** What is looked at first. */
const looks: Readonly<Record<string, (model: ApiModel) => unknown>> = {
  nothing: () => undefined,
  'the last path': ({ paths }) => paths.at(-1)?.operations,
  'every path, by name': ({ paths }) => paths.map(({ path }) => path),
  'the definitions': ({ $defs }) => $defs,
  'the inferences, then the paths': ({ inferences, paths }) => [inferences.length, JSON.stringify(paths)],
};

type Kept = Entry & { readonly model: ApiModel };

async function read(file: string): Promise<Kept> {
  const result = await readSpec(file, { cache: false });
  assert.ok(result.model);
  return { ...result, model: result.model, refused: [{ path: 'gone.json', code: 'file-not-found' }] };
}

function again(result: Kept): Kept {
  const parsed = parseEntry(Buffer.from(formatEntry(result), 'latin1'));
  assert.ok(parsed?.model);
  return { ...parsed, model: parsed.model };
}

for (const file of descriptions) {
  for (const [name, look] of Object.entries(looks)) {
    test(`${file.split('/').at(-1)}, looking first at ${name}`, async () => {
      const first = await read(file);
      const text = JSON.stringify(first);
      const remembered = again(first);
      assert.deepEqual(look(remembered.model), look(JSON.parse(text).model));
      assert.equal(JSON.stringify(remembered), text);
      assert.deepEqual(again(first), JSON.parse(text));
      assert.deepEqual(structuredClone(remembered.model), JSON.parse(text).model);
      assert.deepEqual({ ...remembered.model.paths[0] }, JSON.parse(text).model.paths[0]);
    });
  }
}

test('texts beyond ASCII, and names that JavaScript has a meaning for', async () => {
  const { model, ...rest } = await read(descriptions[0] ?? '');
  const odd: ApiModel = {
    ...model,
    title: 'é \u2028 😀 \u007f \ud800',
    $defs: JSON.parse('{"__proto__":{"type":"string"},"\\n":{"title":"日本"}}'),
    paths: model.paths.map((item) => ({ ...item, path: `${item.path}/ü`, description: '“quoted”\n' })),
  };
  const entry = formatEntry({ ...rest, model: odd });
  assert.match(entry, /^[\n -~]+$/);
  assert.deepEqual(again({ ...rest, model: odd }).model, JSON.parse(JSON.stringify(odd)));
  assert.equal(JSON.stringify(again({ ...rest, model: odd }).model), JSON.stringify(odd));
});

test('of all paths, the ones that are looked at are parsed', async () => {
  const { model } = again(await read(descriptions[0] ?? ''));
  const isParsed = (item: object) => Object.getOwnPropertyDescriptor(item, 'operations')?.get === undefined;
  assert.ok(model.paths.every(({ path }) => path.startsWith('/')));
  assert.deepEqual(model.paths.filter(isParsed), []);
  const [first] = model.paths;
  assert.ok(first?.operations);
  assert.deepEqual(model.paths.filter(isParsed), [first]);
});
