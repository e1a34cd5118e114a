import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ApiDescription } from '../../../src/model/description.ts';
import { readOpenApi } from '../../../src/spec/openapi/read.ts';
import { openSource } from '../../../src/spec/source.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-openapi-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function readFiles(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return readOpenApi(openSource(join(folder, Object.keys(files)[0] ?? '')));
}

/** The description in a text that must be right, places left out. */
function described(text: string, version = '3.1.0'): ApiDescription {
  const head = `openapi: ${version}\ninfo: { title: T, version: "1" }\n`;
  const { description, diagnostics } = readFiles({ 'api.yaml': `${head}${text}` });
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity !== 'info'),
    [],
  );
  assert.ok(description);
  assert.deepEqual(JSON.parse(JSON.stringify(description)), toPlain(description), 'plain JSON');
  return description;
}

/** `$defs` has no prototype; everything else is as `JSON.parse` gives it. */
function toPlain({ $defs, schemaPositions, ...rest }: ApiDescription): unknown {
  return { ...rest, $defs: { ...$defs }, schemaPositions: { ...schemaPositions } };
}

function withoutPlaces(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'at' ? undefined : inner)));
}

const OK = '{ responses: { 200: { description: OK } } }';

describe('parameters', () => {
  const defaults = { required: false, schema: true, examples: [], extensions: [] };
  const rows: Readonly<Record<string, readonly [string, object]>> = {
    'a query parameter': [
      '{ name: a, in: query, schema: {} }',
      { name: 'a', in: 'query', style: 'form', explode: true, schema: {} },
    ],
    'a header': [
      '{ name: X-A, in: header, schema: {} }',
      { name: 'X-A', in: 'header', style: 'simple', explode: false, schema: {} },
    ],
    'a cookie': [
      '{ name: a, in: cookie, schema: {} }',
      { name: 'a', in: 'cookie', style: 'form', explode: true, schema: {} },
    ],
    'deepObject does not explode by itself': [
      '{ name: a, in: query, style: deepObject, schema: {} }',
      { name: 'a', in: 'query', style: 'deepObject', explode: false, schema: {} },
    ],
    'a style of its own': [
      '{ name: a, in: query, style: pipeDelimited, explode: false, allowReserved: true, schema: {} }',
      { name: 'a', in: 'query', style: 'pipeDelimited', explode: false, allowReserved: true, schema: {} },
    ],
    'a document as the value': [
      '{ name: a, in: query, content: { Application/JSON: { schema: { type: object }, example: { b: 1 } } } }',
      {
        name: 'a',
        in: 'query',
        style: 'form',
        explode: true,
        contentType: 'application/json',
        schema: { type: 'object' },
        examples: [{ name: '', value: { b: 1 }, strict: true }],
      },
    ],
    'everything else': [
      '{ name: a, in: query, required: true, description: d, deprecated: true, schema: { type: integer }, examples: { one: { value: 1, summary: s } }, x-b: [2] }',
      {
        name: 'a',
        in: 'query',
        style: 'form',
        explode: true,
        required: true,
        description: 'd',
        deprecated: true,
        schema: { type: 'integer' },
        examples: [{ name: 'one', value: 1, summary: 's', strict: true }],
        extensions: [{ name: 'x-b', value: [2] }],
      },
    ],
  };
  for (const [name, [parameter, expected]] of Object.entries(rows)) {
    it(name, () => {
      const { paths } = described(
        `paths: { /a: { get: { parameters: [${parameter}], responses: { 200: { description: OK } } } } }`,
      );
      assert.deepEqual(withoutPlaces(paths[0]?.operations[0]?.parameters), [{ ...defaults, ...expected }]);
    });
  }

  it('are merged from path and operation, the nearer winning', () => {
    const { paths } = described(`
paths:
  /a/{x}/{y}:
    parameters:
      - { name: y, in: path, required: true, schema: { type: integer } }
      - { name: x, in: path, required: true, schema: { type: string } }
      - { name: q, in: query, schema: { type: string } }
      - { name: X-Trace, in: header, schema: { type: string } }
    get:
      parameters:
        - { name: x, in: path, required: true, schema: { type: boolean } }
        - { name: x-trace, in: header, schema: { type: integer } }
      responses: { 200: { description: OK } }
    delete: ${OK}
`);
    const words = (parameters: ApiDescription['paths'][number]['parameters'] = []) =>
      parameters.map(({ name, in: place, schema }) => [place, name, Reflect.get(Object(schema), 'type')].join(' '));
    const [item] = paths;
    assert.deepEqual(words(item?.parameters), [
      'path x string',
      'path y integer',
      'query q string',
      'header X-Trace string',
    ]);
    assert.deepEqual(words(item?.operations[0]?.parameters), [
      'path x boolean',
      'header x-trace integer',
      'query q string',
    ]);
    assert.deepEqual(words(item?.operations[1]?.parameters), ['query q string', 'header X-Trace string']);
  });

  it('of a path that only operations declare are those of the path', () => {
    const { paths } = described(`
paths:
  /a/{x}:
    get: { parameters: [{ $ref: "#/components/parameters/x" }], responses: { 200: { description: OK } } }
    put: { parameters: [{ name: x, in: path, required: true, schema: { type: integer } }], responses: { 200: { description: OK } } }
components: { parameters: { x: { name: x, in: path, required: true, schema: { type: integer } } } }
`);
    assert.deepEqual(
      paths[0]?.parameters.map(({ name, schema }) => [name, schema]),
      [['x', { type: 'integer' }]],
    );
    assert.deepEqual(
      paths[0]?.operations.map(({ parameters }) => parameters.length),
      [0, 0],
    );
  });
});

