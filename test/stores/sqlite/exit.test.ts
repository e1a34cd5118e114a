import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-exit-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const program = fileURLToPath(new URL('exits-while-reading.ts', import.meta.url));

for (const time of ['first', 'second', 'third']) {
  it(`a process that ends while its thread reads ends by itself, the ${time} time`, () => {
    const file = join(folder, `${time}.db`);
    const { status, signal, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, file], {
      encoding: 'utf8',
    });
    assert.deepEqual({ status, signal }, { status: 7, signal: null }, stderr);
  });
}
