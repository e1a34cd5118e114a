/**
 * OpenAPI 3.0.4 and 3.1.1, object by object, field by field: what a description says, and what must be kept of it, told
 * of it, and said again. A row's name is the field; `says` looks at what was read, `again` at the document that the
 * server gives of itself and that `convert` writes, which must agree on everything that is declared.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { toOpenapi } from '../../../src/convert/openapi/document.ts';
import type { ApiDescription } from '../../../src/model/description.ts';
import { openapiDocument } from '../../../src/runtime/self/openapi.ts';
import { readSpec } from '../../../src/spec/read.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-features-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Row {
  /** The document without `openapi` and `info`, unless they are the subject. */
  readonly from: string;
  /** Default: 3.1.1. */
  readonly version?: '3.0.4' | '3.1.1';
  /** Other files by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly says?: readonly [read: (description: ApiDescription) => unknown, value: unknown];
  /** Where it stands in the documents that are written, and what. */
  readonly again?: readonly [pointer: string, value: unknown];
  /** `code: hint` of findings; none is expected where nothing is said. */
  readonly found?: readonly string[];
}

const OK = 'responses: { 200: { description: OK } }';
const get = (inside: string): string => `paths: { /a: { get: { ${inside}, ${OK} } } }`;
const put = (inside: string): string => `paths: { /a: { put: { ${inside}, ${OK} } } }`;
const parameter = (inside: string): string => get(`parameters: [{ ${inside} }]`);
const response = (inside: string): string =>
  `paths: { /a: { get: { responses: { 200: { description: OK, ${inside} } } } } }`;
const body = (inside: string): string => put(`requestBody: { content: { multipart/form-data: { ${inside} } } }`);
const operation = ({ paths }: ApiDescription) => paths[0]?.operations[0];
const param = (description: ApiDescription) => operation(description)?.parameters[0];
const schema = (inside: string, more = ''): string =>
  `${more}paths: { /a: { get: { responses: { 200: { description: OK, content: { application/json: { schema: { $ref: "#/components/schemas/S" } } } } } } } }\ncomponents: { schemas: { S: ${inside} } }`;
const S = ({ $defs }: ApiDescription) => $defs.S;
const here = '/paths/~1a/get';

