/**
 * Confined, synchronous reading: the only door through which a description, its includes and its `$ref`s come in.
 *
 * What a description names is data from a stranger. A source hands out files below one folder and nothing else: no
 * network, no absolute path that leads away, no symbolic link that does (real paths are compared), no device or pipe,
 * nothing larger than a limit. It remembers what it read, so that every part of one reading sees the same bytes, and
 * so that code frames, caching and `--watch` know the files.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Diagnostic, type DiagnosticCode, diagnostic } from '../diagnostics.ts';
import type { Position } from '../model/description.ts';
import { nearestFile } from './nearest-file.ts';
import { type ProblemSketch, refuseReference } from './reference.ts';

/** One file, as it was when it was first read. */
export interface SourceFile {
  /** Relative to the root file's folder, with `/`: `schemas/user.json`; with a wider `root` also `../common/user.json`. */
  readonly path: string;
  /** Without a byte order mark. */
  readonly text: string;
  /** Of the bytes on disk, lower-case hexadecimal. */
  readonly sha256: string;
}

export type ReadOutcome = { readonly file: SourceFile } | { readonly problem: Diagnostic };

export interface SourceOptions {
  /** Folder that reading is confined to. Default: the folder of the root file; of a folder, itself. */
  readonly root?: string;
  /** Bytes that one file may have. Default: 32 MiB. */
  readonly maxFileBytes?: number;
  /** Is told of each file that is read, once: for limits that depend on how much there is. */
  readonly onRead?: (file: SourceFile) => void;
  /** The root file as the user typed it, for what hints say, where it is opened by another path. */
  readonly typed?: string;
}

export interface Source {
  /** The root file as the user typed it. */
  readonly typed: string;
  /** Base name of the root file: its `path` here. */
  readonly rootFile: string;
  /** Absolute real path of the folder that `path`s are relative to. Never shown to users, never in a diagnostic. */
  readonly folder: string;
  /** The options it was opened with, for a worker thread that opens the same source. */
  readonly options: SourceOptions;
  /**
   * Reads what `reference` names, as written in the file `from` (default: the root file), at the place `at`. Only a
   * path: a caller cuts off a fragment (`#/…`) and decodes `%20` first where its format asks for that. Never throws.
   */
  read(reference: string, from?: string, at?: Position): ReadOutcome;
  /** Names in a folder, `[]` where it may not be seen or is none. Directories end in `/`. */
  list(reference: string, from?: string): readonly string[];
  /** Takes over what another source of the same folder has read and refused, such as that of the worker thread. */
  adopt(files: readonly SourceFile[], refusals?: readonly Refusal[]): void;
  /** Every file read so far, in the order of reading. */
  files(): readonly SourceFile[];
  /** Every file that was asked for and not given so far. */
  refusals(): readonly Refusal[];
}

/** A file that was not given. */
export interface Refusal {
  /** As `SourceFile.path`, or the reference where it is no path. */
  readonly path: string;
  readonly code: DiagnosticCode;
}

const DEFAULT_MAX_FILE_BYTES = 32 * 1024 * 1024;

/**
 * Opens the folder of a description for reading. Touches no file yet: a missing root file is the first `read`'s finding.
 *
 * @example
 * const source = openSource('apis/shop.raml');
 * const outcome = source.read('schemas/user.json');
 * if ('problem' in outcome) report(outcome.problem);
 */
export function openSource(rootFile: string, options: SourceOptions = {}): Source {
  const folder = realPath(dirname(resolve(rootFile))) ?? dirname(resolve(rootFile));
  const root =
    options.root === undefined ? homeOf(rootFile, folder) : (realPath(resolve(options.root)) ?? resolve(options.root));
  const maxBytes = options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES;
  const typed = options.typed ?? rootFile;
  const outcomes = new Map<string, ReadOutcome>();
  const refusals = new Map<string, DiagnosticCode>();

  const locate = (reference: string, from: string) => resolve(folder, dirname(from), reference);
  const pathOf = (absolute: string) => relative(folder, absolute).split(sep).join('/');

  function readConfined(absolute: string, reference: string): { readonly file: SourceFile } | ProblemSketch {
    const real = realPath(absolute);
    if (!isInside(root, real ?? absolute)) {
      // Where a symbolic link leads is not told.
      const isLink = real !== undefined && real !== absolute;
      return outsideRoot(reference, isLink ? undefined : wideEnough(root, absolute, folder, typed));
    }
    if (real === undefined) return fileNotFound(reference, suggestion(root, absolute));
    const outcome = readWhole(real, reference, maxBytes);
    if ('code' in outcome) return outcome;
    return { file: { path: pathOf(absolute), ...outcome } };
  }

  return {
    typed,
    rootFile: basename(rootFile),
    folder,
    options,
    read(reference, from = basename(rootFile), at) {
      const refused = refuseReference(reference);
      if (refused) {
        refusals.set(reference, refused.code);
        return toOutcome(refused, at);
      }
      const absolute = locate(reference, from);
      const known = outcomes.get(absolute);
      if (known) return known;
      const outcome = readConfined(absolute, reference);
      if (!('file' in outcome)) {
        refusals.set(pathOf(absolute), outcome.code);
        return toOutcome(outcome, at);
      }
      // Only what was read is remembered: a finding belongs to the place of the reference that asked.
      outcomes.set(absolute, outcome);
      options.onRead?.(outcome.file);
      return outcome;
    },
    list(reference, from = basename(rootFile)) {
      if (refuseReference(reference)) return [];
      return namesInside(root, locate(reference, from));
    },
    adopt(files, others = []) {
      for (const { path, code } of others) refusals.set(path, code);
      for (const file of files) {
        const absolute = resolve(folder, file.path);
        if (!outcomes.has(absolute)) outcomes.set(absolute, { file });
      }
    },
    files() {
      return [...outcomes.values()].flatMap((outcome) => ('file' in outcome ? [outcome.file] : []));
    },
    refusals() {
      return Array.from(refusals, ([path, code]) => ({ path, code }));
    },
  };
}