describe('operations', () => {
  it('carry all that they declare', () => {
    const { paths, tags } = described(`
tags: [{ name: t, description: About t. }]
paths:
  /a:
    summary: S
    description: D
    x-path: 1
    post:
      operationId: make
      summary: s
      description: d
      tags: [t]
      deprecated: true
      security: [{}, { k: [] }]
      x-op: { a: [1, null] }
      requestBody:
        description: b
        required: true
        content:
          Application/JSON; Charset=UTF-8: { schema: { type: object }, example: '{"n": 1}' }
          multipart/form-data:
            schema: { type: object }
            encoding: { f: { contentType: image/png, style: form, explode: true } }
          text/plain: { example: '{"n": 1}' }
      responses:
        "201":
          description: made
          headers:
            Location: { required: true, schema: { type: string, format: uri } }
            Content-Type: { schema: { type: string } }
          links: { self: { operationId: make, requestBody: $response.body#/id } }
        4XX: { description: wrong }
        default: { $ref: "#/components/responses/E" }
components:
  responses: { E: { description: other, content: { application/json: {} } } }
  securitySchemes: { k: { type: apiKey, in: header, name: X-Key, description: A key., x-rotate: true } }
`);
    assert.deepEqual(tags, [{ name: 't', description: 'About t.', extensions: [] }]);
    assert.deepEqual(withoutPlaces(paths), [
      {
        path: '/a',
        displayName: 'S',
        description: 'D',
        parameters: [],
        extensions: [{ name: 'x-path', value: 1 }],
        operations: [
          {
            method: 'post',
            id: 'make',
            summary: 's',
            description: 'd',
            tags: ['t'],
            deprecated: true,
            parameters: [],
            security: [{ schemes: [] }, { schemes: [{ name: 'k', scopes: [] }] }],
            traits: [],
            extensions: [{ name: 'x-op', value: { a: [1, null] } }],
            requestBody: {
              required: true,
              description: 'b',
              content: [
                {
                  mediaType: 'application/json; charset=utf-8',
                  schema: { type: 'object' },
                  examples: [{ name: '', value: { n: 1 }, strict: true }],
                  extensions: [],
                },
                {
                  mediaType: 'multipart/form-data',
                  schema: { type: 'object' },
                  examples: [],
                  encoding: [{ name: 'f', contentType: 'image/png', style: 'form', explode: true }],
                  extensions: [],
                },
                { mediaType: 'text/plain', examples: [{ name: '', value: '{"n": 1}', strict: true }], extensions: [] },
              ],
            },
            responses: [
              {
                status: '201',
                description: 'made',
                headers: [
                  {
                    name: 'Location',
                    in: 'header',
                    required: true,
                    schema: { type: 'string', format: 'uri' },
                    style: 'simple',
                    explode: false,
                    examples: [],
                    extensions: [],
                  },
                ],
                content: [],
                links: [{ name: 'self', operationId: 'make', parameters: {}, requestBody: '$response.body#/id' }],
                extensions: [],
              },
              { status: '4XX', description: 'wrong', headers: [], content: [], links: [], extensions: [] },
              {
                status: 'default',
                description: 'other',
                headers: [],
                content: [{ mediaType: 'application/json', examples: [], extensions: [] }],
                links: [],
                extensions: [],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('without an id are called by method and path', () => {
    assert.equal(described(`paths: { /a: { get: ${OK} } }`).paths[0]?.operations[0]?.id, 'get /a');
  });

  it('all eight methods, callbacks and servers told as kept and not served', () => {
    const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
    const { description, diagnostics } = readFiles({
      'api.yaml': `openapi: 3.0.4
info: { title: T, version: "1" }
paths:
  /a:
    servers: [{ url: / }]
${methods.map((method) => `    ${method}: { responses: { 200: { description: OK } } }\n`).join('')}
  /b:
    post: { callbacks: { done: {} }, responses: { 200: { description: OK } } }
`,
    });
    assert.deepEqual(
      description?.paths[0]?.operations.map(({ method }) => method),
      methods,
    );
    assert.deepEqual(
      diagnostics.map(({ code, severity, at }) => [code, severity, at?.line, at?.column]),
      [
        ['unsupported-keyword', 'info', 5, 5],
        ['unsupported-keyword', 'info', 16, 13],
      ],
    );
  });
});

describe('the description itself', () => {
  it('servers, security, schemes, extensions', () => {
    const { servers, security, securitySchemes, extensions, title, version } = described(`
x-cartouche: { a: 1 }
servers: [{ url: "https://{h}/v1", description: d, variables: { h: { default: a, enum: [a, b], description: e } } }]
security: [{ o: [read] }]
paths: {}
components:
  securitySchemes:
    o: { type: oauth2, flows: { clientCredentials: { tokenUrl: /t, scopes: { read: r } } } }
    b: { type: http, scheme: Bearer, bearerFormat: JWT }
    i: { type: openIdConnect, openIdConnectUrl: /i }
    m: { type: mutualTLS }
`);
    assert.deepEqual(withoutPlaces({ servers, security, securitySchemes, extensions, title, version }), {
      title: 'T',
      version: '1',
      servers: [
        {
          url: 'https://{h}/v1',
          description: 'd',
          variables: [{ name: 'h', default: 'a', enum: ['a', 'b'], description: 'e' }],
        },
      ],
      security: [{ schemes: [{ name: 'o', scopes: ['read'] }] }],
      extensions: [{ name: 'x-cartouche', value: { a: 1 } }],
      securitySchemes: [
        {
          name: 'o',
          type: 'oauth2',
          settings: { flows: { clientCredentials: { tokenUrl: '/t', scopes: { read: 'r' } } } },
          parameters: [],
          responses: [],
        },
        { name: 'b', type: 'http', scheme: 'bearer', settings: { bearerFormat: 'JWT' }, parameters: [], responses: [] },
        { name: 'i', type: 'openIdConnect', settings: { openIdConnectUrl: '/i' }, parameters: [], responses: [] },
        { name: 'm', type: 'mutualTLS', settings: {}, parameters: [], responses: [] },
      ],
    });
  });

  it('says nothing of security where nothing is said, and none where none is needed', () => {
    const { security, paths } = described(
      `paths: { /a: { get: ${OK}, put: { security: [], responses: { 200: { description: OK } } } } }`,
    );
    assert.deepEqual([security, paths[0]?.operations.map((operation) => operation.security)], [[], [undefined, []]]);
  });
});

describe('schemas', () => {
  it('3.0 is lifted, names stay, references lead into $defs, places are known', () => {
    const { $defs, schemaPositions } = described(
      `paths: {}
components:
  schemas:
    Pet:
      discriminator: { propertyName: kind, mapping: { d: Dog, c: "#/components/schemas/Cat" } }
      properties: { kind: { type: string, nullable: true }, age: { type: integer, minimum: 0, exclusiveMinimum: true } }
    Dog: { allOf: [{ $ref: "#/components/schemas/Pet" }, { properties: { friends: { type: array, items: { $ref: "#/components/schemas/Dog" } } } }] }
    Cat: { $ref: "#/components/schemas/Pet" }
`,
      '3.0.3',
    );
    assert.deepEqual(
      { ...$defs },
      {
        Pet: {
          discriminator: { propertyName: 'kind', mapping: { d: '#/$defs/Dog', c: '#/$defs/Cat' } },
          properties: { kind: { type: ['string', 'null'] }, age: { type: 'integer', minimum: 0, exclusiveMinimum: 0 } },
        },
        Dog: {
          allOf: [
            { $ref: '#/$defs/Pet' },
            { properties: { friends: { type: 'array', items: { $ref: '#/$defs/Dog' } } } },
          ],
        },
        Cat: { $ref: '#/$defs/Pet' },
      },
    );
    assert.deepEqual(schemaPositions['#/$defs/Pet'], { file: 'api.yaml', line: 6, column: 5 });
    assert.deepEqual(schemaPositions['#/$defs/Dog/allOf/1/properties/friends/items'], {
      file: 'api.yaml',
      line: 9,
      column: 98,
    });
  });

  it('over many files, in circles, each once and under the name of its component', () => {
    const { description, diagnostics } = readFiles({
      'split/api.yaml': `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /pets: { $ref: paths/pets.yaml }
  /dogs: { $ref: "paths/all.json#/~1dogs" }
components:
  schemas:
    Pet: { $ref: schemas/pet.yaml }
    Error: { $ref: "schemas/common.json#/definitions/Error" }
`,
      'split/paths/pets.yaml': `get:
  parameters: [{ $ref: "../parameters.yaml#/limit" }]
  responses:
    200: { description: OK, content: { application/json: { schema: { type: array, items: { $ref: ../schemas/pet.yaml } } } } }
    default: { $ref: "../responses.yaml#/error" }
`,
      'split/paths/all.json': '{"/dogs":{"get":{"responses":{"200":{"description":"OK"}}}}}',
      'split/parameters.yaml':
        'limit: { name: limit, in: query, schema: { $ref: "schemas/common.json#/definitions/Limit" } }\n',
      'split/responses.yaml':
        'error: { description: e, content: { application/json: { schema: { $ref: "schemas/common.json#/definitions/Error" } } } }\n',
      'split/schemas/pet.yaml': 'properties: { owner: { $ref: owner.yaml }, parent: { $ref: "#" } }\n',
      'split/schemas/owner.yaml': 'properties: { pets: { items: { $ref: pet.yaml } } }\n',
      'split/schemas/common.json': '{"definitions":{"Error":{"type":"object"},"Limit":{"type":"integer"}}}',
    });
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      { ...description?.$defs },
      {
        Pet: { properties: { owner: { $ref: '#/$defs/owner' }, parent: { $ref: '#/$defs/Pet' } } },
        Error: { type: 'object' },
        owner: { properties: { pets: { items: { $ref: '#/$defs/Pet' } } } },
        Limit: { type: 'integer' },
      },
    );
    const [pets, dogs] = description?.paths ?? [];
    assert.deepEqual(withoutPlaces(pets?.operations[0]?.responses.map(({ content }) => content[0]?.schema)), [
      { type: 'array', items: { $ref: '#/$defs/Pet' } },
      { $ref: '#/$defs/Error' },
    ]);
    assert.deepEqual(
      pets?.operations[0]?.parameters.map(({ schema, at }) => [schema, at.file]),
      [[{ $ref: '#/$defs/Limit' }, 'parameters.yaml']],
    );
    assert.deepEqual(dogs?.operations[0]?.at, { file: 'paths/all.json', line: 1, column: 11 });
  });

  it('the same in JSON and in YAML', () => {
    const text = `{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{"description":"OK"}}}}},"components":{"schemas":{"A":{"type":"string"}}}}`;
    const json = readFiles({ 'same.json': text }).description;
    const yaml = readFiles({ 'same.yaml': text }).description;
    assert.equal(JSON.stringify(json), JSON.stringify(yaml).replaceAll('same.yaml', 'same.json'));
    assert.deepEqual(json?.schemaPositions['#/$defs/A'], { file: 'same.json', line: 1, column: 146 });
  });
});
