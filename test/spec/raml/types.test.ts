/**
 * RAML 1.0 types and RAML 0.8 parameters as JSON Schema: what a declaration becomes, and what it then accepts.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { ApiDescription } from '../../../src/model/description.ts';
import { parseTypeExpression, type TypeExpression } from '../../../src/spec/raml/types/expression.ts';
import { anchored, exceptFor } from '../../../src/spec/raml/types/pattern.ts';
import { describeText, readText } from './helpers.ts';

const head = '#%RAML 1.0\ntitle: x\nmediaType: application/json\n';

describe('a type becomes a schema', () => {
  const cases: readonly (readonly [raml: string, schema: unknown])[] = [
    ['string', { type: 'string' }],
    ['number', { type: 'number' }],
    ['integer', { type: 'integer' }],
    ['boolean', { type: 'boolean' }],
    ['nil', { type: 'null' }],
    ['any', {}],
    ['object', { type: 'object' }],
    ['date-only', { type: 'string', format: 'date' }],
    ['datetime', { type: 'string', format: 'date-time' }],
    ['file', { type: 'string', format: 'binary' }],
    [
      '{ type: file, fileTypes: [ image/png ], maxLength: 100 }',
      { type: 'string', format: 'binary', 'x-fileTypes': ['image/png'], maxLength: 100 },
    ],
    ['"string[]"', { type: 'array', items: { type: 'string' } }],
    ['"string[][]"', { type: 'array', items: { type: 'array', items: { type: 'string' } } }],
    ['string | nil', { type: ['string', 'null'] }],
    ['string?', { type: ['string', 'null'] }],
    ['"(string | integer)[]"', { type: 'array', items: { type: ['string', 'integer'] } }],
    ['Book', { $ref: '#/$defs/Book' }],
    ['"Book[]"', { type: 'array', items: { $ref: '#/$defs/Book' } }],
    ['Book | nil', { anyOf: [{ $ref: '#/$defs/Book' }, { type: 'null' }] }],
    ['{ type: Book, description: The best. }', { $ref: '#/$defs/Book', description: 'The best.' }],
    [
      '{ type: string, minLength: 1, maxLength: 3, default: ab }',
      { type: 'string', minLength: 1, maxLength: 3, default: 'ab' },
    ],
    ['{ type: string, pattern: "[a-z]+" }', { type: 'string', pattern: '^(?:[a-z]+)$' }],
    ['{ type: string, pattern: "^[a-z]+$" }', { type: 'string', pattern: '^[a-z]+$' }],
    ['{ enum: [ a, b ] }', { type: 'string', enum: ['a', 'b'] }],
    ['{ type: integer, enum: [ 1, 2 ] }', { type: 'integer', enum: [1, 2] }],
    [
      '{ type: number, minimum: 0, maximum: 1.5, multipleOf: 0.5 }',
      { type: 'number', minimum: 0, maximum: 1.5, multipleOf: 0.5 },
    ],
    ['{ type: number, format: int8 }', { type: 'integer', minimum: -128, maximum: 127, 'x-format': 'int8' }],
    ['{ type: integer, format: int8, minimum: 0 }', { type: 'integer', minimum: 0, maximum: 127, 'x-format': 'int8' }],
    ['{ type: number, format: int32 }', { type: 'integer', format: 'int32' }],
    ['{ type: number, format: long }', { type: 'integer', format: 'int64' }],
    ['{ type: number, format: double }', { type: 'number', format: 'double' }],
    [
      '{ type: array, items: string, uniqueItems: true, minItems: 1, maxItems: 5 }',
      { type: 'array', items: { type: 'string' }, uniqueItems: true, minItems: 1, maxItems: 5 },
    ],
    [
      '{ type: array, items: { properties: { a: string } } }',
      { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] } },
    ],
    [
      '{ properties: { a: string, b?: integer, c: { type: string, required: false } } }',
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'integer' }, c: { type: 'string' } },
        required: ['a'],
      },
    ],
    [
      '{ properties: { a: string }, additionalProperties: false, minProperties: 1, maxProperties: 2 }',
      {
        type: 'object',
        properties: { a: { type: 'string' } },
        required: ['a'],
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 2,
      },
    ],
    ['{ properties: { /^x-/: string } }', { type: 'object', patternProperties: { '^x-': { type: 'string' } } }],
    ['{ properties: { //: integer } }', { type: 'object', additionalProperties: { type: 'integer' } }],
    [
      '{ properties: { x-a: integer, /^x-/: string } }',
      {
        type: 'object',
        properties: { 'x-a': { type: 'integer' } },
        required: ['x-a'],
        patternProperties: { '^(?!(?:x-a)$)(?:^x-)': { type: 'string' } },
      },
    ],
    [
      '{ properties: { /^x-/: string, /y$/: integer } }',
      {
        type: 'object',
        patternProperties: { '^x-': { type: 'string' }, '^(?!(?:^x-))[\\s\\S]*?(?:y$)': { type: 'integer' } },
      },
    ],
    ['{ type: date-only, enum: ["2015-05-23"] }', { type: 'string', format: 'date', enum: ['2015-05-23'] }],
    ['{ type: boolean, enum: [true] }', { type: 'boolean', enum: [true] }],
    ['{ type: integer, example: { value: x, strict: false } }', { type: 'integer' }],
    ['{ type: array, example: "[1]" }', { type: 'array', examples: [[1]] }],
    [
      '{ properties: { a: { type: string, xml: { attribute: true, name: A } } } }',
      { type: 'object', properties: { a: { type: 'string', xml: { attribute: true, name: 'A' } } }, required: ['a'] },
    ],
    [
      '{ type: string, displayName: Name, description: A name., example: Ada }',
      { type: 'string', title: 'Name', description: 'A name.', examples: ['Ada'] },
    ],
    ['{ type: string, (flag): 3 }', { type: 'string', '(flag)': 3 }],
  ];
  for (const [raml, schema] of cases) {
    test(raml, async () => {
      const { $defs } = await describeText(
        `${head}annotationTypes: { flag: integer }\ntypes:\n  Book: object\n  Holder:\n    properties:\n      it: ${raml}\n`,
      );
      const { Holder } = $defs;
      assert.ok(typeof Holder === 'object');
      assert.deepEqual(Holder.properties, { it: schema });
    });
  }
});

describe('inheritance', () => {
  const zoo = `${head}types:
  Named: { properties: { name: string, note?: { type: string, maxLength: 10 } } }
  Priced: { properties: { price: { type: number, minimum: 0 } } }
  Closed: { type: Named, additionalProperties: false, properties: { age: integer } }
  Both: { type: [ Named, Priced ], description: Both of them. }
  Code: { type: string, pattern: "[A-Z]+", minLength: 2, description: A code. }
  Short: { type: Code, maxLength: 4 }
  Role: { properties: { role: { enum: [ boss, clerk, guest ] } } }
  Employee: { type: Role, properties: { role: { enum: [ clerk ] } } }
  Person: { properties: { name: string, friends?: "Person[]", boss?: Person } }
  Student: { type: Person, properties: { school: string } }
  Animal: { discriminator: kind, properties: { kind: string } }
  Cat: { type: Animal, discriminatorValue: cat, properties: { lives: integer } }
  Kitten: { type: Cat }
  Money: { type: number, facets: { currency: string } }
  Euro: { type: Money, currency: EUR }
  Choice: Named | Priced
`;
  const accepts: readonly (readonly [type: string, value: unknown, valid: boolean])[] = [
    ['Closed', { name: 'a', age: 1 }, true],
    ['Closed', { name: 'a', age: 1, other: 1 }, false],
    ['Closed', { age: 1 }, false],
    ['Closed', { name: 'a', age: 1, note: 'longer than ten' }, false],
    ['Both', { name: 'a', price: 1 }, true],
    ['Both', { name: 'a' }, false],
    ['Both', { name: 'a', price: -1 }, false],
    ['Short', 'ABC', true],
    ['Short', 'A', false],
    ['Short', 'ABCDE', false],
    ['Short', 'AB1', false],
    ['Employee', { role: 'clerk' }, true],
    ['Employee', { role: 'boss' }, false],
    ['Student', { name: 'a', school: 'b', friends: [{ name: 'c' }], boss: { name: 'd' } }, true],
    ['Student', { name: 'a', school: 'b', friends: [{}] }, false],
    ['Animal', { kind: 'cat' }, true],
    ['Animal', { kind: 'Animal' }, true],
    ['Animal', { kind: 'dog' }, false],
    ['Cat', { kind: 'cat', lives: 9 }, true],
    ['Cat', { kind: 'Kitten', lives: 9 }, true],
    ['Cat', { kind: 'Animal', lives: 9 }, false],
    ['Choice', { name: 'a' }, true],
    ['Choice', { price: 1 }, true],
    ['Choice', {}, false],
  ];
  let description: Promise<ApiDescription> | undefined;
  const read = () => {
    description ??= describeText(zoo);
    return description;
  };
  for (const [type, value, valid] of accepts) {
    test(`${type} ${valid ? 'accepts' : 'refuses'} ${JSON.stringify(value)}`, async () => {
      assert.equal(validator(await read(), type)(value), valid);
    });
  }

  test('descriptions are not inherited, and facets of users are', async () => {
    const { $defs } = await read();
    assert.deepEqual($defs.Short, { type: 'string', minLength: 2, pattern: '^(?:[A-Z]+)$', maxLength: 4 });
    assert.deepEqual($defs.Euro, { type: 'number', 'x-facets': { currency: 'EUR' } });
  });

  test('a discriminator maps values to types', async () => {
    const { $defs } = await read();
    const { Animal, Cat } = $defs;
    assert.ok(typeof Animal === 'object' && typeof Cat === 'object');
    assert.deepEqual(Animal.discriminator, {
      propertyName: 'kind',
      mapping: { Animal: '#/$defs/Animal', cat: '#/$defs/Cat', Kitten: '#/$defs/Kitten' },
    });
    assert.deepEqual(Cat.discriminator, {
      propertyName: 'kind',
      mapping: { cat: '#/$defs/Cat', Kitten: '#/$defs/Kitten' },
    });
  });

  test('places of types and properties', async () => {
    const { schemaPositions } = await read();
    assert.deepEqual(schemaPositions['#/$defs/Named'], { file: 'api.raml', line: 5, column: 3 });
    const column = (zoo.split('\n')[4] ?? '').indexOf('note?') + 1;
    assert.deepEqual(schemaPositions['#/$defs/Named/properties/note'], { file: 'api.raml', line: 5, column });
  });
});

describe('dates and times', () => {
  const raml = `${head}types:\n  T: { properties: { time?: time-only, local?: datetime-only, http?: { type: datetime, format: rfc2616 }, day?: date-only, at?: datetime } }\n`;
  const cases: readonly (readonly [property: string, value: string, valid: boolean])[] = [
    ['time', '12:30:00', true],
    ['time', '12:30:00.5', true],
    ['time', '12:30', false],
    ['time', '25:00:00', false],
    ['time', '12:30:00Z', false],
    ['local', '2015-07-04T21:00:00', true],
    ['local', '2015-07-04T21:00:00Z', false],
    ['local', '2015-13-04T21:00:00', false],
    ['http', 'Sun, 28 Feb 2016 16:41:41 GMT', true],
    ['http', '2016-02-28T16:41:41Z', false],
    ['day', '2015-05-23', true],
    ['day', '2015-02-30', false],
    ['at', '2016-02-28T16:41:41.090Z', true],
    ['at', '2016-02-28', false],
  ];
  for (const [property, value, valid] of cases) {
    test(`${property} ${valid ? 'accepts' : 'refuses'} ${value}`, async () => {
      assert.equal(validator(await describeText(raml), 'T')({ [property]: value }), valid);
    });
  }
});

describe('types in other languages', () => {
  const user =
    '{ "$schema": "http://json-schema.org/draft-04/schema#", "title": "User schema", "type": "object", "_auth_model": true, "required": ["name"], "properties": { "name": { "type": "string", "x-index": true }, "group": { "$ref": "group.json#/definitions/group" } } }';
  const group = '{ "definitions": { "group": { "type": "string", "enum": ["a", "b"] } } }';
  const beside = { 'schemas/user.json': user, 'schemas/group.json': group };

  test('a JSON Schema in a file: named after the type, its references followed, its own keys kept', async () => {
    const { $defs } = await describeText(`${head}types:\n  Account: !include schemas/user.json\n/a:\n  get:\n`, beside);
    assert.deepEqual(Object.keys($defs), ['Account', 'group']);
    const { Account } = $defs;
    assert.ok(typeof Account === 'object');
    assert.equal(Account._auth_model, true);
    assert.deepEqual(Account.properties, {
      name: { type: 'string', 'x-index': true },
      group: { $ref: '#/$defs/group' },
    });
  });

  test('one that is only used in a body is named after its file, once', async () => {
    const { $defs, paths } = await describeText(
      `${head}/a:\n  post:\n    body: !include schemas/user.json\n    responses: { 200: { body: { type: !include schemas/user.json } } }\n`,
      beside,
    );
    assert.deepEqual(Object.keys($defs).sort(), ['group', 'user']);
    const [operation] = paths[0]?.operations ?? [];
    assert.deepEqual(operation?.requestBody?.content[0]?.schema, { $ref: '#/$defs/user' });
    assert.deepEqual(operation?.responses[0]?.content[0]?.schema, { $ref: '#/$defs/user' });
  });

  test('draft 7 is no mistake, and neither is a JSON Schema type as a property', async () => {
    const { diagnostics } = await readText(
      `${head}types:\n  S: '{ "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "required": ["a"], "properties": { "a": {} } }'\n  T: { properties: { s: S } }\n/a:\n  get:\n`,
    );
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === 'error'),
      [],
    );
  });

  test('an XML Schema stays text', async () => {
    const xsd =
      '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:string"/></xs:schema>';
    const { $defs } = await describeText(`${head}types:\n  X: !include a.xsd\n/a:\n  get:\n`, { 'a.xsd': xsd });
    assert.deepEqual($defs.X, { type: 'string', contentMediaType: 'application/xml', 'x-xml-schema': xsd });
  });

  test('types of libraries have qualified names', async () => {
    const { $defs } = await describeText(
      `${head}uses: { lib: lib.raml }\ntypes:\n  A: { properties: { b: lib.B } }\n`,
      {
        'lib.raml': '#%RAML 1.0 Library\ntypes:\n  B: { properties: { c: C } }\n  C: string\n',
      },
    );
    assert.deepEqual(Object.keys($defs), ['A', 'lib.B', 'lib.C']);
    assert.deepEqual($defs['lib.B'], { type: 'object', properties: { c: { $ref: '#/$defs/lib.C' } }, required: ['c'] });
  });
});

describe('type expressions', () => {
  const name = (text: string) => ({ kind: 'name', name: text });
  const cases: readonly (readonly [text: string, expression: unknown])[] = [
    ['Book', name('Book')],
    ['lib.Book[]', { kind: 'array', items: name('lib.Book') }],
    ['A | B | C', { kind: 'union', options: [name('A'), name('B'), name('C')] }],
    ['A|(B|C)', { kind: 'union', options: [name('A'), name('B'), name('C')] }],
    ['(A | B)[]', { kind: 'array', items: { kind: 'union', options: [name('A'), name('B')] } }],
    ['A?', { kind: 'union', options: [name('A'), name('nil')] }],
    ['A[ ]', { kind: 'array', items: name('A') }],
    ['(A', undefined],
    ['A)', undefined],
    ['A |', undefined],
    ['[]', undefined],
    ['A[', undefined],
    ['A B', undefined],
    ['', undefined],
    ['('.repeat(10_000), undefined],
  ];
  for (const [text, expression] of cases) {
    test(JSON.stringify(text.slice(0, 20)), () => assert.deepEqual(parseTypeExpression(text), expression));
  }
});

test('an expression that is written out reads as itself', () => {
  const { expression } = fc.letrec<{
    expression: TypeExpression;
    name: TypeExpression;
    array: TypeExpression;
    union: TypeExpression;
  }>((tie) => ({
    expression: fc.oneof({ depthSize: 'small' }, tie('name'), tie('array'), tie('union')),
    name: fc.constantFrom('A', 'lib.B', 'date-only', 'x_1').map((name) => ({ kind: 'name', name })),
    array: tie('expression').map((items) => ({ kind: 'array', items })),
    union: fc
      .array(fc.oneof(tie('name'), tie('array')), { minLength: 2, maxLength: 4 })
      .map((options) => ({ kind: 'union', options })),
  }));
  fc.assert(fc.property(expression, (tree) => assert.deepEqual(parseTypeExpression(written(tree)), tree)));
});

function written(expression: TypeExpression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'array':
      return expression.items.kind === 'union' ? `(${written(expression.items)})[]` : `${written(expression.items)}[]`;
    case 'union':
      return expression.options.map(written).join(' | ');
  }
}

test('any text at all is an expression or none, without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('A', '(', ')', '[', ']', '|', '?', ' ', '.') }), (text) => {
      assert.doesNotThrow(() => parseTypeExpression(text));
    }),
  );
});

describe('patterns', () => {
  const cases: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
    ['a|b', 'a', true],
    ['a|b', 'ab', false],
    ['^a|b$', 'ax', false],
    ['^a$', 'a', true],
    ['^a\\$', 'a$', true],
    ['^a\\$', 'a$x', false],
    ['[0-9]{3}', '1234', false],
    ['[\\w\\-]+\\@x', 'a-b@x', true],
  ];
  for (const [pattern, text, matches] of cases) {
    test(`/${pattern}/ as a whole ${matches ? 'matches' : 'does not match'} ${text}`, () => {
      const whole = anchored(pattern);
      assert.ok(whole !== undefined);
      assert.equal(new RegExp(whole, 'u').test(text), matches);
    });
  }
  test('what is no regular expression', () => assert.equal(anchored('(?i'), undefined));
  test('names that are declared are left out', () => {
    const pattern = exceptFor('^a', ['ab', 'b', 'a.c']);
    assert.deepEqual(
      ['ab', 'abc', 'a', 'a.c', 'axc'].map((text) => new RegExp(pattern).test(text)),
      [false, true, true, false, true],
    );
  });
});

function validator({ $defs }: ApiDescription, type: string): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, logger: false });
  addFormats.default(ajv);
  const validate = ajv.compile({ $defs, $ref: `#/$defs/${type}` });
  return (value) => validate(value);
}
