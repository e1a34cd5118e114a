/**
 * Findings in included files say which references led there, whatever the format.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { withInclusions } from '../../src/spec/inclusions.ts';
import { readSpec } from '../../src/spec/read.ts';
import { type Files, withFiles } from './raml/helpers.ts';

const cases: Readonly<Record<string, { readonly root: string; readonly files: Files; readonly ways: unknown }>> = {
  'RAML: uses, !include, and $ref': {
    root: 'api.raml',
    files: {
      'api.raml':
        '#%RAML 1.0\ntitle: A\nuses:\n  shop: parts/shop.raml\ntypes:\n  Shelf: shop.Book[]\n/books:\n  get:\n',
      'parts/shop.raml': '#%RAML 1.0 Library\ntypes:\n  Book: !include "../schemas/book.json"\n',
      'schemas/book.json': '{ "type": "object",\n  "properties": { "a": { "$ref": "a.json" } } }',
      'schemas/a.json': '{ "type": "strng" }',
    },
    ways: [['schemas/a.json:1:11', 'schemas/book.json:2:35', 'parts/shop.raml:3:19', 'api.raml:4:9']],
  },
  'RAML: a path from the root file’s folder': {
    root: 'api.raml',
    files: {
      'api.raml': '#%RAML 1.0\ntitle: A\n/books: !include parts/books.raml\n',
      'parts/books.raml': 'get: !include /parts/get.raml\n',
      'parts/get.raml': 'respones:\n',
    },
    ways: [['parts/get.raml:1:1', 'parts/books.raml:1:15', 'api.raml:3:18']],
  },
  'RAML: the base of an overlay': {
    root: 'overlay.raml',
    files: {
      'overlay.raml': '#%RAML 1.0 Overlay\nextends: api.raml\n',
      'api.raml': '#%RAML 1.0\ntitle: A\nmediatype: application/json\n',
    },
    ways: [['api.raml:3:1', 'overlay.raml:2:10']],
  },
  'RAML: the same file twice, by the shorter way': {
    root: 'api.raml',
    files: {
      'api.raml': '#%RAML 1.0\ntitle: A\n/a: !include a.raml\n/b: !include b.raml\n',
      'a.raml': 'get: !include a/get.raml\n',
      'a/get.raml': 'responses: { 200: !include ../b.raml }\n',
      'b.raml': 'descripton: B\n',
    },
    ways: [['b.raml:1:1', 'api.raml:4:14']],
  },
  'OpenAPI: $ref with a fragment and an escaped name': {
    root: 'api.yaml',
    files: {
      'api.yaml':
        "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths:\n  /books:\n    get:\n      responses:\n        '200':\n          $ref: my%20parts.yaml#/responses/Books\n",
      'my parts.yaml':
        "responses:\n  Books:\n    description: B\n    content: { 'application/json': { schema: { type: strng } } }\n",
    },
    ways: [['my parts.yaml:4:54', 'api.yaml:8:17']],
  },
  'none in the root file': {
    root: 'api.raml',
    files: { 'api.raml': '#%RAML 1.0\ntitle: A\nmediatype: application/json\n' },
    ways: [['api.raml:3:1']],
  },
};

for (const [name, { root, files, ways }] of Object.entries(cases)) {
  test(name, () =>
    withFiles(files, async (folder) => {
      const { diagnostics } = await readSpec(join(folder, root), { cache: false });
      const found = diagnostics
        .filter(({ severity }) => severity !== 'info')
        .map(({ at, includedFrom = [] }) => [at, ...includedFrom].map((p) => p && `${p.file}:${p.line}:${p.column}`));
      assert.deepEqual(found, ways);
    }),
  );
}

test('files that include each other, and many references in one line', () => {
  const files = [
    { path: 'api.raml', text: `${'x: other.raml, '.repeat(50_000)}a: !include a.raml` },
    { path: 'a.raml', text: 'b: !include b.raml' },
    { path: 'b.raml', text: 'a: !include a.raml\nself: b.raml\nroot: api.raml' },
  ];
  const at = { file: 'b.raml', line: 1, column: 1 };
  const [finding] = withInclusions([{ code: 'internal', severity: 'error', message: '', at }], files, 'api.raml');
  assert.deepEqual(
    finding?.includedFrom?.map(({ file, line }) => `${file}:${line}`),
    ['a.raml:1', 'api.raml:1'],
  );
});
