import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cartouche, emptyFolder } from './cli.ts';

const raml =
  '#%RAML 1.0\ntitle: Books\nversion: v1\nannotationTypes: { tier: string }\n/books:\n  (tier): gold\n  get:\n';
const report = 'api.raml:5:1: changed: The annotation "(tier)" is kept as "x-tier".\napi.raml: 0 lost, 1 changed.\n';

test('convert: YAML on standard output, the report on standard error', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), raml);
  const { stdout, stderr, status } = await cartouche(folder, ['convert', 'api.raml', '--to', 'openapi']);
  assert.equal(status, 0);
  assert.equal(stderr, report);
  assert.equal(
    stdout,
    'openapi: 3.1.1\ninfo:\n  title: Books\n  version: v1\npaths:\n  /books:\n    x-tier: gold\n    get: {}\n',
  );
});

test('convert --json: JSON, and the report as a line of JSON', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), raml);
  const { stdout, stderr, status } = await cartouche(folder, ['convert', 'api.raml', '--to', 'openapi', '--json']);
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout).info.title, 'Books');
  assert.deepEqual(JSON.parse(stderr), {
    event: 'converted',
    file: 'api.raml',
    to: 'openapi',
    losses: [
      {
        kind: 'changed',
        message: 'The annotation "(tier)" is kept as "x-tier".',
        at: { file: 'api.raml', line: 5, column: 1 },
      },
    ],
  });
});

test('convert --out: a file, JSON by its name', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), raml);
  const { stdout, stderr, status } = await cartouche(folder, [
    ...['convert', 'api.raml', '--to', 'openapi', '--out', 'openapi.json'],
  ]);
  assert.deepEqual({ stdout, stderr, status }, { stdout: '', stderr: report, status: 0 });
  assert.equal(JSON.parse(readFileSync(join(folder, 'openapi.json'), 'utf8')).openapi, '3.1.1');
});

test('convert: a folder of JSON Schemas', async (t) => {
  const folder = emptyFolder(t);
  mkdirSync(join(folder, 'schemas'));
  writeFileSync(join(folder, 'schemas/book.json'), '{ "type": "object", "properties": { "isbn": {}, "id": {} } }');
  const { stdout, stderr, status } = await cartouche(folder, ['convert', 'schemas/', '--to', 'openapi', '--json']);
  assert.equal(status, 0);
  assert.deepEqual(Object.keys(JSON.parse(stdout).paths), ['/books', '/books/{id}']);
  assert.equal(JSON.parse(stderr).losses.length, 1);
});

test('convert --to raml: says so in its first line, and is YAML whatever is asked for', async (t) => {
  const folder = emptyFolder(t);
  mkdirSync(join(folder, 'schemas'));
  writeFileSync(
    join(folder, 'schemas/book.json'),
    '{ "type": "object", "properties": { "id": { "type": "string" } } }',
  );
  const { stdout, stderr, status } = await cartouche(folder, ['convert', 'schemas/', '--to', 'raml', '--json']);
  assert.equal(status, 0);
  assert.match(stdout, /^#%RAML 1\.0\ntitle: schemas\n/);
  assert.match(stdout, /\ntypes:\n {2}Book:\n {4}type: object\n {4}properties:\n {6}id\?: string\n/);
  assert.deepEqual(JSON.parse(stderr).losses, []);
  writeFileSync(join(folder, 'api.raml'), stdout);
  const again = await cartouche(folder, ['convert', 'api.raml', '--to', 'raml']);
  assert.equal(again.status, 2);
  assert.match(again.stderr, /api\.raml is RAML 1\.0 already\./);
});

const refused: readonly (readonly [name: string, args: readonly string[], message: RegExp])[] = [
  ['a description with an error', ['wrong.raml', '--to', 'openapi'], /wrong\.raml cannot be converted: 1 error\./],
  ['a format that it has already', ['openapi.yaml', '--to', 'openapi'], /openapi\.yaml is OpenAPI 3\.1 already\./],
  ['its own file', ['api.raml', '--to', 'openapi', '--out', './api.raml'], /api\.raml would be overwritten/],
  ['a folder that is not there', ['api.raml', '--to', 'openapi', '--out', 'no/api.yaml'], /no\/api\.yaml cannot be/],
  ['no format', ['api.raml'], /required option '--to <format>'/],
  ['an unknown format', ['api.raml', '--to', 'wsdl'], /Allowed choices are/],
];

for (const [name, args, message] of refused) {
  test(`convert refuses ${name}`, async (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'api.raml'), raml);
    writeFileSync(join(folder, 'wrong.raml'), '#%RAML 1.0\ntitle: T\n/books:\n  gett:\n');
    writeFileSync(join(folder, 'openapi.yaml'), 'openapi: 3.1.0\ninfo: { title: T, version: v1 }\npaths: {}\n');
    const { stdout, stderr, status } = await cartouche(folder, ['convert', ...args]);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, message);
  });
}
