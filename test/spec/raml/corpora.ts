/**
 * The descriptions that other people wrote, as root files to read: RAML's conformance kit, and published APIs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const corpora = resolve(import.meta.dirname, '../../../../shared/corpora');

export const kit = join(corpora, 'raml-tck');
const real = join(corpora, 'real');

/** Whether the corpora are on this machine; they are no part of the project. */
export const hasCorpora = existsSync(kit) && existsSync(real);

export interface CorpusFile {
  /** Short and unique: the name of a test. */
  readonly name: string;
  readonly path: string;
  /** The folder that it may read: some refer to their neighbours' folders. */
  readonly root: string;
}

/** Paths of the kit's cases below `raml-1.0`; `invalid` is part of the name of those that are. */
export function kitCases(): readonly string[] {
  const manifest: { readonly filePaths: readonly string[] } = JSON.parse(
    readFileSync(resolve(kit, 'manifest.json'), 'utf8'),
  );
  return manifest.filePaths
    .filter((path) => /\/(in)?valid[^/]*$|invalid[^/]*$/.test(path))
    .map((path) => path.replace(/^tests\/raml-1\.0\//, ''));
}

export function isInvalidCase(path: string): boolean {
  return /invalid[^/]*$/.test(path);
}

export function kitFile(path: string): CorpusFile {
  return { name: path, path: join(kit, 'raml-1.0', path), root: kit };
}

/** Every published file that begins as an API, an overlay or an extension does. */
export function publishedFiles(): readonly CorpusFile[] {
  return readdirSync(real, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(raml|ya?ml)$/.test(name))
    .toSorted()
    .map((name) => ({ name, path: join(real, name), root: join(real, name.split('/')[0] ?? '') }))
    .filter(({ path }) => /^#%RAML (0\.8|1\.0)\s*(Overlay|Extension)?\s*[\r\n]/.test(readFileSync(path, 'utf8')));
}
