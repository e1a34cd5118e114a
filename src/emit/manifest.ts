import { createHash } from 'node:crypto';
import type { FileClass, ProjectFile } from './file.ts';

/** Where the manifest stands in an emitted project. */
export const manifestPath = '.cartouche/manifest.json';

/** Where the pristine text of a merged file stands: what it was when it was last emitted. */
export function basePath(path: string): string {
  return `.cartouche/base/${path}`;
}

/** What was emitted last, so that edits can be told from it. Committed with the project. */
export interface Manifest {
  /** Of this format; a newer one is refused. */
  readonly format: 1;
  /** The version of Cartouche that emitted. */
  readonly cartouche: string;
  /** How to emit again without saying anything: the options, by name. */
  readonly options: Readonly<Record<string, string>>;
  readonly files: readonly ManifestEntry[];
}

export interface ManifestEntry {
  readonly path: string;
  readonly class: FileClass;
  /** Of the text as it was emitted. */
  readonly hash: string;
}

/** The manifest of a project: the same bytes on every machine, for the same project. */
export function manifestOf(files: readonly ProjectFile[], about: Pick<Manifest, 'cartouche' | 'options'>): Manifest {
  const entries = files.map(({ path, class: own, text }) => ({ path, class: own, hash: hashOf(text) }));
  return { format: 1, ...about, files: entries.sort((one, other) => (one.path < other.path ? -1 : 1)) };
}

/** `sha256-…`, of a text whose line ends do not count: Git may have changed them. */
export function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('base64url')}`;
}

/** @throws SyntaxError with what is wrong, for a text that no Cartouche has written, or a later one. */
export function parseManifest(text: string): Manifest {
  const value: unknown = JSON.parse(text);
  if (!isManifest(value)) throw new SyntaxError('it is no manifest of this version of Cartouche');
  return value;
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function isManifest(value: unknown): value is Manifest {
  return (
    isObject(value) &&
    value.format === 1 &&
    typeof value.cartouche === 'string' &&
    isObject(value.options) &&
    Array.isArray(value.files) &&
    value.files.every(isEntry)
  );
}

function isEntry(value: unknown): value is ManifestEntry {
  if (!isObject(value)) return false;
  return typeof value.path === 'string' && typeof value.hash === 'string' && typeof value.class === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
