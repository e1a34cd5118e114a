import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from '../../../src/spec/document/document.ts';
import { childOf, placeOf, placeOfValue, rootOf } from '../../../src/spec/document/node.ts';
import { parseYaml } from '../../../src/spec/document/yaml.ts';
import { stepsOf } from '../../../src/spec/pointer.ts';

/** `[text, value, findings as "line:column message"]`. */
type Row = readonly [string, unknown, ...(readonly string[])];

const yaml: Readonly<Record<string, Row>> = {
  nothing: ['', null],
  'keys as text': ['200: a\n1.0: b\nyes: c\nnull: d', { 200: 'a', '1.0': 'b', yes: 'c', null: 'd' }],
  'words that YAML 1.1 took for flags': ['a: yes\nb: on\nc: 2020-01-01', { a: 'yes', b: 'on', c: '2020-01-01' }],
  'an alias': ['a: &x { b: 1 }\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
  'a merge key, own keys winning': [
    'x: &x { a: 1, b: 1 }\ny: { <<: *x, b: 2 }',
    { x: { a: 1, b: 1 }, y: { b: 2, a: 1 } },
  ],
  'merge keys in a list, the first winning': [
    'x: &x { a: 1 }\ny: &y { a: 2, b: 2 }\nz: { <<: [*x, *y] }',
    { x: { a: 1 }, y: { a: 2, b: 2 }, z: { a: 1, b: 2 } },
  ],
  'a key twice': ['a: 1\nb: 2\na: 3', { a: 3, b: 2 }, '3:1 The key "a" occurs twice; it stands on line 1 already.'],
  'a mapping as a key': ['? { a: 1 }\n: b', {}, '1:3 A key must be a single value.'],
  'an unknown anchor': ['a: *x', { a: null }, '1:4 No anchor "&x" stands above.'],
  'an alias inside of its anchor': ['a: &a [*a]', { a: [null] }, '1:8 The alias "*a" stands inside of its own anchor.'],
  'no number': ['a: .nan', { a: null }, '1:4 .nan is no number that JSON knows.'],
  'a tab': ['a:\n\tb: 1', { a: null, b: 1 }, '2:1 Tabs are not allowed as indentation.'],
  'two documents': ['a: 1\n---\nb: 2', { a: 1 }, '2:1 A second document begins here, and one file describes one API.'],
  'a quote that is not closed': [
    'a: "b\nc: 1',
    { a: 'b c: ' },
    '1:4 The quote that opens here is not closed on its line.',
  ],
};

const json: Readonly<Record<string, Row>> = {
  'all kinds of values': [
    '{"a":[1,-2.5e3,"\\u00e9\\n",true,false,null,{}]}',
    { a: [1, -2500, 'é\n', true, false, null, {}] },
  ],
  '__proto__ as a key': ['{"__proto__":{"a":1}}', JSON.parse('{"__proto__":{"a":1}}')],
  'a key twice': [
    '{"a":1,\n"a":2}',
    { a: 2 },
    '2:1 The key "a" occurs twice; it stands on line 1 already. The last one counts.',
  ],
  'a comma too many': ['{"a":1,}', undefined, '1:8 A key in double quotes was expected.'],
  'a comma too many in a list': ['[1,\n]', undefined, '2:1 A value was expected.'],
  'a comma missing': ['{"a":1 "b":2}', undefined, '1:8 A comma or a closing brace was expected.'],
  'a colon missing': ['{"a" 1}', undefined, '1:6 A colon was expected after the key "a".'],
  'single quotes': ["{'a':1}", undefined, '1:2 A key in double quotes was expected.'],
  'a comment': ['{"a":1} // b', undefined, '1:9 The text goes on after the end of the JSON value.'],
  'a word': ['{"a":tru}', undefined, '1:6 "tru" is no JSON value.'],
  'a string over two lines': ['{"a":"b\n"}', undefined, '1:6 The string that starts here has no closing quote.'],
  'a bad escape': ['{"a":"\\x"}', undefined, '1:7 This backslash begins no escape of JSON.'],
  'a number too large': ['{"a":1e400}', undefined, '1:6 1e400 is larger than a number can be.'],
  'the end in the middle': ['{"a":', undefined, '1:6 The text ends in the middle of a value.'],
};

for (const [language, rows] of Object.entries({ yaml, json })) {
  describe(`parsing ${language}`, () => {
    for (const [name, [text, value, ...findings]] of Object.entries(rows)) {
      it(name, () => {
        const parsed = parseDocument(text, `x.${language}`);
        assert.deepEqual(parsed.value, value);
        assert.deepEqual(
          parsed.diagnostics.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`),
          findings,
        );
      });
    }
  });
}

describe('places', () => {
  const text = 'a:\n  - b: 1\n  -   c\n"d/e": { f~g: "h" }\n';
  const rows: Readonly<Record<string, readonly [key: string, value: string]>> = {
    '': ['1:1', '1:1'],
    '/a': ['1:1', '2:3'],
    '/a/0': ['2:5', '2:5'],
    '/a/0/b': ['2:5', '2:8'],
    '/a/1': ['3:7', '3:7'],
    '/d~1e': ['4:1', '4:8'],
    '/d~1e/f~0g': ['4:10', '4:15'],
    '/a/0/missing': ['2:5', '2:5'],
  };
  for (const [pointer, expected] of Object.entries(rows)) {
    it(`of ${pointer || 'the whole'}`, () => {
      const parsed = parseDocument(text, 'x.yaml');
      const words = ({ line, column }: { readonly line: number; readonly column: number }) => `${line}:${column}`;
      const node = childOf(rootOf(parsed), ...stepsOf(pointer));
      assert.deepEqual([words(placeOf(node)), words(placeOfValue(node))], expected);
    });
  }

  it('of a text inside of a file', () => {
    const parsed = parseDocument('{\n"a": 1 }', 'api.raml', { line: 10, column: 7 });
    assert.deepEqual(placeOf(childOf(rootOf(parsed), 'a')), { file: 'api.raml', line: 11, column: 7 });
  });

  it('of what a merge key brings are those of its anchor', () => {
    const parsed = parseDocument('x: &x { a: 1 }\ny: { <<: *x }', 'x.yaml');
    assert.deepEqual(placeOf(childOf(rootOf(parsed), 'y', 'a')), { file: 'x.yaml', line: 1, column: 9 });
  });
});

describe('JSON', () => {
  it('is read as JSON.parse reads it, and as YAML reads it', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const wanted: unknown = JSON.parse(text);
        const written = JSON.stringify(wanted, null, indent);
        assert.deepEqual(parseDocument(written, 'x.json').value, wanted);
        const asYaml = parseYaml(written, () => ({ file: '', line: 1, column: 1 }));
        assert.deepEqual([asYaml.value, asYaml.diagnostics], [JSON.parse(written), []]);
      }),
    );
  });
});
