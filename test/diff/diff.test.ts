/** Each edit of a description, and all changes that it makes: code, severity, and the lines where both stand. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { toOpenapi } from '../../src/convert/openapi/document.ts';
import { changeCatalogue } from '../../src/diff/catalogue.ts';
import { diffModels } from '../../src/diff/diff.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { readSpec } from '../../src/spec/read.ts';
import { shop } from './shop.ts';

type Edit = readonly [from: string, to: string];
/** `line`: a text of the line; of the line where the edit is, if it is left out. `undefined`: no place. */
type Expected = readonly [
  code: keyof typeof changeCatalogue,
  severity: 'breaking' | 'safe',
  old?: string | undefined,
  now?: string | undefined,
];

const listBooks = '      operationId: listBooks\n';

const table: readonly (readonly [name: string, edits: readonly Edit[], ...expected: readonly Expected[]])[] = [
  ['nothing', []],
  ['words', [['description: Books.', 'description: All books.']]],
  // Paths and operations
  [
    'a new path',
    [['  /ping:', '  /pong:\n    get: { responses: { "200": { description: Pong. } } }\n  /ping:']],
    ['path-added', 'safe', undefined, '  /pong:'],
  ],
  [
    'a path less',
    [['  /ping:\n    get:\n      operationId: ping\n      responses:\n        "200": { description: Pong. }\n', '']],
    ['path-removed', 'breaking', '  /ping:', undefined],
  ],
  [
    'another template',
    [
      ['/books/{id}', '/books/{isbn}'],
      ['{ name: id, in: path', '{ name: isbn, in: path'],
    ],
    ['path-parameter-renamed', 'safe', '  /books/{id}:', '  /books/{isbn}:'],
  ],
  [
    'an operation moved to another path',
    [['  /ping:', '  /status:']],
    ['operation-moved', 'breaking', '    get:\n      operationId: ping', '    get:\n      operationId: ping'],
  ],
  [
    'an operation moved to another method',
    [['    get:\n      operationId: ping', '    post:\n      operationId: ping']],
    ['operation-moved', 'breaking', '    get:\n      operationId: ping', '    post:\n      operationId: ping'],
  ],
  [
    'a path renamed, without ids',
    [
      ['  /ping:', '  /pings:'],
      ['      operationId: ping\n', ''],
    ],
    ['path-renamed', 'breaking', '  /ping:', '  /pings:'],
    [
      'operation-id-changed',
      'safe',
      '    get:\n      operationId: ping',
      '    get:\n      responses:\n        "200": { description: Pong',
    ],
  ],
  [
    'a new operation',
    [['    delete:', '    patch: { responses: { "200": { description: Changed. } } }\n    delete:']],
    ['operation-added', 'safe', undefined, '    patch:'],
  ],
  [
    'an operation less',
    [
      [
        '    delete:\n      operationId: removeBook\n      deprecated: true\n      security: []\n      responses:\n        "204": { description: Gone. }\n',
        '',
      ],
    ],
    ['operation-removed', 'breaking', '    delete:', undefined],
  ],
  [
    'another id',
    [[listBooks, '      operationId: allBooks\n']],
    ['operation-id-changed', 'safe', '    get:\n      operationId: listBooks', '    get:\n      operationId: allBooks'],
  ],
  [
    'deprecated',
    [[listBooks, `${listBooks}      deprecated: true\n`]],
    [
      'operation-deprecated',
      'safe',
      '    get:\n      operationId: listBooks',
      '    get:\n      operationId: listBooks',
    ],
  ],
  [
    'not deprecated',
    [['      deprecated: true\n', '']],
    ['operation-undeprecated', 'safe', '    delete:', '    delete:'],
  ],
  // Parameters
  [
    'an optional parameter',
    [
      [
        '        - { name: limit',
        '        - { name: from, in: query, schema: { type: string } }\n        - { name: limit',
      ],
    ],
    ['parameter-added-optional', 'safe', '    get:\n      operationId: listBooks', '- { name: from'],
  ],
  [
    'a required parameter',
    [
      [
        '        - { name: limit',
        '        - { name: from, in: query, required: true, schema: { type: boolean } }\n        - { name: limit',
      ],
    ],
    ['parameter-added-required', 'breaking', '    get:\n      operationId: listBooks', '- { name: from'],
  ],
  [
    'a parameter less',
    [['        - { name: shelf, in: query, required: true, schema: { type: string } }\n', '']],
    ['parameter-removed', 'breaking', '- { name: shelf', '    get:\n      operationId: listBooks'],
  ],
  [
    'a header parameter less',
    [['    parameters:\n      - { name: X-Trace, in: header, schema: { type: string } }\n', '']],
    ['header-parameter-removed', 'safe', '- { name: X-Trace', '    get:\n      operationId: listBooks'],
    ['header-parameter-removed', 'safe', '- { name: X-Trace', '    post:'],
  ],
  [
    'a parameter renamed',
    [['name: shelf', 'name: shelf_']],
    ['parameter-renamed', 'breaking', '- { name: shelf', '- { name: shelf_'],
  ],
  [
    'a parameter moved',
    [['{ name: shelf, in: query', '{ name: shelf, in: header']],
    ['parameter-moved', 'breaking', '- { name: shelf', '- { name: shelf'],
  ],
  [
    'a parameter required',
    [['{ name: sort, in: query,', '{ name: sort, in: query, required: true,']],
    ['parameter-became-required', 'breaking', '- { name: sort', '- { name: sort'],
  ],
  [
    'a parameter optional',
    [['in: query, required: true', 'in: query']],
    ['parameter-became-optional', 'safe', '- { name: shelf', '- { name: shelf'],
  ],
  [
    'another style',
    [['{ name: sort, in: query,', '{ name: sort, in: query, explode: false,']],
    ['parameter-style-changed', 'breaking', '- { name: sort', '- { name: sort'],
  ],
  [
    'a parameter deprecated',
    [['{ name: sort, in: query,', '{ name: sort, in: query, deprecated: true,']],
    ['parameter-deprecated', 'safe', '- { name: sort', '- { name: sort'],
  ],
  [
    'a parameter with a lower maximum',
    [['maximum: 100', 'maximum: 50']],
    ['request-limit-narrowed', 'breaking', '- { name: limit', '- { name: limit'],
  ],
  [
    'a parameter with another default',
    [['default: 20', 'default: 10']],
    ['request-default-changed', 'breaking', '- { name: limit', '- { name: limit'],
  ],
  // Bodies
  [
    'a body removed',
    [
      [
        '      requestBody:\n        content:\n          application/json: { schema: { $ref: "#/components/schemas/BookRequest" } }\n          application/xml: {}\n',
        '',
      ],
    ],
    ['request-body-removed', 'breaking', '      requestBody:', '    post:'],
  ],
  [
    'a required body',
    [
      [
        '      operationId: removeBook\n',
        '      operationId: removeBook\n      requestBody: { required: true, content: { application/json: {} } }\n',
      ],
    ],
    ['request-body-added-required', 'breaking', '    delete:', 'requestBody: { required'],
  ],
  [
    'an optional body',
    [
      [
        '      operationId: removeBook\n',
        '      operationId: removeBook\n      requestBody: { content: { application/json: {} } }\n',
      ],
    ],
    ['request-body-added-optional', 'safe', '    delete:', 'requestBody: { content'],
  ],
  [
    'the body required',
    [['      requestBody:\n        content:', '      requestBody:\n        required: true\n        content:']],
    ['request-body-became-required', 'breaking', '      requestBody:', '      requestBody:'],
  ],
  [
    'the body optional',
    [['        required: true\n', '']],
    ['request-body-became-optional', 'safe', 'replaceBook>      requestBody:', 'replaceBook>      requestBody:'],
  ],
  [
    'another media type of requests',
    [['          application/xml: {}\n', '          application/xml: {}\n          text/plain: {}\n']],
    ['request-media-type-added', 'safe', '      requestBody:', '          text/plain'],
  ],
  [
    'a media type of requests less',
    [['          application/xml: {}\n', '']],
    ['request-media-type-removed', 'breaking', '          application/xml', '      requestBody:'],
  ],
  // Responses
  [
    'another success',
    [
      [
        '        "201": { description: Made. }',
        '        "201": { description: Made. }\n        "202": { description: Later. }',
      ],
    ],
    ['success-status-added', 'safe', '    post:', '        "202"'],
  ],
  [
    'no success',
    [['"201": { description: Made. }', 'default: { description: Any. }']],
    ['success-status-removed', 'breaking', '        "201"', '    post:'],
    ['error-status-added', 'safe', '    post:', '        default'],
  ],
  [
    'success is another',
    [['"201": { description: Made. }', '"200": { description: Made. }']],
    ['success-status-changed', 'breaking', '        "201"', '        "200": { description: Made'],
  ],
  [
    'another error',
    [['        "404"', '        "403": { description: No. }\n        "404"']],
    ['error-status-added', 'safe', '    get:\n      operationId: listBooks', '        "403"'],
  ],
  [
    'an error less',
    [['        "404": { description: No shelf. }\n', '']],
    ['error-status-removed', 'safe', '        "404"', '    get:\n      operationId: listBooks'],
  ],
  [
    'a body of an answer',
    [['"201": { description: Made. }', '"201": { description: Made., content: { application/json: {} } }']],
    ['response-body-added', 'safe', '        "201"', '        "201"'],
  ],
  [
    'no body of an answer',
    [
      [
        '          description: A book.\n          content:\n            application/json: { schema: { $ref: "#/components/schemas/BookAnswer" } }\n',
        '          description: A book.\n',
      ],
    ],
    [
      'response-body-removed',
      'breaking',
      '        "200":\n          description: A book.',
      '        "200":\n          description: A book.',
    ],
  ],
  [
    'another media type of answers',
    [['            text/csv: {}\n', '            text/csv: {}\n            text/plain: {}\n']],
    ['response-media-type-added', 'safe', '        "200":', '            text/plain'],
  ],
  [
    'a media type of answers less',
    [['            text/csv: {}\n', '']],
    ['response-media-type-removed', 'breaking', '            text/csv', '        "200":'],
  ],
  [
    'a header',
    [['            X-Page:', '            X-More: { schema: { type: string } }\n            X-Page:']],
    ['response-header-added', 'safe', '        "200":', '            X-More'],
  ],
  [
    'a header less',
    [['            X-Page: { schema: { type: integer } }\n', '']],
    ['response-header-removed', 'breaking', '            X-Page', '        "200":'],
  ],
  [
    'a header optional',
    [['X-Total: { required: true,', 'X-Total: {']],
    ['response-header-became-optional', 'breaking', '            X-Total', '            X-Total'],
  ],
  [
    'a header required',
    [['X-Page: { ', 'X-Page: { required: true, ']],
    ['response-header-became-required', 'safe', '            X-Page', '            X-Page'],
  ],
  [
    'a header of another type',
    [['X-Page: { schema: { type: integer', 'X-Page: { schema: { type: string']],
    ['response-type-changed', 'breaking', '            X-Page', '            X-Page'],
  ],
  // Security and servers
  ['security added', [['      security: []\n', '']], ['security-added', 'breaking', '    delete:', '    delete:']],
  [
    'security removed',
    [[listBooks, `${listBooks}      security: []\n`]],
    ['security-removed', 'safe', '    get:\n      operationId: listBooks', '    get:\n      operationId: listBooks'],
  ],
  [
    'another alternative',
    [['        - login: [write, admin]', '        - login: [write, admin]\n        - key: []']],
    ['security-alternative-added', 'safe', '    post:', '    post:'],
  ],
  [
    'an alternative less',
    [['        - login: [write, admin]', '        - key: []']],
    ['security-alternative-removed', 'breaking', '    post:', '    post:'],
    ['security-alternative-added', 'safe', '    post:', '    post:'],
  ],
  [
    'another scope',
    [['[write, admin]', '[write, admin, read]']],
    ['security-scope-added', 'breaking', '    post:', '    post:'],
  ],
  ['a scope less', [['[write, admin]', '[write]']], ['security-scope-removed', 'safe', '    post:', '    post:']],
  [
    'credentials elsewhere',
    [['in: header, name: X-Key', 'in: query, name: key']],
    ['security-scheme-changed', 'breaking', '    key:', '    key:'],
  ],
  [
    'another server',
    [['  - url: https://shop.example/v1', '  - url: https://shop.example/v1\n  - url: https://eu.shop.example/v1']],
    ['server-added', 'safe', undefined, undefined],
  ],
  [
    'a server elsewhere',
    [['shop.example/v1', 'shop.example/v2']],
    ['server-removed', 'breaking', undefined, undefined],
    ['server-added', 'safe', undefined, undefined],
  ],
];

