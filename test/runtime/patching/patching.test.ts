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
  ['a name that is empty', {}, [{ op: 'add', path: '/', value: 1 }], { '': 1 }],
  ['a list made from an object', { a: 1 }, [{ op: 'add', path: '', value: [] }], []],
  ['move to where it is', { a: 1 }, [{ op: 'move', from: '/a', path: '/a' }], { a: 1 }],
  ['move within a list', { a: [1, 2, 3] }, [{ op: 'move', from: '/a/0', path: '/a/2' }], { a: [2, 3, 1] }],
  ['test in another order', { a: 1, b: 2 }, [{ op: 'test', path: '', value: { b: 2, a: 1 } }], { a: 1, b: 2 }],
  ['a number as a name', { a: {} }, [{ op: 'add', path: '/a/0', value: 1 }], { a: { 0: 1 } }],
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
    [Array(1001).fill({ op: 'test', path: '/a', value: 1 }), 'invalid-body'],
    [[{ op: 'test', path: '/a', value: 2 }], 'patch-failed'],
    [[{ op: 'remove', path: '/b' }], 'patch-failed'],
    [[{ op: 'replace', path: '/b/c', value: 1 }], 'patch-failed'],
    [[{ op: 'add', path: '/constructor/prototype/x', value: 1 }], 'patch-failed'],
    [[{ op: 'test', path: '/toString', value: 1 }], 'patch-failed'],
    [[{ op: 'copy', from: '/toString', path: '/b' }], 'patch-failed'],
    [[{ op: 'add', path: '/text/x', value: 1 }], 'patch-failed'],
    [[{ op: 'remove', path: '/text/length' }], 'patch-failed'],
    [[{ op: 'test', path: '/text/length', value: 3 }], 'patch-failed'],
    [[{ op: 'copy', from: '/list/length', path: '/b' }], 'patch-failed'],
    [[{ op: 'add', path: '/list/2', value: 1 }], 'patch-failed'],
    [[{ op: 'add', path: '/list/x', value: 1 }], 'patch-failed'],
    [[{ op: 'replace', path: '/list/1', value: 1 }], 'patch-failed'],
    [[{ op: 'replace', path: '/list/-', value: 1 }], 'patch-failed'],
    [[{ op: 'replace', path: '/list/-1', value: 1 }], 'patch-failed'],
    [[{ op: 'replace', path: '/list/x', value: 1 }], 'patch-failed'],
    [[{ op: 'replace', path: '/list/00', value: 1 }], 'patch-failed'],
    [[{ op: 'remove', path: '/list/1e0' }], 'patch-failed'],
    [[{ op: 'move', from: '/list', path: '/list/0' }], 'patch-failed'],
    [Array.from({ length: 40 }, (_, at) => ({ op: 'copy', from: '', path: `/k${at}` })), 'patch-failed'],
    [Array.from({ length: 65 }, (_, at) => ({ op: 'add', path: '/d'.repeat(at + 1), value: {} })), 'patch-failed'],
  ];
  for (const [patch, code] of refused) {
    it(`${JSON.stringify(patch).slice(0, 70)} is ${code}`, () => {
      assert.throws(
        () => parseJsonPatch(patch)({ a: 1, text: 'abc', list: ['x'] }),
        (error) => error instanceof ApiError && error.code === code,
      );
    });
  }

  it('takes __proto__, constructor and prototype for names like any other', () => {
    const patch: unknown = JSON.parse(`[
      {"op":"add","path":"/__proto__","value":{"x":1}},
      {"op":"add","path":"/__proto__/y","value":{"__proto__":2}},
      {"op":"replace","path":"/__proto__/x","value":3},
      {"op":"add","path":"/constructor","value":{"prototype":4}},
      {"op":"test","path":"/constructor/prototype","value":4},
      {"op":"copy","from":"/__proto__","path":"/prototype"},
      {"op":"remove","path":"/__proto__/y"}
    ]`);
    assert.equal(
      JSON.stringify(parseJsonPatch(patch)({})),
      '{"__proto__":{"x":3},"constructor":{"prototype":4},"prototype":{"x":3,"y":{"__proto__":2}}}',
    );
    assert.equal(Reflect.get({}, 'x'), undefined);
  });
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
