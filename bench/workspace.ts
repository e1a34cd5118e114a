/** Where a run keeps its files, and the scripts it starts, translated once so that no peer pays for a translator. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const repository = dirname(dirname(fileURLToPath(import.meta.url)));
export const benchFolder = join(repository, 'bench');

/** Under node_modules, so that packages are found and nothing needs to be ignored. */
const scriptFolder = join(repository, 'node_modules', '.cache', 'cartouche-bench');

const scripts = [
  'load',
  'baselines/bare',
  'baselines/express',
  'baselines/fastify',
  'baselines/raml-parser',
  'baselines/fill',
  'ours/fill',
  'ours/ranges',
  'ours/queries',
] as const;
export type Script = (typeof scripts)[number];

/** The path of a translated script; packages stay outside, as in any hand-written service. */
export function scriptPath(script: Script): string {
  return join(scriptFolder, `${script}.js`);
}

export async function translateScripts(wanted: readonly Script[] = scripts): Promise<void> {
  await build({
    entryPoints: wanted.map((script) => join(benchFolder, `${script}.ts`)),
    outdir: scriptFolder,
    outbase: benchFolder,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
}

/** A folder for databases and generated descriptions, removed when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