const rows: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  'OpenAPI Object': {
    jsonSchemaDialect: {
      from: `jsonSchemaDialect: "http://json-schema.org/draft-07/schema#"\n${schema('{ items: [{ type: string }] }')}`,
      says: [S, { prefixItems: [{ type: 'string' }] }],
    },
    servers: {
      from: `servers: [{ url: /v1 }]\n${get('tags: []')}`,
      says: [({ servers }) => servers, [{ url: '/v1', variables: [] }]],
    },
    webhooks: {
      from: 'webhooks: { added: { post: { operationId: told, responses: { 200: { description: OK } } } } }\npaths: {}',
      again: ['/webhooks/added/post', { operationId: 'told', responses: { 200: { description: 'OK' } } }],
      found: ['unsupported-keyword: '],
    },
    'a schema within a webhook is checked': {
      from: 'webhooks:\n  added: { post: { requestBody: { content: { application/json: { schema: { type: integer }, example: x } } }, responses: { 200: { description: OK } } } }\npaths: {}',
      found: ['unsupported-keyword: ', 'example-mismatch: change the example or the schema'],
    },
    'security, schemes together and alone': {
      from: `security: [{ a: [], b: [] }, { c: [read] }, {}]\npaths: { /a: { get: { security: [{ b: [], c: [read] }], ${OK} } } }\ncomponents: { securitySchemes: { a: { type: http, scheme: basic }, b: { type: apiKey, in: header, name: K }, c: { type: oauth2, flows: { clientCredentials: { tokenUrl: /t, scopes: { read: r } } } } } }`,
      again: ['/security', [{ a: [], b: [] }, { c: ['read'] }, {}]],
      says: [
        ({ paths }) => paths[0]?.operations[0]?.security,
        [
          {
            schemes: [
              { name: 'b', scopes: [] },
              { name: 'c', scopes: ['read'] },
            ],
          },
        ],
      ],
    },
    tags: {
      from: `tags: [{ name: t, description: d, externalDocs: { url: /t, x-e: 1 }, x-t: 2 }]\n${get('tags: [t]')}`,
      again: ['/tags', [{ name: 't', description: 'd', externalDocs: { url: '/t', 'x-e': 1 }, 'x-t': 2 }]],
    },
    externalDocs: {
      from: `externalDocs: { url: /docs, description: d, x-a: 1 }\n${get('tags: []')}`,
      again: ['/externalDocs', { url: '/docs', description: 'd', 'x-a': 1 }],
    },
    'x-': { from: `x-a: { b: 1 }\n${get('tags: []')}`, again: ['/x-a', { b: 1 }] },
  },
  'Info, Contact and License Objects': {
    'every field': {
      from: `info: { title: T, version: v1, summary: s, description: d, termsOfService: /t, contact: { name: n, url: /u, email: e@a.test, x-c: 1 }, license: { name: MIT, identifier: MIT, x-l: 2 }, x-i: 3 }\n${get('tags: []')}`,
      again: [
        '/info',
        {
          title: 'T',
          summary: 's',
          description: 'd',
          termsOfService: '/t',
          contact: { name: 'n', url: '/u', email: 'e@a.test', 'x-c': 1 },
          license: { name: 'MIT', identifier: 'MIT', 'x-l': 2 },
          version: 'v1',
          'x-i': 3,
        },
      ],
    },
    'identifier and url': {
      from: `info: { title: T, version: v, license: { name: MIT, identifier: MIT, url: /l } }\n${get('tags: []')}`,
      found: ['openapi-invalid: remove one of the two'],
    },
  },
  'Server and Server Variable Objects': {
    'url, description, variables': {
      from: `servers: [{ url: "https://{h}/", description: d, variables: { h: { enum: [a, b], default: a, description: e, x-v: 1 } }, x-s: 2 }]\n${get('tags: []')}`,
      says: [
        ({ servers }) => servers[0],
        {
          url: 'https://{h}/',
          description: 'd',
          variables: [
            { name: 'h', default: 'a', enum: ['a', 'b'], description: 'e', extensions: [{ name: 'x-v', value: 1 }] },
          ],
          extensions: [{ name: 'x-s', value: 2 }],
        },
      ],
    },
    'a default that is none of enum': {
      from: `servers: [{ url: "https://{h}/", variables: { h: { enum: [ab, b], default: a } } }]\n${get('tags: []')}`,
      found: ['value-mismatch: did you mean "ab"?'],
    },
    'an empty enum': {
      from: `servers: [{ url: "https://{h}/", variables: { h: { enum: [], default: a } } }]\n${get('tags: []')}`,
      found: ['invalid-value: remove it'],
    },
    'a variable that the url lacks': {
      from: `servers: [{ url: "https://a.test/", variables: { h: { default: a } } }]\n${get('tags: []')}`,
      found: ['openapi-invalid: write {h} into the url, or remove it'],
    },
  },
  'Components Object': {
    pathItems: {
      from: `paths: { /a: { $ref: "#/components/pathItems/P" } }\ncomponents: { x-c: 1, pathItems: { P: { summary: s, get: { ${OK} } } } }`,
      says: [({ paths }) => [paths[0]?.displayName, paths[0]?.operations.length], ['s', 1]],
      again: ['/components/x-c', 1],
    },
    callbacks: {
      from: `${put('callbacks: { c: { $ref: "#/components/callbacks/C" } }')}\ncomponents: { callbacks: { C: { "{$request.body#/u}": { post: { ${OK} } } } } }`,
      says: [(description) => operation(description)?.callbacks?.[0]?.paths[0]?.path, '{$request.body#/u}'],
      found: ['unsupported-keyword: '],
    },
    'parameters, requestBodies, responses, headers, examples, links': {
      from: `paths: { /a: { put: { parameters: [{ $ref: "#/components/parameters/P" }], requestBody: { $ref: "#/components/requestBodies/B" }, responses: { 200: { $ref: "#/components/responses/R" } } } } }
components:
  parameters: { P: { name: p, in: query, schema: {}, examples: { e: { $ref: "#/components/examples/E" } } } }
  requestBodies: { B: { content: { application/json: {} } } }
  responses: { R: { description: OK, headers: { X-H: { $ref: "#/components/headers/H" } }, links: { l: { $ref: "#/components/links/L" } } } }
  headers: { H: { schema: {} } }
  examples: { E: { value: 1 } }
  links: { L: { operationRef: "#/paths/~1a/put" } }`,
      says: [
        (description) => {
          const found = operation(description);
          return [
            param(description)?.examples[0]?.value,
            found?.requestBody?.content.length,
            found?.responses[0]?.headers[0]?.name,
            found?.responses[0]?.links[0]?.operationRef,
          ];
        },
        [1, 1, 'X-H', '#/paths/~1a/put'],
      ],
    },
  },
  'Paths and Path Item Objects': {
    'x- beside the paths': { from: `paths: { x-p: 1, /a: { get: { ${OK} } } }`, again: ['/paths/x-p', 1] },
    'summary, description, x-': {
      from: `paths: { /a: { summary: s, description: d, x-i: 1, get: { ${OK} } } }`,
      again: ['/paths/~1a/x-i', 1],
      says: [({ paths }) => [paths[0]?.displayName, paths[0]?.description], ['s', 'd']],
    },
    servers: {
      from: `paths: { /a: { servers: [{ url: /v2 }], get: { ${OK} } } }`,
      again: ['/paths/~1a/servers', [{ url: '/v2' }]],
      found: ['unsupported-keyword: '],
    },
    '$ref into another file': {
      from: 'paths: { /a: { $ref: "items.yaml#/a" } }',
      files: { 'items.yaml': `a: { get: { operationId: far, ${OK} } }` },
      says: [(description) => operation(description)?.id, 'far'],
    },
    '$ref with encoded steps': {
      from: 'paths: { /a: { $ref: "#/x-items/a~1b%20c" } }\nx-items: { "a/b c": { get: { operationId: odd, responses: { 200: { description: OK } } } } }',
      says: [(description) => operation(description)?.id, 'odd'],
    },
    '$ref with more beside it': {
      from: `paths: { /a: { $ref: "#/components/pathItems/P", x-i: 1, parameters: [{ name: p, in: query, schema: {} }], post: { operationId: near, ${OK} } } }\ncomponents: { pathItems: { P: { parameters: [{ name: q, in: query, schema: {} }, { name: p, in: query, schema: { type: integer } }], get: { operationId: far, ${OK} } } } }`,
      says: [
        ({ paths }) => [paths[0]?.operations.map(({ id }) => id), namesOf(paths[0]?.operations[0]?.parameters)],
        [
          ['near', 'far'],
          ['p', 'q'],
        ],
      ],
      again: ['/paths/~1a/x-i', 1],
    },
    '$ref beside the same operation': {
      from: `paths: { /a: { $ref: "#/components/pathItems/P", get: { operationId: near, ${OK} } } }\ncomponents: { pathItems: { P: { get: { operationId: far, ${OK} } } } }`,
      says: [(description) => operation(description)?.id, 'near'],
      found: ['openapi-invalid: remove one of the two'],
    },
    'a key misspelt beside $ref': {
      from: `paths: { /a: { $ref: "#/components/pathItems/P", sumary: s } }\ncomponents: { pathItems: { P: { get: { ${OK} } } } }`,
      found: ['unknown-key: did you mean "summary"?'],
    },
    'parameters, overridden by name and place': {
      from: `paths: { /a: { parameters: [{ name: p, in: query, schema: { type: string } }, { name: p, in: header, schema: {} }], get: { parameters: [{ name: p, in: query, schema: { type: integer } }], ${OK} } } }`,
      says: [
        (description) => operation(description)?.parameters.map(({ in: place, schema: its }) => [place, its]),
        [
          ['query', { type: 'integer' }],
          ['header', {}],
        ],
      ],
    },
    'a path parameter, refined by an operation': {
      from: `paths: { "/a/{id}": { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], get: { parameters: [{ name: id, in: path, required: true, schema: { type: integer } }], ${OK} } } }`,
      says: [
        ({ paths }) => [paths[0]?.parameters[0]?.schema, paths[0]?.operations[0]?.parameters[0]?.schema],
        [{ type: 'string' }, { type: 'integer' }],
      ],
    },
  },
  'Operation Object': {
    'summary, description, tags, deprecated, externalDocs, x-': {
      from: get(
        'operationId: o, summary: s, description: d, tags: [t], deprecated: true, externalDocs: { url: /d }, x-o: 1',
      ),
      again: [`${here}/externalDocs`, { url: '/d' }],
      says: [
        (description) => {
          const { summary, tags, deprecated, extensions } = operation(description) ?? {};
          return [summary, tags, deprecated, extensions];
        },
        ['s', ['t'], true, [{ name: 'x-o', value: 1 }]],
      ],
    },
    servers: {
      from: get('servers: [{ url: /v2, description: d }]'),
      again: [`${here}/servers`, [{ url: '/v2', description: 'd' }]],
      found: ['unsupported-keyword: '],
    },
    callbacks: {
      from: get(
        'callbacks: { done: { x-cb: 1, "{$request.query.u}": { post: { operationId: tell, responses: { 200: { description: OK } } } } } }',
      ),
      again: [
        `${here}/callbacks/done`,
        {
          '{$request.query.u}': { post: { operationId: 'tell', responses: { 200: { description: 'OK' } } } },
          'x-cb': 1,
        },
      ],
      found: ['unsupported-keyword: '],
    },
    'a misspelt key within a callback': {
      from: get('callbacks: { done: { "{$url}": { post: { sumary: s, responses: { 200: { description: OK } } } } } }'),
      found: ['unknown-key: did you mean "summary"?', 'unsupported-keyword: '],
    },
    'a callback to no address': {
      from: get(
        'callbacks: { c: { "https://a.test/{$request.bdy#/u}": { post: { responses: { 200: { description: OK } } } } } }',
      ),
      found: ['unsupported-keyword: ', 'invalid-value: did you mean "$request.body#/u"?'],
    },
    'a callback within itself': {
      from: `${get('callbacks: { c: { $ref: "#/components/callbacks/C" } }')}\ncomponents: { callbacks: { C: { "{$url}": { post: { callbacks: { c: { $ref: "#/components/callbacks/C" } }, ${OK} } } } } }`,
      found: ['unsupported-keyword: ', 'unsupported-keyword: '],
    },
    'responses, x-': {
      from: `paths: { /a: { get: { responses: { x-r: 1, 200: { description: OK } } } } }`,
      again: [`${here}/responses/x-r`, 1],
    },
  },
  'Parameter Object': {
    'description, deprecated, x-': {
      from: parameter('name: p, in: query, description: d, deprecated: true, x-p: 1, schema: {}'),
      again: [
        `${here}/parameters/0`,
        { name: 'p', in: 'query', description: 'd', deprecated: true, 'x-p': 1, schema: {} },
      ],
    },
    allowEmptyValue: {
      from: parameter('name: p, in: query, allowEmptyValue: true, schema: { type: integer }'),
      again: [`${here}/parameters/0/allowEmptyValue`, true],
    },
    allowReserved: {
      from: parameter('name: p, in: query, allowReserved: true, schema: {}'),
      again: [`${here}/parameters/0/allowReserved`, true],
    },
    'style and explode': {
      from: parameter('name: p, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: {} }'),
      again: [
        `${here}/parameters/0`,
        { name: 'p', in: 'query', schema: { type: 'array', items: {} }, style: 'pipeDelimited' },
      ],
    },
    content: {
      from: parameter('name: p, in: query, content: { application/json: { schema: { type: object } } }'),
      again: [`${here}/parameters/0/content`, { 'application/json': { schema: { type: 'object' } } }],
    },
    'Accept, Content-Type and Authorization': {
      from: get(
        'parameters: [{ name: Accept, in: header, schema: {} }, { name: content-type, in: header, schema: {} }, { name: Authorization, in: header, schema: {} }]',
      ),
      says: [(description) => operation(description)?.parameters, []],
      found: Array.from(
        { length: 3 },
        () => 'unsupported-keyword: declare media types in content, and credentials in security',
      ),
    },
    'examples that stand elsewhere': {
      from: parameter(
        'name: p, in: query, schema: {}, examples: { e: { summary: s, description: d, externalValue: "e.txt", x-e: 2 } }',
      ),
      again: [
        `${here}/parameters/0/examples`,
        { e: { summary: 's', description: 'd', externalValue: 'e.txt', 'x-e': 2 } },
      ],
      found: ['unsupported-keyword: write it here as "value"'],
    },
    ...styles(),
    examples: {
      from: parameter(
        'name: p, in: query, schema: {}, examples: { e: { summary: s, description: d, value: 1, x-e: 2 } }',
      ),
      again: [`${here}/parameters/0/examples`, { e: { summary: 's', description: 'd', value: 1, 'x-e': 2 } }],
    },
  },
  'Request Body, Media Type and Encoding Objects': {
    'description, required, x-': {
      from: put('requestBody: { description: d, required: true, x-b: 1, content: { application/json: { x-m: 2 } } }'),
      again: ['/paths/~1a/put/requestBody/x-b', 1],
      says: [(description) => operation(description)?.requestBody?.content[0]?.extensions, [{ name: 'x-m', value: 2 }]],
    },
    'contentType, headers, style, explode, allowReserved, x-': {
      from: body(
        'schema: { properties: { f: {} } }, encoding: { f: { contentType: image/png, style: form, explode: false, allowReserved: true, headers: { X-R: { required: true, schema: { type: integer } } }, x-e: 1 } }',
      ),
      again: [
        '/paths/~1a/put/requestBody/content/multipart~1form-data/encoding/f',
        {
          contentType: 'image/png',
          style: 'form',
          explode: false,
          allowReserved: true,
          headers: { 'X-R': { required: true, schema: { type: 'integer' } } },
          'x-e': 1,
        },
      ],
    },
    'examples that stand elsewhere': {
      from: put(
        'requestBody: { content: { text/plain: { examples: { here: { value: v }, far: { externalValue: "e.txt" } } } } }',
      ),
      again: [
        '/paths/~1a/put/requestBody/content/text~1plain/examples',
        { here: { value: 'v' }, far: { externalValue: 'e.txt' } },
      ],
      found: ['unsupported-keyword: write it here as "value"'],
    },
    'an encoding of no property': {
      from: body('schema: { properties: { file: {} } }, encoding: { fil: { contentType: image/png } }'),
      found: ['unsupported-keyword: did you mean "file"?'],
    },
    'style of a part in 3.0': {
      version: '3.0.4',
      from: body('schema: { properties: { f: {} } }, encoding: { f: { style: form } }'),
      found: ['unsupported-keyword: remove it'],
    },
    'an encoding of JSON': {
      from: put(
        'requestBody: { content: { application/json: { schema: { properties: { f: {} } }, encoding: { f: { contentType: text/plain } } } } }',
      ),
      found: ['unsupported-keyword: remove it'],
    },
  },
  'Response, Header and Link Objects': {
    'headers, x-': {
      from: response('x-r: 1, headers: { X-H: { description: d, required: true, schema: { type: integer }, x-h: 2 } }'),
      again: [
        `${here}/responses/200/headers/X-H`,
        { required: true, description: 'd', 'x-h': 2, schema: { type: 'integer' } },
      ],
    },
    'explode of a header': {
      from: response('headers: { X-H: { explode: true, schema: { type: object } } }'),
      again: [`${here}/responses/200/headers/X-H`, { explode: true, schema: { type: 'object' } }],
    },
    ...expressions(),
    links: {
      from: `paths: { /a: { get: { operationId: o, parameters: [{ name: p, in: query, schema: {} }], responses: { 200: { description: OK, links: { l: { operationId: o, parameters: { query.p: $response.body#/id }, requestBody: 1, description: d, server: { url: /v2 }, x-l: 2 } } } } } } }`,
      again: [
        `${here}/responses/200/links/l`,
        {
          operationId: 'o',
          parameters: { 'query.p': '$response.body#/id' },
          requestBody: 1,
          description: 'd',
          server: { url: '/v2' },
          'x-l': 2,
        },
      ],
    },
    'a link to a parameter that is none': {
      from: `paths: { /a: { get: { operationId: o, parameters: [{ name: page, in: query, schema: {} }], responses: { 200: { description: OK, links: { l: { operationId: o, parameters: { pag: 1 } } } } } } } }`,
      found: ['unknown-operation: did you mean "page"?'],
    },
  },
  'Schema Object': {
    '3.0: nullable with enum': {
      version: '3.0.4',
      from: schema('{ type: string, nullable: true, enum: [a] }'),
      says: [S, { type: ['string', 'null'], enum: ['a', null] }],
    },
    '3.0: nullable with allOf': {
      version: '3.0.4',
      from: `${schema('{ nullable: true, allOf: [{ $ref: "#/components/schemas/T" }] }').slice(0, -3)}, T: { type: string } } }`,
      says: [S, { anyOf: [{ allOf: [{ $ref: '#/$defs/T' }] }, { type: 'null' }] }],
    },
    '3.1: siblings of $ref': {
      from: `${schema('{ $ref: "#/components/schemas/T", maxLength: 3, description: d }').slice(0, -3)}, T: { type: string } } }`,
      says: [S, { $ref: '#/$defs/T', maxLength: 3, description: 'd' }],
    },
    '$anchor and $id': {
      from: `${schema('{ properties: { a: { $ref: "#here" }, b: { $ref: "https://a.test/t" } } }').slice(0, -3)}, T: { $anchor: here, type: string }, U: { $id: "https://a.test/t", type: integer } } }`,
      says: [S, { properties: { a: { $ref: '#/$defs/T' }, b: { $ref: '#/$defs/U' } } }],
    },
    '$dynamicRef and $dynamicAnchor': {
      from: `${schema('{ $id: "https://a.test/s", $ref: "#/components/schemas/L", $defs: { i: { $dynamicAnchor: item, type: integer } } }').slice(0, -3)}, L: { $id: "https://a.test/l", items: { $dynamicRef: "#item" }, $defs: { any: { $dynamicAnchor: item } } } } }`,
      says: [
        ({ $defs }) => [$defs.S, $defs['S-L'], $defs.L],
        [{ $ref: '#/$defs/S-L' }, { items: { $ref: '#/$defs/i' } }, { items: { $ref: '#/$defs/any' } }],
      ],
    },
    'a relative $ref across files, back and forth': {
      from: schema('{ $ref: "schemas/book.yaml#/Book" }'),
      files: {
        'schemas/book.yaml': 'Book: { properties: { by: { $ref: "../people/author.json" } } }',
        'people/author.json':
          '{ "properties": { "of": { "items": { "$ref": "../schemas/book.yaml#/Book" } }, "me": { "$ref": "#" } } }',
      },
      says: [
        ({ $defs }) => [$defs.S, $defs.author],
        [
          { properties: { by: { $ref: '#/$defs/author' } } },
          { properties: { of: { items: { $ref: '#/$defs/S' } }, me: { $ref: '#/$defs/author' } } },
        ],
      ],
    },
    '3.0: siblings of $ref': {
      version: '3.0.4',
      from: `${schema('{ $ref: "#/components/schemas/T", maxLength: 3 }').slice(0, -3)}, T: { type: string } } }`,
      says: [S, { $ref: '#/$defs/T' }],
      found: ['schema-questionable: put the reference into allOf'],
    },
    '3.0: exclusiveMinimum as a flag': {
      version: '3.0.4',
      from: schema('{ type: integer, minimum: 1, exclusiveMinimum: true }'),
      says: [S, { type: 'integer', minimum: 1, exclusiveMinimum: 1 }],
    },
    'a list of types': {
      from: schema('{ type: [string, "null"] }'),
      says: [S, { type: ['string', 'null'] }],
      again: ['/components/schemas/S/type', ['string', 'null']],
    },
    'readOnly, writeOnly, deprecated, default, const, examples': {
      from: schema(
        '{ properties: { a: { readOnly: true, default: 1, const: 1, examples: [1] }, b: { writeOnly: true, deprecated: true } } }',
      ),
      again: [
        '/components/schemas/S/properties',
        {
          a: { readOnly: true, default: 1, const: 1, examples: [1] },
          b: { writeOnly: true, deprecated: true },
        },
      ],
    },
    'an unknown key of xml': {
      from: schema('{ type: object, xml: { nam: s } }'),
      found: ['unknown-key: did you mean "name"?'],
    },
    'discriminator as a text': {
      from: schema('{ type: object, discriminator: kind, properties: { kind: { type: string } } }'),
      again: ['/components/schemas/S/discriminator', { propertyName: 'kind' }],
      found: ['schema-questionable: write { propertyName: kind }'],
    },
    'discriminator by another key': {
      from: schema('{ type: object, discriminator: { property: kind } }'),
      found: [
        'unknown-key: did you mean "propertyName"?',
        'schema-invalid: add the name of the property that tells the forms apart',
      ],
    },
    'discriminator of a property that is misspelt': {
      from: schema('{ type: object, discriminator: { propertyName: kin }, properties: { kind: { type: string } } }'),
      found: ['undeclared-property: did you mean "kind"?'],
    },
    'xml, externalDocs, x-': {
      from: schema('{ type: object, xml: { name: s, x-x: 1 }, externalDocs: { url: /s }, x-s: 1 }'),
      again: [
        '/components/schemas/S',
        { type: 'object', xml: { name: 's', 'x-x': 1 }, externalDocs: { url: '/s' }, 'x-s': 1 },
      ],
    },
    'contentMediaType and contentEncoding': {
      from: schema('{ type: string, contentMediaType: image/png, contentEncoding: base64 }'),
      again: ['/components/schemas/S', { type: 'string', contentMediaType: 'image/png', contentEncoding: 'base64' }],
    },
    'an example deep within an inline schema': {
      from: response(
        'content: { application/json: { schema: { type: object, properties: { a: { type: array, items: { type: integer, example: x } } } } } }',
      ),
      found: ['example-mismatch: change the example or the schema'],
    },
    'discriminator, a mapping outside of oneOf': {
      from: `${schema('{ oneOf: [{ $ref: "#/components/schemas/T" }], discriminator: { propertyName: k, mapping: { t: T, u: U } } }').slice(0, -3)}, T: { type: object, properties: { k: { type: string } } }, U: { type: object, properties: { k: { type: string } } } } }`,
      found: ['schema-questionable: add it to oneOf, or take it out of the mapping'],
    },
  },
  'Security Scheme and OAuth Flow Objects': {
    'apiKey, http, openIdConnect, mutualTLS, x-': {
      from: `security: [{ k: [], b: [], i: [], m: [] }]\n${get('tags: []')}\ncomponents: { securitySchemes: { k: { type: apiKey, in: cookie, name: c, description: d, x-k: 1 }, b: { type: http, scheme: bearer, bearerFormat: JWT, x-b: 2 }, i: { type: openIdConnect, openIdConnectUrl: /i }, m: { type: mutualTLS } } }`,
      again: [
        '/components/securitySchemes',
        {
          k: { type: 'apiKey', name: 'c', in: 'cookie', description: 'd', 'x-k': 1 },
          b: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', 'x-b': 2 },
          i: { type: 'openIdConnect', openIdConnectUrl: '/i' },
          m: { type: 'mutualTLS' },
        },
      ],
    },
    'four flows': {
      from: `security: [{ o: [r] }]\n${get('tags: []')}\ncomponents: { securitySchemes: { o: { type: oauth2, flows: { x-f: 1, implicit: { authorizationUrl: /a, refreshUrl: /r, scopes: { r: read } }, password: { tokenUrl: /t, scopes: {} }, clientCredentials: { tokenUrl: /t, scopes: {} }, authorizationCode: { authorizationUrl: /a, tokenUrl: /t, scopes: {} } } } } }`,
      again: [
        '/components/securitySchemes/o/flows/implicit',
        { authorizationUrl: '/a', refreshUrl: '/r', scopes: { r: 'read' } },
      ],
    },
  },
};

