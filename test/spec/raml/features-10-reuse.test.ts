/**
 * RAML 1.0: what is written once and used in many places. Traits, resource types, libraries, overlays, extensions,
 * fragments, annotations.
 */
import { operationOf, pathOf, requestOf, responseOf, schemasOf, testFeatures } from './features.ts';

/** What each function makes of a resource name. */
const FUNCTIONS: Readonly<Record<string, readonly [word: string, made: string]>> = {
  '!singularize': ['books', 'book'],
  '!pluralize': ['category', 'categories'],
  '!uppercase': ['userId', 'USERID'],
  '!lowercase': ['userId', 'userid'],
  '!lowercamelcase': ['UserId', 'userId'],
  '!uppercamelcase': ['userId', 'UserId'],
  '!lowerunderscorecase': ['userId', 'user_id'],
  '!upperunderscorecase': ['userId', 'USER_ID'],
  '!lowerhyphencase': ['userId', 'user-id'],
  '!upperhyphencase': ['userId', 'USER-ID'],
};

testFeatures(
  '1.0',
  'functions of templates',
  Object.fromEntries(
    Object.entries(FUNCTIONS).map(([name, [word, made]]) => [
      name,
      {
        raml: `traits:\n  t: { description: "<<p | ${name}>>" }\n/a:\n  get: { is: [ t: { p: ${word} } ] }\n`,
        read: (api) => operationOf(api, 'get /a').description,
        gives: made,
      },
    ]),
  ),
);

testFeatures('1.0', 'more about functions of templates', {
  'several in a row': {
    raml: 'resourceTypes:\n  r: { get: { description: "<<resourcePathName | !singularize | !uppercamelcase>>" } }\n/order-items:\n  type: r\n',
    read: (api) => operationOf(api, 'get /order-items').description,
    gives: 'OrderItem',
  },
  'words that have no regular plural': {
    raml: `traits:\n  t: { description: "<<p | !singularize>>" }\n${[
      'people',
      'series',
      'children',
      'statuses',
      'media',
      'companies',
    ]
      .map((word) => `/${word}:\n  get: { is: [ t: { p: ${word} } ] }\n`)
      .join('')}`,
    read: ({ paths }) => paths.map(({ operations }) => operations[0]?.description),
    gives: ['person', 'series', 'child', 'status', 'media', 'company'],
  },
  'in the name of a type': {
    raml: 'mediaType: application/json\ntypes: { Book: { properties: { t: string } } }\nresourceTypes:\n  c: { post: { body: "<<resourcePathName | !singularize | !uppercamelcase>>" } }\n/books:\n  type: c\n',
    read: (api) => requestOf(api, 'post /books').map(({ schema }) => schema),
    gives: [{ $ref: '#/$defs/Book' }],
  },
});

