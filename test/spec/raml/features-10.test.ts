/**
 * RAML 1.0 section by section, without its types (`features-10-types.test.ts`) and the parts that make other parts
 * (`features-10-reuse.test.ts`).
 */
import { operationOf, pathOf, requestOf, responseOf, schemasOf, testFeatures } from './features.ts';

testFeatures('1.0', 'the root of the document', {
  title: { raml: '', read: ({ title }) => title, gives: 'T' },
  'a title that is a number': { head: '#%RAML 1.0\ntitle: 42', raml: '', read: ({ title }) => title, gives: '42' },
  description: { raml: 'description: |\n  One\n  *two*\n', read: (api) => api.description, gives: 'One\n*two*\n' },
  version: { raml: 'version: v1\n', read: ({ version }) => version, gives: 'v1' },
  'a version that is a number': { raml: 'version: 1.0\n', read: ({ version }) => version, gives: '1.0' },
  baseUri: {
    raml: 'baseUri: https://a.example/api\n',
    read: ({ servers }) => servers,
    gives: [{ url: 'https://a.example/api', variables: [] }],
  },
  'baseUri with {version}': {
    raml: 'version: v2\nbaseUri: https://a.example/{version}\n',
    read: ({ servers }) => servers,
    gives: [{ url: 'https://a.example/{version}', variables: [{ name: 'version', default: 'v2' }] }],
  },
  baseUriParameters: {
    raml: 'baseUri: https://{host}.example/{stage}\nbaseUriParameters:\n  host: { default: a, description: Which. }\n  stage: { enum: [ live, test ] }\n',
    read: ({ servers }) => servers[0]?.variables,
    gives: [
      { name: 'host', default: 'a', description: 'Which.' },
      { name: 'stage', enum: ['live', 'test'] },
    ],
  },
  'a baseUri that is annotated': {
    raml: 'annotationTypes: { live: nil }\nbaseUri:\n  value: https://a.example\n  (live):\n',
    read: ({ servers }) => servers.map(({ url }) => url),
    gives: ['https://a.example'],
  },
  'a title that is annotated': {
    head: '#%RAML 1.0',
    raml: 'title:\n  value: Long\n  (note): yes indeed\nannotationTypes: { note: string }\n',
    read: ({ title }) => title,
    gives: 'Long',
  },
  protocols: {
    raml: 'baseUri: https://a.example\nprotocols: [ HTTP, HTTPS ]\n',
    read: ({ servers }) => servers.map(({ url }) => url),
    gives: ['https://a.example', 'http://a.example'],
  },
  'protocols that are not that of the baseUri': {
    raml: 'baseUri: http://a.example\nprotocols: [ HTTPS ]\n',
    read: ({ servers }) => servers.map(({ url }) => url),
    gives: ['https://a.example'],
  },
  'mediaType: one': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body: string\n',
    read: (api) => [api.mediaTypes, requestOf(api, 'post /a').map(({ mediaType }) => mediaType)],
    gives: [['application/json'], ['application/json']],
  },
  'mediaType: several': {
    raml: 'mediaType: [ application/json, application/xml ]\n/a:\n  post:\n    body: string\n    responses: { 200: { body: integer } }\n',
    read: (api) => [...requestOf(api, 'post /a'), ...responseOf(api, 'post /a')].map((it) => [it.mediaType, it.schema]),
    gives: [
      ['application/json', { type: 'string' }],
      ['application/xml', { type: 'string' }],
      ['application/json', { type: 'integer' }],
      ['application/xml', { type: 'integer' }],
    ],
  },
  'mediaType does not hold where a body names its own': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body: { text/csv: { type: string } }\n',
    read: (api) => requestOf(api, 'post /a').map(({ mediaType }) => mediaType),
    gives: ['text/csv'],
  },
  documentation: {
    raml: 'documentation:\n  - { title: A, content: One }\n  - { title: B, content: !include b.md }\n',
    beside: { 'b.md': '# Two\n' },
    read: ({ documentation }) => documentation,
    gives: [
      { title: 'A', content: 'One' },
      { title: 'B', content: '# Two\n' },
    ],
  },
  'securedBy at the root': {
    raml: 'securitySchemes: { b: { type: Basic Authentication } }\nsecuredBy: [ b ]\n/a:\n  get:\n',
    read: (api) => [api.security, operationOf(api, 'get /a').security],
    gives: [
      [{ schemes: [{ name: 'b', scopes: [] }] }],
      // The parser copies what holds.
      [{ schemes: [{ name: 'b', scopes: [] }] }],
    ],
  },
  'annotations at the root': {
    raml: 'annotationTypes: { team: string }\n(team): core\n',
    read: ({ extensions }) => extensions,
    gives: [{ name: '(team)', value: 'core' }],
  },
});