/** Each style of each place is kept; what requests look like by it is in `test/http`. */
function styles(): Readonly<Record<string, Row>> {
  const places: Readonly<Record<string, readonly string[]>> = {
    path: ['simple', 'label', 'matrix'],
    query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
    header: ['simple'],
    cookie: ['form'],
  };
  const usual: Readonly<Record<string, string>> = { path: 'simple', query: 'form', header: 'simple', cookie: 'form' };
  const rows = Object.entries(places).flatMap(([place, names]) =>
    names.flatMap((style) =>
      [true, false].map((explode): [string, Row] => {
        const said = {
          name: 'p',
          in: place,
          ...(place === 'path' && { required: true }),
          schema: { type: 'object' },
          ...(style !== usual[place] && { style }),
          ...(explode !== (style === 'form') && { explode }),
        };
        const path = place === 'path' ? '/a/{p}' : '/a';
        const operation = { parameters: [{ ...said, style, explode }], responses: { 200: { description: 'OK' } } };
        const from = `paths: ${JSON.stringify({ [path]: { get: operation } })}`;
        const at = `/paths/${path.replaceAll('/', '~1')}/${place === 'path' ? '' : 'get/'}parameters/0`;
        return [`${style} in a ${place}, explode ${explode}`, { from, again: [at, said] }];
      }),
    ),
  );
  return Object.fromEntries(rows);
}