testFeatures('1.0', 'traits and resource types', {
  'a trait of a method': {
    raml: 'traits: { t: { headers: { X-A: string }, queryParameters: { q?: integer }, responses: { 404: { description: Gone } } } }\n/a:\n  get: { is: [ t ] }\n',
    read: (api) => {
      const { traits, parameters, responses } = operationOf(api, 'get /a');
      return [traits, schemasOf(parameters), responses.map(({ status }) => status)];
    },
    gives: [['t'], { 'X-A': { type: 'string' }, 'q?': { type: 'integer' } }, ['404']],
  },
  'a trait of a resource holds for all its methods': {
    raml: 'traits: { t: { queryParameters: { q?: integer } } }\n/a:\n  is: [ t ]\n  get:\n  post:\n  /b:\n    get:\n',
    read: ({ paths }) =>
      paths.flatMap(({ operations }) => operations.map((it) => [it.id, Object.keys(schemasOf(it.parameters))])),
    gives: [
      ['get /a', ['q?']],
      ['post /a', ['q?']],
      ['get /a/b', []],
    ],
  },
  'parameters of a trait, in keys, values and within words': {
    raml: 'traits:\n  t:\n    queryParameters:\n      <<name>>: { type: <<type>>, description: "By <<name>>, at <<resourcePath>> for <<methodName>>" }\n/a/b:\n  get: { is: [ t: { name: q, type: integer } ] }\n',
    read: (api) => schemasOf(operationOf(api, 'get /a/b').parameters),
    gives: { q: { type: 'integer', description: 'By q, at /a/b for get' } },
  },
  'the method wins over its traits': {
    raml: 'traits:\n  t: { description: T, queryParameters: { q: { type: integer, maximum: 9, description: T } } }\n/a:\n  get:\n    is: [ t ]\n    description: M\n    queryParameters: { q: { type: integer, description: M } }\n',
    read: (api) => [operationOf(api, 'get /a').description, schemasOf(operationOf(api, 'get /a').parameters)],
    gives: ['M', { q: { type: 'integer', maximum: 9, description: 'M' } }],
  },
  'a default for an optional parameter of a trait leaves it optional': {
    raml: 'traits:\n  t: { queryParameters: { limit: { type: integer, required: false } } }\n/a:\n  get:\n    is: [ t ]\n    queryParameters: { limit: { default: 5 } }\n',
    read: (api) => schemasOf(operationOf(api, 'get /a').parameters),
    gives: { 'limit?': { type: 'integer', default: 5 } },
  },
  'a resource type with a parameter': {
    raml: 'mediaType: application/json\ntypes: { B: { properties: { t: string } } }\nresourceTypes:\n  c:\n    description: All <<item>>\n    get: { responses: { 200: { body: "<<item>>[]" } } }\n    post: { body: <<item>> }\n/bs:\n  type: { c: { item: B } }\n',
    read: (api) => [
      pathOf(api, '/bs').resourceType,
      pathOf(api, '/bs').description,
      responseOf(api, 'get /bs').map(({ schema }) => schema),
      requestOf(api, 'post /bs').map(({ schema }) => schema),
    ],
    gives: ['c', 'All B', [{ type: 'array', items: { $ref: '#/$defs/B' } }], [{ $ref: '#/$defs/B' }]],
  },
  'resourcePath and resourcePathName': {
    raml: 'resourceTypes:\n  c: { get: { description: "<<resourcePath>> <<resourcePathName>>" } }\n/a/bs/{id}:\n  type: c\n',
    read: (api) => operationOf(api, 'get /a/bs/{id}').description,
    gives: '/a/bs/{id} bs',
  },
  'an optional method': {
    raml: 'resourceTypes:\n  c:\n    get?: { description: G }\n    post?: { description: P }\n/a:\n  type: c\n  get:\n',
    read: (api) => pathOf(api, '/a').operations.map(({ id, description }) => [id, description]),
    gives: [['get /a', 'G']],
  },
  'optional parameters and properties below a method': {
    raml: 'resourceTypes:\n  c:\n    get:\n      queryParameters: { q?: integer }\n      responses: { 200: { body: { application/json: { properties: { a?: string } } } } }\n/a:\n  type: c\n',
    read: ({ paths }) => paths.map(({ operations }) => operations.map((it) => Object.keys(schemasOf(it.parameters)))),
    gives: [[['q?']]],
  },
  'a resource type of a resource type, with its parameters passed on': {
    raml: 'resourceTypes:\n  base: { get: { description: "Base <<x>>" } }\n  c: { type: { base: { x: <<y>> } }, post: { description: C } }\n/a:\n  type: { c: { y: Y } }\n',
    read: (api) =>
      pathOf(api, '/a')
        .operations.map(({ method, description }) => [method, description])
        .toSorted(),
    gives: [
      ['get', 'Base Y'],
      ['post', 'C'],
    ],
  },
  'a resource type with traits, security and uriParameters': {
    raml: 'securitySchemes: { b: { type: Basic Authentication } }\ntraits: { t: { queryParameters: { q?: integer } } }\nresourceTypes:\n  c:\n    securedBy: [ b ]\n    is: [ t ]\n    uriParameters: { id: integer }\n    get:\n/a/{id}:\n  type: c\n',
    read: (api) => [
      schemasOf(pathOf(api, '/a/{id}').parameters),
      schemasOf(operationOf(api, 'get /a/{id}').parameters),
      operationOf(api, 'get /a/{id}').security,
    ],
    gives: [{ id: { type: 'integer' } }, { 'q?': { type: 'integer' } }, [{ schemes: [{ name: 'b', scopes: [] }] }]],
  },
  'the resource wins over its type': {
    raml: 'resourceTypes:\n  c: { get: { description: T, responses: { 200: { description: T, headers: { X-A: string } } } } }\n/a:\n  type: c\n  get: { responses: { 200: { description: R } } }\n',
    read: (api) =>
      operationOf(api, 'get /a').responses.map((it) => [it.description, it.headers.map(({ name }) => name)]),
    gives: [['R', ['X-A']]],
  },
  'a type of a query parameter through a resource type of a library': {
    raml: 'uses: { l: l.raml }\nmediaType: application/json\n/a:\n  type: l.c\n',
    beside: {
      'l.raml':
        '#%RAML 1.0 Library\ntypes: { Err: { properties: { why: string } }, Tag: string }\nresourceTypes:\n  c:\n    get:\n      queryParameters: { t: Tag }\n      responses: { 404: { body: Err } }\n',
    },
    read: (api) => [
      schemasOf(operationOf(api, 'get /a').parameters),
      responseOf(api, 'get /a', '404').map(({ schema }) => schema),
    ],
    gives: [{ t: { $ref: '#/$defs/l.Tag' } }, [{ $ref: '#/$defs/l.Err' }]],
  },
  'traits and resource types from files': {
    raml: 'traits: { t: !include t.raml }\nresourceTypes: { c: !include c.raml }\n/a:\n  type: c\n  is: [ t ]\n',
    beside: {
      't.raml': '#%RAML 1.0 Trait\nusage: U\nqueryParameters: { q?: integer }\n',
      'c.raml': '#%RAML 1.0 ResourceType\nusage: U\nget: { description: <<resourcePathName>> }\n',
    },
    read: (api) => [operationOf(api, 'get /a').description, schemasOf(operationOf(api, 'get /a').parameters)],
    gives: ['a', { 'q?': { type: 'integer' } }],
  },
});

