import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cartouche, emptyFolder } from './cli.ts';

const bookstore = fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url));

test('inspect: what was found and what was concluded, from which line, and how to say otherwise', async (t) => {
  const folder = emptyFolder(t);
  copyFileSync(bookstore, join(folder, 'api.raml'));
  const { stdout, stderr, status } = await cartouche(folder, ['inspect', 'api.raml']);
  assert.equal(stderr, '');
  assert.equal(status, 0);
  assert.match(stdout, /^Bookstore v1 \(RAML 1\.0\): 3 resources, 20 operations$/m);
  assert.match(stdout, /^books collection of Book, api\.raml:\d+:\d+$/m);
  assert.match(stdout, /^ {2}PUT +\/books\/\{isbn\} +replace or create$/m);
  assert.match(stdout, /^Answered with samples\n {2}POST +\/books\/\{isbn\}\/order {2}\S/m);
  assert.match(
    stdout,
    /^ {2}books: the id is "isbn".*\n {4}because {4}\S.*\(api\.raml:\d+:\d+\)\n {4}otherwise {2}x-cartouche/m,
  );
});

test('inspect --json: the same as data', async (t) => {
  const folder = emptyFolder(t);
  copyFileSync(bookstore, join(folder, 'api.raml'));
  const { stdout, status } = await cartouche(folder, ['inspect', 'api.raml', '--json']);
  assert.equal(status, 0);
  assert.equal(stdout.trimEnd().split('\n').length, 1);
  const report: Readonly<Record<string, unknown>> = JSON.parse(stdout);
  assert.deepEqual(Object.keys(report), [
    ...['file', 'diagnostics', 'omitted', 'title', 'version', 'format', 'resources', 'operations', 'inferences'],
  ]);
});

test('inspect: a thousand problems and more, for people and for programs', async (t) => {
  const folder = emptyFolder(t);
  const paths = Array.from({ length: 1_100 }, (_, index) => `  /p${1_100 - index}: { gett${index}: {} }\n`);
  const head = '\ufeffopenapi: 3.1.0\ninfo: { title: 書籍, version: v1 }\npaths:\n';
  writeFileSync(join(folder, 'api.yaml'), `${head}${paths.join('')}`.replaceAll('\n', '\r\n'));
  const { stdout, status } = await cartouche(folder, ['inspect', 'api.yaml', '--json']);
  assert.equal(status, 2);
  const { diagnostics, omitted } = JSON.parse(stdout);
  assert.deepEqual({ count: diagnostics.length, omitted }, { count: 1_000, omitted: 100 });
  assert.deepEqual(
    diagnostics.map(({ at }: { readonly at: { readonly line: number } }) => at.line),
    Array.from({ length: 1_000 }, (_, index) => index + 4),
  );
  const people = await cartouche(folder, ['inspect', 'api.yaml']);
  assert.match(people.stderr, /^… and 1,050 more findings\.$/m);
  // The byte order mark and carriage returns move no caret and are not shown.
  assert.match(people.stderr, /\n {2}4 \| {3}\/p1100: \{ gett0: \{\} \}\n {4}\| {13}\^\n/);
});

test('inspect --format sarif: one log, with paths as seen from the working directory', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), '#%RAML 1.0\ntitle: Books\n/books:\n  gett:\n');
  const { stdout, stderr, status } = await cartouche(folder, ['inspect', 'api.raml', '--format', 'sarif']);
  assert.deepEqual({ stderr, status }, { stderr: '', status: 2 });
  const { version, runs } = JSON.parse(stdout);
  assert.equal(version, '2.1.0');
  assert.deepEqual(
    runs[0].results.map(({ ruleId, level, locations }: Readonly<Record<string, unknown>>) => [
      ruleId,
      level,
      locations,
    ]),
    [
      [
        'unknown-key',
        'error',
        [{ physicalLocation: { artifactLocation: { uri: 'api.raml' }, region: { startLine: 4, startColumn: 3 } } }],
      ],
    ],
  );
});

