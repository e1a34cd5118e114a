/**
 * Descriptions that are broken or meant to hurt, given to the real command: it says what is wrong with code and place,
 * ends with 2, and shows neither a stack nor a path of this machine. What readers make of many more is tested beside
 * them, in `test/spec`.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { cartouche, emptyFolder, serving } from '../commands/cli.ts';

type Files = Readonly<Record<string, string | Buffer>>;

const raml = '#%RAML 1.0\ntitle: x\n';
const openapi = 'openapi: 3.0.3\ninfo: { title: x, version: "1" }\n';
const bomb = ['x0: &a0 [l,l,l,l,l,l,l,l,l]']
  .concat(Array.from({ length: 9 }, (_, at) => `x${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(',')}]`))
  .join('\n');

/** The first file is served; `place [code]` is what must be said of it. */
const refused: readonly (readonly [name: string, files: Files, said: string])[] = [
  ['empty file', { 'api.raml': '' }, 'api.raml:1:1 [empty-description]'],
  ['empty file', { 'api.yaml': '' }, 'api.yaml:1:1 [empty-description]'],
  ['wrong version line', { 'api.raml': '#%RAML 2.0\ntitle: x\n' }, 'api.raml:1:1 [unknown-format]'],
  ['wrong version line', { 'api.yaml': 'openapi: 4.0.0\npaths: {}\n' }, 'api.yaml:1:10 [unknown-format]'],
  ['tab', { 'api.raml': `${raml}/a:\n\tget:\n` }, 'api.raml:4:1 [syntax-error]'],
  ['tab', { 'api.yaml': 'openapi: 3.0.3\ninfo:\n\ttitle: x\n' }, 'api.yaml:3:1 [syntax-error]'],
  ['unclosed quote', { 'api.raml': '#%RAML 1.0\ntitle: "x\n/a:\n  get:\n' }, 'api.raml:2:8 [syntax-error]'],
  ['unclosed quote', { 'api.yaml': 'openapi: "3.0.3\ninfo:\n' }, 'api.yaml:1:10 [syntax-error]'],
  ['unclosed quote', { 'api.json': '{\n  "openapi": "3.0.3,\n  "info": {}\n}' }, 'api.json:2:14 [syntax-error]'],
  ['missing include', { 'api.raml': `${raml}/a: !include nope.raml\n` }, 'api.raml:3:1 [file-not-found]'],
  ['missing $ref', { 'api.yaml': `${openapi}paths:\n  /a: { $ref: "nope.yaml" }\n` }, 'api.yaml:4:15 [file-not-found]'],
  ['file that includes itself', { 'api.raml': `${raml}/a: !include api.raml\n` }, 'api.raml:3:1 [include-cycle]'],
  [
    'files that include each other',
    {
      'api.raml': `${raml}types: !include a.raml\n`,
      'a.raml': 'A: !include b.raml\n',
      'b.raml': 'B: !include a.raml\n',
    },
    'b.raml:1:4 [include-cycle]',
  ],
  ['alias bomb', { 'api.raml': `${raml}${bomb}\ntypes:\n  A:\n    example: *a9\n` }, 'api.raml:8:10 [alias-limit]'],
  ['alias bomb', { 'api.yaml': `${openapi}${bomb}\npaths: {}\nx-y: *a9\n` }, 'api.yaml:8:10 [alias-limit]'],
  [
    '$ref outside the folder',
    { 'in/api.yaml': `${openapi}paths:\n  /a: { $ref: "../outside.yaml" }\n`, 'outside.yaml': 'get: {}\n' },
    'in/api.yaml:4:15 [file-outside-root]',
  ],
  [
    'include outside the folder',
    { 'in/api.raml': `${raml}/a: !include ../outside.raml\n`, 'outside.raml': 'get:\n' },
    'in/api.raml:3:1 [file-outside-root]',
  ],
  ['no text at all', { 'api.yaml': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]) }, ' [file-unreadable]'],
];

