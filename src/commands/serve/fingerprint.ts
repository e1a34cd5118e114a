import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file of the description, by absolute path; with its SHA-256 if it was read. */
export interface FollowedFile {
  readonly path: string;
  readonly sha256?: string;
}

/** Names that do not count, such as those of a database that lies beside the description. */
export type Ignore = (name: string) => boolean;

/**
 * What the files look like and what lies beside them, cheap enough to take once a second.
 * Editors that save by renaming a new file into place change the inode; a file that is missing, such as an include that
 * is yet to be written, shows up later as a new name in its folder.
 */
export async function fingerprint(files: readonly FollowedFile[], ignore: Ignore): Promise<string> {
  const folders = foldersOf(files);
  const [looks, listings] = await Promise.all([
    Promise.all(files.map(({ path }) => look(path))),
    Promise.all(folders.map((folder) => namesIn(folder, ignore))),
  ]);
  return JSON.stringify([looks, listings]);
}

/** The files still hold what was read. Closes the gap between reading them and taking their first fingerprint. */
export async function holdsWhatWasRead(files: readonly FollowedFile[]): Promise<boolean> {
  const same = await Promise.all(
    files.map(async ({ path, sha256 }) => sha256 === undefined || sha256 === (await hash(path))),
  );
  return same.every(Boolean);
}

export function foldersOf(files: readonly FollowedFile[]): readonly string[] {
  return [...new Set(files.map(({ path }) => dirname(path)))];
}

async function look(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'missing';
  }
}

async function namesIn(folder: string, ignore: Ignore): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !ignore(name)).toSorted();
  } catch {
    return [];
  }
}

async function hash(path: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  } catch {
    return undefined;
  }
}
