/**
 * RAML 0.8 section by section.
 */
import { operationOf, pathOf, requestOf, responseOf, schemasOf, testFeatures } from './features.ts';

testFeatures('0.8', 'the root of the document', {
  'title and version': { raml: 'version: 2\n', read: ({ title, version }) => [title, version], gives: ['T', '2'] },
  'baseUri, {version} and baseUriParameters': {
    raml: 'version: v1\nbaseUri: https://{bucket}.example/{version}\nbaseUriParameters:\n  bucket: { description: D, default: main, enum: [ main, other ] }\n',
    read: ({ servers }) => servers,
    gives: [
      {
        url: 'https://{bucket}.example/{version}',
        variables: [
          { name: 'bucket', default: 'main', enum: ['main', 'other'], description: 'D' },
          { name: 'version', default: 'v1' },
        ],
      },
    ],
  },
  protocols: {
    raml: 'baseUri: https://a.example\nprotocols: [ HTTP, HTTPS ]\n',
    read: ({ servers }) => servers.map(({ url }) => url),
    gives: ['https://a.example', 'http://a.example'],
  },
  'mediaType of a body that names none': {
    raml: 'mediaType: application/json\nschemas: [ s: \'{ "type": "integer" }\' ]\n/a:\n  post:\n    body: { schema: s, example: "1" }\n    responses: { 200: { body: { schema: s } } }\n',
    read: (api) => [
      requestOf(api, 'post /a').map(({ mediaType, schema, examples }) => [
        mediaType,
        schema,
        examples.map(({ value }) => value),
      ]),
      responseOf(api, 'post /a').map(({ mediaType, schema }) => [mediaType, schema]),
    ],
    gives: [[['application/json', { $ref: '#/$defs/s' }, [1]]], [['application/json', { $ref: '#/$defs/s' }]]],
  },
  'schemas: a list of maps, by name': {
    raml: 'schemas:\n  - a: \'{ "type": "integer" }\'\n    b: !include b.json\n  - c: |\n      { "type": "object", "properties": { "b": { "$ref": "b.json" } } }\n',
    beside: { 'b.json': '{ "type": "string" }' },
    read: ({ $defs }) => $defs,
    gives: {
      a: { type: 'integer' },
      b: { type: 'string' },
      c: { type: 'object', properties: { b: { $ref: '#/$defs/b' } } },
    },
  },
  'schemas: from a file of YAML': {
    raml: 'schemas: !include schemas.yaml\n',
    beside: { 'schemas.yaml': '- a: \'{ "type": "integer" }\'\n- b: \'{ "type": "string" }\'\n' },
    read: ({ $defs }) => $defs,
    gives: { a: { type: 'integer' }, b: { type: 'string' } },
  },
  'schemas: references by id, to files of other names': {
    raml: 'schemas:\n  - a: !include a.schema\n  - b: !include b.schema\n/a:\n  post: { body: { application/json: { schema: b } } }\n',
    beside: {
      'a.schema':
        '{ "$schema": "http://json-schema.org/draft-03/schema", "id": "http://a.test/a.json", "type": "integer" }',
      'b.schema':
        '{ "$schema": "http://json-schema.org/draft-03/schema", "id": "http://a.test/b.json", "type": "object", "properties": { "a": { "$ref": "a.json" } } }',
    },
    read: ({ $defs }) => $defs.b,
    gives: { type: 'object', properties: { a: { $ref: '#/$defs/a' } } },
  },
  'schemas: an XML Schema': {
    raml: 'schemas: [ x: !include x.xsd ]\n/a:\n  post: { body: { text/xml: { schema: x, example: "<a>x</a>" } } }\n',
    beside: {
      'x.xsd':
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:string"/></xs:schema>',
    },
    read: (api) =>
      requestOf(api, 'post /a').map(({ schema, examples }) => [schema, examples.map(({ value }) => value)]),
    gives: [[{ $ref: '#/$defs/x' }, ['<a>x</a>']]],
  },
  documentation: {
    raml: 'documentation:\n  - { title: A, content: One }\n  - title: B\n    content: |\n      Two\n',
    read: ({ documentation }) => documentation,
    gives: [
      { title: 'A', content: 'One' },
      { title: 'B', content: 'Two\n' },
    ],
  },
});

