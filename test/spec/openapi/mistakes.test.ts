/**
 * Mistakes that people make, one at a time, in a description that is right otherwise: each must be found at its line
 * and column, and say what to do.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Diagnostic } from '../../../src/diagnostics.ts';
import { withFit } from '../../../src/spec/fit.ts';
import { readOpenApi } from '../../../src/spec/openapi/read.ts';
import { openSource } from '../../../src/spec/source.ts';

const GOOD = `openapi: 3.1.0
info:
  title: Shop
  version: "1"
servers:
  - url: https://shop.example/{stage}
    variables:
      stage: { default: live, enum: [live, test] }
security:
  - token: []
tags:
  - name: books
paths:
  /books:
    get:
      operationId: listBooks
      tags: [books]
      parameters:
        - name: limit
          in: query
          schema: { type: integer, minimum: 1 }
      responses:
        "200":
          description: Books.
          content:
            application/json:
              schema:
                type: array
                items: { $ref: "#/components/schemas/Book" }
    post:
      operationId: addBook
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Book" }
      responses:
        "201": { description: Added. }
        default: { $ref: "#/components/responses/Problem" }
  /books/{isbn}:
    parameters:
      - { name: isbn, in: path, required: true, schema: { type: string } }
    get:
      operationId: getBook
      responses:
        "200": { description: The book. }
components:
  responses:
    Problem: { description: Wrong. }
  securitySchemes:
    token: { type: http, scheme: bearer }
  schemas:
    Book:
      type: object
      required: [isbn]
      properties:
        isbn: { type: string, pattern: "^[0-9]+$" }
        pages: { type: integer }
`;

interface Mistake {
  /** OpenAPI, if not 3.1.0. */
  readonly version?: string;
  readonly from: string;
  readonly to: string;
  /** `severity line:column code: hint` of each finding. */
  readonly found: readonly string[];
}

