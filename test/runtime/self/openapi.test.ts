import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { translateSchemas } from '../../../src/model/openapi/schemas.ts';
import type { ApiModel } from '../../../src/model/types.ts';
import { openapiDocument } from '../../../src/runtime/self/openapi.ts';
import { readSpec } from '../../../src/spec/read.ts';
import { corporaFolder, withoutCorpora } from '../../corpora/folder.ts';
import { at, header, model, operation, response } from '../present/pieces.ts';

const root = resolve(import.meta.dirname, '../../..');
const corpora = corporaFolder;
const openapi = `${corpora}openapi/OAI+learn.openapis.org/examples/`;

const descriptions = [
  'specs/bookstore.raml',
  `${corpora}real/ramses-tech+ramses-example/example.raml`,
  `${corpora}real/raml-org+raml-examples/typesystem/complex.raml`,
  ...['api-with-examples', 'callback-example', 'link-example', 'petstore-expanded', 'uspto'].map(
    (name) => `${openapi}v3.0/${name}.json`,
  ),
  ...['non-oauth-scopes', 'tictactoe', 'webhook-example'].map((name) => `${openapi}v3.1/${name}.json`),
  `${corpora}openapi/Redocly+museum-openapi-example/openapi.yaml`,
];

describe('the document of a description is valid OpenAPI 3.1', () => {
  for (const file of descriptions) {
    test(file.replace(corpora, ''), { skip: file.startsWith(corpora) && withoutCorpora }, async () => {
      const { model: read } = await readSpec(resolve(root, file));
      assert.ok(read);
      const document = await validated(read);
      assert.equal(Object.keys(inside(document, 'paths')).length, read.paths.length);
    });
  }
});

test('what OpenAPI words differently', async () => {
  const document = await validated(
    model({
      $defs: {
        'A/B': {
          type: 'object',
          properties: { next: { $ref: '#/$defs/A~1B' } },
          _db_settings: {},
        },
        'A B': {
          $ref: '#/$defs/A~1B/properties/next',
          discriminator: { propertyName: 'k', mapping: { x: 'A/B' } },
          examples: { one: { value: 1 } },
        },
        Problem: { type: 'object' },
      },
      documentation: [{ title: 'Home', content: 'Welcome.' }],
      servers: [
        { url: 'https://{host}/', variables: [{ name: 'host', default: 'a.example', enum: ['a.example'] }] },
        { url: 'https://{unknown}/', variables: [] },
      ],
      securitySchemes: [
        {
          name: 'OAuth 2.0',
          type: 'oauth2',
          settings: {
            authorizationUri: 'https://a/',
            accessTokenUri: 'https://b/',
            authorizationGrants: ['code', 'token', 'odd'],
            scopes: ['read'],
          },
          parameters: [],
          responses: [],
          at,
        },
        { name: 'acl', type: 'x-ACL', settings: {}, parameters: [], responses: [], at },
      ],
      security: [
        { schemes: [{ name: 'acl', scopes: [] }] },
        { schemes: [{ name: 'OAuth 2.0', scopes: ['read'] }] },
        { schemes: [] },
      ],
      paths: [
        {
          path: '/a/{id}',
          parameters: [header('id', { in: 'path', schema: { $ref: '#/$defs/A~1B' } })],
          operations: [
            operation(
              [
                response('200', { 'application/json': { schema: { $ref: '#/$defs/A B' } } }, [
                  header('X-A'),
                  header('Content-Type'),
                ]),
              ],
              {
                method: 'get',
                id: 'get /a/{id}',
                parameters: [
                  header('tag', {
                    in: 'query',
                    style: 'repeat',
                    explode: true,
                    examples: [{ name: 'x', value: ['a'], strict: true, at }],
                  }),
                  header('Accept'),
                  header('filter', { in: 'query', style: 'deepObject', explode: true, schema: { type: 'object' } }),
                  header('j', { in: 'query', style: 'form', explode: true, contentType: 'application/json' }),
                ],
              },
            ),
            operation([], { method: 'post', id: 'getAById' }),
          ],
          extensions: [],
          at,
        },
      ],
    }),
  );
  assert.deepEqual(inside(document, 'components', 'schemas', 'A_B'), {
    type: 'object',
    properties: { next: { $ref: '#/components/schemas/A_B' } },
  });
  assert.deepEqual(inside(document, 'components', 'schemas', 'A_B_2'), {
    $ref: '#/components/schemas/A_B/properties/next',
    discriminator: { propertyName: 'k', mapping: { x: '#/components/schemas/A_B' } },
    examples: [1],
  });
  assert.ok('Problem_2' in inside(document, 'components', 'schemas'));
  assert.deepEqual(Object.keys(inside(document, 'components', 'securitySchemes')), ['OAuth_2.0']);
  assert.deepEqual(Object.keys(inside(document, 'components', 'securitySchemes', 'OAuth_2.0', 'flows')), [
    'authorizationCode',
    'implicit',
  ]);
  assert.deepEqual(inside(document, 'security'), [{ 'OAuth_2.0': ['read'] }, {}]);
  assert.deepEqual(inside(document, 'servers'), [
    { url: '/' },
    { url: 'https://{host}/', variables: { host: { default: 'a.example', enum: ['a.example'] } } },
  ]);
  const get = inside(document, 'paths', '/a/{id}', 'get');
  assert.deepEqual(inside(get, 'parameters'), [
    { name: 'tag', in: 'query', schema: { type: 'string' }, examples: { x: { value: ['a'] } } },
    { name: 'filter', in: 'query', schema: { type: 'object' }, style: 'deepObject', explode: true },
    { name: 'j', in: 'query', content: { 'application/json': { schema: { type: 'string' } } } },
  ]);
  assert.deepEqual(Object.keys(inside(get, 'responses', '200', 'headers')), ['X-A']);
  assert.deepEqual(
    [get, inside(document, 'paths', '/a/{id}', 'post')].map((each) => inside(each).operationId),
    ['getAById2', 'getAById'],
    'what is declared keeps its id',
  );
});