testFeatures('0.8', 'named parameters', {
  'of every type': {
    raml: '/a:\n  get:\n    queryParameters:\n      s: { type: string, minLength: 1, maxLength: 3, pattern: "[a-z]+" }\n      n: { type: number, minimum: 1, maximum: 2.5 }\n      i: { type: integer, default: 3, example: 4 }\n      b: { type: boolean, required: true }\n      e: { enum: [ x, y ] }\n      u: {}\n      v:\n',
    read: (api) => schemasOf(operationOf(api, 'get /a').parameters),
    gives: {
      's?': { type: 'string', minLength: 1, maxLength: 3, pattern: '^(?:[a-z]+)$' },
      'n?': { type: 'number', minimum: 1, maximum: 2.5 },
      'i?': { type: 'integer', default: 3 },
      b: { type: 'boolean' },
      'e?': { type: 'string', enum: ['x', 'y'] },
      'u?': { type: 'string' },
      'v?': { type: 'string' },
    },
  },
  'dates are those of HTTP': {
    raml: '/a:\n  get:\n    queryParameters: { d: { type: date, example: "Sun, 06 Nov 1994 08:49:37 GMT" } }\n',
    read: (api) =>
      operationOf(api, 'get /a').parameters.map(({ schema, examples }) => [
        typeof schema === 'object' && schema['x-format'],
        examples.map(({ value }) => value),
      ]),
    gives: [['rfc2616', ['Sun, 06 Nov 1994 08:49:37 GMT']]],
  },
  repeat: {
    raml: '/a:\n  get:\n    queryParameters: { i: { type: integer, repeat: true, maximum: 3 } }\n',
    read: (api) => operationOf(api, 'get /a').parameters.map(({ style, schema }) => [style, schema]),
    gives: [['repeat', { type: 'array', items: { type: 'integer', maximum: 3 } }]],
  },
  'several types': {
    raml: '/a:\n  get:\n    queryParameters:\n      f:\n        - { type: integer, minimum: 1 }\n        - { type: string, enum: [ all ], required: true }\n',
    read: (api) => schemasOf(operationOf(api, 'get /a').parameters),
    gives: {
      f: {
        anyOf: [
          { type: 'integer', minimum: 1 },
          { type: 'string', enum: ['all'] },
        ],
      },
    },
  },
  'displayName, description, example': {
    raml: '/a:\n  get:\n    queryParameters: { q: { displayName: Query, description: D, example: x } }\n',
    read: (api) =>
      operationOf(api, 'get /a').parameters.map((it) => [
        it.schema,
        it.description,
        it.examples.map(({ value }) => value),
      ]),
    gives: [[{ type: 'string', title: 'Query', description: 'D' }, 'D', ['x']]],
  },
  'examples of each type': {
    raml: '/a:\n  get:\n    queryParameters: { i: { type: integer, example: 0 }, b: { type: boolean, example: false }, s: { example: 12 } }\n',
    read: (api) => operationOf(api, 'get /a').parameters.map(({ examples }) => examples.map(({ value }) => value)),
    gives: [[0], [false], ['12']],
  },
  'uriParameters are always there': {
    raml: '/a/{b}/{c}:\n  uriParameters: { b: { type: integer, required: false } }\n  get:\n',
    read: (api) => schemasOf(pathOf(api, '/a/{b}/{c}').parameters),
    gives: { b: { type: 'integer' }, c: { type: 'string' } },
  },
  mediaTypeExtension: {
    raml: '/a{mediaTypeExtension}:\n  uriParameters: { mediaTypeExtension: { enum: [ .json, .xml ] } }\n  get:\n',
    read: ({ paths }) => paths.map(({ path, parameters }) => [path, schemasOf(parameters)]),
    gives: [['/a{mediaTypeExtension}', { mediaTypeExtension: { type: 'string', enum: ['.json', '.xml'] } }]],
  },
  headers: {
    raml: '/a:\n  get:\n    headers: { X-A: { required: true, type: integer }, X-B: }\n    responses: { 200: { headers: { X-C: { type: date } } } }\n',
    read: (api) => [
      schemasOf(operationOf(api, 'get /a').parameters),
      operationOf(api, 'get /a').responses.map(({ headers }) => headers.map(({ name }) => name)),
    ],
    gives: [{ 'X-A': { type: 'integer' }, 'X-B?': { type: 'string' } }, [['X-C']]],
  },
  formParameters: {
    raml: '/a:\n  post:\n    body:\n      application/x-www-form-urlencoded:\n        formParameters: { a: { type: integer, required: true }, b: { repeat: true } }\n      multipart/form-data:\n        formParameters: { f: { type: file, required: true, description: D } }\n',
    read: (api) => requestOf(api, 'post /a').map(({ mediaType, schema }) => [mediaType, schema]),
    gives: [
      [
        'application/x-www-form-urlencoded',
        {
          type: 'object',
          properties: { a: { type: 'integer' }, b: { type: 'array', items: { type: 'string' } } },
          required: ['a'],
        },
      ],
      [
        'multipart/form-data',
        {
          type: 'object',
          properties: { f: { type: 'string', format: 'binary', description: 'D' } },
          required: ['f'],
        },
      ],
    ],
  },
  'names that JavaScript has a meaning for': {
    raml: 'schemas: [ constructor: \'{ "type": "integer" }\' ]\n/constructor/{valueOf}:\n  post:\n    queryParameters: { constructor: { type: integer }, __proto__: , toString: { required: true } }\n    body:\n      application/x-www-form-urlencoded: { formParameters: { constructor: { required: true }, __proto__: } }\n      application/json: { schema: constructor }\n',
    read: (api) => [
      api.$defs,
      api.paths.map(({ path, parameters }) => [path, parameters.map(({ name }) => name)]),
      operationOf(api, 'post /constructor/{valueOf}').parameters.map(({ name, required }) => [name, required]),
      requestOf(api, 'post /constructor/{valueOf}').map(({ schema }) => schema),
    ],
    gives: [
      { constructor: { type: 'integer' } },
      [['/constructor/{valueOf}', ['valueOf']]],
      [
        ['constructor', false],
        ['__proto__', false],
        ['toString', true],
      ],
      [
        {
          type: 'object',
          properties: JSON.parse('{ "constructor": { "type": "string" }, "__proto__": { "type": "string" } }'),
          required: ['constructor'],
        },
        { $ref: '#/$defs/constructor' },
      ],
    ],
  },
});

