import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ApiError } from '../../../src/errors.ts';
import { parseJson } from '../../../src/runtime/request/json.ts';
import { explainJson } from '../../../src/runtime/request/json-problems.ts';

const sound: readonly string[] = [
  'null',
  ' [ ] ',
  '{}',
  '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
  '{"a\\"":1,"a\\\\":2,"a\\\\\\"":3}',
  '{"x":"\\"a\\":1"}',
  '{"x": "a\\\\" , "y" :1}',
  '"\\ud83d\\ude00"',
  '[1e5, 1E+02, -0, 0.5, 9007199254740991, 0.1234567890123456789]',
];

const problems: Readonly<Record<string, RegExp>> = {
  '': /empty.*line 1, column 1/,
  '{"a":1,"a":2}': /"a" comes twice/,
  '{"a":{"b":1},"a\\u0000":{"b":1,"b":2}}': /"b" comes twice/,
  '["\\uD800"]': /surrogate/,
  '["\\uDC00\\uD800"]': /surrogate/,
  '[1e309]': /larger than/,
  '[-1E400]': /larger than/,
  '[9007199254740993]': /2\^53/,
  '[1,]': /"," before "]"/,
  '[1 2]': /"," or "]" was expected/,
  '{a:1}': /a key in quotes/,
  '{"a":}': /a JSON value was expected/,
  '{"a":undefined}': /a JSON value was expected/,
  '[+1]': /a JSON value was expected/,
  '[.5]': /a JSON value was expected/,
  '[1.]': /not a JSON number/,
  '[0x10]': /not a JSON number/,
  '["a': /not closed/,
  '["\\x"]': /unknown escape/,
  "['a']": /double quotes/,
  '[true false]': /was expected/,
  '// a': /a JSON value was expected/,
  '\ufeff{}': /a JSON value was expected/,
};

describe('strict JSON', () => {
  for (const text of sound) {
    it(`takes ${text}`, () => {
      assert.deepEqual(parseJson(text), JSON.parse(text));
      assert.equal(explainJson(text, 64), undefined);
    });
  }

  for (const [text, message] of Object.entries(problems)) {
    it(`refuses ${text || 'nothing'}`, () => {
      assert.throws(
        () => parseJson(text),
        (error) => error instanceof ApiError && error.code === 'malformed-body' && message.test(error.detail),
      );
    });
  }

  it('agrees with JSON.parse on all documents that it writes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5, noUnicodeString: false }), (text) => {
        // A number that is written with more digits than it holds is refused on purpose.
        fc.pre(!/\d{16}/.test(text));
        assert.deepEqual(parseJson(text), JSON.parse(text));
      }),
    );
  });

  it('the explainer finds a problem exactly where JSON.parse does', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', ':', '1', 'x'),
        (text, at, put) => {
          const cut = at % (text.length + 1);
          const broken = text.slice(0, cut) + put + text.slice(cut + 1);
          const isValid = parses(broken);
          const problem = explainJson(broken, 64);
          if (!isValid) assert.ok(problem, broken);
          else if (problem) assert.match(problem.message, /twice|surrogate|larger|2\^53/);
        },
      ),
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
