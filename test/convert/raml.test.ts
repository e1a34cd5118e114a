import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { toRaml } from '../../src/convert/raml/document.ts';
import { ramlText } from '../../src/convert/text.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { readSpec } from '../../src/spec/read.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-convert-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function read(text: string, name: string): Promise<ApiModel> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const { model, diagnostics } = await readSpec(file, { cache: false });
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.ok(model);
  return model;
}

function openapi(members: object): string {
  return JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {}, ...members });
}

/** OpenAPI with one operation, `GET /a`. */
function operation(members: object, more: object = {}): string {
  return openapi({ paths: { '/a': { get: { responses: { 204: { description: 'Gone' } }, ...members } } }, ...more });
}

/** OpenAPI with one definition, `T`. */
function schema(definition: unknown, more: object = {}): string {
  return openapi({ components: { schemas: { T: definition, ...more } } });
}

/** A description, what of it is reported, and what the document says at a place. */
const rows: Readonly<
  Record<
    string,
    { readonly from: string; readonly losses?: readonly string[]; readonly says: readonly [string, unknown] }
  >
> = {
  'objects, with a question mark for what is optional': {
    from: schema({ type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } }, required: ['a'] }),
    says: ['types.T', { type: 'object', properties: { a: 'string', 'b?': 'integer' } }],
  },
  'a name that ends with a question mark itself': {
    from: schema({ type: 'object', properties: { 'a?': { type: 'string' } } }),
    says: ['types.T.properties', { 'a?': { type: 'string', required: false } }],
  },
  'pattern properties, and all others': {
    from: schema({
      type: 'object',
      patternProperties: { '^x-': { type: 'string' } },
      additionalProperties: { type: 'null' },
    }),
    says: ['types.T.properties', { '/^x-/': 'string', '//': 'nil' }],
  },
  'unions, dates and formats of numbers': {
    from: schema({
      type: 'object',
      properties: {
        a: { type: ['string', 'null'] },
        b: {
          anyOf: [
            { type: 'string', format: 'date' },
            { type: 'string', format: 'date-time' },
          ],
        },
        c: { type: 'integer', format: 'int64' },
      },
      required: ['a', 'b', 'c'],
    }),
    says: [
      'types.T.properties',
      { a: 'string | nil', b: 'date-only | datetime', c: { type: 'integer', format: 'int64' } },
    ],
  },
  'a pattern that is not tied to both ends would say something else': {
    from: schema({ type: 'string', pattern: 'x' }),
    losses: [`changed: The type "T" is written as JSON Schema: RAML's own types have no "pattern".`],
    says: ['types.T', { type: text({ type: 'string', pattern: 'x' }) }],
  },
  'JSON Schema takes its definitions with it': {
    from: schema({ oneOf: [{ $ref: '#/components/schemas/U' }, { type: 'null' }] }, { U: { type: 'string' } }),
    losses: [`changed: The type "T" is written as JSON Schema: RAML's own types have no "oneOf".`],
    says: [
      'types.T',
      {
        type: text({ oneOf: [{ $ref: '#/definitions/U' }, { type: 'null' }], definitions: { U: { type: 'string' } } }),
      },
    ],
  },
  'readOnly decides what is served': {
    from: schema({ type: 'object', properties: { a: { type: 'string', readOnly: true } } }),
    losses: [`changed: The type "T" is written as JSON Schema: RAML's own types have no "readOnly".`],
    says: ['types.T', { type: text({ type: 'object', properties: { a: { type: 'string', readOnly: true } } }) }],
  },
  'a name that RAML has a type of': {
    from: openapi({
      components: { schemas: { 'a.b': { type: 'string' }, file: { $ref: '#/components/schemas/a.b' } } },
    }),
    losses: [
      'changed: The type "a.b" is called "a-b": in RAML its name means something else.',
      'changed: The type "file" is called "fileType": in RAML its name means something else.',
    ],
    says: ['types', { 'a-b': 'string', fileType: 'a-b' }],
  },
  'ids, tags and extensions as annotations': {
    from: operation({ operationId: 'readA', tags: ['x'], deprecated: true, 'x-tier': 'gold', summary: 'S' }),
    says: [
      '/a.get',
      {
        displayName: 'S',
        '(operationId)': 'readA',
        '(tags)': ['x'],
        '(deprecated)': true,
        '(tier)': 'gold',
        responses: { 204: { description: 'Gone' } },
      },
    ],
  },
  'annotations are declared': {
    from: operation({ operationId: 'readA', 'x-tier': 'gold', 'x-cartouche': { action: 'sample' } }),
    says: ['annotationTypes', { operationId: 'string', tier: 'any', cartouche: 'any' }],
  },
  'parameters, and what RAML has no words for': {
    from: operation({
      parameters: [
        { name: 'q', in: 'query', schema: { type: 'string', format: 'email' } },
        { name: 'p', in: 'query', required: true, schema: { type: 'string', pattern: 'x' } },
        { name: 'c', in: 'cookie', schema: { type: 'string' } },
        { name: 'l', in: 'query', style: 'form', explode: false, schema: { type: 'array', items: { type: 'string' } } },
      ],
    }),
    losses: [
      'lost: The cookie "c" of GET /a is left out: RAML does not describe cookies.',
      `lost: "format" of the parameter "q" is left out: RAML's own types have none.`,
      'lost: How the parameter "l" is written (form) cannot be said.',
    ],
    says: [
      '/a.get.queryParameters',
      {
        'q?': 'string',
        p: { type: 'string', pattern: '^(?:[\\s\\S]*(?:x)[\\s\\S]*)$' },
        'l?': { type: 'array', items: 'string' },
      },
    ],
  },
  'ranges of codes and default responses': {
    from: operation({
      responses: { 200: { description: 'A' }, '4XX': { description: 'B' }, default: { description: 'C' } },
    }),
    losses: [
      'lost: The response "4XX" of GET /a is left out: RAML only knows single codes.',
      'lost: The response "default" of GET /a is left out: RAML only knows single codes.',
    ],
    says: ['/a.get.responses', { 200: { description: 'A' } }],
  },
  'security schemes': {
    from: operation(
      { security: [{ key: [] }, { o: ['read'] }, {}] },
      {
        components: {
          securitySchemes: {
            key: { type: 'apiKey', in: 'header', name: 'X-Key' },
            basic: { type: 'http', scheme: 'basic' },
            bearer: { type: 'http', scheme: 'bearer' },
            o: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.test/t', scopes: { read: '' } } } },
          },
        },
      },
    ),
    losses: ['changed: The security scheme "bearer" is of the type "x-bearer": RAML has none of its own.'],
    says: [
      'securitySchemes',
      {
        key: { type: 'Pass Through', describedBy: { headers: { 'X-Key': 'string' } } },
        basic: { type: 'Basic Authentication' },
        bearer: { type: 'x-bearer' },
        o: {
          type: 'OAuth 2.0',
          settings: {
            accessTokenUri: 'https://a.test/t',
            authorizationGrants: ['client_credentials'],
            scopes: ['read'],
          },
        },
      },
    ],
  },
  'OAuth 2.0 without an address for tokens': {
    from: openapi({
      components: {
        securitySchemes: {
          o: { type: 'oauth2', flows: { implicit: { authorizationUrl: 'https://a.test', scopes: {} } } },
        },
      },
    }),
    says: [
      'securitySchemes.o.settings',
      { authorizationUri: 'https://a.test', accessTokenUri: '', authorizationGrants: ['implicit'] },
    ],
  },
  'alternatives, anonymous access among them': {
    from: operation(
      { security: [{ o: ['read'] }, {}] },
      {
        components: {
          securitySchemes: {
            o: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.test/t', scopes: { read: '' } } } },
          },
        },
      },
    ),
    says: ['/a.get.securedBy', [{ o: { scopes: ['read'] } }, null]],
  },
  'two schemes that must hold together are one of their own, never alternatives': {
    from: operation(
      { security: [{ a: [], b: [] }] },
      {
        components: {
          securitySchemes: { a: { type: 'http', scheme: 'basic' }, b: { type: 'http', scheme: 'digest' } },
        },
      },
    ),
    losses: ['changed: That GET /a needs "a" and "b" together is said by the scheme "a-and-b".'],
    says: ['/a.get.securedBy', ['a-and-b']],
  },
  servers: {
    from: openapi({
      servers: [
        { url: 'https://{host}/{version}', variables: { host: { default: 'a.test' }, version: { default: 'v2' } } },
        { url: 'http://{host}/{version}', variables: { host: { default: 'a.test' }, version: { default: 'v2' } } },
        { url: 'https://b.test' },
      ],
    }),
    losses: ['lost: The server https://b.test is left out: RAML has one "baseUri".'],
    says: ['baseUri', 'https://{host}/v2'],
  },
  'paths within others, in their order': {
    from: openapi({
      paths: {
        '/a': { get: {} },
        '/a/{id}': { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }], get: {} },
        '/b': { get: {} },
        '/a/{id}/c': { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }], get: {} },
      },
    }),
    says: [
      '',
      {
        title: 'T',
        version: '1',
        '/a': { get: {}, '/{id}': { uriParameters: { id: 'integer' }, get: {} } },
        '/b': { get: {} },
        '/a/{id}/c': { get: {} },
      },
    ],
  },
  'the servers, callbacks and links of an operation are kept': {
    from: operation({
      servers: [{ url: '/v2' }],
      callbacks: { done: { '{$request.body#/url}': { post: { responses: { 200: { description: 'OK' } } } } } },
    }),
    losses: [
      'changed: The servers of GET /a are kept as the annotation "(servers)", which no reader of RAML acts on.',
      'changed: The callbacks of GET /a are kept as the annotation "(callbacks)", which no reader of RAML acts on.',
    ],
    says: [
      '/a.get.(callbacks)',
      { done: { '{$request.body#/url}': { post: { responses: { 200: { description: 'OK' } } } } } },
    ],
  },
  'RAML 0.8': {
    from: '#%RAML 0.8\ntitle: T\n/a:\n  get:\n    queryParameters:\n      since: { type: date }\n',
    says: ['/a.get', { queryParameters: { 'since?': { type: 'datetime', format: 'rfc2616' } } }],
  },
};

function text(schema: object): string {
  return JSON.stringify({ $schema: 'http://json-schema.org/draft-04/schema#', ...schema }, null, 2);
}

describe('to RAML 1.0', () => {
  for (const [name, { from, losses = [], says }] of Object.entries(rows)) {
    it(name, async () => {
      const converted = toRaml(await read(from, from.startsWith('#%RAML') ? 'old.raml' : 'api.json'));
      await read(ramlText(converted.document), 'new.raml');
      assert.deepEqual(
        converted.losses.map(({ kind, message }) => `${kind}: ${message}`),
        losses,
      );
      assert.deepEqual(inside(converted.document, says[0]), says[1]);
    });
  }
});

/** What lies at `a.b./c.d`; the whole at an empty path. */
function inside(document: object, path: string): unknown {
  let current: unknown = JSON.parse(JSON.stringify(document));
  for (const step of path === '' ? [] : path.split('.')) {
    assert.ok(typeof current === 'object' && current !== null && step in current, `${path}: ${step}`);
    current = Reflect.get(current, step);
  }
  return current;
}
