import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sample } from '../../src/fake/sample.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { createAccepts } from './accepts.ts';

type Defs = Record<string, JsonSchema>;

/** Schemas by what is difficult about them. Every sample must be valid, without a validator's help where `alone`. */
const schemas: Record<string, { schema: JsonSchema; $defs?: Defs; needsValidator?: true }> = {
  true: { schema: true },
  'no keyword': { schema: {} },
  'a plain object': {
    schema: { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { type: 'integer' } } },
  },
  'required but not declared': { schema: { type: 'object', required: ['a', 'b'] } },
  closed: { schema: { properties: { a: { type: 'boolean' } }, additionalProperties: false } },
  'a property called __proto__': {
    schema: { type: 'object', required: ['__proto__'], properties: JSON.parse('{"__proto__":{"type":"integer"}}') },
  },
  'bounds of integers': { schema: { type: 'integer', exclusiveMinimum: 7, maximum: 8 } },
  'bounds of numbers': { schema: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.001 } },
  'bounds of numbers around a usual range': { schema: { type: 'number', exclusiveMinimum: -1, exclusiveMaximum: 1 } },
  'negative numbers': { schema: { type: 'number', maximum: -5000 } },
  multiples: { schema: { type: 'integer', multipleOf: 7, minimum: 50, maximum: 60 } },
  'decimal multiples': { schema: { type: 'number', multipleOf: 0.01, minimum: 19.99, maximum: 20 } },
  'integers of a fractional step': { schema: { type: 'integer', multipleOf: 2.5 } },
  'tiny multiples': { schema: { type: 'number', multipleOf: 1e-8, maximum: 0.00000005, minimum: 0 } },
  'min and max length': { schema: { type: 'string', minLength: 37, maxLength: 37 } },
  'length counts characters': { schema: { type: 'string', maxLength: 1, minLength: 1 } },
  'a country code': { schema: { type: 'string', pattern: '^[A-Z]{2}$' } },
  'an ISBN': { schema: { type: 'string', pattern: '^[0-9]{13}$' } },
  'alternation and groups': { schema: { type: 'string', pattern: '^(?:red|(gr(?:a|e)y)|blue)-\\d{2,4}$' } },
  'a back reference': { schema: { type: 'string', pattern: '^(a|b)\\1-(?<year>\\d{4})$' } },
  'a lookahead': { schema: { type: 'string', pattern: '^(?=.*\\d)(?=.*[a-z]).{8,}$' } },
  'negated classes': { schema: { type: 'string', pattern: '^[^/\\s]+/[^/]+$' } },
  'unicode classes': { schema: { type: 'string', pattern: '^\\p{Lu}\\p{Ll}+$' } },
  escapes: { schema: { type: 'string', pattern: '^\\x41\\u0042\\.\\w\\s\\t?$' } },
  'pattern and length': { schema: { type: 'string', pattern: '^[a-z]+$', minLength: 21, maxLength: 21 } },
  'pattern without anchors': { schema: { type: 'string', pattern: 'abc', minLength: 10 } },
  'two patterns': { schema: { allOf: [{ pattern: '^[a-z0-9]+$' }, { pattern: '\\d' }], type: 'string' } },
  enum: { schema: { enum: ['EUR', 'USD'] } },
  'const null': { schema: { const: null } },
  nullable: { schema: { type: ['null', 'integer'] } },
  'only null': { schema: { type: 'null' } },
  'unique items': { schema: { type: 'array', items: { type: 'string' }, uniqueItems: true, minItems: 8 } },
  'unique enum': { schema: { type: 'array', items: { enum: [1, 2, 3] }, uniqueItems: true, minItems: 3 } },
  'unique booleans': { schema: { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 2 } },
  tuple: { schema: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], items: false } },
  contains: { schema: { type: 'array', contains: { const: 5 }, minContains: 2, items: { type: 'integer' } } },
  'no items': { schema: { type: 'array', maxItems: 0, items: { type: 'string' } } },
  'min properties': { schema: { type: 'object', minProperties: 4, properties: { a: true } } },
  'max properties': {
    schema: {
      type: 'object',
      maxProperties: 1,
      required: ['b'],
      properties: { a: { type: 'string' }, b: { type: 'string' } },
    },
  },
  'a map': { schema: { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 2 } },
  'pattern properties': {
    schema: {
      type: 'object',
      patternProperties: { '^x-[a-z]+$': { type: 'integer' } },
      additionalProperties: false,
      minProperties: 2,
    },
  },
  'property names': { schema: { type: 'object', propertyNames: { pattern: '^[A-Z]{3}$' }, minProperties: 2 } },
  'dependent required': {
    schema: { properties: { card: { type: 'string' } }, dependentRequired: { card: ['address'], address: ['zip'] } },
  },
  'dependent schemas': {
    schema: {
      type: 'object',
      properties: { card: { type: 'string' } },
      dependentSchemas: { card: { required: ['zip'] } },
    },
    needsValidator: true,
  },
  'allOf merges': {
    schema: {
      allOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'number', minimum: 3 } } },
        { properties: { a: { type: 'integer', maximum: 4 } } },
      ],
    },
  },
  'allOf with two bounds': {
    schema: {
      allOf: [
        { type: 'integer', minimum: 3, maximum: 9 },
        { minimum: 8, maximum: 20 },
      ],
    },
  },
  'anyOf of types': { schema: { anyOf: [{ type: 'null' }, { type: 'integer', minimum: 3 }] } },
  'anyOf beside a type': { schema: { type: 'integer', anyOf: [{ type: 'string' }, { minimum: 3 }] } },
  'oneOf that must not overlap': {
    schema: {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    needsValidator: true,
  },
  discriminator: {
    schema: { oneOf: [{ $ref: '#/$defs/Cat' }, { $ref: '#/$defs/Dog' }], discriminator: { propertyName: 'kind' } },
    $defs: {
      Cat: { type: 'object', required: ['kind'], properties: { kind: { const: 'Cat' }, lives: { type: 'integer' } } },
      Dog: { type: 'object', required: ['kind'], properties: { kind: { const: 'Dog' } } },
    },
  },
  'if then else': {
    schema: {
      type: 'object',
      required: ['country', 'zip'],
      properties: { country: { enum: ['US', 'CA'] }, zip: { type: 'string' } },
      if: { properties: { country: { const: 'US' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { zip: { pattern: '^\\d{5}$' } } },
      else: { properties: { zip: { pattern: '^[A-Z]\\d[A-Z]$' } } },
    },
  },
  not: {
    schema: { type: 'object', properties: { a: { type: 'string' } }, not: { required: ['a'] } },
    needsValidator: true,
  },
  'a tree': {
    schema: { $ref: '#/$defs/Node' },
    $defs: {
      Node: {
        type: 'object',
        required: ['name', 'children'],
        properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/Node' } } },
      },
    },
  },
  'a list that ends by a choice': {
    schema: { $ref: '#/$defs/List' },
    $defs: {
      List: {
        type: 'object',
        required: ['next'],
        properties: { next: { anyOf: [{ $ref: '#/$defs/List' }, { type: 'null' }] } },
      },
    },
  },
  'reference beside keywords': {
    schema: { $ref: '#/$defs/Positive', maximum: 3 },
    $defs: { Positive: { type: 'integer', minimum: 1 } },
  },
  'reference into a definition': {
    schema: { $ref: '#/$defs/Book/properties/isbn' },
    $defs: { Book: { properties: { isbn: { type: 'string', pattern: '^\\d{13}$' } } } },
  },
  'an invalid example is passed over': { schema: { type: 'integer', minimum: 5, example: 1 }, needsValidator: true },
};

for (const format of [
  'date',
  'date-time',
  'time',
  'email',
  'uri',
  'uuid',
  'ipv4',
  'ipv6',
  'hostname',
  'duration',
  'byte',
  'uri-reference',
  'uri-template',
  'json-pointer',
  'relative-json-pointer',
  'regex',
  'int32',
  'float',
  'password',
]) {
  schemas[`format ${format}`] = { schema: { type: 'string', format } };
  schemas[`format ${format}, short`] = {
    schema: { type: 'string', format, maxLength: format.startsWith('uri') ? 40 : 60 },
  };
}

describe('a sample is valid', () => {
  for (const [name, { schema, $defs = {}, needsValidator }] of Object.entries(schemas)) {
    test(name, () => {
      const accepts = createAccepts($defs);
      for (let seed = 0; seed < 8; seed++) {
        for (const examples of [true, false]) {
          for (const optional of ['all', 'some', 'none'] as const) {
            const options = { seed, examples, optional, ...(needsValidator && { accepts }) };
            const value = sample(schema, $defs, options);
            assert.ok(accepts(schema, value), `${JSON.stringify(options)} gave ${JSON.stringify(value)}`);
            assert.equal(JSON.stringify(sample(schema, $defs, options)), JSON.stringify(value), 'not repeatable');
          }
        }
      }
    });
  }
});