testFeatures('1.0', 'resources and methods', {
  displayName: {
    raml: '/a:\n  displayName: All\n  get:\n',
    read: (api) => pathOf(api, '/a').displayName,
    gives: 'All',
  },
  description: { raml: '/a:\n  description: D\n  get:\n', read: (api) => pathOf(api, '/a').description, gives: 'D' },
  annotations: {
    raml: 'annotationTypes: { n: integer, deep: { properties: { x: string } } }\n/a:\n  (n): 3\n  (deep): { x: y }\n  get:\n    (n): 4\n',
    read: (api) => [pathOf(api, '/a').extensions, operationOf(api, 'get /a').extensions],
    gives: [
      [
        { name: '(n)', value: 3 },
        { name: '(deep)', value: { x: 'y' } },
      ],
      [{ name: '(n)', value: 4 }],
    ],
  },
  'nested resources': {
    raml: '/a:\n  /b:\n    get:\n    /{c}:\n      get:\n  get:\n',
    read: ({ paths }) => paths.map(({ path }) => path),
    gives: ['/a', '/a/b', '/a/b/{c}'],
  },
  'the resource "/"': {
    raml: '/:\n  get:\n  /a:\n    get:\n',
    read: ({ paths }) => paths.map(({ path }) => path),
    gives: ['/', '/a'],
  },
  'a path of several segments': {
    raml: '/a/{b}/c:\n  get:\n',
    read: ({ paths }) => paths.map(({ path, parameters }) => [path, parameters.map(({ name }) => name)]),
    gives: [['/a/{b}/c', ['b']]],
  },
  uriParameters: {
    raml: '/a/{b}:\n  uriParameters: { b: { type: integer, minimum: 1, description: D, example: 4 } }\n  get:\n',
    read: (api) =>
      pathOf(api, '/a/{b}').parameters.map(({ schema, required, description, examples }) => [
        schema,
        required,
        description,
        examples.map(({ value }) => value),
      ]),
    gives: [[{ type: 'integer', minimum: 1, description: 'D' }, true, 'D', [4]]],
  },
  'an undeclared uri parameter': {
    raml: '/a/{b}:\n  get:\n',
    read: (api) => schemasOf(pathOf(api, '/a/{b}').parameters),
    gives: { b: { type: 'string' } },
  },
  'several uri parameters in one segment': {
    raml: '/a/{b}-{c}.{d}:\n  uriParameters: { c: integer }\n  get:\n',
    read: (api) => schemasOf(pathOf(api, '/a/{b}-{c}.{d}').parameters),
    gives: { b: { type: 'string' }, c: { type: 'integer' }, d: { type: 'string' } },
  },
  'every method': {
    raml: `/a:\n${['get', 'patch', 'put', 'post', 'delete', 'options', 'head'].map((method) => `  ${method}:\n`).join('')}`,
    read: (api) => pathOf(api, '/a').operations.map(({ method }) => method),
    gives: ['get', 'patch', 'put', 'post', 'delete', 'options', 'head'],
  },
  'displayName and description of a method': {
    raml: '/a:\n  get:\n    displayName: List\n    description: D\n',
    read: (api) => [operationOf(api, 'get /a').summary, operationOf(api, 'get /a').description],
    gives: ['List', 'D'],
  },
  'protocols of a method': {
    raml: '/a:\n  get:\n    protocols: [ HTTPS ]\n',
    read: (api) => operationOf(api, 'get /a').id,
    gives: 'get /a',
  },
  headers: {
    raml: '/a:\n  get:\n    headers:\n      X-A: string\n      X-B?: { type: integer, default: 3 }\n      X-C: { required: false, enum: [ a ] }\n      X-D: string[]\n',
    read: (api) => schemasOf(operationOf(api, 'get /a').parameters),
    gives: {
      'X-A': { type: 'string' },
      'X-B?': { type: 'integer', default: 3 },
      'X-C?': { type: 'string', enum: ['a'] },
      'X-D': { type: 'array', items: { type: 'string' } },
    },
  },
  queryParameters: {
    raml: 'types: { Tag: { type: string, maxLength: 3 } }\n/a:\n  get:\n    queryParameters:\n      a: integer\n      b?: Tag\n      c?: Tag[]\n      d?: { properties: { e: string } }\n      f?: string | nil\n      g?: boolean\n',
    read: (api) => operationOf(api, 'get /a').parameters.map((it) => [it.name, it.required, it.style, it.schema]),
    gives: [
      ['a', true, 'form', { type: 'integer' }],
      ['b', false, 'form', { $ref: '#/$defs/Tag' }],
      ['c', false, 'repeat', { type: 'array', items: { $ref: '#/$defs/Tag' } }],
      ['d', false, 'form', { type: 'object', properties: { e: { type: 'string' } }, required: ['e'] }],
      ['f', false, 'form', { type: ['string', 'null'] }],
      ['g', false, 'form', { type: 'boolean' }],
    ],
  },
  'a query parameter of a named array type is repeated': {
    raml: 'types: { Tags: "string[]" }\n/a:\n  get:\n    queryParameters: { t?: Tags }\n',
    read: (api) => operationOf(api, 'get /a').parameters.map(({ style, explode }) => [style, explode]),
    gives: [['repeat', true]],
  },
  'a query parameter of a named object type is JSON': {
    raml: 'types: { F: { properties: { a: string } } }\n/a:\n  get:\n    queryParameters: { f?: F }\n',
    read: (api) => operationOf(api, 'get /a').parameters.map(({ contentType }) => contentType),
    gives: ['application/json'],
  },
  'examples and annotations of parameters': {
    raml: 'annotationTypes: { n: nil }\n/a:\n  get:\n    queryParameters:\n      a:\n        type: integer\n        example: 1\n        (n):\n      b: { examples: { x: one, y: two } }\n',
    read: (api) =>
      operationOf(api, 'get /a').parameters.map(({ examples, extensions }) => [
        examples.map(({ name, value }) => [name, value]),
        extensions,
      ]),
    gives: [
      [[['', 1]], [{ name: '(n)', value: null }]],
      [
        [
          ['x', 'one'],
          ['y', 'two'],
        ],
        [],
      ],
    ],
  },
  'queryString in place': {
    raml: '/a:\n  get:\n    queryString: { properties: { q: string, n?: integer } }\n',
    read: (api) => schemasOf(operationOf(api, 'get /a').parameters),
    gives: { q: { type: 'string' }, 'n?': { type: 'integer' } },
  },
  'queryString of a named type with a parent': {
    raml: 'types:\n  Page: { properties: { n?: integer } }\n  Search: { type: Page, properties: { q: string } }\n/a:\n  get:\n    queryString: Search\n',
    read: (api) => schemasOf(operationOf(api, 'get /a').parameters),
    gives: { 'n?': { type: 'integer' }, q: { type: 'string' } },
  },
  'queryString of several parents': {
    raml: 'types:\n  Page: { properties: { n?: integer } }\n  Search: { properties: { q: string } }\n/a:\n  get:\n    queryString: { type: [ Page, Search ] }\n',
    read: (api) => schemasOf(operationOf(api, 'get /a').parameters),
    gives: { 'n?': { type: 'integer' }, q: { type: 'string' } },
  },
  'queryString of a union: each option is possible, so that none of its properties is needed': {
    raml: 'types:\n  Near: { properties: { lat: number, lon: number } }\n  Named: { properties: { name: string, lat?: number } }\n/a:\n  get:\n    queryString: Near | Named\n',
    read: (api) => schemasOf(operationOf(api, 'get /a').parameters),
    gives: { 'lat?': { type: 'number' }, 'lon?': { type: 'number' }, 'name?': { type: 'string' } },
  },
});