describe('a hostile description is refused', { concurrency: 2 }, () => {
  for (const [name, files, said] of refused) {
    const file = Object.keys(files)[0] ?? '';
    test(`${name}: ${said}`, async (t) => {
      const folder = emptyFolder(t);
      write(folder, files);
      const { stdout, stderr, status } = await cartouche(folder, ['serve', file, '--port', '0']);
      assert.deepEqual({ stdout, status }, { stdout: '', status: 2 }, stderr);
      const [place = '', code = ''] = said.split(' ');
      const first = new RegExp(`^${literally(place)}${place && ': '}error: .+ ${literally(code)}$`, 'm');
      assert.match(stderr, first);
      assertDiscreet(stderr, folder);
    });
  }
});

for (const file of ['api.raml', 'api.yaml']) {
  test(`${file}: nothing is fetched over HTTP`, async (t) => {
    const requested: string[] = [];
    const server = createServer((request, response) => {
      requested.push(request.url ?? '');
      response.end('get: {}');
    }).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/a.yaml`;
    const folder = emptyFolder(t);
    write(folder, {
      'api.raml': `${raml}uses: { l: ${url} }\n/a: !include ${url}\n`,
      'api.yaml': `${openapi}paths:\n  /a: { $ref: "${url}" }\n`,
    });
    const { stderr, status } = await cartouche(folder, ['serve', file, '--port', '0']);
    assert.equal(status, 2);
    assert.match(stderr, /^api\.\w+:\d:\d+: error: .+ \[network-refused\]$/m);
    assertDiscreet(stderr, folder);
    assert.deepEqual(requested, []);
  });
}

test('a raml-lint.js beside the description is not run', async (t) => {
  const folder = emptyFolder(t);
  const mark = 'require("fs").writeFileSync(__dirname + "/was-run", "")';
  write(folder, { 'api.raml': `${raml}/a:\n  get:\n`, 'raml-lint.js': mark, 'node_modules/raml-lint.js': mark });
  const server = await serving(t, folder, ['api.raml', '--data', ':memory:']);
  assert.equal((await fetch(`${server.url}/a`)).status, 200);
  assert.equal(existsSync(join(folder, 'was-run')), false);
});

/** The parser of RAML needs minutes for 10 MB of resources; that its time limit ends it is tested with a shorter one. */
const large: readonly (readonly [name: string, file: string, text: () => string])[] = [
  [
    'of documentation',
    'api.raml',
    () => `${raml}description: |\n${`  ${'lorem ipsum '.repeat(80)}\n`.repeat(10_500)}/notes:\n  get:\n  post:\n`,
  ],
  ['of operations', 'api.json', () => JSON.stringify(manyOperations())],
];

for (const [name, file, text] of large) {
  test(`10 MB ${name} are served: ${file}`, async (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, file), text());
    const server = await serving(t, folder, [file, '--data', ':memory:']);
    assert.equal((await fetch(`${server.url}/notes`)).status, 200);
  });
}

test('33 MB are not read', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.yaml'), `${openapi}paths: {}\n${`# ${'x'.repeat(1000)}\n`.repeat(34_000)}`);
  const { stderr, status } = await cartouche(folder, ['inspect', 'api.yaml']);
  assert.equal(status, 2);
  assert.match(stderr, /error: .+ \[file-too-large\]$/m);
  assertDiscreet(stderr, folder);
});

test('a key that comes twice is told, and the rest is read', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(
    join(folder, 'api.json'),
    '{"openapi":"3.1.0","info":{"title":"x","version":"1"},"paths":{},"paths":{}}',
  );
  const { stderr, status } = await cartouche(folder, ['inspect', 'api.json']);
  assert.equal(status, 1);
  assert.match(stderr, /^api\.json:1:66: warning: The key "paths" occurs twice/);
});

function manyOperations(): object {
  const list = { 200: { description: 'All. '.repeat(200), content: { 'application/json': { schema: notes } } } };
  const paths = Array.from({ length: 9_000 }, (_, at) => [
    at === 0 ? '/notes' : `/of-${at}`,
    { get: { responses: list } },
  ]);
  return { openapi: '3.1.0', info: { title: 'Large', version: '1' }, paths: Object.fromEntries(paths) };
}

const notes = { type: 'array', items: { type: 'object', properties: { text: { type: 'string' } } } };

function write(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

function assertDiscreet(said: string, folder: string): void {
  assert.doesNotMatch(said, /^\s+at .*[:(]/m, 'no stack');
  assert.ok(!said.includes(folder) && !said.includes('node_modules') && !said.includes('file://'), said);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
