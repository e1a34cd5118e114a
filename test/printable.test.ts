import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printable } from '../src/printable.ts';

const cases: readonly (readonly [text: string, want: string])[] = [
  ['Ngũgĩ wa Thiong’o 😀\t!', 'Ngũgĩ wa Thiong’o 😀\t!'],
  ['a\u001b[31mb', 'a\\u001b[31mb'],
  ['a\u0007\u0000\u007f\u009b', 'a\\u0007\\u0000\\u007f\\u009b'],
  ['a\r\nb', 'a\\u000d\\u000ab'],
  ['a\u2028b\u202eb', 'a\\u2028b\\u202eb'],
  ['a\u061cb\u200bc\u2066d', 'a\\u061cb\\u200bc\\u2066d'],
  ['a family 👨‍👩‍👧 and नमस्ते', 'a family 👨‍👩‍👧 and नमस्ते'],
  ['lone \ud800 and \udc00', 'lone \\ud800 and \\udc00'],
];

for (const [text, want] of cases) test(JSON.stringify(text), () => assert.equal(printable(text), want));

test('newlines on demand', () => assert.equal(printable('a\nb', { newlines: true }), 'a\nb'));
