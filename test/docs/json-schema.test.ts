/** Where ajv departs from JSON Schema, docs/json-schema.md says so, as long as it does. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';

const looked = { if: { properties: { a: { const: 1 } } }, unevaluatedProperties: false };
const all = {
  if: { additionalProperties: { type: 'number' } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { minProperties: 1 },
  unevaluatedProperties: false,
};

const verdicts: readonly (readonly [schema: object, value: object, verdict: boolean])[] = [
  [looked, { a: 1 }, false],
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  [{ ...looked, then: { minProperties: 0 } }, { a: 1 }, true],
  [{ ...looked, properties: { a: true } }, { a: 1 }, true],
  [all, { q: 'text' }, true],
];

for (const [schema, value, verdict] of verdicts) {
  it(`${JSON.stringify(schema)} of ${JSON.stringify(value)}`, () => {
    assert.equal(new Ajv2020({ strict: false }).validate(schema, value), verdict);
  });
}
