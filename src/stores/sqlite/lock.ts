import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { StoreError } from '../contract.ts';
import { connect, type Database } from './driver.ts';

/**
 * Makes this the only process that writes `file`, until `close()` of the result or the end of the process.
 *
 * The lock is SQLite's own exclusive lock on an empty file `<file>.lock`. The operating system drops it when the process
 * ends, however it ends, so that no stale lock is ever left behind. (A file with a process id in it would need guessing:
 * the process may be gone, or its id may belong to another by now.) The file itself stays: to remove it would let a
 * second process lock a file of the same name.
 *
 * Throws `StoreError` `locked`.
 */
export async function lock(file: string): Promise<Database> {
  // Two links to one file are one file.
  const real = existsSync(file) ? realpathSync(file) : file;
  const guard = await connect(`${real}.lock`, { readOnly: false });
  try {
    guard.exec('PRAGMA busy_timeout = 0');
    guard.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    guard.close();
    const message = `"${basename(file)}" is in use by another process. Stop that process, or choose another data file.`;
    throw new StoreError('locked', message, { cause });
  }
  return guard;
}
