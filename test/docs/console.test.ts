import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleCommands, matchesShown } from './console.ts';

test('commands and what they print', () => {
  const markdown = [
    '# Title',
    '```sh',
    '$ not run',
    '```',
    '```console',
    '$ curl -X POST \\',
    "    -d '{}' url",
    'HTTP/1.1 201 Created',
    '',
    '{}',
    '$ true',
    '```',
    '$ not run',
  ].join('\n');
  assert.deepEqual(consoleCommands(markdown), [
    { line: 6, command: "curl -X POST \\\n    -d '{}' url", expected: 'HTTP/1.1 201 Created\n\n{}' },
    { line: 11, command: 'true', expected: '' },
  ]);
});

const comparisons: readonly (readonly [string, boolean, string, string])[] = [
  ['the same', true, 'a\nb', 'a\nb\n'],
  ['another', false, 'a', 'b'],
  ['carriage returns and spaces at line ends', true, 'a\n\nb', 'a \r\n\r\nb'],
  ['anything within a line', true, 'ETag: "…"', 'ETag: "17"'],
  ['not beyond the line', false, 'a…', 'a\nb'],
  ['any lines', true, 'a\n…\nd', 'a\nb\nc\nd'],
  ['no lines', true, 'a\n…\nd', 'a\nd'],
  ['a missing end', false, 'a\n…\nd', 'a\nb'],
  ['characters that mean something in a pattern', true, '{"a":[1.5]}', '{"a":[1.5]}'],
  ['a dot is a dot', false, '1.5', '1x5'],
  ['JSON laid out', true, '{\n  "id": "…",\n  "n": 1\n}', '{"id":"x-1","n":1}'],
  ['JSON that differs', false, '{\n  "n": 1\n}', '{"n":2}'],
];

for (const [name, expected, shown, actual] of comparisons) {
  test(`shown and printed: ${name}`, () => assert.equal(matchesShown(shown, actual), expected));
}
