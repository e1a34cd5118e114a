/** Runs docs/stores.md: here without servers, and in `test/services` with them. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testExamples } from './run-examples.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The addresses that the document calls `mongodb://localhost/bookstore` and `http://localhost:9200`; absent: skipped. */
export interface Servers {
  readonly mongo?: string;
  readonly elasticsearch?: string;
}

export function testStoresDocument({ mongo, elasticsearch }: Servers): void {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-stores-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of ['docs', 'package.json', 'specs', 'src', 'tsconfig.json']) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const port = 20_000 + (process.pid % 10_000) * 2;
  const replacements: readonly (readonly [string, string | undefined])[] = [
    ['mongodb://localhost/bookstore', mongo],
    ['http://localhost:9200', elasticsearch],
    [':3000', `:${port}`],
    [':3001', `:${port + 1}`],
    ['--port 3001', `--port ${port + 1}`],
  ];
  const isSkipped = (command: string): boolean =>
    replacements.some(([shown, real]) => real === undefined && command.includes(shown)) ||
    // What the server before it would answer.
    (elasticsearch === undefined && command.includes(':3001'));
  testExamples(join(folder, 'docs/stores.md'), {
    folder,
    rewrite: (command) => {
      if (isSkipped(command)) return undefined;
      const started = command
        .replace('npm start', `npm start -- --port ${port}`)
        .replace('npx cartouche', `node --import tsx src/cli.ts`);
      return replacements.reduce((text, [shown, real = '']) => text.replaceAll(shown, real), started);
    },
    restore: (output) => replacements.reduce((text, [shown, real]) => text.replaceAll(real ?? shown, shown), output),
  });
}
