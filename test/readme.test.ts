/** Every command of README.md, run in a copy of the repository as a stranger would run it, prints what is shown. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testExamples } from './docs/run-examples.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cartouche-readme-'));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const path of ['README.md', 'bin', 'package.json', 'specs', 'src', 'tsconfig.json']) {
  cpSync(join(root, path), join(folder, path), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

const port = String(40_000 + (process.pid % 20_000));

testExamples(join(folder, 'README.md'), {
  folder,
  // What npm would install is linked. Nothing is built here, as in a fresh clone.
  rewrite: (command) =>
    command
      .replace('npm install && npm start', `npm start -- --port ${port}`)
      .replace('npx cartouche', 'node bin/cartouche.cjs')
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${port}`),
  restore: (output) => output.replaceAll(`127.0.0.1:${port}`, '127.0.0.1:3000'),
});
