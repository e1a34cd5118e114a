import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fieldNames, fieldPath } from '../../src/model/field-path.ts';

const paths: readonly (readonly [names: readonly string[], path: string])[] = [
  [['title'], 'title'],
  [['address', 'city'], 'address.city'],
  [['../x'], '\\.\\./x'],
  [['a.b', 'c'], 'a\\.b.c'],
  [['a\\'], 'a\\\\'],
  [[''], ''],
  [['a', ''], 'a.'],
];

describe('a path to a property', () => {
  for (const [names, path] of paths) {
    test(`${JSON.stringify(names)}: ${path}`, () => {
      assert.equal(fieldPath(names), path);
      assert.deepEqual(fieldNames(path), names);
    });
  }

  test('comes back as it was, whatever the names', () => {
    const name = fc.string({ unit: fc.constantFrom('a', '.', '\\', '\n', '😀') });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), (names) => assert.deepEqual(fieldNames(fieldPath(names)), names)),
    );
  });
});
