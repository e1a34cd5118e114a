/** Root may write everything, whatever a file's mode says: what must not be writable is tried by somebody else. */
import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** "nobody", on all systems that know one. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** Options for a child process that is not root. */
export const unprivileged: { readonly uid?: number; readonly gid?: number } = isRoot
  ? { uid: nobody, gid: nobody }
  : {};

/** Makes a folder and its files belong to whoever `unprivileged` is. */
export function giveAway(folder: string): void {
  if (!isRoot) return;
  for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))])
    chownSync(path, nobody, nobody);
}
