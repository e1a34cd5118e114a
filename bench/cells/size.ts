/** What `npm install` puts on the disk: the package as it is published, installed in an empty folder. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../facts.ts';
import type { Options } from '../options.ts';
import { repository } from '../workspace.ts';

export function measureSize(options: Options, facts: Facts, report: (line: string) => void, folder: string): void {
  if (!options.only.has('size')) return;
  const packed = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: repository,
    encoding: 'utf8',
  }).trim();
  const whole = install(join(folder, 'installed'), join(folder, packed));
  // The RAML parser comes bundled in one file of its own.
  const parser = statSync(join(whole, 'cartouche', 'dist', 'raml-worker.cjs')).size / 2 ** 20;
  facts.record('size/whole', [megabytesIn(whole)]);
  facts.record('size/parser', [parser]);
  facts.record('size/beyond parser', [megabytesIn(whole) - parser]);
  facts.record('size/packages', [packagesIn(whole)]);
  report('size');
}

/** Installs without running install scripts, since the default install must not need any. */
function install(folder: string, what: string): string {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync(
    'npm',
    ['install', '--silent', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', what],
    {
      cwd: folder,
    },
  );
  return join(folder, 'node_modules');
}

/** Space on the disk, in whole blocks, as du(1) counts. */
function megabytesIn(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const blocks = entries
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).blocks);
  return (blocks.reduce((sum, each) => sum + each, 0) * 512) / 2 ** 20;
}

function packagesIn(folder: string): number {
  const lock = JSON.parse(readFileSync(join(folder, '.package-lock.json'), 'utf8'));
  return Object.keys(lock.packages).length;
}
