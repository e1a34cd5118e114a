import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ApiModel } from '../../src/model/types.ts';
import { readSpec } from '../../src/spec/read.ts';
import { isObject } from '../../src/spec/record.ts';
import { sniff } from '../../src/spec/sniff.ts';
import { alike } from './alike.ts';

const OPENAPI =
  'openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: { /books: { get: { responses: { 200: { description: OK } } } } }\n';

const READS = 'Cartouche reads RAML 0.8 and 1.0, OpenAPI 3.0 and 3.1, and JSON Schema';

describe('telling formats apart', () => {
  const rows: Readonly<Record<string, readonly [text: string, expected: string]>> = {
    'RAML 1.0': ['#%RAML 1.0\ntitle: T', 'raml'],
    'RAML 0.8': ['#%RAML 0.8\ntitle: T', 'raml'],
    'an overlay': ['#%RAML 1.0 Overlay\nextends: a.raml', 'raml'],
    'RAML with Windows line ends': ['#%RAML 1.0\r\ntitle: T', 'raml'],
    'OpenAPI in YAML': ['# hello\n---\nopenapi: 3.1.0', 'openapi'],
    'OpenAPI with its key further down': ['info:\n  title: T\nopenapi: "3.0.0"', 'openapi'],
    'OpenAPI with quoted keys': ['"openapi": "3.0.0"', 'openapi'],
    'OpenAPI in JSON': ['{ "info": {}, "openapi": "3.0.0" }', 'openapi'],
    'OpenAPI that is indented throughout': ['\n  openapi: 3.0.0\n  info: {}', 'openapi'],
    'Swagger, which the OpenAPI reader answers': ['swagger: "2.0"', 'openapi'],
    'an empty file': ['', '1 empty-description: begin with "#%RAML 1.0" or "openapi: 3.1.0"'],
    'blank lines and comments': ['\n# soon\n\n', '1 empty-description: begin with "#%RAML 1.0" or "openapi: 3.1.0"'],
    'RAML 1.1': ['#%RAML 1.1\ntitle: T', '1 unknown-format: did you mean "#%RAML 1.0"?'],
    'RAML 0.9': ['#%RAML 0.9\ntitle: T', '1 unknown-format: did you mean "#%RAML 0.8"?'],
    'RAML without a version': ['#%RAML\ntitle: T', '1 unknown-format: write "#%RAML 1.0", exactly so'],
    'RAML in small letters': ['#%raml 1.0\ntitle: T', '1 unknown-format: write "#%RAML 1.0", exactly so'],
    'RAML with a blank too many': ['# %RAML 0.8\ntitle: T', '1 unknown-format: write "#%RAML 0.8", exactly so'],
    'RAML after a blank line': ['\n#%RAML 1.0\ntitle: T', '2 unknown-format: remove what stands above it'],
    'RAML without its first line': [
      'title: T\n/books:\n  get:',
      '1 unknown-format: a RAML file begins with the line "#%RAML 1.0"',
    ],
    'the key misspelled': ['opanapi: 3.1.0\ninfo: {}', '1 unknown-format: did you mean "openapi"?'],
    AsyncAPI: ['asyncapi: 3.0.0\ninfo: {}', `1 unknown-format: ${READS}`],
    'a JSON Schema': ['{\n  "$schema": "http://json-schema.org/draft-07/schema#"\n}', 'json-schema'],
    'a JSON Schema that is broken': ['{\n  "$schema": "http://json-schema.org/draft-07/schema#",\n', 'json-schema'],
    'a JSON Schema that does not say so': ['{ "type": "object", "properties": {} }', 'json-schema'],
    'a JSON Schema in YAML': ['type: object\nproperties:\n  id: {}', 'json-schema'],
    'data in JSON': ['{ "name": "x" }', `1 unknown-format: ${READS}`],
    'some prose': ['Hello there', `1 unknown-format: ${READS}`],
  };
  for (const [name, [text, expected]] of Object.entries(rows)) {
    it(name, () => {
      const sniffed = sniff(text, 'api');
      const told =
        'reader' in sniffed
          ? sniffed.reader
          : `${sniffed.problem.at?.line} ${sniffed.problem.code}: ${sniffed.problem.hint}`;
      assert.equal(told, expected);
    });
  }
});

