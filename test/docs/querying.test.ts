/** Every command of docs/querying.md prints what is shown. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testExamples } from './run-examples.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cartouche-querying-'));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const path of ['docs', 'package.json', 'specs', 'src', 'tsconfig.json']) {
  cpSync(join(root, path), join(folder, path), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

const port = String(30_000 + (process.pid % 10_000));

testExamples(join(folder, 'docs/querying.md'), {
  folder,
  rewrite: (command) =>
    command.replace('npm start', `npm start -- --port ${port}`).replaceAll('127.0.0.1:3000', `127.0.0.1:${port}`),
  restore: (output) => output.replaceAll(`127.0.0.1:${port}`, '127.0.0.1:3000'),
});
