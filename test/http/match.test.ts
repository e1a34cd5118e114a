import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { differences } from './match.ts';
import { absent, type Expected, holding, including, matching, present } from './scenario.ts';

const cases: readonly [title: string, actual: unknown, expected: Expected, differs: readonly string[]][] = [
  ['equal', { a: [1, null] }, { a: [1, null] }, []],
  ['another value', { a: 1 }, { a: 2 }, ['/a should be 2, but is 1']],
  ['one member too many', { a: 1, b: 2 }, { a: 1 }, ['/b should not be there, but is 2']],
  ['one member too few', {}, { a: 1 }, ['/a should be 1, but is missing']],
  ['another length', [1], [1, 2], ['the value should be [1,2], but is [1]']],
  ['including', { a: 1, b: 2 }, including({ a: 1 }), []],
  ['including, another value', { a: { b: 1 } }, including({ a: including({ b: 2 }) }), ['/a/b should be 2, but is 1']],
  ['including, no object', [], including({}), ['the value should be an object, but is []']],
  ['matching', 'abc', matching('^a'), []],
  ['matching, no text', 5, matching('5'), ['the value should match 5, but is 5']],
  ['holding', [1, { a: 1, b: 2 }], holding(including({ a: 1 })), []],
  ['holding, not', [1], holding(2), ['the value should hold 2, but is [1]']],
  ['absent', undefined, absent, []],
  ['absent, but there', 1, absent, ['the value should not be there, but is 1']],
  ['absent within', { a: 1 }, including({ b: absent }), []],
  ['present', null, present, []],
  ['present, but missing', {}, { a: present }, ['/a is missing']],
];

describe('how answers are compared with what is expected', () => {
  for (const [title, actual, expected, differs] of cases) {
    test(title, () => assert.deepEqual(differences(actual, expected), differs));
  }
});

test('patterns are data', () => {
  for (const [, , expected] of cases) assert.deepEqual(JSON.parse(JSON.stringify(expected)), expected);
});
