/**
 * Input that is broken, odd or meant to hurt: each ends quickly, with a code and a place, and without a word of the machine.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Files, readFiles, told } from './helpers.ts';

const head = '#%RAML 1.0\ntitle: x\nmediaType: application/json\n';

/** Name, files, and the start of the first finding. */
const cases: readonly (readonly [name: string, files: string | Files, first: string])[] = [
  ['empty file', '', 'error empty-description api.raml:1:1'],
  ['blank file', '\n \n', 'error empty-description api.raml:1:1'],
  ['no version line', 'title: x\n', 'error unknown-format api.raml:1:1 The first line does not name'],
  ['wrong version line', '#%RAML 2.0\ntitle: x\n', 'error unknown-format api.raml:1:1 The first line does not name'],
  ['only a version line', '#%RAML 1.0\n', 'error missing-key api.raml:2:1 "title" is missing'],
  [
    'fragment alone',
    '#%RAML 1.0 Library\ntypes: { A: string }\n',
    'error not-an-api api.raml:1:1 This is a RAML Library',
  ],
  ['tab', '#%RAML 1.0\ntitle: x\n/a:\n\tget:\n', 'error syntax-error api.raml:4:1 A line is indented with a tab'],
  ['unclosed quote', '#%RAML 1.0\ntitle: "x\n/a:\n  get:\n', 'error syntax-error api.raml:2:8'],
  [
    'unquoted brackets in flow style',
    `${head}types:\n  A: { type: string[] }\n`,
    'error syntax-error api.raml:5:20 A bracket stands where the value should have ended. (in a line with braces, put types such as "string[]" in quotes)',
  ],
  ['unknown anchor', '#%RAML 1.0\ntitle: *nope\n', 'error syntax-error api.raml:2:8'],
  [
    'not UTF-8',
    { 'api.raml': Buffer.from('#%RAML 1.0\ntitle: caf\xe9\n', 'latin1') },
    'error file-unreadable api.raml:1:1',
  ],
  ['NUL', '#%RAML 1.0\ntitle: a\0b\n', 'error file-unreadable api.raml:1:1'],
  [
    'missing library',
    `${head}uses: { l: lib.raml }\n`,
    'error file-not-found api.raml:4:9 The file "lib.raml" does not exist',
  ],
  [
    'missing trait, with a similar file',
    { 'api.raml': `${head}traits:\n  t: !include trait.raml\n`, 'traits.raml': '' },
    'error file-not-found api.raml:5:3 The file "trait.raml" does not exist. (did you mean "traits.raml"?)',
  ],
  [
    'picture as an example of a picture',
    {
      'api.raml': `${head}/a:\n  get:\n    responses:\n      200:\n        body:\n          image/png:\n            example: !include a.png\n`,
      'a.png': Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1'),
    },
    'info file-unreadable api.raml:10:13 "a.png" is not UTF-8 text: the example is left out. (an example of "image/png" need not be text)',
  ],
  [
    'example that is JSON in Latin-1',
    {
      'api.raml': `${head}/a:\n  post:\n    body:\n      type: object\n      example: !include a.json\n`,
      'a.json': Buffer.from('{ "a": "caf\xe9" }', 'latin1'),
    },
    'warning file-unreadable api.raml:8:7 "a.json" is not UTF-8 text: the example is left out. (save it as UTF-8)',
  ],
  [
    'library without its first line that uses another',
    {
      'api.raml': `${head}uses:\n  a: a.raml\n/a:\n  get:\n`,
      'a.raml': 'uses:\n  b: b.raml\n',
      'b.raml': '#%RAML 1.0 Library\n',
    },
    'error wrong-fragment api.raml:5:3 The file "a.raml" is used as a library and is none. (its first line should be "#%RAML 1.0 Library")',
  ],
  [
    'type of a library of a library',
    {
      'api.raml': `${head}uses:\n  a: a.raml\ntypes:\n  A: a.b.T\n/a:\n  get:\n`,
      'a.raml': '#%RAML 1.0 Library\nuses:\n  b: b.raml\n',
      'b.raml': '#%RAML 1.0 Library\ntypes:\n  T: { properties: { a: string } }\n',
    },
    'error unknown-library api.raml:7:3 "a.b.T" leads through two libraries, and RAML looks into those alone that this file uses itself. (name the library "b" of "a" under "uses" of this file, too, and write "b.T")',
  ],
  ['missing schema', `${head}types:\n  A: !include a.json\n/a:\n  get:\n`, 'warning file-not-found api.raml:5:3'],
  [
    'missing base of an extension',
    '#%RAML 1.0 Extension\nextends: base.raml\n/a:\n  get:\n',
    'error file-not-found api.raml:2:10 The file "base.raml" does not exist',
  ],
  ['file that includes itself', '#%RAML 1.0\ntitle: x\n/a: !include api.raml\n', 'error include-cycle api.raml:3:1'],
  [
    'files that include each other',
    {
      'api.raml': `${head}types: !include a.raml\n`,
      'a.raml': 'A: !include b.raml\n',
      'b.raml': 'B: !include a.raml\n',
    },
    'error include-cycle b.raml:1:4',
  ],
  [
    'resource types in a circle',
    `${head}resourceTypes:\n  a: { type: b }\n  b: { type: a }\n/a: { type: a, get: }\n`,
    'error circular-type api.raml:5:3 The resource type',
  ],
  [
    'types in a circle',
    `${head}types:\n  A: B\n  B: A\n`,
    'error circular-type api.raml:5:3 The type "A" is made of itself',
  ],
  [
    'union with itself',
    `${head}types:\n  A: A | string\n`,
    'error circular-type api.raml:5:3 The type "A" is made of itself',
  ],
  ['baseUri as a map', `${head}baseUri: { a: 1 }\n`, 'error raml-invalid api.raml:4:1 "baseUri" must be text'],
  ['alias bomb', `${head}${bomb()}types:\n  A:\n    example: *a9\n`, 'error alias-limit api.raml:9:10'],
  [
    'alias bomb in an include',
    { 'api.raml': `${head}types:\n  A: !include a.raml\n`, 'a.raml': `${bomb()}example: *a9\n` },
    'error alias-limit a.raml:6:10',
  ],
  [
    'brackets without end',
    `${head}types:\n  A:\n    example: ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
    'error syntax-error api.raml:6',
  ],
  [
    'property constructor in a file with letters that could stand in for it',
    `${head}description: \uec6f\ntypes:\n  A: { properties: { constructor: string } }\n`,
    'error raml-invalid api.raml:6:22 The RAML parser cannot read the name "constructor"',
  ],
  [
    'unknown key',
    `${head}/a:\n  get:\n    queryParamters: { q: string }\n`,
    'error unknown-key api.raml:6:5 RAML does not know the key "queryParamters" here. (did you mean "queryParameters"?)',
  ],
  [
    'unknown type',
    `${head}types: { Book: object }\n/a:\n  get: { responses: { 200: { body: Boook } } }\n`,
    'error unknown-type api.raml:6:30 There is no type "Boook". (did you mean "Book"?)',
  ],
  [
    'unknown trait',
    `${head}traits: { paged: { description: x } }\n/a:\n  is: [ pagd ]\n`,
    'error unknown-trait api.raml:6:9 There is no trait "pagd". (did you mean "paged"?)',
  ],
  [
    'unknown security scheme',
    `${head}securedBy: [ basic ]\n`,
    'error unknown-security-scheme api.raml:4:14 There is no security scheme "basic"',
  ],
  [
    'unknown schema of RAML 0.8',
    `#%RAML 0.8\ntitle: x\nschemas:\n  - user: '{ "type": "object" }'\n/a:\n  post:\n    body:\n      application/json:\n        schema: usr\n`,
    'error unknown-type api.raml:9:9 There is no schema "usr". (did you mean "user"?)',
  ],
  [
    'broken JSON Schema',
    `#%RAML 0.8\ntitle: x\nschemas:\n  - user: !include user.json\n/a:\n  get:\n`,
    'warning file-not-found api.raml:4:5',
  ],
  [
    'example that does not fit',
    `${head}types:\n  A: { type: integer, example: five }\n/a:\n  get:\n`,
    'warning example-mismatch api.raml:5:23',
  ],
  [
    'key that RAML does not know, kept',
    `${head}x-color: red\n/a:\n  get:\n`,
    'warning raml-questionable api.raml:4:1 RAML does not know the key "x-color"; it is kept as an extension',
  ],
];