testFeatures('1.0', 'bodies and responses', {
  'a body of a named type': {
    raml: 'mediaType: application/json\ntypes: { B: { properties: { t: string } } }\n/a:\n  post:\n    body: B\n',
    read: (api) => requestOf(api, 'post /a').map(({ schema }) => schema),
    gives: [{ $ref: '#/$defs/B' }],
  },
  'a body of an expression': {
    raml: 'mediaType: application/json\ntypes: { B: { properties: { t: string } } }\n/a:\n  post:\n    body: B[] | nil\n',
    read: (api) => requestOf(api, 'post /a').map(({ schema }) => schema),
    gives: [{ anyOf: [{ type: 'array', items: { $ref: '#/$defs/B' } }, { type: 'null' }] }],
  },
  'a body of facets': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body:\n      type: object\n      properties: { t: string }\n',
    read: (api) => requestOf(api, 'post /a').map(({ schema }) => schema),
    gives: [{ type: 'object', properties: { t: { type: 'string' } }, required: ['t'] }],
  },
  'a body of properties alone': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body:\n      properties: { t: string }\n',
    read: (api) => requestOf(api, 'post /a').map(({ schema }) => schema),
    gives: [{ type: 'object', properties: { t: { type: 'string' } }, required: ['t'] }],
  },
  'a body for each media type': {
    raml: 'types: { B: object }\n/a:\n  post:\n    body:\n      application/json: B\n      text/xml: { type: string }\n      application/x-www-form-urlencoded: { properties: { t: string } }\n      multipart/form-data: { properties: { f: { type: file, fileTypes: [ image/png ] } } }\n',
    read: (api) => requestOf(api, 'post /a').map(({ mediaType, schema }) => [mediaType, schema]),
    gives: [
      ['application/json', { $ref: '#/$defs/B' }],
      ['text/xml', { type: 'string' }],
      ['application/x-www-form-urlencoded', { type: 'object', properties: { t: { type: 'string' } }, required: ['t'] }],
      [
        'multipart/form-data',
        {
          type: 'object',
          properties: { f: { type: 'string', format: 'binary', 'x-fileTypes': ['image/png'] } },
          required: ['f'],
        },
      ],
    ],
  },
  'a media type without a schema': {
    raml: '/a:\n  post:\n    body:\n      application/octet-stream:\n',
    read: (api) => requestOf(api, 'post /a').map(({ mediaType, schema }) => [mediaType, schema]),
    gives: [['application/octet-stream', null]],
  },
  'an example of a body, as YAML': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body: { properties: { t: string }, example: { t: x } }\n',
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ name, value, strict }) => [name, value, strict]),
    gives: [['', { t: 'x' }, true]],
  },
  'an example of a body, as JSON text': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body: { properties: { t: string }, example: \'{ "t": "x" }\' }\n',
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ value }) => value),
    gives: [{ t: 'x' }],
  },
  'an example of a body, from a JSON file': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body: { properties: { t: string }, example: !include e.json }\n',
    beside: { 'e.json': '{ "t": "x" }' },
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ value }) => value),
    gives: [{ t: 'x' }],
  },
  'an example of a body, from a YAML file': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body: { properties: { t: string }, example: !include e.yaml }\n',
    beside: { 'e.yaml': 't: x\n' },
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ value }) => value),
    gives: [{ t: 'x' }],
  },
  'an example of a body, from a NamedExample': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body: { properties: { t: string }, examples: !include e.raml }\n',
    beside: { 'e.raml': '#%RAML 1.0 NamedExample\none: { t: x }\ntwo: { value: { t: y }, displayName: Second }\n' },
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ name, value, summary }) => [name, value, summary]),
    gives: [
      ['one', { t: 'x' }, null],
      ['two', { t: 'y' }, 'Second'],
    ],
  },
  'an example of an XML body is text': {
    raml: '/a:\n  post:\n    body: { application/xml: { properties: { t: string }, example: "<a><t>x</t></a>" } }\n',
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ value }) => value),
    gives: ['<a><t>x</t></a>'],
  },
  'an example that is null, false, 0 or empty': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body: { type: any, examples: { a: { value: null }, b: { value: false }, c: { value: 0 }, d: { value: "" } } }\n',
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ name, value }) => [name, value]),
    gives: [
      ['a', null],
      ['b', false],
      ['c', 0],
      ['d', ''],
    ],
  },
  'an example with "strict: false" need not fit': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body: { properties: { t: string }, example: { strict: false, value: { u: 1 } } }\n',
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ value, strict }) => [value, strict]),
    gives: [[{ u: 1 }, false]],
  },
  'an annotated example': {
    raml: 'mediaType: application/json\nannotationTypes: { n: string }\n/a:\n  post:\n    body: { properties: { t: string }, example: { (n): x, description: Short, value: { t: y } } }\n',
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ value, summary }) => [value, summary]),
    gives: [[{ t: 'y' }, 'Short']],
  },
  'an example of a type with a property "value"': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body: { properties: { value: string, n: integer }, example: { value: { value: x, n: 1 } } }\n',
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ value }) => value),
    gives: [{ value: 'x', n: 1 }],
  },
  'annotations of a body': {
    raml: 'annotationTypes: { n: nil }\n/a:\n  post:\n    body:\n      application/json:\n        type: object\n        (n):\n',
    read: (api) => requestOf(api, 'post /a')[0]?.extensions,
    gives: [{ name: '(n)', value: null }],
  },
  'responses by status': {
    raml: '/a:\n  get:\n    responses:\n      200: { description: Fine, headers: { X-A?: integer }, body: { application/json: string } }\n      "404": { description: Gone }\n      500:\n',
    read: (api) => operationOf(api, 'get /a').responses.map((it) => [it.status, it.description, schemasOf(it.headers)]),
    gives: [
      ['200', 'Fine', { 'X-A?': { type: 'integer' } }],
      ['404', 'Gone', {}],
      ['500', null, {}],
    ],
  },
  'annotations of a response': {
    raml: 'annotationTypes: { n: integer }\n/a:\n  get:\n    responses:\n      200: { (n): 1 }\n',
    read: (api) => operationOf(api, 'get /a').responses[0]?.extensions,
    gives: [{ name: '(n)', value: 1 }],
  },
  'a body of a response by default media type': {
    raml: 'mediaType: application/json\n/a:\n  get:\n    responses: { 200: { body: { type: integer, example: 4 } } }\n',
    read: (api) =>
      responseOf(api, 'get /a').map(({ schema, examples }) => [schema, examples.map(({ value }) => value)]),
    gives: [[{ type: 'integer' }, [4]]],
  },
});

