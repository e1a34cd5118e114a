import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileReadOnly } from '../../../src/runtime/validation/read-only.ts';
import { object, ref } from '../../model/describe.ts';

const Line = object({ no: { type: 'integer', readOnly: true }, text: { type: 'string' } });
const schema = object({ lines: { type: 'array', items: ref('Line') } });
const rules = compileReadOnly(schema, { Line }, undefined);
const stored = [
  { no: 1, text: 'a' },
  { no: 2, text: 'b' },
];

const cases: Readonly<Record<string, readonly [sent: unknown, kept: unknown]>> = {
  'a value of the client': [[{ no: 9, text: 'new' }], [{ text: 'new' }]],
  'the same again': [stored, stored],
  'in another order': [
    [{ text: 'b' }, { text: 'a' }],
    [stored[1], stored[0]],
  ],
  'one less': [[{ text: 'b' }], [stored[1]]],
  'one more': [
    [{ text: 'a' }, { no: 9, text: 'x' }, { text: 'b' }],
    [stored[0], { text: 'x' }, stored[1]],
  ],
  'one changed': [
    [{ text: 'a' }, { text: 'B' }],
    [stored[0], { text: 'B', no: 2 }],
  ],
  'no object': [[1], [1]],
};

for (const [title, [sent, kept]] of Object.entries(cases)) {
  test(`items of an array: ${title}`, () => {
    assert.deepEqual(rules?.keep({ lines: sent }, { lines: stored }), { lines: kept });
  });
}

test('a new document has none', () => {
  assert.deepEqual(rules?.without({ lines: stored }), { lines: [{ text: 'a' }, { text: 'b' }] });
});
