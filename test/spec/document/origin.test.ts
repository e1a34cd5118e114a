import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { originOf } from '../../../src/spec/document/origin.ts';
import { openSource } from '../../../src/spec/source.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-origin-'));
after(() => rmSync(folder, { recursive: true }));

writeFileSync(join(folder, 'user.json'), '{}\n');
const file = 'api.raml';
writeFileSync(
  join(folder, file),
  [
    'a: |',
    '  {',
    '    "type": "object"',
    '  }',
    'b: |',
    '',
    '    {',
    '      "type": "array"',
    '    }',
    'c: \'{ "type": "string" }\'',
    'd: !include user.json',
    'e: !include missing.json',
  ].join('\n'),
);
const source = openSource(join(folder, file));

const cases: readonly (readonly [
  name: string,
  text: string,
  line: number,
  want: Readonly<{ file: string; line: number; column: number }>,
])[] = [
  ['a block below its key', '{\n  "type": "object"\n}\n', 1, { file, line: 2, column: 3 }],
  ['a block that begins as another one', '{\n  "type": "array"\n}\n', 1, { file, line: 7, column: 5 }],
  ['a block with an empty line before', '\n{\n  "type": "array"\n}\n', 5, { file, line: 6, column: 5 }],
  ['a text beside its key', '{ "type": "string" }', 10, { file, line: 10, column: 5 }],
  ['an included file', '{}\n', 11, { file: 'user.json', line: 1, column: 1 }],
  ['an included file that cannot be read', '{}\n', 12, { file, line: 12, column: 1 }],
  ['a text that stands nowhere', '[]', 1, { file, line: 1, column: 1 }],
];

for (const [name, text, line, want] of cases) {
  test(name, () => assert.deepEqual(originOf(text, { file, line, column: 1 }, source), want));
}