describe('hostile and broken RAML', () => {
  for (const [name, files, first] of cases) {
    test(name, async () => {
      const started = performance.now();
      const { description, diagnostics } = await readFiles(typeof files === 'string' ? { 'api.raml': files } : files);
      const lines = diagnostics.map(told);
      assert.ok(lines[0]?.startsWith(first), `expected ${first}\n${lines.join('\n')}`);
      for (const finding of diagnostics) assert.ok(finding.at, `has a place: ${told(finding)}`);
      assert.doesNotMatch(lines.join('\n'), /cartouche-raml-|node_modules|\bat .*:\d+:\d+\)/, 'nothing of the machine');
      assert.doesNotThrow(() => JSON.stringify(description));
      assert.ok(performance.now() - started < 10_000, 'ends quickly');
    });
  }
});

test('a pattern that may take for ever is told, and not run', { timeout: 10_000 }, async () => {
  const raml = `${head}types:\n  A: { type: string, pattern: "^(a+)+$", example: "${'a'.repeat(40)}!" }\n`;
  const { description, diagnostics } = await readFiles({ 'api.raml': raml });
  assert.ok(description);
  assert.deepEqual(
    diagnostics.map(({ code, at }) => [code, at?.line]),
    [['slow-pattern', 5]],
  );
});