const mistakes: Readonly<Record<string, Mistake>> = {
  'a key misspelled': {
    from: 'requestBody:',
    to: 'requestBodies:',
    found: ['error 32:7 unknown-key: did you mean "requestBody"?'],
  },
  'a top-level key misspelled': {
    from: '\npaths:',
    to: '\npath:',
    found: ['error 13:1 unknown-key: did you mean "paths"?'],
  },
  'a method in capitals': {
    from: '    get:\n      operationId: getBook',
    to: '    GET:\n      operationId: getBook',
    found: ['error 43:5 unknown-key: did you mean "get"?'],
  },
  'a key of Swagger 2.0': {
    from: '      responses:\n        "201"',
    to: '      produces: [application/json]\n      responses:\n        "201"',
    found: ['error 37:7 unknown-key: media types are keys of "content" in each response'],
  },
  'a body parameter': {
    from: 'in: query',
    to: 'in: body',
    found: ['error 20:15 invalid-value: write "requestBody" beside "parameters" instead'],
  },
  'a wrong place': {
    from: 'in: query',
    to: 'in: qurey',
    found: ['error 20:15 invalid-value: did you mean "query"?'],
  },
  'a type beside name': {
    from: '          schema: { type: integer, minimum: 1 }',
    to: '          type: integer',
    found: ['error 21:11 unknown-key: put it into "schema"', 'error 19:11 missing-key: write schema: { type: … }'],
  },
  'info missing': {
    from: 'info:\n  title: Shop\n  version: "1"\n',
    to: '',
    found: ['error 1:1 missing-key: add "info"'],
  },
  'title missing': { from: '  title: Shop\n', to: '', found: ['warning 2:1 missing-key: add "title"'] },
  'version as a number': {
    from: 'version: "1"',
    to: 'version: 1.0',
    found: ['warning 4:12 invalid-value: put it in quotes'],
  },
  'paths as a list': {
    from: '\n  /books:\n',
    to: '\n  - /books:\n',
    found: ['error 40:1 syntax-error: check the indentation and the closing brackets'],
  },
  'parameters as an object': {
    from: '        - name: limit\n          in: query\n          schema',
    to: '          name: limit\n          in: query\n          schema',
    found: ['error 19:11 invalid-value: begin each entry with "- "'],
  },
  'a status code of two digits': {
    from: '"201"',
    to: '"20"',
    found: ['error 38:9 invalid-status: a code such as 200, a range such as 4XX, or default'],
  },
  'a range in small letters': { from: '"201"', to: '2xx', found: ['warning 38:9 invalid-status: write 2XX'] },
  'a path without a slash': {
    from: '  /books:',
    to: '  books:',
    found: ['error 14:3 openapi-invalid: write "/books"'],
  },
  'braces that do not match': {
    from: '/books/{isbn}',
    to: '/books/{isbn',
    found: ['error 40:3 openapi-invalid: write {name}'],
  },
  'a path parameter by another name': {
    from: '- { name: isbn,',
    to: '- { name: ibsn,',
    found: ['error 42:9 path-parameter-mismatch: did you mean "isbn"?'],
  },
  'a path parameter that is not declared': {
    from: '    parameters:\n      - { name: isbn, in: path, required: true, schema: { type: string } }\n',
    to: '',
    found: [
      'warning 40:3 path-parameter-mismatch: add { name: isbn, in: path, required: true, schema: … } to its parameters',
    ],
  },
  'a path parameter that is optional': {
    from: 'required: true, schema: { type: string }',
    to: 'schema: { type: string }',
    found: ['warning 42:9 missing-key: add required: true'],
  },
  'a parameter twice': {
    from: '      responses:\n        "200":\n          description: Books.',
    to: '        - { name: limit, in: query, schema: {} }\n      responses:\n        "200":\n          description: Books.',
    found: ['error 22:11 duplicate-parameter: remove or rename one of the two'],
  },
  'an operationId twice': {
    from: 'operationId: getBook',
    to: 'operationId: listBooks',
    found: ['error 44:20 duplicate-operation: ids are unique across the whole description'],
  },
  'an ambiguous path': {
    from: 'components:\n',
    to: '  /books/{id}:\n    get: { responses: { "200": { description: Again. } }, parameters: [{ name: id, in: path, required: true, schema: {} }] }\ncomponents:\n',
    found: ['error 47:3 ambiguous-path: merge the two, or make the paths differ'],
  },
  'a response without a description': {
    from: '{ description: Added. }',
    to: '{}',
    found: ['warning 38:9 missing-key: add "description"'],
  },
  'a reference misspelled': {
    from: 'items: { $ref: "#/components/schemas/Book" }',
    to: 'items: { $ref: "#/components/schemas/Bok" }',
    found: ['error 29:32 unresolved-reference: did you mean "#/components/schemas/Book"?'],
  },
  'a response reference misspelled': {
    from: 'responses/Problem"',
    to: 'responses/Probelm"',
    found: ['error 39:26 unresolved-reference: did you mean "#/components/responses/Problem"?'],
  },
  'a reference without #': {
    from: '"#/components/responses/Problem"',
    to: '"components/responses/Problem"',
    found: ['error 39:26 unresolved-reference: did you mean "#/components/responses/Problem"?'],
  },
  'a security scheme misspelled': {
    from: '  - token: []',
    to: '  - tokn: []',
    found: ['error 10:5 unknown-security-scheme: did you mean "token"?'],
  },
  'a security scheme of an unknown type': {
    from: 'type: http, scheme: bearer',
    to: 'type: bearer',
    found: ['error 51:20 invalid-value: write type: http with scheme: bearer'],
  },
  'an apiKey without a name': {
    from: 'type: http, scheme: bearer',
    to: 'type: apiKey, in: header',
    found: ['error 51:5 missing-key: add "name"'],
  },
  'security as an object': {
    from: '  - token: []',
    to: '  token: []',
    found: ['error 10:3 invalid-value: begin each entry with "- "'],
  },
  'a type misspelled': {
    from: 'pages: { type: integer }',
    to: 'pages: { type: interger }',
    found: ['error 58:24 unknown-type: did you mean "integer"?'],
  },
  'a type of another language': {
    from: 'pages: { type: integer }',
    to: 'pages: { type: int }',
    found: ['error 58:24 unknown-type: write type: integer'],
  },
  'a keyword misspelled': {
    from: 'pages: { type: integer }',
    to: 'pages: { type: integer, minumum: 1 }',
    found: ['warning 58:33 unknown-key: did you mean "minimum"?'],
  },
  'a regular expression that is none': {
    from: '"^[0-9]+$"',
    to: '"^[0-9+$"',
    found: ['error 57:40 invalid-pattern: Unterminated character class'],
  },
  'nullable in 3.1': {
    from: 'pages: { type: integer }',
    to: 'pages: { type: integer, nullable: true }',
    found: ["warning 58:33 schema-questionable: write type: [<type>, 'null']"],
  },
  'required as a flag': {
    from: 'pages: { type: integer }',
    to: 'pages: { type: integer, required: true }',
    found: ['warning 58:43 schema-questionable: list the property in "required" of the object that has it'],
  },
  'a schema instead of its properties': {
    from: 'pages: { type: integer }',
    to: 'pages: integer',
    found: ['error 58:16 schema-invalid: write { type: integer }'],
  },
  'no media type': {
    from: '            application/json:\n              schema:\n                type: array',
    to: '            json:\n              schema:\n                type: array',
    found: ['error 26:13 invalid-media-type: e.g. application/json'],
  },
  'a schema beside content': {
    from: '          content:\n            application/json:\n              schema:\n                type: array\n                items: { $ref: "#/components/schemas/Book" }',
    to: '          schema: { $ref: "#/components/schemas/Book" }',
    found: ['error 25:11 unknown-key: put it below a media type in "content"'],
  },
  'webhooks in 3.0': {
    from: 'openapi: 3.1.0',
    to: 'openapi: 3.0.3\nwebhooks: {}',
    found: ['error 2:1 unknown-key: write openapi: 3.1.0', 'info 2:1 unsupported-keyword: '],
  },
  'a version without its patch': {
    from: 'openapi: 3.1.0',
    to: 'openapi: 3.1',
    found: ['warning 1:10 invalid-value: write openapi: 3.1.0'],
  },
  'a version that is not known': {
    from: 'openapi: 3.1.0',
    to: 'openapi: 4.0.0',
    found: ['error 1:10 unknown-format: write openapi: 3.0.4 or openapi: 3.1.1'],
  },
  'a style that does not go there': {
    from: 'in: query\n',
    to: 'in: query\n          style: simple\n',
    found: ['error 21:11 invalid-value: one of form, spaceDelimited, pipeDelimited, deepObject'],
  },
  'a tab': { from: '  title: Shop', to: '\ttitle: Shop', found: ['error 3:1 syntax-error: indent with spaces'] },
  'a colon in a text': {
    from: 'description: Added.',
    to: 'description: Added: now.',
    found: ['error 38:31 syntax-error: put text that contains ": " in quotes'],
  },
  'a quote that is not closed': {
    from: '"#/components/responses/Problem" }',
    to: '"#/components/responses/Problem }',
    found: [
      'error 39:59 syntax-error: add it, or remove what opens it',
      'error 40:3 syntax-error: check the indentation and the closing brackets',
    ],
  },
  'a key twice': {
    from: '  /books/{isbn}:',
    to: '  /books:',
    found: ['error 40:3 duplicate-key: remove or rename one of the two'],
  },
  'bad indentation': {
    from: '      operationId: addBook',
    to: '     operationId: addBook',
    found: [
      'error 31:19 syntax-error: put text that contains ": " in quotes, or check the indentation',
      'error 37:1 syntax-error: check the indentation and the closing brackets',
    ],
  },
  'responses missing': {
    version: '3.0.4',
    from: '      responses:\n        "200": { description: The book. }\n',
    to: '',
    found: ['error 43:5 missing-key: add e.g. responses: { 200: { description: OK } }'],
  },
  'a link to nowhere': {
    from: '{ description: Added. }',
    to: '{ description: Added., links: { l: { operationId: getBok } } }',
    found: ['warning 38:48 unknown-operation: did you mean "getBook"?'],
  },
  'a variable of the url misspelled': {
    from: '      stage: {',
    to: '      stag: {',
    found: ['warning 6:5 openapi-invalid: did you mean "stag"?'],
  },
  'siblings of a reference': {
    version: '3.0.4',
    from: '{ $ref: "#/components/responses/Problem" }',
    to: '{ $ref: "#/components/responses/Problem", description: Mine. }',
    found: ['warning 39:60 unsupported-keyword: change what it refers to instead'],
  },
  'a keyword beside $ref': {
    version: '3.0.4',
    from: 'items: { $ref: "#/components/schemas/Book" }',
    to: 'items: { $ref: "#/components/schemas/Book", maxProperties: 3 }',
    found: ['warning 29:61 schema-questionable: put the reference into allOf'],
  },
  'a type beside $ref that what it refers to says, too': {
    version: '3.0.4',
    from: 'items: { $ref: "#/components/schemas/Book" }',
    to: 'items: { type: object, $ref: "#/components/schemas/Book" }',
    found: [],
  },
  'another type beside $ref': {
    version: '3.0.4',
    from: 'items: { $ref: "#/components/schemas/Book" }',
    to: 'items: { type: array, $ref: "#/components/schemas/Book" }',
    found: ['warning 29:26 schema-questionable: put the reference into allOf'],
  },
  'a flag in quotes': {
    from: 'required: true\n',
    to: 'required: "true"\n',
    found: ['error 33:19 invalid-value: remove the quotes'],
  },
  'an empty response map': {
    from: '        "200": { description: The book. }',
    to: '        {}',
    found: ['error 45:7 missing-key: add e.g. 200: { description: OK }'],
  },
  'an example that does not fit': {
    from: 'schema: { type: integer, minimum: 1 }',
    to: 'schema: { type: integer, minimum: 1 }\n          example: none',
    found: ['warning 22:11 example-mismatch: change the example or the schema'],
  },
  'a default that does not fit': {
    from: 'schema: { type: integer, minimum: 1 }',
    to: 'schema: { type: integer, minimum: 1, default: 0 }',
    found: ['warning 19:11 value-mismatch: change the default or the schema'],
  },
  'an example of a body that does not fit': {
    from: 'schema: { $ref: "#/components/schemas/Book" }\n      responses:',
    to: 'schema: { $ref: "#/components/schemas/Book" }\n            example: { title: 3 }\n      responses:',
    found: ['warning 37:13 example-mismatch: change the example or the schema'],
  },
  'a body of a GET': {
    from: '      operationId: getBook\n',
    to: '      operationId: getBook\n      requestBody: { content: { text/plain: {} } }\n',
    found: ['warning 45:7 unsupported-keyword: use query parameters, or POST'],
  },
  'a default behind all classes': {
    from: '        "200": { description: The book. }',
    to: '        1XX: { description: d }\n        2XX: { description: d }\n        3XX: { description: d }\n        4XX: { description: d }\n        5XX: { description: d }\n        default: { description: d }',
    found: ['warning 51:9 unsupported-keyword: remove it'],
  },
  'a range in two spellings': {
    from: '        "200": { description: The book. }',
    to: '        2XX: { description: d }\n        2xx: { description: d }',
    found: ['warning 47:9 invalid-status: write 2XX', 'warning 47:9 unsupported-keyword: merge the two'],
  },
  'a link reference misspelled': {
    from: '{ description: The book. }',
    to: '{ description: The book., links: { Next: { operationRef: "#/paths/~1boks/get" } } }',
    found: ['warning 46:51 unknown-operation: write e.g. "#/paths/~1books/get", or an operationId'],
  },
  'a discriminator that leads nowhere': {
    from: '                items: { $ref: "#/components/schemas/Book" }',
    to: '                items: { oneOf: [{ $ref: "#/components/schemas/Book" }], discriminator: { propertyName: kind, mapping: { book: Buk } } }',
    found: ['error 29:128 unresolved-reference: '],
  },
  'an unused component': {
    from: '  schemas:\n',
    to: '  schemas:\n    Old: { type: object }\n',
    found: ['info 53:5 unused-component: remove it, or refer to it'],
  },
  'a server without url': {
    from: '  - url: https://shop.example/{stage}\n',
    to: '  - uri: https://shop.example/{stage}\n',
    found: ['error 6:5 unknown-key: did you mean "url"?'],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'cartouche-mistakes-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function findings(text: string): Promise<readonly Diagnostic[]> {
  const file = join(folder, 'api.yaml');
  writeFileSync(file, text);
  return (await withFit(readOpenApi(openSource(file)))).diagnostics;
}

async function told(text: string): Promise<readonly string[]> {
  return (await findings(text)).map(
    ({ severity, at, code, hint = '' }) => `${severity} ${at?.line}:${at?.column} ${code}: ${hint}`,
  );
}

describe('mistakes in OpenAPI', () => {
  it('none in the description that they are made in', async () => {
    assert.deepEqual(await findings(GOOD), []);
  });
  for (const [name, { version = '3.1.0', from, to, found }] of Object.entries(mistakes)) {
    it(name, async () => {
      assert.ok(GOOD.includes(from), 'the place of the mistake');
      const text = GOOD.replace(from, () => to);
      assert.deepEqual(await told(text.replace('openapi: 3.1.0', `openapi: ${version}`)), found);
    });
  }
});