test('inspect: security that is declared and not enforced is a note', async (t) => {
  const folder = emptyFolder(t);
  const schemes = 'securitySchemes:\n  basic: { type: Basic Authentication }\n';
  writeFileSync(join(folder, 'api.raml'), `#%RAML 1.0\ntitle: B\n${schemes}/books:\n  get:\n    securedBy: [basic]\n`);
  const { stderr, status } = await cartouche(folder, ['validate', 'api.raml']);
  assert.match(stderr, /^api\.raml:4:3: info: .*"basic".*\[security-not-enforced\]$/m);
  assert.equal(status, 0);
});

test('validate: the same finding in many places is told once', async (t) => {
  const folder = emptyFolder(t);
  const paths = ['a', 'b', 'c'].map((name) => `/${name}:\n  gett:\n`).join('');
  writeFileSync(join(folder, 'api.raml'), `#%RAML 1.0\ntitle: Books\n${paths}`);
  const { stderr } = await cartouche(folder, ['validate', 'api.raml']);
  assert.equal(stderr.match(/did you mean "get"/g)?.length, 1);
  assert.match(stderr, /^ {2}also: 2 more places: api\.raml:6:3, :8:3$/m);
  assert.match(stderr, /^api\.raml: 3 errors\.$/m);
});

const wrong = '#%RAML 1.0\ntitle: Books\n/books:\n  gett:\n';
const questionable = [
  '#%RAML 1.0\ntitle: Books\ntypes:\n  Book:\n    properties: { pages?: integer }\n    example: { pages: many }',
  '/books:\n  get:\n    responses: { 200: { body: { application/json: { type: "Book[]" } } } }\n',
].join('\n');

const outcomes: readonly (readonly [name: string, text: string | undefined, status: number, stderr: RegExp])[] = [
  ['a good description', '#%RAML 1.0\ntitle: Books\n/books:\n  get:\n', 0, /^$/],
  [
    'a warning',
    questionable,
    1,
    /^api\.raml:6:\d+: warning: [\s\S]+\[example-mismatch\][\s\S]+\napi\.raml: 1 warning\.\n$/,
  ],
  ['an error', wrong, 2, /^api\.raml:4:3: error: [\s\S]+ 4 \| {3}gett:\n +\| {3}\^\n[\s\S]*\napi\.raml: 1 error\.\n$/],
  ['an empty file', '', 2, /\[empty-description\]/],
  ['no file', undefined, 2, /^error: .*"api\.raml" does not exist/],
];

for (const [name, text, want, pattern] of outcomes) {
  test(`validate: ${name} exits with ${want}`, async (t) => {
    const folder = emptyFolder(t);
    if (text !== undefined) writeFileSync(join(folder, 'api.raml'), text);
    const { stdout, stderr, status } = await cartouche(folder, ['validate', 'api.raml']);
    assert.match(stderr, pattern);
    assert.deepEqual({ stdout, status }, { stdout: '', status: want });
  });
}

test('a name from the description cannot pass for what it is not', async (t) => {
  const folder = emptyFolder(t);
  const name = 'se"t\n\u202et';
  const schema = {
    type: 'object',
    required: ['id\nerror: fake'],
    properties: { 'k"ey': {}, [name]: { type: 'object', properties: { q: {} } } },
  };
  const content = { 'application/json': { schema } };
  const key = { name: 'k"ey', in: 'path', required: true, schema: { type: 'string' } };
  const answer = { responses: { 200: { description: 'x', content } } };
  const paths = {
    '/a"b': { post: { requestBody: { content }, responses: { 201: { description: 'x' } } } },
    '/a"b/{k"ey}': { get: { parameters: [key], ...answer } },
    [`/a"b/{k"ey}/${name}`]: {
      get: {
        parameters: [key],
        responses: { 200: { description: 'x', content: { 'application/json': { schema: schema.properties[name] } } } },
      },
    },
  };
  writeFileSync(
    join(folder, 'api.json'),
    JSON.stringify({ openapi: '3.1.0', info: { title: 'T\nerror:', version: '1' }, paths }),
  );
  const { stdout, stderr } = await cartouche(folder, ['inspect', 'api.json']);
  assert.ok(!/^error:/m.test(stdout + stderr), stdout + stderr);
  assert.ok(!(stdout + stderr).includes('\u202e'));
  assert.match(stdout, /read "se\\"t\\n\\u202et"/);
  assert.match(stdout, /the id is "k\\"ey"/);
});
