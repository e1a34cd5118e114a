/** Every command of docs/migrate.md prints what is shown. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testExamples } from './run-examples.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cartouche-migrate-docs-'));
after(() => rmSync(folder, { recursive: true, force: true }));
for (const path of ['docs', 'package.json', 'specs', 'src', 'tsconfig.json']) {
  cpSync(join(root, path), join(folder, path), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
const port = 30_000 + (process.pid % 10_000);

testExamples(join(folder, 'docs/migrate.md'), {
  folder,
  rewrite: (command) =>
    command
      .replace('npm start', `npm start -- --port ${port}`)
      .replace('npx cartouche', 'node --import tsx src/cli.ts')
      .replaceAll(':3000', `:${port}`),
  restore: (output) => output.replaceAll(`:${port}`, ':3000'),
});
