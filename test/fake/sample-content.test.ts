import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type SampleOptions, sample } from '../../src/fake/sample.ts';
import type { JsonSchema } from '../../src/model/description.ts';

const text = { type: 'string' };
const account = {
  type: 'object',
  required: ['id', 'password'],
  properties: { id: { type: 'integer', readOnly: true }, name: text, password: { ...text, writeOnly: true } },
};

/** What a sample holds, beyond being valid. */
const cases: readonly [title: string, schema: JsonSchema, options: SampleOptions, value: unknown][] = [
  ['the example first', { ...text, default: 'd', examples: ['b'], example: 'a' }, {}, 'a'],
  ['then examples', { ...text, default: 'd', examples: ['b', 'c'] }, {}, 'b'],
  ['named examples', { ...text, examples: { one: { value: 'b' } } }, {}, 'b'],
  ['then the default', { ...text, default: 'd' }, {}, 'd'],
  ['the first of an enumeration', { enum: ['x', 'y'] }, {}, 'x'],
  ['an example of the whole', { type: 'object', properties: { a: text }, example: { a: 'x' } }, {}, { a: 'x' }],
  [
    'an example that lacks what is required is passed over',
    { type: 'object', required: ['a'], properties: { a: { const: 1 } }, example: {} },
    {},
    { a: 1 },
  ],
  [
    'a response hides what is write-only',
    { ...account, example: { id: 1, name: 'n', password: 'p' } },
    {},
    { id: 1, name: 'n' },
  ],
  [
    'a request leaves out what is read-only',
    { ...account, example: { id: 1, name: 'n', password: 'p' } },
    { direction: 'request' },
    { name: 'n', password: 'p' },
  ],
  [
    'a generated response',
    { ...account, properties: { ...account.properties, id: { const: 1, readOnly: true }, name: { const: 'n' } } },
    {},
    { id: 1, name: 'n' },
  ],
  [
    'nothing but what is required',
    { type: 'object', required: ['a'], properties: { a: { const: 1 }, b: { const: 2 } } },
    { optional: 'none' },
    { a: 1 },
  ],
  [
    'members in their declared order',
    { type: 'object', required: ['b'], properties: { a: { const: 1 }, b: { const: 2 } } },
    {},
    { a: 1, b: 2 },
  ],
  ['a map shows an entry', { type: 'object', additionalProperties: { const: 1 } }, { seed: 1 }, { juniper: 1 }],
  ['a tree ends', { $ref: '#/$defs/Tree' }, {}, { name: 'x', children: [{ name: 'x', children: [] }] }],
  ['a list shows an element', { type: 'array', items: { const: 1 } }, {}, [1]],
];

const $defs = {
  Tree: {
    type: 'object',
    properties: { name: { const: 'x' }, children: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
  },
};

describe('what a sample holds', () => {
  for (const [title, schema, options, value] of cases) {
    test(title, () => assert.equal(JSON.stringify(sample(schema, $defs, options)), JSON.stringify(value)));
  }
});

test('names suggest what is written', () => {
  const named = sample(
    {
      type: 'object',
      properties: {
        email: text,
        firstName: text,
        city: text,
        price: { type: 'number' },
        year: { type: 'integer' },
        latitude: { type: 'number' },
      },
    },
    {},
    { seed: 42 },
  );
  assert.deepEqual(named, expectedOfSeed42);
});

/** The same bytes on every machine and in every version: changing the generator is a change for its users. */
const expectedOfSeed42 = {
  email: 'elif.becker@example.com',
  firstName: 'Juana',
  city: 'Jaipur',
  price: 72.15,
  year: 2025,
  latitude: 27.66,
};

test('a change to one property leaves the others alone', () => {
  const properties = { a: text, b: text, c: { type: 'integer' } };
  const before = sample({ type: 'object', properties }, {}, { seed: 5 });
  const after = sample(
    { type: 'object', properties: { ...properties, b: { type: 'boolean' }, d: text } },
    {},
    { seed: 5 },
  );
  assert.ok(isRecord(before) && isRecord(after));
  assert.deepEqual([after.a, after.c], [before.a, before.c]);
});

test('seeds give different rows', () => {
  const rows = Array.from({ length: 50 }, (_, seed) =>
    sample(
      { type: 'object', properties: { email: text, id: { type: 'string', format: 'uuid' } } },
      {},
      { seed, examples: false },
    ),
  );
  assert.equal(new Set(rows.map((row) => JSON.stringify(row))).size, 50);
});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