test('a property called $ref is a property', () => {
  const Book = { properties: { $ref: { type: 'string' }, _id: { type: 'string' } }, const: { $ref: '#/$defs/Book' } };
  assert.deepEqual(translateSchemas({ Book }).schemas, { Book });
});

test('what the server adds is described', async () => {
  const { model: bookstore } = await readSpec(resolve(root, 'specs/bookstore.raml'));
  assert.ok(bookstore);
  const document = await validated(bookstore, '/shop');
  assert.deepEqual(inside(document, 'servers', '0'), { url: '/shop' });
  const list = inside(document, 'paths', '/books', 'get');
  const names = Object.values(inside(list, 'parameters')).map((parameter) => inside(parameter).name);
  for (const name of ['limit', 'offset', '_limit', '_fields', 'isbn', 'price']) assert.ok(names.includes(name), name);
  assert.equal(new Set(names).size, names.length);
  const create = inside(document, 'paths', '/books', 'post', 'responses');
  assert.deepEqual(Object.keys(inside(create, '201', 'headers')), ['Location', 'ETag', 'Last-Modified', 'Link']);
  assert.deepEqual(inside(create, 'default'), { $ref: '#/components/responses/Problem' });
  const patch = inside(document, 'paths', '/books/{isbn}', 'patch', 'requestBody', 'content');
  assert.deepEqual(Object.keys(patch).sort(), ['application/json-patch+json', 'application/merge-patch+json']);
});

/** The document, if it is one. */
async function validated(of: ApiModel, base = ''): Promise<Record<string, unknown>> {
  const document: Record<string, unknown> = JSON.parse(JSON.stringify(openapiDocument(of, { base })));
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  assert.ok(valid, JSON.stringify(errors, null, 1));
  return document;
}

/** What lies at the end of a path of names. */
function inside(value: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> {
  let current: unknown = value;
  for (const name of path) {
    assert.ok(typeof current === 'object' && current !== null && name in current, path.join(' / '));
    current = Reflect.get(current, name);
  }
  assert.ok(isRecord(current), path.join(' / '));
  return current;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