testFeatures('0.8', 'resources, bodies and responses', {
  'nested resources': {
    raml: '/a:\n  displayName: A\n  description: D\n  /b:\n    get:\n  get:\n',
    read: ({ paths }) => paths.map(({ path, displayName, description }) => [path, displayName, description]),
    gives: [
      ['/a', 'A', 'D'],
      ['/a/b', null, null],
    ],
  },
  'every method': {
    raml: `/a:\n${['get', 'head', 'post', 'put', 'delete', 'patch', 'options', 'trace'].map((method) => `  ${method}:\n`).join('')}`,
    read: (api) => pathOf(api, '/a').operations.map(({ method }) => method),
    gives: ['get', 'head', 'post', 'put', 'delete', 'patch', 'options', 'trace'],
  },
  'a body by media type': {
    raml: '/a:\n  post:\n    body:\n      application/json: { schema: \'{ "type": "object", "title": "Thing" }\', example: \'{ "a": 1 }\' }\n      text/xml: { example: "<a/>" }\n      text/csv:\n',
    read: (api) => [
      requestOf(api, 'post /a').map((it) => [it.mediaType, it.schema, it.examples.map(({ value }) => value)]),
      api.$defs,
    ],
    gives: [
      [
        ['application/json', { $ref: '#/$defs/Thing' }, [{ a: 1 }]],
        ['text/xml', null, ['<a/>']],
        ['text/csv', null, []],
      ],
      { Thing: { type: 'object', title: 'Thing' } },
    ],
  },
  'a schema and an example from files': {
    raml: '/a:\n  post:\n    body: { application/json: { schema: !include s/s.schema.json, example: !include e.json } }\n',
    beside: {
      's/s.schema.json': '{ "type": "object", "properties": { "o": { "$ref": "o.json" } } }',
      's/o.json': '{ "type": "integer" }',
      'e.json': '{ "o": 1 }',
    },
    read: (api) => [
      requestOf(api, 'post /a').map((it) => [it.schema, it.examples.map(({ value }) => value)]),
      api.$defs,
    ],
    gives: [
      [[{ $ref: '#/$defs/s' }, [{ o: 1 }]]],
      { s: { type: 'object', properties: { o: { $ref: '#/$defs/o' } } }, o: { type: 'integer' } },
    ],
  },
  responses: {
    raml: '/a:\n  get:\n    responses:\n      200: { description: D, body: { application/json: { example: "[]" } } }\n      404:\n',
    read: (api) =>
      operationOf(api, 'get /a').responses.map((it) => [it.status, it.description, it.content[0]?.examples[0]?.value]),
    gives: [
      ['200', 'D', []],
      ['404', null, null],
    ],
  },
  'a resource from a file': {
    raml: '/a: !include a.raml\n',
    beside: { 'a.raml': '#%RAML 0.8\nget: { description: D }\n' },
    read: (api) => operationOf(api, 'get /a').description,
    gives: 'D',
  },
});

