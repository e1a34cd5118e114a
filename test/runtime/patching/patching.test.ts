import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../../src/errors.ts';
import { parseJsonPatch } from '../../../src/runtime/patching/json-patch.ts';
import { mergePatch } from '../../../src/runtime/patching/merge-patch.ts';
import { changeList, changeObject } from '../../../src/runtime/patching/mini-language.ts';

/** RFC 7396, appendix A. */
const merges: readonly [target: unknown, patch: unknown, result: unknown][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

describe('a merge patch', () => {
  for (const [target, patch, result] of merges) {
    it(`${JSON.stringify(target)} with ${JSON.stringify(patch)}`, () => {
      const before = JSON.stringify([target, patch]);
      assert.deepEqual(mergePatch(target, patch), result);
      assert.equal(JSON.stringify([target, patch]), before);
    });
  }

  it('takes __proto__ for a name like any other', () => {
    const patch: unknown = JSON.parse('{"__proto__":{"polluted":1}}');
    assert.equal(JSON.stringify(mergePatch({ a: 1 }, patch)), '{"a":1,"__proto__":{"polluted":1}}');
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });
});

const patches: readonly [name: string, document: unknown, patch: unknown, result: unknown][] = [
  ['add', { a: 1 }, [{ op: 'add', path: '/b', value: 2 }], { a: 1, b: 2 }],
  ['add into a list', { a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
  ['add to the end', { a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
  ['replace', { a: 1 }, [{ op: 'replace', path: '/a', value: null }], { a: null }],
  ['replace all', { a: 1 }, [{ op: 'replace', path: '', value: { b: 1 } }], { b: 1 }],
  ['move', { a: 1 }, [{ op: 'move', from: '/a', path: '/b' }], { b: 1 }],
  ['copy', { a: { c: 1 } }, [{ op: 'copy', from: '/a', path: '/b' }], { a: { c: 1 }, b: { c: 1 } }],
  ['test', { a: { b: [1] } }, [{ op: 'test', path: '/a', value: { b: [1] } }], { a: { b: [1] } }],
  [
    'escapes',
    { 'a/b': 1, 'c~d': 2 },
    [
      { op: 'remove', path: '/a~1b' },
      { op: 'remove', path: '/c~0d' },
    ],
    {},
  ],
];

describe('a JSON Patch', () => {
  for (const [name, document, patch, result] of patches) {
    it(name, () => {
      const before = JSON.stringify(document);
      assert.deepEqual(parseJsonPatch(patch)(document), result);
      assert.equal(JSON.stringify(document), before);
    });
  }

  const refused: readonly [patch: unknown, code: string][] = [
    [{}, 'invalid-body'],
    [[1], 'invalid-body'],
    [[{ op: 'add', path: '/a' }], 'invalid-body'],
    [[{ op: 'add', path: 'a', value: 1 }], 'invalid-body'],
    [[{ op: 'move', path: '/a' }], 'invalid-body'],
    [[{ op: 'add', path: '/constructor/prototype/x', value: 1 }], 'invalid-body'],
    [Array(1001).fill({ op: 'test', path: '/a', value: 1 }), 'invalid-body'],
    [[{ op: 'test', path: '/a', value: 2 }], 'patch-failed'],
    [[{ op: 'remove', path: '/b' }], 'patch-failed'],
    [[{ op: 'replace', path: '/b/c', value: 1 }], 'patch-failed'],
  ];
  for (const [patch, code] of refused) {
    it(`${JSON.stringify(patch).slice(0, 70)} is ${code}`, () => {
      assert.throws(
        () => parseJsonPatch(patch)({ a: 1 }),
        (error) => error instanceof ApiError && error.code === code,
      );
    });
  }
});

describe("Ramses' mini-language", () => {
  const lists: readonly [list: readonly unknown[], change: unknown, result: readonly unknown[]][] = [
    [
      ['a', 'b'],
      ['c', '-a'],
      ['b', 'c'],
    ],
    [['a'], ['a', 'a'], ['a']],
    [['a'], { b: null, '-a': null }, ['b']],
    [['a'], 'b', ['a', 'b']],
    [['a'], '', []],
    [['a'], null, []],
    [
      [1, 2],
      [3, '-1'],
      [2, 3],
    ],
    [['a'], ['__x', 'b'], ['a', 'b']],
  ];
  for (const [list, change, result] of lists) {
    it(`${JSON.stringify(list)} with ${JSON.stringify(change)}`, () =>
      assert.deepEqual(changeList(list, change), result));
  }

  it('a change of a list that says nothing', () => {
    assert.throws(() => changeList(['a'], []), ApiError);
  });

  it('objects merge one level deep', () => {
    assert.deepEqual(changeObject({ a: 1, b: { c: 1 } }, { '-a': null, b: { d: 1 }, __x: 1 }), { b: { d: 1 } });
    assert.deepEqual(changeObject({ a: 1 }, null), {});
    assert.throws(() => changeObject({}, 5), ApiError);
  });
});
