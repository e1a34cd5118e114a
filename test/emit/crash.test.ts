/** Nothing is half written, on `kill -9` or a full disk. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { emitAgain } from '../../src/emit/emit-again.ts';
import { recover } from '../../src/emit/write.ts';
import { versions } from './versions.ts';

const emitter = fileURLToPath(new URL('emitter.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'cartouche-crash-'));
after(() => rmSync(root, { recursive: true, force: true }));
const about = { cartouche: '1.0.0', options: {} };
const defaults = { prune: false, dryRun: false };

test('kill -9 leaves one version or the other, and the next run goes on', async () => {
  const folder = join(root, 'killed');
  let between = 0;
  // A slow machine may miss the middle of an emission many times.
  for (let round = 0; round < 12 || (between === 0 && round < 200); round++) {
    const child = spawn(process.execPath, ['--import', 'tsx', emitter, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await wait(20 + Math.random() * 60);
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    if (existsSync(join(folder, '.cartouche/staging'))) between++;
    recover(folder);
    assert.match([...new Set(contentsOf(folder))].join(), /^(one|two)?$/);
    const { stopped } = emitAgain(folder, versions.one, about, defaults);
    assert(!stopped);
    assert.deepEqual([...new Set(contentsOf(folder))], ['one']);
  }
  assert(between > 0, 'no kill came in the middle of an emission: the test tells nothing');
});

test('a full disk changes nothing, and says so', (context) => {
  const folder = join(root, 'full');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return context.skip('only root may mount a small file system');
  }
  try {
    emitAgain(folder, versions.one.slice(0, 8), about, defaults);
    assert.throws(() => emitAgain(folder, versions.two, about, defaults), /ENOSPC/);
    assert.deepEqual([...new Set(contentsOf(folder))], ['one']);
    assert.equal(existsSync(join(folder, '.cartouche/staging')), false);
  } finally {
    execFileSync('umount', ['--lazy', folder]);
  }
});

/** The version that each file of the project says. */
function contentsOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true }) as string[];
  return names
    .filter((name) => !name.startsWith('.cartouche') && statSync(join(folder, name)).isFile())
    .map((name) => readFileSync(join(folder, name), 'utf8').split(' ')[0] ?? '');
}