/** Runtime expressions of links, each as the parameter `p` that the linked operation has. */
function expressions(): Readonly<Record<string, Row>> {
  const link = (value: string) =>
    `paths: { "/a/{id}": { parameters: [{ name: id, in: path, required: true, schema: {} }], get: { operationId: o, parameters: [{ name: p, in: query, schema: {} }], responses: { 200: { description: OK, headers: { X-Next: { schema: {} } }, links: { l: { operationId: o, parameters: { p: ${JSON.stringify(value)} } } } } } } } }`;
  const table: Readonly<Record<string, string | undefined>> = {
    $url: undefined,
    $statusCode: undefined,
    '$request.path.id': undefined,
    '$request.query.p': undefined,
    '$request.header.X-Request-Id': undefined,
    '$response.header.x-next': undefined,
    '$response.body': undefined,
    '$response.body#/a/0': undefined,
    'id-{$response.body#/id}': undefined,
    $5: undefined,
    $uri: 'did you mean "$url"?',
    '$request.path.ids': 'did you mean "id"?',
    '$request.query.x': 'one of p',
    '$response.header.X-Nxt': 'did you mean "X-Next"?',
    '$response.body.id': 'write $response.body#/id',
    '$responce.body#/id': 'did you mean "$response.body#/id"?',
    '$request.qury.p': 'did you mean "$request.query.p"?',
    'id-{$response.body/id}': 'write $response.body#/id',
  };
  return Object.fromEntries(
    Object.entries(table).map(([value, hint]): [string, Row] => [
      `a link by ${value}`,
      { from: link(value), found: hint === undefined ? [] : [`invalid-value: ${hint}`] },
    ]),
  );
}

