import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../../src/model/build.ts';
import type { JsonSchema } from '../../../src/model/description.ts';
import { markRepeats } from '../../../src/model/repeats.ts';
import { loadValidator } from '../../../src/runtime/validation/validator.ts';
import { describe as description, object, ref } from '../../model/describe.ts';

/** Recursive schemas that look at each child more than once, and what leads from a level to the next. */
const multiplying: Readonly<Record<string, readonly [JsonSchema, (child: unknown) => unknown]>> = {
  'oneOf of overlapping forms': [
    { oneOf: [object({ and: list(), x: true }), object({ and: list(), y: true })] },
    (child) => ({ and: [child] }),
  ],
  'anyOf, none of which fits in the end': [
    { anyOf: [object({ child: ref('It') }, { required: ['a'] }), object({ child: ref('It') }, { required: ['b'] })] },
    (child) => ({ child }),
  ],
  allOf: [{ allOf: [object({ child: ref('It') }), object({ child: ref('It') })] }, (child) => ({ child })],
  'a reference into a definition': [
    object({ child: { allOf: [object({ child: into() }), object({ child: into() })] } }),
    (child) => ({ child }),
  ],
  'overlapping patterns': [
    { type: 'object', patternProperties: { '^c': ref('It'), d$: ref('It') } },
    (child) => ({ child }),
  ],
};

function list(): JsonSchema {
  return { type: 'array', items: ref('It') };
}

function into(): JsonSchema {
  return { $ref: '#/$defs/It/properties/child' };
}

describe('the work of a check is bounded', () => {
  for (const [title, [It, wrap]] of Object.entries(multiplying)) {
    it(title, async () => {
      const validator = await loadValidator(buildModel(description({}, { It })));
      let value: unknown = {};
      for (let level = 0; level < 60; level++) value = wrap(value);
      const violations = validator.request(ref('It'))(value);
      assert.equal(violations.length, 1);
      assert.match(violations[0]?.message ?? '', /too deeply/);
      // Stops at the first violation, which may be near the top; without a bound, it need not end.
      validator.request(ref('It'), 'first')(value);
      validator.accepts(ref('It'), value);
      // And goes on with others.
      assert.deepEqual(
        validator
          .request(ref('It'))(wrap({}))
          .filter(({ message }) => /too deeply/.test(message)),
        [],
      );
    });
  }

  it('a large document that is not nested is checked to its end', async () => {
    const It = {
      oneOf: [object({ and: list() }, { required: ['and'] }), object({ or: list() }, { required: ['or'] })],
    };
    const validator = await loadValidator(buildModel(description({}, { It: { anyOf: [It, { type: 'integer' }] } })));
    const value = { and: Array.from({ length: 50_000 }, () => ({ or: [1] })) };
    assert.deepEqual(validator.request(ref('It'))(value), []);
  });
});

describe('definitions that cannot multiply work stay as they are', () => {
  const plain: Readonly<Record<string, JsonSchema>> = {
    'a tree': object({ children: list() }),
    'a nullable child': object({ child: { anyOf: [ref('It'), { type: 'null' }] } }),
    'two children': object({ left: ref('It'), right: ref('It') }),
    'a union of others': { oneOf: [ref('Other'), ref('Other')] },
  };
  for (const [title, It] of Object.entries(plain)) {
    it(title, () => {
      const definitions = { It, Other: object({ name: { type: 'string' } }) };
      assert.deepEqual(markRepeats(definitions, 'counted'), definitions);
    });
  }
});
