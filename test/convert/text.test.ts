/** What is written can be shown by a terminal, and is read as what it was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { jsonText, ramlText, yamlText } from '../../src/convert/text.ts';

const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

const texts: Readonly<Record<string, string>> = {
  'a control sequence of one character (C1)': 'red: \u009b31m',
  'an escape': '\u001b]0;title\u0007',
  'a bidirectional override': 'user\u202egpj.exe',
  'a byte order mark': '\ufeff# title',
  'a zero byte': 'a\u0000b',
  'a line separator': 'a\u2028b',
  'a carriage return among lines': 'one\r\ntwo\r\nthree\n',
  'lines and an escape': 'one\n  two\u009b2J\n\nthree\n',
  'a backslash before it': '\\\u009b \\u009b "quoted"',
  'half a surrogate pair': 'a\ud800b',
  'quite ordinary': 'Ünïcödé 😀 “quotes”\ttab',
};

for (const [name, text] of Object.entries(texts)) {
  test(name, () => {
    const document = { [text]: text, list: [{ description: text }] };
    for (const written of [yamlText(document), ramlText(document), jsonText(document)]) {
      assert.doesNotMatch(written, UNSAFE);
      assert.deepEqual(parse(written), document);
    }
    assert.deepEqual(JSON.parse(jsonText(document)), document);
  });
}

test('any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const document = { text, list: [text] };
      for (const written of [yamlText(document), jsonText(document)]) {
        assert.doesNotMatch(written, UNSAFE);
        assert.deepEqual(parse(written), document);
      }
    }),
  );
});
