import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fieldPath } from '../../../src/model/field-path.ts';
import { dropMembers, keepMembers, pathTree } from '../../../src/runtime/present/json-text.ts';

const cases: readonly [title: string, text: string, paths: readonly string[], dropped: string, kept: string][] = [
  ['a member', '{"a":1,"b":2}', ['a'], '{"b":2}', '{"a":1}'],
  ['the only member', '{"a":1}', ['a'], '{}', '{"a":1}'],
  ['nothing', '{"a":1,"b":2}', [], '{"a":1,"b":2}', '{}'],
  ['a nested member', '{"a":{"b":1,"c":2},"d":3}', ['a.b'], '{"a":{"c":2},"d":3}', '{"a":{"b":1}}'],
  ['through an array', '{"a":[{"b":1,"c":2},{"c":3}]}', ['a.b'], '{"a":[{"c":2},{"c":3}]}', '{"a":[{"b":1},{}]}'],
  ['a path and its parent', '{"a":{"b":1}}', ['a', 'a.b'], '{}', '{"a":{"b":1}}'],
  ['into a scalar', '{"a":1,"b":2}', ['a.b'], '{"a":1,"b":2}', '{}'],
  ['into null', '{"a":null}', ['a.b'], '{"a":null}', '{}'],
  ['an absent member', '{"a":1}', ['x', 'a.b.c'], '{"a":1}', '{}'],
  ['an escaped name', '{"p\\u0061ss":1,"b":2}', ['pass'], '{"b":2}', '{"p\\u0061ss":1}'],
  ['a name given twice', '{"a":1,"b":2,"a":3}', ['a'], '{"b":2}', '{"a":1,"a":3}'],
  ['large numbers', '{"a":12345678901234567890,"b":1.0,"c":0}', ['c'], '{"a":12345678901234567890,"b":1.0}', '{"c":0}'],
  ['brackets and quotes in texts', '{"a":"}]\\"{","b":"\\\\","c":[]}', ['c'], '{"a":"}]\\"{","b":"\\\\"}', '{"c":[]}'],
  ['white space', ' { "a" : 1 , "b" : [ 1 , 2 ] } ', ['a'], '{"b":[ 1 , 2 ]}', '{"a":1}'],
  ['a member called __proto__', '{"__proto__":1,"a":2}', ['__proto__'], '{"a":2}', '{"__proto__":1}'],
];

describe('members are cut out of the text', () => {
  for (const [title, text, paths, dropped, kept] of cases) {
    test(title, () => {
      assert.equal(dropMembers(text, pathTree(paths)), dropped);
      assert.equal(keepMembers(text, pathTree(paths)), kept);
    });
  }
});

const names = ['a', 'b', 'c"', 'd\\', 'e.f', 'é', '__proto__', ''];
const documents = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, tie('scalar'), tie('object'), fc.array(tie('value'), { maxLength: 3 })),
  scalar: fc.oneof(
    fc.string(),
    fc.integer(),
    // JSON.stringify makes -0 a 0.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
  ),
  object: fc
    .array(fc.tuple(fc.constantFrom(...names), tie('value')), { maxLength: 4 })
    .map((members) => Object.fromEntries(members)),
})).object;
const paths = fc.array(fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }), { maxLength: 3 });

test('what is cut is what parsing, deleting and writing again gives', () => {
  fc.assert(
    fc.property(documents, paths, fc.constantFrom(undefined, 2), (document, chosen, indent) => {
      const text = JSON.stringify(document, null, indent);
      const tree = pathTree(chosen.map(fieldPath));
      assert.deepEqual(JSON.parse(dropMembers(text, tree)), without(document, chosen));
      const both = [dropMembers(text, tree), keepMembers(text, tree)].map((part) => JSON.parse(part));
      for (const part of both) assert.equal(typeof part, 'object');
    }),
  );
});

/** The slow and obvious way. */
function without(value: unknown, chosen: readonly (readonly string[])[]): unknown {
  if (Array.isArray(value)) return value.map((element) => without(element, chosen));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const inner = chosen.filter(([first]) => first === name).map((path) => path.slice(1));
    if (inner.some((path) => path.length === 0)) return [];
    return [[name, without(member, inner)]];
  });
  return Object.fromEntries(members);
}
