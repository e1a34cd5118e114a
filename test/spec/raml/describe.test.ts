/**
 * Resources, operations, parameters, bodies, security: what RAML 0.8 and 1.0 say, field by field.
 */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import type { ApiDescription, Operation } from '../../../src/model/description.ts';
import { readRaml } from '../../../src/spec/raml/read.ts';
import { openSource } from '../../../src/spec/source.ts';
import { describeText, readText } from './helpers.ts';

const api10 = `#%RAML 1.0
title: Shop
version: 2
description: Sells things.
baseUri: https://{tenant}.example.com/{version}
baseUriParameters:
  tenant: { default: acme, description: Whose shop. }
protocols: [ HTTP, HTTPS ]
mediaType: [ application/json, application/xml ]
documentation:
  - title: Hello
    content: Read me.
annotationTypes:
  team: string
  hidden: nil
(team): core
securitySchemes:
  oauth:
    type: OAuth 2.0
    describedBy:
      headers: { Authorization: string }
      queryParameters: { access_token?: string }
      responses: { 401: { description: Who are you? } }
    settings:
      authorizationUri: https://a.example.com/auth
      accessTokenUri: https://a.example.com/token
      authorizationGrants: [ authorization_code ]
      scopes: [ READ, WRITE ]
  basic: { type: Basic Authentication }
  digest: { type: Digest Authentication }
  key: { type: Pass Through, describedBy: { headers: { X-Key: string } } }
  acl: { type: x-ACL, settings: { collection: allow all, depth: 3, deep: { list: [ 1, true ] } } }
securedBy: [ oauth ]
types:
  Book: { properties: { title: string } }
traits:
  paged: { queryParameters: { limit?: { type: integer, default: 10 } } }
resourceTypes:
  collection: { description: "All <<resourcePathName>>", get: { responses: { 200: { body: "<<item>>[]" } } } }
/shelves/{shelf}:
  displayName: Shelf
  uriParameters:
    shelf: { type: integer, description: Its number. }
  securedBy: [ basic ]
  /books:
    type: { collection: { item: Book } }
    is: [ paged ]
    (team): books
    get:
      securedBy: [ null, oauth: { scopes: [ READ ] } ]
      headers: { X-Trace?: string }
      queryParameters:
        tag?: string[]
        filter?: { properties: { a: string } }
    post:
      displayName: Add a book
      securedBy: [ null ]
      (hidden):
      body:
        application/json:
          type: Book
          examples:
            good: { title: A }
            odd: { strict: false, displayName: Odd one, value: { name: B } }
      responses:
        201:
          description: Added.
          headers: { Location: string }
          body: { application/json: { type: Book, example: { title: A } } }
    /{isbn}.{format}:
      delete:
        responses: { 204: }
  put:
    body: { multipart/form-data: { properties: { picture: { type: file } } } }
/search:
  get:
    queryString: { properties: { q: string, page?: integer } }
`;

const api08 = `#%RAML 0.8
title: Shop
version: v1
baseUri: http://example.com/{version}
mediaType: application/json
schemas:
  - book: |
      { "title": "Book schema", "type": "object", "properties": { "title": { "type": "string", "required": true } } }
securitySchemes:
  - acl:
      type: x-ACL
      settings:
        collection: |
          allow everyone view
  - ticket: { type: x-Ticket, settings: { secure: true, timeout: 60 } }
securedBy: [ ticket ]
traits:
  - paged:
      queryParameters:
        _limit: { type: integer, minimum: 1, default: 20, example: 5 }
/books:
  displayName: All books
  securedBy: [ acl ]
  get:
    is: [ paged ]
    queryParameters:
      tag: { repeat: true, enum: [ a, b ] }
      since: { type: date }
      size: [ { type: integer, description: Number }, { type: string } ]
      full: { type: boolean, required: true, default: false }
    responses:
      200:
        body:
          application/json:
            schema: book
            example: '{ "title": "A" }'
          text/plain:
            example: A
  post:
    body:
      application/json:
        schema: '{ "title": "New book", "type": "object" }'
      application/x-www-form-urlencoded:
        formParameters:
          title: { required: true, maxLength: 10 }
          tags: { repeat: true }
  /{id}:
    uriParameters: { id: { type: integer, minimum: 1 } }
    get:
      securedBy: [ null ]
`;