test('reading that takes long meets the time limit', async () => {
  const { description, diagnostics } = await readFiles({ 'api.raml': `${head}/a:\n  get:\n` }, { milliseconds: 1 });
  assert.equal(description, undefined);
  assert.deepEqual(
    diagnostics.map(({ code, at }) => [code, at?.line]),
    [['time-limit', 1]],
  );
});

test('a description that needs too much memory meets the limit', async () => {
  const resources = Array.from({ length: 4_000 }, (_, index) => `/r${index}:\n  get:\n    description: text\n`);
  const { description, diagnostics } = await readFiles({ 'api.raml': head + resources.join('') }, { mebibytes: 32 });
  assert.equal(description, undefined);
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['memory-limit'],
  );
});

describe('more than the parser can read in time is told before it starts', () => {
  const resource = (index: number) => `/r${index}:\n  get:\n    description: ${'text '.repeat(100)}\n`;
  const property = (index: number) => `      p${index}: string\n`;
  const repeated = (count: number, text: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => text(i)).join('');
  const descriptions: Readonly<Record<string, readonly [files: Files, first: string]>> = {
    '10 MB of 14,000 resources': [
      { 'api.raml': head + repeated(14_000, resource) },
      'error size-limit api.raml:1:1 The file has 14,000 resources',
    ],
    '100,000 properties': [
      { 'api.raml': `${head}types:\n  A:\n    properties:\n${repeated(100_000, property)}` },
      'error size-limit api.raml:1:1 The file has 100,000 entries in one mapping',
    ],
    '100,000 properties in an include': [
      { 'api.raml': `${head}types:\n  A: !include a.raml\n`, 'a.raml': `properties:\n${repeated(100_000, property)}` },
      'error size-limit a.raml:1:1 The file has 100,000 entries in one mapping',
    ],
  };
  for (const [name, [files, first]] of Object.entries(descriptions)) {
    test(name, async () => {
      const before = process.cpuUsage();
      const { description, diagnostics } = await readFiles(files);
      const { user, system } = process.cpuUsage(before);
      assert.equal(description, undefined);
      assert.ok(diagnostics.map(told)[0]?.startsWith(first), diagnostics.map(told).join('\n'));
      assert.ok((user + system) / 1e6 < 5, 'within 5 s');
    });
  }
});

test('10 MB of documentation are read', async () => {
  const raml = `${head}description: |\n${`  ${'lorem ipsum '.repeat(80)}\n`.repeat(10_500)}/a:\n  get:\n`;
  const { description, diagnostics } = await readFiles({ 'api.raml': raml });
  assert.deepEqual(diagnostics.map(told), []);
  assert.equal(description?.paths.length, 1);
});

function bomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, index) => `x${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(',')}]\n`,
  );
  return `x0: &a0 [l,l,l,l,l,l,l,l,l]\n${levels.join('')}`;
}
