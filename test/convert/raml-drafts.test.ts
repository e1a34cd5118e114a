/**
 * JSON Schema inside of RAML is of the oldest draft that can say it, and accepts what it accepted: as ajv judges both.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import fc from 'fast-check';
import { inOldestDraft } from '../../src/convert/raml/older-draft.ts';
import type { SchemaObject } from '../../src/model/description.ts';

const options = { strict: false, logger: false } as const;

interface Row {
  readonly schema: SchemaObject;
  /** What it becomes, without `$schema`. */
  readonly older: SchemaObject;
  readonly draft: '04' | '07' | '2020-12';
}

const rows: Readonly<Record<string, Row>> = {
  'plain keywords': { schema: { type: 'string', minLength: 2 }, older: { type: 'string', minLength: 2 }, draft: '04' },
  const: { schema: { const: 1 }, older: { enum: [1] }, draft: '04' },
  'const beside enum': {
    schema: { const: 1, enum: [1, 2] },
    older: { enum: [1, 2], allOf: [{ enum: [1] }] },
    draft: '04',
  },
  'an exclusive limit': {
    schema: { exclusiveMinimum: 1, exclusiveMaximum: 5 },
    older: { minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: true },
    draft: '04',
  },
  'an exclusive limit that decides': {
    schema: { minimum: 1, exclusiveMinimum: 1 },
    older: { minimum: 1, exclusiveMinimum: true },
    draft: '04',
  },
  'an exclusive limit that does not decide': {
    schema: { maximum: 1, exclusiveMaximum: 2 },
    older: { maximum: 1 },
    draft: '04',
  },
  'schemas that are true or false': {
    schema: { properties: { a: true, b: false }, additionalProperties: false },
    older: { properties: { a: {}, b: { not: {} } }, additionalProperties: false },
    draft: '04',
  },
  tuples: {
    schema: { prefixItems: [{ type: 'string' }], items: false },
    older: { items: [{ type: 'string' }], additionalItems: { not: {} } },
    draft: '04',
  },
  'dependencies of both kinds on one property': {
    schema: { dependentRequired: { a: ['b'] }, dependentSchemas: { a: { minProperties: 3 } } },
    older: { allOf: [{ dependencies: { a: ['b'] } }, { dependencies: { a: { minProperties: 3 } } }] },
    draft: '04',
  },
  'required of nothing': { schema: { required: [] }, older: {}, draft: '04' },
  'a description beside a reference': {
    schema: { $ref: '#/$defs/a', description: 'an a', $defs: { a: { const: 1 } } },
    older: { $ref: '#/definitions/a', description: 'an a', definitions: { a: { enum: [1] } } },
    draft: '04',
  },
  'a constraint beside a reference': {
    schema: { $ref: '#/$defs/a', minLength: 2, $defs: { a: { type: 'string' } } },
    older: { minLength: 2, definitions: { a: { type: 'string' } }, allOf: [{ $ref: '#/definitions/a' }] },
    draft: '04',
  },
  'properties called like keywords': {
    schema: { properties: { if: { type: 'string' }, $ref: { const: 1 } }, default: { $ref: '#/$defs/a', const: 2 } },
    older: { properties: { if: { type: 'string' }, $ref: { enum: [1] } }, default: { $ref: '#/$defs/a', const: 2 } },
    draft: '04',
  },
  'a condition': {
    schema: { if: { const: 1 }, else: { type: 'string' }, $defs: { a: true } },
    older: { if: { const: 1 }, else: { type: 'string' }, definitions: { a: true } },
    draft: '07',
  },
  'a condition far within': {
    schema: { properties: { a: { items: { contains: { const: 1 } } } } },
    older: { properties: { a: { items: { contains: { const: 1 } } } } },
    draft: '07',
  },
  'what only 2020-12 can say': {
    schema: { unevaluatedProperties: false, $defs: { a: { const: 1 } } },
    older: { unevaluatedProperties: false, $defs: { a: { const: 1 } } },
    draft: '2020-12',
  },
};

describe('a schema in the oldest draft', () => {
  for (const [name, { schema, older, draft }] of Object.entries(rows)) {
    it(name, () => {
      const { $schema, ...written } = inOldestDraft(schema);
      assert.deepEqual(written, older);
      assert.ok(String($schema).includes(draft), String($schema));
    });
  }

  it('accepts the same values, whatever it says', () => {
    fc.assert(
      fc.property(schemas, fc.array(values, { minLength: 5, maxLength: 5 }), (schema, instances) => {
        const before = new Ajv2020(options).compile(schema);
        const older = inOldestDraft(schema);
        const after = judgeOf(older);
        for (const instance of instances) {
          assert.equal(after(instance), before(instance), `${JSON.stringify(older)} on ${JSON.stringify(instance)}`);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function judgeOf(schema: SchemaObject): ValidateFunction {
  const { $schema, ...bare } = schema;
  const text: AnySchema = bare;
  if (String($schema).includes('draft-04')) return new AjvDraft04.default(options).compile(text);
  return ($schema === 'http://json-schema.org/draft-07/schema#' ? new Ajv(options) : new Ajv2020(options)).compile(
    text,
  );
}

const names = fc.constantFrom('a', 'b', 'c');
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.integer({ min: 0, max: 4 }),
    fc.constantFrom('', 'a', 'bb', null, true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const small = fc.integer({ min: 0, max: 4 });
/** A few keywords at a time: with many, nothing would be valid before or after. */
const { node } = fc.letrec<{ schema: SchemaObject | boolean; all: SchemaObject; node: SchemaObject }>((tie) => ({
  schema: fc.oneof({ depthSize: 'small', maxDepth: 3 }, fc.boolean(), fc.constant({ type: 'integer' }), tie('node')),
  node: fc
    .tuple(tie('all'), fc.uniqueArray(fc.nat(10), { minLength: 1, maxLength: 5 }))
    .map(([all, taken]) => Object.fromEntries(Object.entries(all).filter((_, index) => taken.includes(index)))),
  all: fc.record(
    {
      $ref: fc.constantFrom('#/$defs/a', '#/$defs/b'),
      type: fc.constantFrom('object', 'array', 'integer', ['string', 'null', 'object', 'array', 'integer']),
      const: values,
      enum: fc.uniqueArray(small, { minLength: 1, maxLength: 4 }),
      minimum: small,
      exclusiveMinimum: small,
      maximum: small,
      exclusiveMaximum: small,
      required: fc.uniqueArray(names, { maxLength: 2 }),
      properties: fc.dictionary(names, tie('schema'), { maxKeys: 2, noNullPrototype: true }),
      additionalProperties: tie('schema'),
      prefixItems: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
      items: tie('schema'),
      dependentRequired: fc.dictionary(names, fc.uniqueArray(names, { maxLength: 2 }), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
      dependentSchemas: fc.dictionary(names, tie('schema'), { maxKeys: 2, noNullPrototype: true }),
      allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
      not: tie('schema'),
      contains: tie('schema'),
      if: tie('schema'),
      else: tie('schema'),
    },
    { requiredKeys: [] },
  ),
}));
const schemas = node.map((schema) => ({ ...schema, $defs: { a: { const: 1 }, b: { exclusiveMinimum: 2 } } }));