/** A folder of schemas is read without what lies around it. */
function homeOf(rootFile: string, folder: string): string {
  const real = realPath(resolve(rootFile));
  return real !== undefined && statSync(real).isDirectory() ? real : folder;
}

function toOutcome(sketch: ReadOutcome | ProblemSketch, at: Position | undefined): ReadOutcome {
  if (!('code' in sketch)) return sketch;
  return { problem: diagnostic(sketch.code, sketch.message, { at, hint: sketch.hint }) };
}

function outsideRoot(reference: string, wider: string | undefined): ProblemSketch {
  const move = 'move the file below the description';
  return {
    code: 'file-outside-root',
    message: `"${reference}" lies outside of the folder that the description may read.`,
    hint: wider === undefined ? move : `${move}, or let it read more with --root ${wider}`,
  };
}

/**
 * The argument for `--root` with which `absolute` could be read, from where the user stands; none that would open the
 * whole disk.
 */
function wideEnough(root: string, absolute: string, folder: string, typed: string): string | undefined {
  let common = root;
  while (!isInside(common, absolute)) common = dirname(common);
  if (common === dirname(common)) return undefined;
  const shown = join(dirname(typed), relative(folder, common));
  // A typed path with a symbolic link in it goes up another way than the folder that it leads to.
  if (realPath(resolve(shown)) !== common) return undefined;
  return /^[\w./@+-]+$/.test(shown) ? shown : JSON.stringify(shown);
}

function fileNotFound(reference: string, near: string | undefined): ProblemSketch {
  return {
    code: 'file-not-found',
    message: `The file "${reference}" does not exist.`,
    hint: near && `did you mean "${near}"?`,
  };
}

function suggestion(root: string, absolute: string): string | undefined {
  const path = relative(root, absolute).split(sep).join('/');
  return nearestFile(path, (folder) => namesInside(root, join(root, folder)));
}

function readWhole(
  absolute: string,
  reference: string,
  maxBytes: number,
): { readonly text: string; readonly sha256: string } | ProblemSketch {
  try {
    // Asked before opening: to open a pipe would wait for ever, and a device has no end.
    const { size } = statOfFile(absolute);
    if (size > maxBytes) return tooLarge(reference, size, maxBytes);
    const bytes = readFileSync(absolute);
    const text = decodeUtf8(bytes);
    if (text === undefined) {
      return { code: 'file-unreadable', message: `"${reference}" is not UTF-8 text.`, hint: 'save it as UTF-8' };
    }
    return { text, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    return { code: 'file-unreadable', message: `"${reference}" cannot be read: ${reasonOf(error)}.` };
  }
}

function statOfFile(absolute: string): { readonly size: number } {
  const stats = statSync(absolute);
  if (stats.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  if (!stats.isFile()) throw Object.assign(new Error(), { code: 'ENOTFILE' });
  return stats;
}

function tooLarge(reference: string, size: number, maxBytes: number): ProblemSketch {
  const mebibytes = (bytes: number) => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`;
  return {
    code: 'file-too-large',
    message: `"${reference}" has ${mebibytes(size)}; at most ${mebibytes(maxBytes)} of one file are read.`,
  };
}

/** `undefined` for bytes that are no UTF-8 text, NUL included: YAML and JSON exclude it, and binary files have it. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A reason in words. Node's own message would show a path of this machine. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
  const words: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTFILE: 'it is no regular file',
    EMFILE: 'too many files are open',
  };
  return words[code] ?? code;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function isInside(root: string, absolute: string): boolean {
  const path = relative(root, absolute);
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path));
}

function namesInside(root: string, folder: string): readonly string[] {
  const real = realPath(folder);
  if (real === undefined || !isInside(root, real)) return [];
  try {
    return readdirSync(real, { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? `${entry.name}/` : entry.name,
    );
  } catch {
    return [];
  }
}