function namesOf(parameters: readonly { readonly name: string }[] = []): readonly string[] {
  return parameters.map(({ name }) => name);
}

for (const [object, features] of Object.entries(rows)) {
  describe(object, () => {
    for (const [name, { from, version = '3.1.1', files = {}, says, again, found = [] }] of Object.entries(features)) {
      it(name, async () => {
        const head = from.startsWith('info:') ? '' : 'info: { title: T, version: "1" }\n';
        for (const [path, text] of Object.entries({ 'api.yaml': `openapi: ${version}\n${head}${from}`, ...files })) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), text);
        }
        const { model, diagnostics } = await readSpec(join(folder, 'api.yaml'), { cache: false });
        const told = diagnostics.map(({ code, hint }) => `${code}: ${hint ?? ''}`);
        assert.deepEqual(
          told.filter((line) => !/^(?:unused-component|security-not-enforced):/.test(line)),
          [...found],
        );
        if (!says && !again) return;
        assert.ok(model);
        if (says) assert.deepEqual(plain(says[0](model)), says[1]);
        if (!again) return;
        assert.deepEqual(inside(toOpenapi(model).document, again[0]), again[1], 'converted');
        assert.deepEqual(inside(openapiDocument(model, { base: '' }), again[0], again[1]), again[1], 'served');
      });
    }
  });
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** What a document has at a pointer; of an object only what `like` has, since a server adds responses and ids. */
function inside(document: object, pointer: string, like?: unknown): unknown {
  let current: unknown = plain(document);
  for (const step of pointer.split('/').slice(1)) {
    assert.ok(typeof current === 'object' && current !== null, pointer);
    current = Reflect.get(current, step.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return like !== undefined && isObject(current) && isObject(like) ? pick(current, like) : current;
}

function pick(current: object, like: object): object {
  return Object.fromEntries(Object.entries(current).filter(([key]) => Object.hasOwn(like, key)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
