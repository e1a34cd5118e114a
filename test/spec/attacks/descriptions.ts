/**
 * Descriptions that mean harm. In each, `URL` stands for the address of a server that listens, `OUT` for a folder beside
 * that of the description, with a file `secret.json`, and `link.json` and `up` are symbolic links to there.
 */
export interface Attack {
  readonly format: 'raml' | 'openapi';
  readonly text: string;
  readonly beside?: Readonly<Record<string, string>>;
  /** A code that must be among the findings. Absent: the text is odd, and may be read. */
  readonly code?: string;
}

const RAML = '#%RAML 1.0\ntitle: x\nmediaType: application/json\n';
const OLD = '#%RAML 0.8\ntitle: x\n';
const OPENAPI = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: {}\n';

const repeated = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join('');

/** Nine levels of nine: 3 × 10⁸ values when written out. */
const bomb = repeated(10, (level) =>
  level === 0
    ? 'x0: &a0 [l,l,l,l,l,l,l,l,l]\n'
    : `x${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(',')}]\n`,
);

const ramlType = (type: string, code?: string): Attack => ({
  format: 'raml',
  text: `${RAML}types:\n  A: ${type}\n/a:\n  get: { responses: { 200: { body: A } } }\n`,
  ...(code !== undefined && { code }),
});
const schema = (text: string, code?: string): Attack => ({
  format: 'openapi',
  text: `${OPENAPI}components:\n  schemas:\n    A: ${text}\n`,
  ...(code !== undefined && { code }),
});
const raml = (text: string, code?: string, beside?: Attack['beside']): Attack => ({
  format: 'raml',
  text,
  ...(code !== undefined && { code }),
  ...(beside && { beside }),
});

/** A document as JSON, whose one operation answers with a schema. */
const serving = (
  answer: object,
  rest: { readonly code?: string; readonly schemas?: object; readonly path?: string; readonly media?: object } = {},
): Attack => ({
  format: 'openapi',
  text: JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      [rest.path ?? '/a']: {
        get: responding(answer, rest.media),
        post: {
          requestBody: { content: { 'application/json': { schema: answer } } },
          ...responding(answer, rest.media),
        },
      },
    },
    components: { schemas: rest.schemas ?? {} },
  }),
  ...(rest.code !== undefined && { code: rest.code }),
});
const responding = (schema: object, media: object = {}) => ({
  responses: { 200: { description: 'd', content: { 'application/json': { schema, ...media } } } },
});
const component = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const many = (count: number, entry: (index: number) => readonly [string, unknown]) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));
/** Forty schemas, each made of two of the next. */
const doubling = (of: (next: object) => object) =>
  many(41, (level) => [`L${level}`, level === 40 ? { type: 'string' } : of(component(`L${level + 1}`))]);
const ESCAPES = '\u001b[31mEVIL\u001b]0;title\u0007\u202e\r\n\u009b2J';