testFeatures('1.0', 'security', {
  'OAuth 2.0 with all settings': {
    raml: `securitySchemes:
  o:
    type: OAuth 2.0
    displayName: Sign in
    description: D
    settings:
      authorizationUri: https://a.example/auth
      accessTokenUri: https://a.example/token
      authorizationGrants: [ authorization_code, implicit, password, client_credentials, "urn:x" ]
      scopes: [ READ, WRITE ]
`,
    read: ({ securitySchemes }) => securitySchemes.map((it) => [it.name, it.type, it.description, it.settings]),
    gives: [
      [
        'o',
        'oauth2',
        'D',
        {
          authorizationUri: 'https://a.example/auth',
          accessTokenUri: 'https://a.example/token',
          authorizationGrants: ['authorization_code', 'implicit', 'password', 'client_credentials', 'urn:x'],
          scopes: ['READ', 'WRITE'],
        },
      ],
    ],
  },
  'OAuth 1.0 with all settings': {
    raml: `securitySchemes:
  o:
    type: OAuth 1.0
    settings:
      requestTokenUri: https://a.example/request
      authorizationUri: https://a.example/auth
      tokenCredentialsUri: https://a.example/token
      signatures: [ HMAC-SHA1, PLAINTEXT ]
`,
    read: ({ securitySchemes }) => securitySchemes.map(({ type, scheme, settings }) => [type, scheme, settings]),
    gives: [
      [
        'http',
        'oauth',
        {
          requestTokenUri: 'https://a.example/request',
          authorizationUri: 'https://a.example/auth',
          tokenCredentialsUri: 'https://a.example/token',
          signatures: ['HMAC-SHA1', 'PLAINTEXT'],
        },
      ],
    ],
  },
  'Basic, Digest, Pass Through and custom schemes': {
    raml: `securitySchemes:
  b: { type: Basic Authentication }
  d: { type: Digest Authentication }
  h: { type: Pass Through, describedBy: { headers: { X-Key: string } } }
  q: { type: Pass Through, describedBy: { queryParameters: { key: string } } }
  x: { type: x-custom, settings: { a: 1, b: [ true ], c: { d: e } } }
`,
    read: ({ securitySchemes }) =>
      securitySchemes.map((it) => [it.name, it.type, it.scheme, it.in, it.parameterName, it.settings]),
    gives: [
      ['b', 'http', 'basic', null, null, {}],
      ['d', 'http', 'digest', null, null, {}],
      ['h', 'apiKey', null, 'header', 'X-Key', {}],
      ['q', 'apiKey', null, 'query', 'key', {}],
      ['x', 'x-custom', null, null, null, { a: 1, b: [true], c: { d: 'e' } }],
    ],
  },
  'describedBy, kept apart from the operation': {
    raml: `securitySchemes:
  x:
    type: x-custom
    describedBy:
      headers: { X-Sign: string }
      queryParameters: { key?: string }
      responses: { 401: { description: Who?, body: { application/json: { properties: { why: string } } } } }
/a:
  get:
    securedBy: [ x ]
    queryParameters: { q?: string }
    responses: { 200: }
`,
    read: (api) => [
      api.securitySchemes.map((it) => [schemasOf(it.parameters), it.responses.map(({ status }) => status)]),
      schemasOf(operationOf(api, 'get /a').parameters),
      operationOf(api, 'get /a').responses.map(({ status }) => status),
    ],
    gives: [
      [[{ 'X-Sign': { type: 'string' }, 'key?': { type: 'string' } }, ['401']]],
      { 'q?': { type: 'string' } },
      ['200'],
    ],
  },
  'describedBy by queryString': {
    raml: 'securitySchemes:\n  x:\n    type: x-custom\n    describedBy:\n      queryString: { properties: { key: string } }\n',
    read: ({ securitySchemes }) => securitySchemes.map(({ parameters }) => schemasOf(parameters)),
    gives: [{ key: { type: 'string' } }],
  },
  'securedBy with null, scopes and alternatives': {
    raml: `securitySchemes:
  b: { type: Basic Authentication }
  o:
    type: OAuth 2.0
    settings: { accessTokenUri: "https://a.example/t", authorizationGrants: [ password ], scopes: [ READ, WRITE ] }
securedBy: [ b ]
/a:
  securedBy: [ o ]
  get: { securedBy: [ null, b, o: { scopes: [ READ ] } ] }
  post:
  put: { securedBy: [ null ] }
/b:
  get:
  post: { securedBy: [] }
`,
    read: ({ paths }) => paths.flatMap(({ operations }) => operations.map(({ id, security }) => [id, security])),
    gives: [
      [
        'get /a',
        [{ schemes: [] }, { schemes: [{ name: 'b', scopes: [] }] }, { schemes: [{ name: 'o', scopes: ['READ'] }] }],
      ],
      ['post /a', [{ schemes: [{ name: 'o', scopes: [] }] }]],
      ['put /a', []],
      ['get /b', [{ schemes: [{ name: 'b', scopes: [] }] }]],
      ['post /b', []],
    ],
  },
  'a scheme from a file': {
    raml: 'securitySchemes:\n  b: !include b.raml\nsecuredBy: [ b ]\n',
    beside: { 'b.raml': '#%RAML 1.0 SecurityScheme\ntype: Basic Authentication\ndescription: D\n' },
    read: ({ securitySchemes }) => securitySchemes.map((it) => [it.name, it.type, it.description]),
    gives: [['b', 'http', 'D']],
  },
  'schemes of a library': {
    raml: 'uses: { l: l.raml }\nsecuredBy: [ l.b ]\n/a:\n  get:\n',
    beside: { 'l.raml': '#%RAML 1.0 Library\nsecuritySchemes:\n  b: { type: Basic Authentication }\n' },
    read: (api) => [api.securitySchemes.map(({ name }) => name), api.security],
    gives: [['l.b'], [{ schemes: [{ name: 'l.b', scopes: [] }] }]],
  },
});

