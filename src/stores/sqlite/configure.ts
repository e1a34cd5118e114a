import type { Database } from './driver.ts';
import { sqlFunctions } from './functions.ts';
import { assertOurs } from './meta.ts';
import type { SqliteOptions } from './store.ts';

/** Settings of a connection. Throws as `assertOurs` does, before anything is changed. */
export function configure(database: Database, { readOnly, durability }: SqliteOptions): void {
  database.exec('PRAGMA busy_timeout = 5000');
  assertOurs(database);
  // SQLite's own 2 MB hold so little of a large table that walking an index is three times slower.
  database.exec('PRAGMA cache_size = -16000');
  if (readOnly !== true) {
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA synchronous = ${durability === 'relaxed' ? 'NORMAL' : 'FULL'}`);
    // 64 MiB of log instead of 4: a page that is written often goes into the database once for all of them, which saves a
    // third of a write. After a crash, reading the log takes a moment longer.
    database.exec('PRAGMA wal_autocheckpoint = 16000');
    // After a burst the log shrinks again, instead of keeping its largest size for ever.
    database.exec('PRAGMA journal_size_limit = 67108864');
  }
  for (const [name, body] of Object.entries(sqlFunctions)) database.define(name, body);
}

/**
 * Folds the log into the database, so that one file is left to copy, mail or open read-only. `close` would do so, but
 * `@photostructure/sqlite` keeps a connection alive until its statements are garbage.
 */
export function leaveOneFile(database: Database): void {
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('PRAGMA journal_mode = DELETE');
  } catch {
    // Somebody is reading, or the disk is full. The log stays, and is read at the next start.
  }
}
