/**
 * Models of descriptions that were read before, so that a second start needs no parser.
 *
 * An entry holds for one version of Cartouche, one file, one `--root`, the very bytes of every file that was read, and the
 * lack of every file that was asked for in vain.
 * Entries live in the user's cache folder, never beside the description. The cache may only make things quicker: what
 * cannot be written, read or trusted is as if it were not there.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DiagnosticCode } from '../diagnostics.ts';
import { formatEntry, parseEntry } from './cache-entry.ts';
import type { ReadSpecResult } from './read.ts';
import { isObject } from './record.ts';
import type { Source } from './source.ts';

export interface CacheLocation {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Changes with everything that may read a description otherwise. */
  readonly version: string;
}

/** So many descriptions, and so many bytes of them, are remembered; the oldest go first. */
const MAX_ENTRIES = 64;
const MAX_ENTRY_BYTES = 32 * 1024 * 1024;
const MAX_BYTES = 128 * 1024 * 1024;

/** The user's cache folder. `undefined` in development, where the code changes and its version does not. */
export function defaultCache(here: string = import.meta.url): CacheLocation | undefined {
  if (here.endsWith('.ts')) return undefined;
  try {
    const code = statSync(fileURLToPath(here));
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', here), 'utf8'));
    const release = isObject(manifest) ? String(manifest.version) : '';
    return { folder: cacheFolder(), version: `${release} ${code.size} ${code.mtimeMs}` };
  } catch {
    return undefined;
  }
}

/** https://specifications.freedesktop.org/basedir-spec: a relative `$XDG_CACHE_HOME` is to be ignored. */
function cacheFolder(): string {
  const given = process.env.XDG_CACHE_HOME;
  return join(given && isAbsolute(given) ? given : join(homedir(), '.cache'), 'cartouche');
}

/** What reading gave last time, if every file that it read is what it was. */
export function recall(cache: CacheLocation, source: Source): ReadSpecResult | undefined {
  try {
    const entry = parseEntry(readFileSync(entryPath(cache, source)));
    if (entry === undefined) return undefined;
    const { refused, ...result } = entry;
    const hasFiles = result.files.every(({ path, sha256 }) => {
      const outcome = source.read(path);
      return 'file' in outcome && outcome.file.sha256 === sha256;
    });
    // A file that was missing may have come, and what was read without it is no longer all there is.
    const lacksFiles = refused.every(({ path, code }) => {
      const outcome = source.read(path);
      return 'problem' in outcome && outcome.problem.code === code;
    });
    return hasFiles && lacksFiles ? result : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a result for the next start. Silent when it cannot. */
export function remember(cache: CacheLocation, source: Source, result: ReadSpecResult): void {
  const { model } = result;
  if (!model || result.diagnostics.some(({ code }) => PASSING.has(code))) return;
  const entry = formatEntry({ ...result, model, refused: source.refusals() });
  if (entry.length > MAX_ENTRY_BYTES) return;
  const path = entryPath(cache, source);
  const draft = `${path}.${randomUUID()}`;
  try {
    mkdirSync(cache.folder, { recursive: true, mode: 0o700 });
    // Written aside and renamed: two starts at once never see half an entry.
    writeFileSync(draft, entry, { mode: 0o600, flag: 'wx' });
    renameSync(draft, path);
    dropOldest(cache.folder);
  } catch {
    remove(draft);
  }
}

/** Findings that may be gone next time although no file has changed. */
const PASSING: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>(['time-limit', 'memory-limit']);

function entryPath(cache: CacheLocation, source: Source): string {
  const { folder, rootFile, options } = source;
  const key = JSON.stringify([cache.version, resolve(folder, rootFile), options.root && resolve(options.root)]);
  return join(cache.folder, `${createHash('sha256').update(key).digest('hex')}.json`);
}

/** Drafts of a start that was killed count as entries, and go with them. */
function dropOldest(folder: string): void {
  const entries = readdirSync(folder)
    .map((name) => ({ path: join(folder, name), ...sizeAndTime(join(folder, name)) }))
    .sort((a, b) => b.time - a.time);
  let bytes = 0;
  for (const [index, { path, size }] of entries.entries()) {
    bytes += size;
    if (index >= MAX_ENTRIES || bytes > MAX_BYTES) remove(path);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It stays: a cache may be useless, never in the way.
  }
}

function sizeAndTime(path: string): { readonly size: number; readonly time: number } {
  const { size, mtimeMs } = statSync(path);
  return { size, time: mtimeMs };
}