describe('readSpec', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-read-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('reads OpenAPI whatever the file is called', async () => {
    const { model, diagnostics, files } = await readSpec(write('notes.txt', `\ufeff${OPENAPI}`), { cache: false });
    assert.deepEqual(diagnostics, []);
    assert.equal(model?.format, 'openapi-3.1');
    assert.deepEqual(
      model?.bindings.map(({ operation }) => operation),
      ['get /books'],
    );
    assert.deepEqual(
      files.map(({ path }) => path),
      ['notes.txt'],
    );
  });

  it('reads RAML', async () => {
    const { model } = await readSpec(write('api.raml', '#%RAML 1.0\ntitle: T\n/books:\n  get:\n'), { cache: false });
    assert.equal(model?.format, 'raml-1.0');
  });

  it('tells that a file is missing', async () => {
    write('shop.yaml', OPENAPI);
    const { model, diagnostics } = await readSpec(join(folder, 'shp.yaml'), { cache: false });
    assert.equal(model, undefined);
    assert.deepEqual(
      diagnostics.map(({ code, hint }) => [code, hint]),
      [['file-not-found', 'did you mean "shop.yaml"?']],
    );
  });

  it('tells that a folder holds no schema, or nothing at all', async () => {
    const empty = mkdtempSync(join(folder, 'empty-'));
    const codes = await Promise.all(
      [folder, empty].map(async (each) => (await readSpec(each, { cache: false })).diagnostics.map(({ code }) => code)),
    );
    assert.deepEqual(codes, [['empty-description'], ['file-unreadable']]);
  });

  it('tells an override that is not known', async () => {
    const file = write(
      'override.yaml',
      OPENAPI.replace('paths:', 'components: { schemas: { A: { type: object, x-cartouche: { idd: a } } } }\npaths:'),
    );
    const { diagnostics } = await readSpec(file, { cache: false });
    assert.ok(diagnostics.some(({ code, hint }) => code === 'unsupported-keyword' && hint === 'did you mean "id"?'));
  });

  it('gives a model along with errors that leave one', async () => {
    const file = write('wrong.yaml', OPENAPI.replace('paths:', 'pths: {}\npaths:'));
    const { model, diagnostics } = await readSpec(file, { cache: false });
    assert.ok(model);
    assert.deepEqual(
      diagnostics.map(({ code, hint }) => [code, hint]),
      [['unknown-key', 'did you mean "paths"?']],
    );
  });
});

/**
 * What RAML 0.8 cannot say. It has no description of the whole API, only documentation. And it knows no schema that is
 * written in place out of others (`items: Book[]`): each is JSON Schema of its own, and so has a name.
 */
const ONLY_IN_08 = ['Authors', 'Books', 'Reviews', 'Patch', 'order', 'stats'];

describe('the descriptions of the bookstore', () => {
  const read = async (name: string) => {
    const file = fileURLToPath(new URL(`../../specs/${name}`, import.meta.url));
    const { model, diagnostics } = await readSpec(file, { cache: false });
    assert.deepEqual(diagnostics, []);
    return model;
  };

  it('become one model in RAML 1.0 and OpenAPI', async () => {
    assert.deepEqual(alike(await read('bookstore.openapi.yaml')), alike(await read('bookstore.raml')));
  });

  it('become one model in RAML 1.0 and RAML 0.8', async () => {
    const { description: _, ...newer } = { description: undefined, ...(await read('bookstore.raml')) };
    const older = await read('bookstore-08.raml');
    assert.ok(older);
    assert.deepEqual(alike(inPlace(older, ONLY_IN_08)), alike(newer));
  });
});

/** A model with these definitions written where they are referred to. */
function inPlace(model: ApiModel, names: readonly string[]): unknown {
  const definitions: ReadonlyMap<string, unknown> = new Map(
    names.map((name) => [`#/$defs/${name}`, model.$defs[name] ?? assert.fail(`there is no definition "${name}"`)]),
  );
  const text = JSON.stringify(model, (key, inner: unknown) => {
    if (key !== '$defs') return definitions.get(isObject(inner) ? String(inner.$ref) : '') ?? inner;
    return isObject(inner)
      ? Object.fromEntries(Object.entries(inner).filter(([name]) => !names.includes(name)))
      : inner;
  });
  return JSON.parse(text);
}