/** An edit of a line that stands in both schemas, and the codes without `request-` and `response-`. */
type What = string;
const properties: readonly (readonly [
  name: string,
  property: string,
  edit: Edit,
  request: What | undefined,
  response: What | undefined,
  line?: string,
  nowLine?: string,
])[] = [
  ['narrower type', 'price', ['price: { type: number', 'price: { type: integer'], 'type-narrowed', 'type-narrowed'],
  [
    'wider type',
    'title',
    ['title: { type: string,', 'title: { type: [string, "null"],'],
    'type-widened',
    'type-widened',
  ],
  [
    'never null',
    'pages',
    ['pages: { type: [integer, "null"] }', 'pages: { type: integer }'],
    'type-narrowed',
    'type-narrowed',
  ],
  ['another type', 'notes', ['notes: { type: string }', 'notes: { type: boolean }'], 'type-changed', 'type-changed'],
  ['another value', 'currency', ['[EUR, USD]', '[EUR, USD, KES]'], 'enum-value-added', 'enum-value-added'],
  ['a value less', 'currency', ['[EUR, USD]', '[EUR]'], 'enum-value-removed', 'enum-value-removed'],
  [
    'values',
    'notes',
    ['notes: { type: string }', 'notes: { type: string, enum: [a] }'],
    'enum-introduced',
    'enum-introduced',
  ],
  ['no values', 'currency', ['enum: [EUR, USD], ', ''], 'enum-dropped', 'enum-dropped'],
  ['a higher minimum', 'price', ['minimum: 0', 'minimum: 1'], 'limit-narrowed', 'limit-narrowed'],
  ['no minimum', 'price', [', minimum: 0', ''], 'limit-widened', 'limit-widened'],
  ['longer texts', 'title', ['maxLength: 200', 'maxLength: 300'], 'limit-widened', 'limit-widened'],
  ['shorter lists', 'tags', ['maxItems: 10', 'maxItems: 5'], 'limit-narrowed', 'limit-narrowed'],
  ['unique items', 'tags', ['maxItems: 10', 'maxItems: 10, uniqueItems: true'], 'limit-narrowed', 'limit-narrowed'],
  ['a wider format', 'size', ['format: int32', 'format: int64'], 'limit-widened', 'limit-widened'],
  [
    'a pattern',
    'notes',
    ['notes: { type: string }', 'notes: { type: string, pattern: "^a" }'],
    'pattern-added',
    'pattern-added',
  ],
  ['no pattern', 'isbn', [', pattern: "^[0-9]{13}$"', ''], 'pattern-removed', 'pattern-removed'],
  ['another pattern', 'isbn', ['{13}', '{10}'], 'pattern-changed', 'pattern-changed'],
  [
    'a format',
    'notes',
    ['notes: { type: string }', 'notes: { type: string, format: uri }'],
    'format-added',
    'format-added',
  ],
  ['no format', 'published', [', format: date', ''], 'format-removed', 'format-removed'],
  ['another format', 'published', ['format: date', 'format: date-time'], 'format-changed', 'format-changed'],
  [
    'another rule',
    'notes',
    ['notes: { type: string }', 'notes: { type: string, not: { const: a } }'],
    'schema-changed',
    'schema-changed',
  ],
  [
    'items of another type',
    'tags',
    ['items: { type: string }', 'items: { type: integer }'],
    'type-changed',
    'type-changed',
  ],
  [
    'a default',
    'notes',
    ['notes: { type: string }', 'notes: { type: string, default: none }'],
    'default-added',
    undefined,
  ],
  ['no default', 'currency', [', default: EUR', ''], 'default-removed', undefined],
  [
    'an optional property',
    '',
    ['        notes:', '        weight: { type: number }\n        notes:'],
    'property-added-optional',
    'property-added',
    '',
    '        weight:',
  ],
  [
    'a property less',
    '',
    ['        notes: { type: string }\n', ''],
    'property-undeclared',
    'property-removed',
    '        notes:',
    '',
  ],
  [
    'a property renamed',
    '',
    ['        published:', '        published_on:'],
    'property-renamed',
    'property-renamed',
    '        published:',
    '        published_on:',
  ],
  [
    'a form more',
    'cover',
    ['{ oneOf: [', '{ oneOf: [{ $ref: "#/components/schemas/Video" }, '],
    'alternative-added',
    'alternative-added',
  ],
];