testFeatures('1.0', 'libraries, overlays and extensions', {
  'everything that a library declares': {
    raml: 'uses: { l: l.raml }\n(l.n): 1\nsecuredBy: [ l.s ]\n/a:\n  type: l.c\n  get: { is: [ l.t ], body: { application/json: l.T } }\n',
    beside: {
      'l.raml':
        '#%RAML 1.0 Library\nusage: U\nannotationTypes: { n: integer }\nsecuritySchemes: { s: { type: Basic Authentication } }\ntypes: { T: integer }\ntraits: { t: { queryParameters: { q?: T } } }\nresourceTypes: { c: { description: D } }\n',
    },
    read: (api) => [
      api.extensions,
      api.security,
      pathOf(api, '/a').description,
      schemasOf(operationOf(api, 'get /a').parameters),
      requestOf(api, 'get /a').map(({ schema }) => schema),
    ],
    gives: [
      [{ name: '(l.n)', value: 1 }],
      [{ schemes: [{ name: 'l.s', scopes: [] }] }],
      'D',
      { 'q?': { $ref: '#/$defs/l.T' } },
      [{ $ref: '#/$defs/l.T' }],
    ],
  },
  'a library that uses a library': {
    raml: 'uses: { a: l/a.raml }\ntypes: { T: { type: a.A } }\n',
    beside: {
      'l/a.raml':
        '#%RAML 1.0 Library\nuses: { b: ../b.raml }\ntypes: { A: { type: b.B, properties: { a: string } } }\n',
      'b.raml': '#%RAML 1.0 Library\ntypes: { B: { properties: { b: C } }, C: integer }\n',
    },
    read: ({ $defs }) => $defs.T,
    gives: {
      type: 'object',
      properties: { b: { $ref: '#/$defs/a.b.C' }, a: { type: 'string' } },
      required: ['b', 'a'],
    },
  },
  'two libraries with types of one name': {
    raml: 'uses: { a: a.raml, b: b.raml }\ntypes: { T: { properties: { a: a.T, b: b.T } } }\n',
    beside: {
      'a.raml': '#%RAML 1.0 Library\ntypes: { T: integer }\n',
      'b.raml': '#%RAML 1.0 Library\ntypes: { T: string }\n',
    },
    read: ({ $defs }) => $defs,
    gives: {
      T: {
        type: 'object',
        properties: { a: { $ref: '#/$defs/a.T' }, b: { $ref: '#/$defs/b.T' } },
        required: ['a', 'b'],
      },
      'a.T': { type: 'integer' },
      'b.T': { type: 'string' },
    },
  },
  'an extension adds behind its base': {
    head: '#%RAML 1.0 Extension',
    raml: 'extends: base.raml\n/z:\n  get:\n/a:\n  /c:\n    get:\n  post:\n',
    beside: { 'base.raml': '#%RAML 1.0\ntitle: Base\n/a:\n  get:\n  /b:\n    get:\n/y:\n  get:\n' },
    read: ({ title, paths }) => [
      title,
      paths.map(({ path, operations }) => [path, operations.map(({ method }) => method)]),
    ],
    gives: [
      'Base',
      [
        ['/a', ['get', 'post']],
        ['/a/b', ['get']],
        ['/a/c', ['get']],
        ['/y', ['get']],
        ['/z', ['get']],
      ],
    ],
  },
  'an extension changes and adds types, parameters and the root': {
    head: '#%RAML 1.0 Extension',
    raml: 'usage: U\nextends: base.raml\ntitle: New\nversion: v2\ntypes: { B: { properties: { b: string } }, A: { properties: { more?: string } } }\n/a:\n  get:\n    queryParameters: { r?: integer }\n',
    beside: {
      'base.raml':
        '#%RAML 1.0\ntitle: Old\nversion: v1\ntypes: { A: { properties: { a: string } } }\n/a:\n  get:\n    queryParameters: { q?: integer }\n',
    },
    read: (api) => [api.title, api.version, api.$defs, Object.keys(schemasOf(operationOf(api, 'get /a').parameters))],
    gives: [
      'New',
      'v2',
      {
        A: { type: 'object', properties: { a: { type: 'string' }, more: { type: 'string' } }, required: ['a'] },
        B: { type: 'object', properties: { b: { type: 'string' } }, required: ['b'] },
      },
      ['q?', 'r?'],
    ],
  },
  'an overlay changes what describes': {
    head: '#%RAML 1.0 Overlay',
    raml: 'extends: base.raml\ntitle: Neu\ndocumentation: [ { title: H, content: C } ]\n/a:\n  displayName: Alle\n  get: { description: Neu }\n',
    beside: { 'base.raml': '#%RAML 1.0\ntitle: Old\n/a:\n  get: { description: Old }\n  post:\n' },
    read: (api) => [
      api.title,
      api.documentation,
      pathOf(api, '/a').displayName,
      pathOf(api, '/a').operations.map(({ method, description }) => [method, description]),
    ],
    gives: [
      'Neu',
      [{ title: 'H', content: 'C' }],
      'Alle',
      [
        ['get', 'Neu'],
        ['post', null],
      ],
    ],
  },
  'an overlay of an extension of an API': {
    head: '#%RAML 1.0 Overlay',
    raml: 'extends: more.raml\ntitle: Last\n',
    beside: {
      'more.raml': '#%RAML 1.0 Extension\nextends: base.raml\n/b:\n  get:\n',
      'base.raml': '#%RAML 1.0\ntitle: Old\n/a:\n  get:\n',
    },
    read: ({ title, paths }) => [title, paths.map(({ path }) => path)],
    gives: ['Last', ['/a', '/b']],
  },
  'a library in an overlay': {
    head: '#%RAML 1.0 Overlay',
    raml: 'uses: { l: l.raml }\nextends: base.raml\n(l.n): 3\n',
    beside: {
      'base.raml': '#%RAML 1.0\ntitle: Old\n/a:\n  get:\n',
      'l.raml': '#%RAML 1.0 Library\nannotationTypes: { n: integer }\n',
    },
    read: ({ extensions }) => extensions,
    gives: [{ name: '(l.n)', value: 3 }],
  },
});

