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
};