const oneSided: readonly (readonly [
  name: string,
  schema: 'BookRequest' | 'BookAnswer',
  edit: Edit,
  ...expected: readonly Expected[],
])[] = [
  [
    'a required property',
    'BookRequest',
    ['        notes:', '        weight: { type: number }\n        notes:'],
    ['request-property-added-optional', 'safe', '', '        weight:'],
  ],
  [
    'required',
    'BookRequest',
    ['[title, price]', '[title, price, notes]'],
    ['request-property-became-required', 'breaking', '        notes:', '        notes:'],
  ],
  [
    'optional',
    'BookRequest',
    ['[title, price]', '[title]'],
    ['request-property-became-optional', 'safe', '        price:', '        price:'],
  ],
  [
    'always there',
    'BookAnswer',
    ['[title, price]', '[title, price, notes]'],
    ['response-property-became-required', 'safe', '        notes:', '        notes:'],
  ],
  [
    'perhaps there',
    'BookAnswer',
    ['[title, price]', '[title]'],
    ['response-property-became-optional', 'breaking', '        price:', '        price:'],
  ],
  [
    'read-only',
    'BookRequest',
    ['notes: { type: string }', 'notes: { type: string, readOnly: true }'],
    ['request-property-became-read-only', 'breaking', '        notes:', '        notes:'],
  ],
  [
    'writable',
    'BookRequest',
    [', readOnly: true', ''],
    ['request-property-became-writable', 'safe', '        made:', '        made:'],
  ],
  [
    'write-only',
    'BookAnswer',
    ['notes: { type: string }', 'notes: { type: string, writeOnly: true }'],
    ['response-property-became-write-only', 'breaking', '        notes:', '        notes:'],
  ],
  [
    'visible',
    'BookAnswer',
    [', writeOnly: true', ''],
    ['response-property-became-visible', 'safe', '        secret:', '        secret:'],
  ],
  [
    'closed',
    'BookRequest',
    ['      type: object\n', '      type: object\n      additionalProperties: false\n'],
    ['request-additional-properties-refused', 'breaking', '', ''],
  ],
  [
    'closed answers',
    'BookAnswer',
    ['      type: object\n', '      type: object\n      additionalProperties: false\n'],
    ['response-additional-properties-refused', 'safe', '', ''],
  ],
];