export const attacks: Readonly<Record<string, Attack>> = {
  'RAML: code beside it': raml(`${RAML}/a:\n  get:\n`, undefined, {
    'raml-lint.js': "require('fs').writeFileSync('executed', '')",
    '.raml/x-lint.js': "require('fs').writeFileSync('executed', '')",
  }),
  'RAML: include by http': ramlType('!include URL/a.raml', 'network-refused'),
  'RAML: library by http': raml(`${RAML}uses: { l: URL/l.raml }\n`, 'network-refused'),
  'RAML: base by http': raml('#%RAML 1.0 Extension\nextends: URL/b.raml\n', 'network-refused'),
  'RAML: example by http': ramlType('{ type: object, example: !include URL/e.json }', 'network-refused'),
  'RAML: $ref by http': ramlType('|\n    { "properties": { "a": { "$ref": "URL/a.json" } } }', 'network-refused'),
  'RAML: import of an XML Schema': ramlType(
    '|\n    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import schemaLocation="URL/a.xsd"/></xs:schema>',
  ),
  'RAML: external entity': ramlType(
    '|\n    <!DOCTYPE x [<!ENTITY e SYSTEM "file://OUT/secret.json">]><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">&e;</xs:schema>',
  ),
  'RAML 0.8: schema by http': raml(`${OLD}schemas:\n  - a: !include URL/a.json\n/a:\n  get:\n`, 'network-refused'),
  'RAML: file: address': ramlType('!include file://OUT/secret.json', 'file-outside-root'),
  'RAML: folder above': ramlType('!include ../out/secret.json', 'file-outside-root'),
  'RAML: folder above, encoded': ramlType('!include "%2e%2e/out/secret.json"', 'file-not-found'),
  'RAML: absolute path': ramlType('!include OUT/secret.json'),
  'RAML: symbolic link to a file': ramlType('!include link.json', 'file-outside-root'),
  'RAML: symbolic link to a folder': ramlType('!include up/secret.json', 'file-outside-root'),
  'RAML: device': ramlType('!include ../../../../../../dev/zero'),
  'RAML: alias bomb': raml(`${RAML}${bomb}types:\n  A:\n    example: *a9\n`, 'alias-limit'),
  'RAML: alias bomb in an include': raml(`${RAML}types:\n  A: !include a.raml\n`, 'alias-limit', {
    'a.raml': `${bomb}example: *a9\n`,
  }),
  'RAML: brackets without end': ramlType(`{ example: ${'['.repeat(100_000)} }`, 'syntax-error'),
  'RAML: nested objects': ramlType(`${'{ properties: { a: '.repeat(300)}string${' } }'.repeat(300)}`),
  'RAML: a list of 100,000': ramlType(`{ type: integer[], example: [${'1,'.repeat(100_000)}1] }`),
  'RAML: backtracking pattern': ramlType(`{ type: string, pattern: "^(a+)+$", example: "${'a'.repeat(40)}!" }`),
  'RAML: resource types in a circle': raml(
    `${RAML}resourceTypes:\n  a: { type: b }\n  b: { type: a }\n/a: { type: a, get: }\n`,
    'circular-type',
  ),
  'RAML: types in a circle': raml(`${RAML}types:\n  A: B\n  B: A\n/a: { get: }\n`),
  'RAML: files in a circle': raml(`${RAML}types: !include a.raml\n`, 'include-cycle', {
    'a.raml': 'A: !include b.raml\n',
    'b.raml': 'B: !include a.raml\n',
  }),
  'RAML: recursive JSON Schema': ramlType('|\n    { "$ref": "#" }'),
  'RAML: property __proto__': ramlType('{ properties: { __proto__: string } }'),
  'RAML: 100,000 properties': ramlType(
    `\n    properties:\n${repeated(100_000, (i) => `      p${i}: string\n`)}`,
    'size-limit',
  ),
  'RAML: 14,000 resources, 10 MB': raml(
    RAML + repeated(14_000, (i) => `/r${i}:\n  get:\n    description: ${'text '.repeat(140)}\n`),
    'size-limit',
  ),
  'RAML: NUL': raml(`${RAML}description: a\0b\n`, 'file-unreadable'),
  'RAML: CR in names': raml(`${RAML}"/a\\r\\nX-Evil: 1":\n  get: { headers: { "X\\r\\nY": string } }\n`),

  'OpenAPI: $ref by http': schema('{ $ref: "URL/a.json" }', 'network-refused'),
  'OpenAPI: $ref without a scheme': schema('{ $ref: "//127.0.0.1/a.json" }', 'network-refused'),
  'OpenAPI: mapping by http': schema(
    '{ discriminator: { propertyName: t, mapping: { a: "URL/a.json" } } }',
    'network-refused',
  ),
  'OpenAPI: file: address': schema('{ $ref: "file://OUT/secret.json" }', 'file-outside-root'),
  'OpenAPI: folder above': schema('{ $ref: ../out/secret.json }', 'file-outside-root'),
  'OpenAPI: folder above, encoded': schema('{ $ref: "%2e%2e/out/secret.json" }', 'file-outside-root'),
  'OpenAPI: absolute path': schema('{ $ref: OUT/secret.json }', 'file-outside-root'),
  'OpenAPI: symbolic link': schema('{ $ref: link.json }', 'file-outside-root'),
  'OpenAPI: alias bomb': {
    format: 'openapi',
    text: `${OPENAPI}${bomb.replaceAll('\nx', '\nx-')}`.replace('x0', 'x-0'),
    code: 'alias-limit',
  },
  'OpenAPI: brackets without end': schema('['.repeat(1_000_000), 'syntax-error'),
  'OpenAPI: schema that is itself': schema('{ $ref: "#/components/schemas/A" }', 'circular-type'),
  'OpenAPI: backtracking pattern': schema(`{ type: string, pattern: "^(a+)+$", example: "${'a'.repeat(40)}!" }`),
  'OpenAPI: property __proto__': schema('{ properties: { __proto__: { type: string } } }'),
  'OpenAPI: 100,000 properties': schema(
    `{ properties: ${JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`p${i}`, {}])))} }`,
  ),
  'OpenAPI: NUL': { format: 'openapi', text: `${OPENAPI}x-a: "a\0b"\n`, code: 'file-unreadable' },

  'OpenAPI: $id of the network': schema(
    '{ $id: "URL/x/", properties: { a: { $ref: y.json }, b: { $ref: "../../../out/secret.json" } } }',
  ),
  'OpenAPI: $id of a folder': schema('{ $id: "file://OUT/", properties: { a: { $ref: secret.json } } }'),
  'OpenAPI: $schema of the network': schema('{ $schema: "URL/meta", type: object }'),
  'OpenAPI: $dynamicRef by http': schema('{ $dynamicRef: "URL/a#x" }', 'network-refused'),
  'OpenAPI: symbolic link to a folder': schema('{ $ref: up/secret.json }', 'file-outside-root'),
  'OpenAPI: encoded twice': schema('{ $ref: "%252e%252e/out/secret.json" }', 'file-not-found'),
  'OpenAPI: backslashes': schema('{ $ref: "..\\\\out\\\\secret.json" }', 'file-not-found'),
  'OpenAPI: memory of the process': schema('{ $ref: "../../../../../../proc/self/environ" }', 'file-outside-root'),
  'OpenAPI: example by http': serving(
    { type: 'object' },
    { media: { examples: { e: { externalValue: 'URL/e.json' } } } },
  ),
  'OpenAPI: tags of other languages': {
    format: 'openapi',
    text: `${OPENAPI}x-a: !!js/function "function(){ process.exit(9) }"\nx-b: !!python/object/apply:os.system [id]\nx-c: !include OUT/secret.json\n`,
    code: 'syntax-error',
  },
  'OpenAPI: bomb of merge keys': {
    format: 'openapi',
    text: `${OPENAPI}x-0: &a0 { ${repeated(1000, (index) => `k${index}: 1, `)} }\n${repeated(24, (level) => `x-${level + 1}: &a${level + 1} { <<: [${Array(9).fill(`*a${level}`).join(', ')}] }\n`)}`,
    code: 'alias-limit',
  },
  'OpenAPI: 10 MB of comments': { format: 'openapi', text: `${OPENAPI}${'#\n'.repeat(5_000_000)}`, code: 'size-limit' },
  'OpenAPI: 220,000 values in YAML': {
    format: 'openapi',
    text: `${OPENAPI}${repeated(9_000, (index) => `x-${index}:\n${repeated(12, (key) => `  a${key}: {b: {}}\n`)}`)}`,
  },
  'OpenAPI: 20,000 paths in YAML': {
    format: 'openapi',
    text: `${OPENAPI.replace(' {}', '')}${repeated(20_000, (index) => `  /p${index}: { get: { responses: { 200: { description: d } } } }\n`)}`,
    code: 'size-limit',
  },
  'OpenAPI: 30,000 collections, 10 MB': {
    format: 'openapi',
    text: JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: many(30_000, (index) => [
        `/c${index}`,
        { get: responding({ type: 'array', items: component(`E${index}`) }) },
      ]),
      components: { schemas: many(30_000, (index) => [`E${index}`, { properties: { id: { type: 'integer' } } }]) },
    }),
    code: 'size-limit',
  },
  'OpenAPI: 8,000,000 lists of one': {
    format: 'openapi',
    text: `{ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": {}, "x-a": [${'[1],'.repeat(8_000_000)}1] }`,
    code: 'size-limit',
  },
  'OpenAPI: a template of 10,000 parameters': serving(
    { type: 'string' },
    { path: repeated(10_000, (index) => `/{p${index}}`), code: 'size-limit' },
  ),
  'OpenAPI: enumeration of 100,000': serving({ enum: Array.from({ length: 100_000 }, (_, index) => `v${index}`) }),
  'OpenAPI: allOf that doubles': serving(component('L0'), {
    schemas: doubling((next) => ({ allOf: [next, next] })),
    code: 'size-limit',
  }),
  'OpenAPI: anyOf that doubles': serving(component('L0'), {
    schemas: doubling((next) => ({ anyOf: [next, { not: next }] })),
    code: 'size-limit',
  }),
  'OpenAPI: properties that double': serving(component('L0'), {
    schemas: doubling((next) => ({ type: 'object', required: ['a', 'b'], properties: { a: next, b: next } })),
  }),
  'OpenAPI: items that double': serving(component('L0'), {
    schemas: doubling((next) => ({ type: 'array', minItems: 2, prefixItems: [next, next], items: next })),
  }),
  'OpenAPI: a schema that needs itself': serving(component('A'), {
    schemas: { A: { type: 'object', required: ['a'], properties: { a: component('A') } } },
  }),
  'OpenAPI: discriminators in a circle': serving(component('A'), {
    schemas: {
      A: { discriminator: { propertyName: 't', mapping: { B: component('B').$ref } }, oneOf: [component('B')] },
      B: { discriminator: { propertyName: 't' }, allOf: [component('A')] },
    },
    code: 'circular-type',
  }),
  'OpenAPI: endless lengths': serving({
    type: 'object',
    required: ['text', 'uri', 'list', 'map', 'pattern'],
    properties: {
      text: { type: 'string', minLength: 2 ** 31 },
      uri: { type: 'string', format: 'uri', minLength: 2 ** 31 },
      map: { type: 'object', minProperties: 1e8, additionalProperties: { type: 'string' } },
      pattern: { type: 'string', pattern: '^((a{1000}){1000}){1000}$' },
    },
  }),
  'OpenAPI: a list of 10⁹': serving({ type: 'array', minItems: 1e9, uniqueItems: true, items: { type: 'string' } }),
  'OpenAPI: numbers at the edge': serving({
    type: 'object',
    required: ['a', 'b', 'c'],
    properties: {
      a: { type: 'number', minimum: 1e308, multipleOf: 1e-300 },
      b: { type: 'integer', minimum: 1e300 },
      c: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 5e-324 },
    },
  }),
  'OpenAPI: backtracking names': serving({
    type: 'object',
    patternProperties: { '^(a+)+$(?!)': { type: 'integer' }, '^(?=.*b$)(a+)+$': { type: 'integer' } },
    minProperties: 3,
  }),
  'OpenAPI: backtracking text': serving({ type: 'string', pattern: '^(?=.*b$)(a+)+$', minLength: 40 }),
  'OpenAPI: escapes for the terminal': serving(
    { type: 'object', properties: { [ESCAPES]: { type: 'string', format: ESCAPES, description: ESCAPES } } },
    { path: `/a${ESCAPES}` },
  ),
  'OpenAPI: escapes in findings': serving({ type: ESCAPES, [ESCAPES]: 1 }, { code: 'unknown-type' }),
  'OpenAPI: headers in a header': serving({ type: 'object' }, { media: { example: {}, [ESCAPES]: 1 } }),
  'RAML: base above the folder': raml('#%RAML 1.0 Overlay\nextends: ../out/secret.json\n', 'file-outside-root'),
  'RAML: types that double': raml(
    `${RAML}types:\n  L0: string\n${repeated(30, (level) => `  L${level + 1}: { type: "L${level} | L${level}" }\n`)}/a:\n  get: { responses: { 200: { body: L30 } } }\n`,
  ),
  'RAML: parents that double': raml(
    `${RAML}types:\n  L0: object\n${repeated(24, (level) => `  M${level}: { type: L${level} }\n  L${level + 1}: { type: [L${level}, M${level}] }\n`)}/a:\n  get: { responses: { 200: { body: L24 } } }\n`,
  ),
  'RAML: JSON Schema that doubles': ramlType(
    `|\n    ${JSON.stringify({
      definitions: many(41, (level) => [
        `L${level}`,
        level === 40 ? {} : { allOf: Array(2).fill({ $ref: `#/definitions/L${level + 1}` }) },
      ]),
      $ref: '#/definitions/L0',
    })}`,
    'size-limit',
  ),
  'RAML: escapes for the terminal': raml(
    `${RAML.replace('x', '"\\e[31mEVIL\\e]0;t\\a\\u202e"')}/a:\n  displayName: "\\e[2J"\n  get: { description: "\\e[2J" }\n`,
  ),
};
