/** `cartouche diff`, as a user or a program calls it. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cartouche, emptyFolder } from './cli.ts';

const bookstore = fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url));
const text = readFileSync(bookstore, 'utf8');

const cases: readonly (readonly [name: string, text: string, status: number, last: RegExp])[] = [
  ['nothing changed', text, 0, /"event":"compared".*"breaking":0,"safe":0/],
  ['a safe change', text.replace('/stats:', '/more:\n  get:\n/stats:'), 0, /"breaking":0,"safe":1/],
  ['a breaking change', text.replace('/stats:', '/figures:'), 1, /"breaking":1,"safe":1/],
  ['no description', '#%RAML 1.0\ntitle: 1\nnone: 1\n', 2, /"event":"failed".*cannot be compared/],
];

for (const [name, changed, status, last] of cases) {
  test(`${name}: exit code ${status}`, async (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'old.raml'), text);
    writeFileSync(join(folder, 'new.raml'), changed);
    const outcome = await cartouche(folder, ['diff', 'old.raml', 'new.raml', '--json']);
    assert.deepEqual([outcome.status, outcome.stderr], [status, '']);
    assert.match(outcome.stdout.trimEnd().split('\n').at(-1) ?? '', last);
  });
}

test('names from a description cannot write to the terminal', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'old.raml'), text);
  writeFileSync(
    join(folder, 'new.raml'),
    text.replace('      pages?:', '      "a\\u001b[31m?": string\n      pages?:'),
  );
  const { stdout } = await cartouche(folder, ['diff', 'old.raml', 'new.raml']);
  assert.match(stdout, /\\u001b\[31m/);
  assert.ok(!stdout.includes('\u001b'));
});