const lazy = (read: () => Promise<ApiDescription>) => {
  let description: Promise<ApiDescription> | undefined;
  return () => {
    description ??= read();
    return description;
  };
};

function operation({ paths }: ApiDescription, id: string): Operation {
  const found = paths.flatMap(({ operations }) => operations).find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no operation ${id} in ${paths.map(({ path }) => path)}`);
  return found;
}

describe('RAML 1.0', () => {
  const read = lazy(() => describeText(api10));

  test('the root', async () => {
    const api = await read();
    assert.equal(api.format, 'raml-1.0');
    assert.equal(api.file, 'api.raml');
    assert.equal(api.title, 'Shop');
    assert.equal(api.version, '2');
    assert.equal(api.description, 'Sells things.');
    assert.deepEqual(api.documentation, [{ title: 'Hello', content: 'Read me.' }]);
    assert.deepEqual(api.mediaTypes, ['application/json', 'application/xml']);
    assert.deepEqual(api.extensions, [{ name: '(team)', value: 'core' }]);
    assert.deepEqual(api.security, [{ schemes: [{ name: 'oauth', scopes: [] }] }]);
    const variables = [
      { name: 'tenant', default: 'acme', description: 'Whose shop.' },
      { name: 'version', default: '2' },
    ];
    assert.deepEqual(api.servers, [
      { url: 'https://{tenant}.example.com/{version}', variables },
      { url: 'http://{tenant}.example.com/{version}', variables },
    ]);
  });

  test('paths in order, with full templates and the parameters of their parents', async () => {
    const { paths } = await read();
    assert.deepEqual(
      paths.map(({ path, parameters, operations }) => [
        path,
        parameters.map(({ name, schema }) => [name, schema]),
        operations.map(({ method }) => method),
      ]),
      [
        ['/shelves/{shelf}', [['shelf', { type: 'integer', description: 'Its number.' }]], ['put']],
        ['/shelves/{shelf}/books', [['shelf', { type: 'integer', description: 'Its number.' }]], ['get', 'post']],
        [
          '/shelves/{shelf}/books/{isbn}.{format}',
          [
            ['shelf', { type: 'integer', description: 'Its number.' }],
            ['isbn', { type: 'string' }],
            ['format', { type: 'string' }],
          ],
          ['delete'],
        ],
        ['/search', [], ['get']],
      ],
    );
    assert.equal(paths[0]?.displayName, 'Shelf');
    assert.equal(paths[1]?.resourceType, 'collection');
    assert.equal(paths[1]?.description, 'All books');
    assert.deepEqual(paths[1]?.extensions, [{ name: '(team)', value: 'books' }]);
    const line = api10.split('\n').indexOf('  /books:') + 1;
    assert.deepEqual(paths[1]?.at, { file: 'api.raml', line, column: 3 });
  });

  test('parameters of an operation, those of its traits included and those of its security schemes not', async () => {
    const get = operation(await read(), 'get /shelves/{shelf}/books');
    assert.deepEqual(
      get.parameters.map(({ name, in: place, required, style }) => [name, place, required, style]),
      [
        ['tag', 'query', false, 'repeat'],
        ['filter', 'query', false, 'form'],
        ['limit', 'query', false, 'form'],
        ['X-Trace', 'header', false, 'simple'],
      ],
    );
    assert.equal(get.parameters[1]?.contentType, 'application/json');
    assert.deepEqual(get.parameters[2]?.schema, { type: 'integer', default: 10 });
    assert.deepEqual(get.traits, ['paged']);
  });

  test('queryString is as good as queryParameters', async () => {
    const { parameters } = operation(await read(), 'get /search');
    assert.deepEqual(
      parameters.map(({ name, required, schema }) => [name, required, schema]),
      [
        ['q', true, { type: 'string' }],
        ['page', false, { type: 'integer' }],
      ],
    );
  });

  test('bodies, responses and examples', async () => {
    const api = await read();
    const post = operation(api, 'post /shelves/{shelf}/books');
    assert.equal(post.summary, 'Add a book');
    assert.deepEqual(post.extensions, [{ name: '(hidden)', value: null }]);
    const [body] = post.requestBody?.content ?? [];
    assert.equal(body?.mediaType, 'application/json');
    assert.deepEqual(body?.schema, { $ref: '#/$defs/Book' });
    assert.deepEqual(
      body?.examples.map(({ name, value, strict, summary }) => [name, value, strict, summary]),
      [
        ['good', { title: 'A' }, true, undefined],
        ['odd', { name: 'B' }, false, 'Odd one'],
      ],
    );
    const [created] = post.responses;
    assert.equal(created?.status, '201');
    assert.equal(created?.description, 'Added.');
    assert.deepEqual(
      created?.headers.map(({ name }) => name),
      ['Location'],
    );
    assert.deepEqual(
      created?.content[0]?.examples.map(({ value }) => value),
      [{ title: 'A' }],
    );
    const get = operation(api, 'get /shelves/{shelf}/books');
    assert.deepEqual(
      get.responses[0]?.content.map(({ mediaType, schema }) => [mediaType, schema]),
      [
        ['application/json', { type: 'array', items: { $ref: '#/$defs/Book' } }],
        ['application/xml', { type: 'array', items: { $ref: '#/$defs/Book' } }],
      ],
    );
    assert.deepEqual(
      operation(api, 'delete /shelves/{shelf}/books/{isbn}.{format}').responses.map(({ status, content }) => [
        status,
        content,
      ]),
      [['204', []]],
    );
  });

  test('security: of the operation, else of the resource, else of the root', async () => {
    const api = await read();
    assert.deepEqual(operation(api, 'get /shelves/{shelf}/books').security, [
      { schemes: [] },
      { schemes: [{ name: 'oauth', scopes: ['READ'] }] },
    ]);
    assert.deepEqual(operation(api, 'post /shelves/{shelf}/books').security, []);
    assert.deepEqual(operation(api, 'put /shelves/{shelf}').security, [{ schemes: [{ name: 'basic', scopes: [] }] }]);
    assert.equal(
      operation(api, 'get /search').security?.[0]?.schemes[0]?.name ?? api.security[0]?.schemes[0]?.name,
      'oauth',
    );
  });

  test('security schemes keep all their settings and what they describe', async () => {
    const { securitySchemes } = await read();
    assert.deepEqual(
      securitySchemes.map(({ name, type, scheme, in: place, parameterName }) => [
        name,
        type,
        scheme,
        place,
        parameterName,
      ]),
      [
        ['oauth', 'oauth2', undefined, undefined, undefined],
        ['basic', 'http', 'basic', undefined, undefined],
        ['digest', 'http', 'digest', undefined, undefined],
        ['key', 'apiKey', undefined, 'header', 'X-Key'],
        ['acl', 'x-ACL', undefined, undefined, undefined],
      ],
    );
    const [oauth] = securitySchemes;
    assert.deepEqual(oauth?.settings.scopes, ['READ', 'WRITE']);
    assert.deepEqual(
      oauth?.parameters.map(({ name, in: place }) => [name, place]),
      [
        ['Authorization', 'header'],
        ['access_token', 'query'],
      ],
    );
    assert.deepEqual(
      oauth?.responses.map(({ status }) => status),
      ['401'],
    );
    assert.deepEqual(securitySchemes[4]?.settings, { collection: 'allow all', depth: 3, deep: { list: [1, true] } });
  });
});

describe('RAML 0.8', () => {
  const read = lazy(() => describeText(api08));

  test('parameters', async () => {
    const { parameters } = operation(await read(), 'get /books');
    assert.deepEqual(
      Object.fromEntries(parameters.map(({ name, required, style, schema }) => [name, [required, style, schema]])),
      {
        tag: [false, 'repeat', { type: 'array', items: { type: 'string', enum: ['a', 'b'] } }],
        since: [false, 'form', { ...(parameters[1]?.schema as object) }],
        size: [false, 'form', { anyOf: [{ type: 'integer', description: 'Number' }, { type: 'string' }] }],
        full: [true, 'form', { type: 'boolean', default: false }],
        _limit: [false, 'form', { type: 'integer', minimum: 1, default: 20 }],
      },
    );
    assert.deepEqual(
      parameters.find(({ name }) => name === '_limit')?.examples.map(({ value }) => value),
      [5],
    );
  });

  test('named and inline schemas are lifted to 2020-12', async () => {
    const { $defs, paths } = await read();
    assert.deepEqual($defs.book, {
      title: 'Book schema',
      type: 'object',
      properties: { title: { type: 'string' } },
      required: ['title'],
    });
    const get = paths[0]?.operations[0];
    assert.deepEqual(get?.responses[0]?.content[0]?.schema, { $ref: '#/$defs/book' });
    const post = paths[0]?.operations[1];
    const [json, form] = post?.requestBody?.content ?? [];
    assert.deepEqual(json?.schema, { $ref: '#/$defs/New-book' });
    assert.deepEqual(form?.schema, {
      type: 'object',
      properties: { title: { type: 'string', maxLength: 10 }, tags: { type: 'array', items: { type: 'string' } } },
      required: ['title'],
    });
  });

  test('examples are parsed where they are JSON', async () => {
    const { responses } = operation(await read(), 'get /books');
    assert.deepEqual(
      responses[0]?.content.map(({ mediaType, examples }) => [mediaType, examples[0]?.value]),
      [
        ['application/json', { title: 'A' }],
        ['text/plain', 'A'],
      ],
    );
  });

  test('security: of the operation, else of the resource, else of the root; settings with their types', async () => {
    const api = await read();
    assert.deepEqual(api.security, [{ schemes: [{ name: 'ticket', scopes: [] }] }]);
    assert.deepEqual(operation(api, 'get /books').security, [{ schemes: [{ name: 'acl', scopes: [] }] }]);
    assert.deepEqual(operation(api, 'get /books/{id}').security, []);
    assert.deepEqual(
      api.securitySchemes.map(({ name, type, settings }) => [name, type, settings]),
      [
        ['acl', 'x-ACL', { collection: 'allow everyone view\n' }],
        ['ticket', 'x-Ticket', { secure: true, timeout: 60 }],
      ],
    );
  });
});

test('a RAML 0.8 example that is a map, and unknown keys that begin with x-, are kept', async () => {
  const { description } = await readText(
    '#%RAML 0.8\ntitle: x\nx-top: { a: 1 }\nmediaType: application/json\n/a:\n  _model: A\n  post:\n    x-op: true\n    body:\n      application/json:\n        example: { "name": "Tree" }\n',
  );
  assert.deepEqual(description?.extensions, [{ name: 'x-top', value: { a: 1 } }]);
  const [item] = description?.paths ?? [];
  assert.deepEqual(item?.extensions, [{ name: '_model', value: 'A' }]);
  assert.deepEqual(item?.operations[0]?.extensions, [{ name: 'x-op', value: true }]);
  assert.deepEqual(item?.operations[0]?.requestBody?.content[0]?.examples[0]?.value, { name: 'Tree' });
});

test('an extension and an overlay read as the API that they change', async () => {
  const base = '#%RAML 1.0\ntitle: Base\n/a:\n  get:\n    description: old\n';
  const extended = await describeText('#%RAML 1.0 Extension\nextends: base.raml\n/b:\n  post:\n', {
    'base.raml': base,
  });
  assert.deepEqual(extended.paths.map(({ path }) => path).sort(), ['/a', '/b']);
  const overlaid = await describeText('#%RAML 1.0 Overlay\nextends: base.raml\n/a:\n  get:\n    description: new\n', {
    'base.raml': base,
  });
  assert.equal(overlaid.paths[0]?.operations[0]?.description, 'new');
});

test('our own bookstore', async () => {
  const { description, diagnostics } = await readRaml(
    openSource(resolve(import.meta.dirname, '../../../specs/bookstore.raml')),
  );
  assert.deepEqual(diagnostics, []);
  assert.ok(description);
  assert.deepEqual(Object.keys(description.$defs), ['Author', 'Book', 'Review', 'Problem']);
  assert.deepEqual(
    description.paths.map(({ path, operations }) => [path, operations.map(({ method }) => method).join(' ')]),
    [
      ['/authors', 'get post'],
      ['/authors/{authorId}', 'get put patch delete'],
      ['/authors/{authorId}/books', 'get post'],
      ['/books', 'get post'],
      ['/books/{isbn}', 'get put patch delete'],
      ['/books/{isbn}/reviews', 'get post'],
      ['/books/{isbn}/reviews/{reviewId}', 'get delete'],
      ['/books/{isbn}/order', 'post'],
      ['/stats', 'get'],
    ],
  );
});
