/** Other formats as RAML 1.0: read again without an error, with the same operations bound to the same resources. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { toRaml } from '../../src/convert/raml/document.ts';
import { ramlText } from '../../src/convert/text.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { readSpec } from '../../src/spec/read.ts';
import { corpus } from '../corpora/descriptions.ts';
import { corporaFolder, withoutCorpora } from '../corpora/folder.ts';
import { alike } from '../spec/alike.ts';
import { assertAccepted } from './raml-judges.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-convert-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const schemas = ['real/ramses-tech+ramses-example/schemas', 'real/folio-org+raml/schemas'];
const older = corpus.map(({ file }) => file).filter((file) => file.endsWith('.raml') && isOlder(file));
const openapi = corpus.map(({ file }) => file).filter((file) => file.startsWith('openapi/'));

it('specs/bookstore.openapi.yaml', async () => {
  const file = fileURLToPath(new URL('../../specs/bookstore.openapi.yaml', import.meta.url));
  const { model } = await readSpec(file, { cache: false });
  assert.ok(model);
  const { document, losses } = toRaml(model);
  assert.deepEqual(losses, []);
  const again = await readAgain(document);
  // All of it, definitions and paths, too.
  assert.deepEqual(alike(again.model), alike(model));
  assert.deepEqual(again.diagnostics, []);
  await assertAccepted(join(folder, 'api.raml'), undefined);
});

/** Examples that do not fit their schemas in the original either. */
const wrongExamples: Readonly<Record<string, RegExp>> = {
  'real/raml-apis+GitHub/api.raml': /: example: /,
  'real/raml-apis+Uber/api.raml': /: example: /,
};

describe('becomes RAML that others accept and that is read as the same', { skip: withoutCorpora }, () => {
  for (const file of [...schemas, ...openapi, ...older]) {
    it(file, async () => {
      const { model } = await readSpec(join(corporaFolder, file), { cache: false });
      assert.ok(model);
      const { document, losses } = toRaml(model);
      for (const { at } of losses) assert.ok(at.file !== '' && at.line > 0);
      const again = await readAgain(document);
      await assertAccepted(join(folder, 'api.raml'), wrongExamples[file]);
      assert.ok(again.model);
      assert.deepEqual(
        again.diagnostics.filter(({ severity }) => severity === 'error'),
        [],
      );
      assert.deepEqual(alike(again.model.bindings), withoutIds(model, alike(model.bindings)));
      assert.deepEqual(alike(again.model.resources), withoutIds(model, alike(model.resources)));
    });
  }
});

async function readAgain(document: object) {
  const written = join(folder, 'api.raml');
  writeFileSync(written, ramlText(document));
  return readSpec(written, { cache: false });
}

/** RAML has no ids of operations; where they are told, RAML's readers say method and path. */
function withoutIds({ paths }: ApiModel, value: unknown): unknown {
  const ids = new Map(
    paths.flatMap(({ path, operations }) => operations.map(({ id, method }) => [id, `${method} ${path}`] as const)),
  );
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    key === 'operation' && typeof inner === 'string' ? (ids.get(inner) ?? inner) : inner,
  );
}

function isOlder(file: string): boolean {
  if (withoutCorpora) return false;
  return readFileSync(join(corporaFolder, file), 'utf8').startsWith('#%RAML 0.8');
}
