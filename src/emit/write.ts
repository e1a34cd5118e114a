/**
 * The only writer of emitted projects. All or nothing, whatever happens: everything is written beside the project first,
 * then one rename decides, then files are moved into place. A process that dies before the decision has changed nothing;
 * after it, the next run goes on where it ended.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOf } from './manifest.ts';

/** One file to be written, or deleted where there is no text. */
export interface Edit {
  readonly path: string;
  readonly text: string | undefined;
  /** What the file was when it was decided to change it; `undefined`: not there. */
  readonly before: string | undefined;
}

interface Journal {
  readonly moves: readonly Move[];
}

/** `staged`: the file's name in the staging folder; absent: delete. Hashes of before and after, to see what was done. */
interface Move {
  readonly path: string;
  readonly staged?: string;
  readonly before?: string;
  readonly after?: string;
}

const staging = '.cartouche/staging';
const journal = `${staging}/journal.json`;

/**
 * Makes the edits in the project's folder, which is created if need be. Throws what the file system throws (a full disk,
 * a missing right), and has changed nothing then.
 */
export function commit(folder: string, edits: readonly Edit[]): void {
  recover(folder);
  const created = mkdirSync(join(folder, staging), { recursive: true });
  try {
    const moves = edits.map((edit, at) => stage(folder, edit, String(at)));
    writeDurably(join(folder, `${journal}.new`), JSON.stringify({ moves } satisfies Journal));
    for (const { path } of moves) makeParents(folder, path);
    renameSync(join(folder, `${journal}.new`), join(folder, journal));
    syncFolder(join(folder, staging));
  } catch (error) {
    rmSync(join(folder, staging), { recursive: true, force: true });
    if (created !== undefined) removeEmpty(join(folder, '.cartouche'), created);
    throw error;
  }
  finish(folder);
}

/** Ends what an earlier run has begun: what was decided is done, what was not is forgotten. */
export function recover(folder: string): void {
  if (existsSync(join(folder, journal))) finish(folder);
  else rmSync(join(folder, staging), { recursive: true, force: true });
}

function stage(folder: string, { path, text, before }: Edit, name: string): Move {
  const was = before === undefined ? {} : { before: hashOf(before) };
  if (text === undefined) return { path, ...was };
  const target = join(folder, path);
  // A script that the user made executable stays so.
  const mode = existsSync(target) ? lstatSync(target).mode & 0o777 : 0o666;
  writeDurably(join(folder, staging, name), text, mode);
  return { path, staged: name, ...was, after: hashOf(text) };
}

function finish(folder: string): void {
  const { moves } = JSON.parse(readFileSync(join(folder, journal), 'utf8')) as Journal;
  for (const move of moves) perform(folder, move);
  rmSync(join(folder, staging), { recursive: true, force: true });
}

function perform(folder: string, { path, staged, before, after }: Move): void {
  const target = join(folder, path);
  const found = existsSync(target) ? hashOf(readFileSync(target, 'utf8')) : undefined;
  if (found === after && (staged === undefined || !existsSync(join(folder, staging, staged)))) return;
  // Edited after the run was cut off: the edit stays, and what would have been written lies beside it.
  const destination = found === before || found === after ? target : `${target}.rej`;
  makeParents(folder, path);
  if (staged !== undefined) renameSync(join(folder, staging, staged), destination);
  else if (destination === target) {
    rmSync(target, { force: true });
    removeEmpty(dirname(target), join(folder, path.split('/')[0] ?? ''));
  }
}

/** Throws if a part of the way is a link: it may lead out of the project. */
export function assertWithin(folder: string, path: string): void {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length++) {
    const part = join(folder, ...parts.slice(0, length));
    const status = lstatSync(part, { throwIfNoEntry: false });
    if (!status) return;
    const isRight = length < parts.length ? status.isDirectory() : status.isFile();
    if (!isRight)
      throw new Error(`${parts.slice(0, length).join('/')} is no ${length < parts.length ? 'folder' : 'file'}`);
  }
}

function makeParents(folder: string, path: string): void {
  assertWithin(folder, path);
  mkdirSync(dirname(join(folder, path)), { recursive: true });
}

/** Removes a folder and those above it, up to `top`, as long as nothing is in them. */
function removeEmpty(folder: string, top: string): void {
  for (let current = folder; current.startsWith(top); current = dirname(current)) {
    try {
      rmdirSync(current);
    } catch {
      return;
    }
  }
}

function writeDurably(path: string, text: string, mode = 0o666): void {
  const file = openSync(path, 'w', mode);
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