testFeatures('0.8', 'traits, resource types and security', {
  'a list of maps': {
    raml: 'traits:\n  - t: { queryParameters: { <<p>>: { description: "<<p | !pluralize>> of <<resourcePathName | !singularize>>" } } }\nresourceTypes:\n  - c: { description: "All <<resourcePathName>>", get?: , post?: { description: P } }\n/books:\n  type: c\n  get: { is: [ t: { p: tag } ] }\n',
    read: (api) => [
      pathOf(api, '/books').description,
      pathOf(api, '/books').operations.map(({ method, traits, parameters }) => [method, traits, schemasOf(parameters)]),
    ],
    gives: ['All books', [['get', ['t'], { 'tag?': { type: 'string', description: 'tags of book' } }]]],
  },
  'optional properties of a trait': {
    raml: 'traits:\n  - t: { body?: { application/json?: { example: "1" } }, headers?: { X-A: } }\n/a:\n  is: [ t ]\n  post: { body: { application/json: { schema: \'{ "type": "integer" }\' } } }\n  get:\n',
    read: (api) =>
      pathOf(api, '/a').operations.map((it) => [
        it.method,
        it.parameters.length,
        it.requestBody?.content.map(({ examples }) => examples.map(({ value }) => value)),
      ]),
    gives: [
      ['post', 0, [[1]]],
      ['get', 0, null],
    ],
  },
  'a schema by a parameter': {
    raml: 'mediaType: application/json\nschemas: [ book: \'{ "type": "object" }\' ]\nresourceTypes: [ c: { post: { body: { schema: "<<resourcePathName | !singularize>>" } } } ]\n/books:\n  type: c\n',
    read: (api) => requestOf(api, 'post /books').map(({ schema }) => schema),
    gives: [{ $ref: '#/$defs/book' }],
  },
  'security schemes of every type': {
    raml: `securitySchemes:
  - o2: { type: OAuth 2.0, settings: { authorizationUri: "https://a.example/a", accessTokenUri: "https://a.example/t", authorizationGrants: [ code, token ], scopes: [ R ] } }
  - o1: { type: OAuth 1.0, settings: { requestTokenUri: "https://a.example/r", authorizationUri: "https://a.example/a", tokenCredentialsUri: "https://a.example/t" } }
  - b: { type: Basic Authentication }
  - d: { type: Digest Authentication }
  - x: { type: x-mine, describedBy: { headers: { X-Key: { required: true } }, queryParameters: { key: }, responses: { 401: { description: Who? } } }, settings: { a: 1 } }
/a:
  securedBy: [ x ]
  get: { securedBy: [ null, o2: { scopes: [ R ] } ] }
  post:
`,
    read: (api) => [
      api.securitySchemes.map(({ name, type, scheme, settings }) => [name, type, scheme, Object.keys(settings)]),
      api.securitySchemes.map((it) => [schemasOf(it.parameters), it.responses.map(({ status }) => status)]).at(-1),
      api.paths.flatMap(({ operations }) =>
        operations.map(({ id, security, parameters }) => [id, security, parameters.length]),
      ),
    ],
    gives: [
      [
        ['o2', 'oauth2', null, ['authorizationUri', 'accessTokenUri', 'authorizationGrants', 'scopes']],
        ['o1', 'http', 'oauth', ['requestTokenUri', 'authorizationUri', 'tokenCredentialsUri']],
        ['b', 'http', 'basic', []],
        ['d', 'http', 'digest', []],
        ['x', 'x-mine', null, ['a']],
      ],
      [{ 'X-Key': { type: 'string' }, 'key?': { type: 'string' } }, ['401']],
      [
        ['get /a', [{ schemes: [] }, { schemes: [{ name: 'o2', scopes: ['R'] }] }], 0],
        ['post /a', [{ schemes: [{ name: 'x', scopes: [] }] }], 0],
      ],
    ],
  },
  'baseUriParameters of a resource': {
    raml: 'baseUri: https://{host}.example\n/a:\n  baseUriParameters: { host: { enum: [ files ] } }\n  get:\n',
    read: ({ paths, servers }) => [paths.map(({ path }) => path), servers.map(({ url }) => url)],
    gives: [['/a'], ['https://{host}.example']],
  },
});
