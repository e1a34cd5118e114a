import { existsSync } from 'node:fs';
import type { Store, StoreSchema } from '../stores/contract.ts';
import { copyAll, isSame } from '../stores/copy.ts';
import { backupSqlite } from '../stores/sqlite/backup.ts';
import { openSqliteStore } from '../stores/sqlite/store.ts';
import { CommandFailure } from './failure.ts';
import type { StoreAddress } from './store-address.ts';

/**
 * Keeps all documents as they are in an SQLite file, whatever the store is, and resolves its name: of an SQLite file, a
 * copy of it; of a database, what `cartouche copy` makes, which it can also bring back.
 *
 * @param wanted the name of the file; `false` for none; otherwise one beside the data, or here, with the time in it
 */
export async function keepBackup(
  address: StoreAddress,
  store: Store,
  schema: StoreSchema,
  wanted: string | boolean | undefined,
): Promise<string | undefined> {
  if (wanted === false) return undefined;
  const file = typeof wanted === 'string' ? wanted : fileFor(address);
  if (existsSync(file))
    throw new CommandFailure(`${file} is there already.`, { hint: 'name another file with --backup' });
  if (address.kind === 'sqlite') {
    await backupSqlite(address.file, file);
    return file;
  }
  const target = await openSqliteStore(file, schema);
  try {
    const copied = await copyAll({ from: store, to: target, resources: schema.resources });
    if (copied.every(isSame)) return file;
    throw new CommandFailure('The data is written all the time, so that a backup of it would not be whole.', {
      hint: 'stop what writes it, or keep a backup of your own and migrate with --no-backup',
    });
  } finally {
    await target.close();
  }
}

/** `bookstore.before-20261125T101500Z.db` */
function fileFor(address: StoreAddress): string {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  if (address.kind === 'sqlite') return address.file.replace(/(\.[^./\\]+)?$/, `.before-${time}$1`);
  return `before-${time}.db`;
}
