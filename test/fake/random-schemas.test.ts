import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sample } from '../../src/fake/sample.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { createAccepts } from './accepts.ts';

/** Schemas that some value fits, by construction. */
const { schema } = fc.letrec<{
  schema: JsonSchema;
  leaf: JsonSchema;
  object: JsonSchema;
  array: JsonSchema;
  union: JsonSchema;
}>((tie) => ({
  schema: fc.oneof({ maxDepth: 4, depthSize: 'small' }, tie('leaf'), tie('object'), tie('array'), tie('union')),
  leaf: fc.oneof(
    texts(),
    numbers(),
    fc.constantFrom<JsonSchema>({ type: 'boolean' }, { type: 'null' }, true, { const: { a: [1] } }),
  ),
  object: fc
    .record({
      members: fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 4 }), tie('schema'), fc.boolean()), {
        maxLength: 4,
        selector: ([name]) => name,
      }),
      closed: fc.boolean(),
      split: fc.boolean(),
    })
    .map(({ members, closed, split }) => {
      const properties = Object.fromEntries(members.map(([name, member]) => [name, member]));
      const required = members.filter(([, , isRequired]) => isRequired).map(([name]) => name);
      const whole = { type: 'object', properties, required };
      if (split) return { allOf: [{ type: 'object', required }, { properties }] };
      return closed ? { ...whole, additionalProperties: false } : whole;
    }),
  array: fc
    .tuple(tie('schema'), fc.nat(3), fc.nat(3))
    .map(([items, minItems, room]) => ({ type: 'array', items, minItems, maxItems: minItems + room })),
  union: fc
    .tuple(texts(), numbers(), fc.constantFrom('anyOf', 'oneOf'))
    .map(([text, number, keyword]) => ({ [keyword]: [{ type: 'null' }, text, number] })),
}));

function texts(): fc.Arbitrary<JsonSchema> {
  return fc.oneof(
    fc
      .tuple(fc.nat(60), fc.nat(40))
      .map(([minLength, room]) => ({ type: 'string', minLength, maxLength: minLength + room })),
    fc.constantFrom('date', 'date-time', 'email', 'uuid', 'uri', 'ipv4').map((format) => ({ type: 'string', format })),
    fc
      .constantFrom('^[A-Z]{2}$', '^\\d+(\\.\\d{2})?$', '^(a|bc)*d$', '[^\\s]')
      .map((pattern) => ({ type: 'string', pattern })),
    fc.array(fc.string(), { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
  );
}

function numbers(): fc.Arbitrary<JsonSchema> {
  return fc.oneof(
    fc
      .tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.nat(50), fc.constantFrom('integer', 'number'))
      .map(([minimum, room, type]) => ({ type, minimum, maximum: minimum + room })),
    fc
      .tuple(fc.integer({ min: -1e3, max: 1e3 }), fc.constantFrom(1e-3, 0.5, 2))
      .map(([bound, room]) => ({ type: 'number', exclusiveMinimum: bound, exclusiveMaximum: bound + room })),
    fc.constantFrom(1, 3, 7, 0.25, 100).map((multipleOf) => ({ type: 'number', multipleOf })),
  );
}

test('samples of random schemas are valid and repeatable', () => {
  fc.assert(
    fc.property(schema, fc.nat(), fc.boolean(), (random, seed, examples) => {
      const accepts = createAccepts({});
      const value = sample(random, {}, { seed, examples });
      assert.ok(accepts(random, value), JSON.stringify(value));
      assert.equal(JSON.stringify(sample(random, {}, { seed, examples })), JSON.stringify(value));
    }),
    { numRuns: 300 },
  );
});