testFeatures('1.0', 'fragments and includes', {
  'a resource from a file': {
    raml: '/a: !include a.raml\n',
    beside: { 'a.raml': 'get:\n  description: D\n/b:\n  get:\n' },
    read: ({ paths }) => paths.map(({ path }) => path),
    gives: ['/a', '/a/b'],
  },
  'a method, responses and headers from files': {
    raml: '/a:\n  get: !include get.yaml\n',
    beside: {
      'get.yaml': 'responses: !include responses.yaml\n',
      'responses.yaml': '200: { headers: !include h.yaml }\n',
      'h.yaml': 'X-A: integer\n',
    },
    read: (api) => operationOf(api, 'get /a').responses.map(({ status, headers }) => [status, schemasOf(headers)]),
    gives: [['200', { 'X-A': { type: 'integer' } }]],
  },
  'an include relative to the file that it stands in': {
    raml: '/a: !include x/a.yaml\n',
    beside: {
      'x/a.yaml': 'get: { body: { application/json: !include ../s.json } }\n',
      's.json': '{ "type": "integer" }',
    },
    read: (api) => [requestOf(api, 'get /a').map(({ schema }) => schema), api.$defs],
    gives: [[{ $ref: '#/$defs/s' }], { s: { type: 'integer' } }],
  },
  'an AnnotationTypeDeclaration': {
    raml: 'annotationTypes: { n: !include n.raml }\n(n): x\n',
    beside: { 'n.raml': '#%RAML 1.0 AnnotationTypeDeclaration\ntype: string\nallowedTargets: [ API ]\n' },
    read: ({ extensions }) => extensions,
    gives: [{ name: '(n)', value: 'x' }],
  },
  'a DocumentationItem': {
    raml: 'documentation: [ !include d.raml ]\n',
    beside: { 'd.raml': '#%RAML 1.0 DocumentationItem\ntitle: D\ncontent: C\n' },
    read: ({ documentation }) => documentation,
    gives: [{ title: 'D', content: 'C' }],
  },
  'a NamedExample of one': {
    raml: 'types: { T: { type: integer, examples: !include e.raml } }\n',
    beside: { 'e.raml': '#%RAML 1.0 NamedExample\none: 1\n' },
    read: ({ $defs }) => $defs.T,
    gives: { type: 'integer', examples: [1] },
  },
  'text from a file': {
    raml: 'description: !include d.md\n',
    beside: { 'd.md': '# Hi\n' },
    read: ({ description }) => description,
    gives: '# Hi\n',
  },
  'anchors and aliases of YAML': {
    raml: 'types:\n  A: { properties: &p { a: string } }\n  B: { properties: *p }\n',
    read: ({ $defs }) => $defs.B,
    gives: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
  },
});

