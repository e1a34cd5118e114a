/** docs/diff.md and the catalogue of changes say the same, and every command of it prints what is shown. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { changeCatalogue } from '../../src/diff/catalogue.ts';
import { testExamples } from './run-examples.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cartouche-diff-docs-'));
after(() => rmSync(folder, { recursive: true, force: true }));
for (const path of ['docs', 'package.json', 'specs', 'src', 'tsconfig.json']) {
  cpSync(join(root, path), join(folder, path), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

testExamples(join(folder, 'docs/diff.md'), {
  folder,
  rewrite: (command) => command.replace('npx cartouche', 'node --import tsx src/cli.ts'),
});

test('every code has its row, and every row a code', () => {
  const rows = readFileSync(join(root, 'docs/diff.md'), 'utf8').matchAll(/^\| `(.+?)` \| (.+) \| (.+) \| (.+) \|$/gm);
  assert.deepEqual(
    [...rows].map(([, code, severity, title, impact]) => [code, severity, title, impact]),
    Object.entries(changeCatalogue).map(([code, { severity, title, impact }]) => [code, severity, title, impact]),
  );
});
