/**
 * Makes the lock files of emitted projects anew: run it after a change of `src/emit/surroundings/packages.ts`.
 *
 *   node --import tsx scripts/locks.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProjectStore } from '../src/emit/facts.ts';
import { lockedManifest } from '../src/emit/surroundings/package-json.ts';

const stores: readonly ProjectStore[] = ['sqlite', 'mongodb', 'mongodb+elasticsearch'];

for (const store of stores) {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-lock-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(lockedManifest(store)));
    // Without the address of a registry, the lock file serves those too who have one of their own.
    const options = ['--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', ['install', ...options, '--omit-lockfile-registry-resolved'], {
      cwd: folder,
      stdio: 'inherit',
    });
    const place = fileURLToPath(new URL(`../src/emit/surroundings/locks/${store}.json`, import.meta.url));
    writeFileSync(place, readFileSync(join(folder, 'package-lock.json')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