const folder = mkdtempSync(join(tmpdir(), 'cartouche-diff-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let old: ApiModel;
before(async () => {
  old = await modelOf(shop);
});

for (const [name, edits, ...expected] of table) {
  test(name, () => assertChanges(edit(shop, edits), expected));
}

for (const [name, property, change, request, response, line, nowLine] of properties) {
  for (const [schema, direction, what] of [
    ['BookRequest', 'request', request],
    ['BookAnswer', 'response', response],
  ] as const) {
    if (what === undefined) continue;
    test(`${direction}: ${name}`, async () => {
      const code = codeOf(`${direction}-${what}`);
      const place = (text = `        ${property}:`) => `${schema}>${text}`;
      const { severity } = changeCatalogue[code];
      await assertChanges(editSchema(schema, change), [[code, severity, place(line), place(nowLine)]]);
    });
  }
}

for (const [name, schema, change, ...expected] of oneSided) {
  test(`${schema}: ${name}`, () =>
    assertChanges(
      editSchema(schema, change),
      expected.map(([code, severity, was, is]) => [code, severity, `${schema}>${was}`, `${schema}>${is}`]),
    ));
}

test('the table has sixty changes and more, and all codes but some', () => {
  assert.ok(table.length + 2 * properties.length + oneSided.length >= 60);
});

test('two paths of the same URLs are each themselves', async () => {
  const twice = shop.replace(
    '  /ping:',
    '  /books/{isbn}:\n    post: { responses: { "200": { description: Any. } } }\n  /ping:',
  );
  const model = await modelOf(twice);
  assert.deepEqual(diffModels(model, model), []);
});

for (const file of ['bookstore.raml', 'bookstore-08.raml']) {
  test(`${file} and what it is converted to say the same`, async () => {
    const { model } = await readSpec(fileURLToPath(new URL(`../../specs/${file}`, import.meta.url)), { cache: false });
    assert.ok(model);
    const converted = await modelOf(JSON.stringify(toOpenapi(model).document));
    assert.deepEqual(diffModels(model, converted), []);
    assert.deepEqual(diffModels(converted, model), []);
  });
}

function codeOf(text: string): keyof typeof changeCatalogue {
  const found = Object.keys(changeCatalogue).find((code): code is keyof typeof changeCatalogue => code === text);
  assert.ok(found, `there is no code ${text}`);
  return found;
}

async function assertChanges(text: string, expected: readonly Expected[]): Promise<void> {
  const changes = diffModels(old, await modelOf(text));
  const told = changes.map(({ code, severity, before, after }) => [code, severity, before?.line, after?.line]);
  const wanted = expected.map(([code, severity, was, is]) => [code, severity, lineOf(shop, was), lineOf(text, is)]);
  assert.deepEqual(told, wanted);
  for (const { before, after } of changes) {
    assert.equal(before?.file ?? 'api.yaml', 'api.yaml');
    assert.equal(after?.file ?? 'api.yaml', 'api.yaml');
  }
}

/** Replaces the first occurrence of each. */
function edit(text: string, edits: readonly Edit[]): string {
  return edits.reduce((edited, [from, to]) => {
    assert.ok(edited.includes(from), `there is no ${from}`);
    return edited.replace(from, () => to);
  }, text);
}

/** The same within one schema. */
function editSchema(schema: string, change: Edit): string {
  const start = shop.indexOf(`    ${schema}:`);
  return shop.slice(0, start) + edit(shop.slice(start), [change]);
}

/** The line of the first occurrence; of `A>b`, behind `A`; of `A>`, that of `A` itself. */
function lineOf(text: string, wanted: string | undefined): number | undefined {
  if (wanted === undefined) return undefined;
  const [first = '', inner] = wanted.split('>');
  const outer =
    inner === undefined || /^\w+$/.test(first) === false
      ? 0
      : text.search(new RegExp(`^ .*\\b${first}$|^    ${first}:`, 'm'));
  const found = inner === undefined ? text.indexOf(wanted) : text.indexOf(inner, outer);
  assert.ok(found >= 0 && outer >= 0, `there is no ${wanted}`);
  const start = /^\s*\n/.exec(text.slice(found)) ? found + 1 : found;
  return text.slice(0, start).split('\n').length;
}

async function modelOf(text: string): Promise<ApiModel> {
  const file = join(mkdtempSync(join(folder, 'read-')), 'api.yaml');
  writeFileSync(file, text);
  const { model, diagnostics } = await readSpec(file, { cache: false });
  assert.ok(model, JSON.stringify(diagnostics));
  return model;
}
