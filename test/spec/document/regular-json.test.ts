import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ParsedDocument, ParsedText } from '../../../src/spec/document/document.ts';
import { parseJson } from '../../../src/spec/document/json.ts';
import { childOf, type DocumentNode, rootOf } from '../../../src/spec/document/node.ts';
import { parseRegularJson } from '../../../src/spec/document/regular-json.ts';
import { MAX_ENTRIES, MAX_KEY, MAX_VALUES } from '../../../src/spec/document/size.ts';
import { isContainer } from '../../../src/spec/record.ts';

const start = { file: 'x.json', line: 1, column: 1 };
const locate = (offset: number) => ({ ...start, column: offset + 1 });

test('values and places are those that our own parser finds', () => {
  const container = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
  const indentation = fc.constantFrom(undefined, 1, 2, 4, '\t', ' \t');
  fc.assert(
    fc.property(container, indentation, fc.constantFrom('', '\n', '\r\n \n'), (value, space, end) => {
      const text = JSON.stringify(value, null, space) + end;
      const regular = parseRegularJson(text);
      assert.ok(regular, text);
      const usual = parseJson(text, locate);
      assert.deepEqual(regular.value, usual.value);
      assert.equal(regular.start, usual.start);
      assert.deepEqual(placesIn(regular), placesIn(usual), text);
    }),
  );
});

describe('texts that are not as JSON.stringify writes them, or too much for one document', () => {
  const texts: Readonly<Record<string, string>> = {
    'a key twice': '{"a":1,"a":2}',
    'a key twice with the same value': '{"a":1,"a":1}',
    'keys that JavaScript orders otherwise': '{"201":1,"200":2}',
    'spaces within a line': '{"a": 1}',
    'an indentation that changes': '{\n  "a": {\n      "b": 1\n  }\n}',
    'a Windows end of line': '{\r\n  "a": 1\r\n}',
    'an escape that needs none': '{"a":"\\/"}',
    'a number with an exponent': '{"a":1e2}',
    'minus zero': '{"a":-0}',
    'a number larger than any': '{"a":1e400}',
    'no end': '{"a":1',
    'a comma too many': '{"a":1,}',
    'a space in front': ' {"a":1}',
    'a key that is too long': JSON.stringify({ ['k'.repeat(MAX_KEY + 1)]: 1 }),
    'too many entries': JSON.stringify(Object.fromEntries(Array.from({ length: MAX_ENTRIES + 1 }, (_, n) => [n, 0]))),
    'too many values': JSON.stringify(Array.from({ length: MAX_VALUES + 1 }, () => 0)),
    'too deep': `${'['.repeat(300)}${']'.repeat(300)}`,
    'far too deep': `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`,
    'too long to count': JSON.stringify(['x'.repeat(4_000_000)]),
  };
  for (const [name, text] of Object.entries(texts)) {
    test(name, () => assert.equal(parseRegularJson(text), undefined));
  }
});

test('a key "__proto__" is an own property, with a place', () => {
  const regular = parseRegularJson('{"__proto__":{"a":1}}');
  assert.ok(regular);
  assert.deepEqual(placesIn(regular), [
    ['/__proto__', [1, 13]],
    ['/__proto__/a', [14, 18]],
  ]);
});

/** Pointer and offsets of every entry, asked for from the innermost to the outermost and back. */
function placesIn(parsed: ParsedText): unknown {
  const document: ParsedDocument = {
    file: 'x.json',
    value: parsed.value,
    start: parsed.start,
    diagnostics: parsed.diagnostics,
    entryOf: (parent, step) => parsed.entryOf(parent, step),
    placeAt: locate,
  };
  const parents = nodesIn(rootOf(document)).filter(({ value }) => isContainer(value));
  for (const parent of parents.toReversed()) parsed.entryOf(parent, 'asked for first');
  return nodesIn(rootOf(document)).flatMap((node) =>
    node.parent === undefined ? [] : [[node.pointer, parsed.entryOf(node.parent, node.step)]],
  );
}

function nodesIn(node: DocumentNode): readonly DocumentNode[] {
  const { value } = node;
  if (!isContainer(value)) return [node];
  return [node, ...Object.keys(value).flatMap((key) => nodesIn(childOf(node, key)))];
}