testFeatures('1.0', 'names that JavaScript has a meaning for', {
  'of types and properties': {
    raml: `types:
  constructor: { properties: { toString: string, hasOwnProperty?: integer, valueOf: constructor | nil } }
  toString: string
  A: { properties: { constructor: string, __proto__: integer, b: toString } }
`,
    read: ({ $defs }) => $defs,
    gives: {
      constructor: {
        type: 'object',
        properties: {
          toString: { type: 'string' },
          hasOwnProperty: { type: 'integer' },
          valueOf: { anyOf: [{ $ref: '#/$defs/constructor' }, { type: 'null' }] },
        },
        required: ['toString', 'valueOf'],
      },
      toString: { type: 'string' },
      A: {
        type: 'object',
        properties: JSON.parse(
          '{ "constructor": { "type": "string" }, "__proto__": { "type": "integer" }, "b": { "$ref": "#/$defs/toString" } }',
        ),
        required: ['constructor', '__proto__', 'b'],
      },
    },
  },
  'of resources and parameters': {
    raml: `/constructor:
  get:
    queryParameters: { toString: string, __proto__?: string, constructor?: integer, hasOwnProperty?: string }
    headers: { constructor: string, valueOf?: string }
  /{toString}:
    uriParameters: { toString: integer }
    get:
/__proto__/{__proto__}:
  get:
`,
    read: ({ paths }) =>
      paths.map(({ path, parameters, operations }) => [
        path,
        parameters.map(({ name, schema }) => [name, schema]),
        operations.flatMap((operation) => operation.parameters.map(({ name, required }) => [name, required])),
      ]),
    gives: [
      [
        '/constructor',
        [],
        [
          ['toString', true],
          ['__proto__', false],
          ['constructor', false],
          ['hasOwnProperty', false],
          ['constructor', true],
          ['valueOf', false],
        ],
      ],
      ['/constructor/{toString}', [['toString', { type: 'integer' }]], []],
      ['/__proto__/{__proto__}', [['__proto__', { type: 'string' }]], []],
    ],
  },
  'of traits, resource types, security schemes and annotations': {
    raml: `annotationTypes: { constructor: string, valueOf: nil }
(constructor): x
securitySchemes:
  toString: { type: x-a, settings: { constructor: 1, __proto__: 2 } }
securedBy: [ toString ]
traits:
  constructor: { queryParameters: { a: string } }
  hasOwnProperty: { queryParameters: { b: string } }
resourceTypes:
  valueOf: { get: }
  __proto__: { post: }
/a:
  type: valueOf
  is: [ constructor ]
  get: { is: [ hasOwnProperty ] }
/b:
  type: __proto__
`,
    read: (api) => [
      api.extensions,
      api.securitySchemes.map(({ name, settings }) => [name, Object.entries(settings)]),
      api.paths.map(({ path, resourceType, operations }) => [
        path,
        resourceType,
        operations.map((it) => [it.traits, it.parameters.map(({ name }) => name)]),
      ]),
    ],
    gives: [
      [{ name: '(constructor)', value: 'x' }],
      [
        [
          'toString',
          [
            ['constructor', 1],
            ['__proto__', 2],
          ],
        ],
      ],
      [
        [
          '/a',
          'valueOf',
          [
            [
              ['constructor', 'hasOwnProperty'],
              ['b', 'a'],
            ],
          ],
        ],
        ['/b', '__proto__', [[[], []]]],
      ],
    ],
  },
  'of parameters of templates, and libraries': {
    raml: `uses: { constructor: l.raml }
traits:
  t: { queryParameters: { <<constructor>>: { description: <<toString>> } } }
/a:
  get: { is: [ t: { constructor: x, toString: y } ], body: { application/json: constructor.toString } }
`,
    beside: { 'l.raml': '#%RAML 1.0 Library\ntypes: { toString: integer }\n' },
    read: (api) => [
      operationOf(api, 'get /a').parameters.map(({ name, description }) => [name, description]),
      requestOf(api, 'get /a').map(({ schema }) => schema),
      api.$defs,
    ],
    gives: [[['x', 'y']], [{ $ref: '#/$defs/constructor.toString' }], { 'constructor.toString': { type: 'integer' } }],
  },
  'of examples': {
    raml: 'mediaType: application/json\n/a:\n  post:\n    body:\n      properties: { constructor: string, toString?: string }\n      examples: { constructor: { constructor: a }, valueOf: { constructor: b, toString: c } }\n',
    read: (api) => requestOf(api, 'post /a')[0]?.examples.map(({ name, value }) => [name, value]),
    gives: [
      ['constructor', { constructor: 'a' }],
      ['valueOf', { constructor: 'b', toString: 'c' }],
    ],
  },
});
