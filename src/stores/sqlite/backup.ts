import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { StoreError } from '../contract.ts';
import { connect } from './driver.ts';
import { storeErrorOf } from './failures.ts';

/**
 * Copies a database into a new file, as it is at this moment, while others read and write it. The file is whole, or not
 * there. Throws `StoreError` `unsupported` where there is a file already, `full` where there is no room.
 */
export async function backupSqlite(file: string, target: string): Promise<void> {
  if (existsSync(target)) throw new StoreError('unsupported', `"${target}" is there already, and is not overwritten.`);
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  try {
    const database = await connect(file, { readOnly: true });
    try {
      database.exec(`VACUUM INTO '${partial.replaceAll("'", "''")}'`);
    } finally {
      database.close();
    }
    const descriptor = openSync(partial, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw storeErrorOf(error, []);
  }
}