testFeatures('1.0', 'annotations', {
  'of every type': {
    raml: 'annotationTypes:\n  s: string\n  n: number\n  o: { properties: { a: integer } }\n  l: string[]\n  e: { enum: [ x, y ] }\n  z: nil\n  p:\n(s): a\n(n): 1.5\n(o): { a: 1 }\n(l): [ a, b ]\n(e): x\n(z):\n(p): q\n',
    read: ({ extensions }) => extensions.map(({ name, value }) => [name, value]),
    gives: [
      ['(s)', 'a'],
      ['(n)', 1.5],
      ['(o)', { a: 1 }],
      ['(l)', ['a', 'b']],
      ['(e)', 'x'],
      ['(z)', null],
      ['(p)', 'q'],
    ],
  },
  'of types, properties and examples': {
    raml: 'annotationTypes: { n: integer }\ntypes:\n  T: { (n): 1, properties: { a: { type: string, (n): 2 } } }\n',
    read: ({ $defs }) => $defs.T,
    gives: { type: 'object', '(n)': 1, properties: { a: { type: 'string', '(n)': 2 } }, required: ['a'] },
  },
  'that a trait or resource type brings along': {
    raml: 'annotationTypes: { n: integer }\ntraits: { t: { (n): 1 } }\nresourceTypes: { c: { (n): 2, get: } }\n/a:\n  type: c\n  get: { is: [ t ] }\n',
    read: (api) => [pathOf(api, '/a').extensions, operationOf(api, 'get /a').extensions],
    gives: [[{ name: '(n)', value: 2 }], [{ name: '(n)', value: 1 }]],
  },
  allowedTargets: {
    raml: `annotationTypes:
  api: { allowedTargets: API, type: nil }
  resource: { allowedTargets: [ Resource, Method ], type: nil }
  response: { allowedTargets: Response, type: nil }
  body: { allowedTargets: [ RequestBody, ResponseBody ], type: nil }
  type: { allowedTargets: TypeDeclaration, type: nil }
(api):
types: { T: { type: string, (type): } }
/a:
  (resource):
  post:
    (resource):
    body: { application/json: { (body): , type: T } }
    responses: { 200: { (response): , body: { application/json: { (body): , type: T } } } }
`,
    read: (api) =>
      [
        api.extensions,
        pathOf(api, '/a').extensions,
        operationOf(api, 'post /a').extensions,
        requestOf(api, 'post /a').map(({ extensions }) => extensions),
        operationOf(api, 'post /a').responses.map(({ extensions }) => extensions),
      ]
        .flat(2)
        .map((it) => (Array.isArray(it) ? it[0] : it))
        .map(({ name }) => name),
    gives: ['(api)', '(resource)', '(resource)', '(body)', '(response)'],
  },
});
