import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Store, StoreError, type StoreSchema } from '../contract.ts';
import { configure } from './configure.ts';
import { connect, type Database } from './driver.ts';
import { storeErrorOf } from './failures.ts';
import { lock } from './lock.ts';
import { hasMarks } from './marks.ts';
import { userVersion } from './meta.ts';
import { inMemory, SqliteStore } from './sqlite-store.ts';

export interface SqliteOptions {
  /** Opens an existing database without changing it; several processes may. Default false. */
  readonly readOnly?: boolean;
  /** `full`: a resolved write outlives a power failure. `relaxed`: only the end of the process. Default `full`. */
  readonly durability?: 'full' | 'relaxed';
  /** Serves on where stored documents break a new promise of the description (`migrate.ts`). Default false. */
  readonly acceptSchemaChanges?: boolean;
  /** Milliseconds after which a list, a count or an aggregation that no index serves is given up. Default 10,000. */
  readonly readLimit?: number;
  /**
   * Remembers which documents an index has yet to learn of, and hands out `changes`. A database goes on remembering once
   * it has begun, however it is opened, so that the index can catch up at any time. Default false.
   */
  readonly tracked?: boolean;
}

/**
 * Opens, and creates if need be, the database `file` (`:memory:` for one that is never written to disk), and makes it
 * fit the description.
 *
 * Throws `StoreError`: `locked` (another process serves it), `not-a-database`, `read-only`, `full`, `schema` (the stored
 * data does not fit), `unavailable` (no such folder, no SQLite library).
 *
 * @example await openSqliteStore('bookstore.db', { resources: model.resources })
 */
export async function openSqliteStore(file: string, schema: StoreSchema, options: SqliteOptions = {}): Promise<Store> {
  const readOnly = options.readOnly ?? false;
  assertPlace(file, readOnly);
  const guard = readOnly || file === inMemory ? undefined : await failing(() => lock(file));
  return open({ file, guard, options }, (database) => {
    if (readOnly && options.tracked === true && !hasMarks(database)) {
      throw new StoreError('unsupported', 'No index was ever made of this data, and none can be made of it read-only.');
    }
    return new SqliteStore({ file, database, guard, schema, options, writes: readOnly ? 'nothing' : 'everything' });
  });
}

/** A store for keeping an index; see `openBeside`. */
export interface BesideStore {
  readonly store: Store;
  /** No other process writes documents, as long as the store is open. */
  readonly isAlone: boolean;
}

/**
 * Opens an existing database to keep an index of it: `changes` can be written, documents only read. Another process may
 * serve it meanwhile. Nothing is made to fit the description.
 *
 * Throws `StoreError` as `openSqliteStore`, and `unsupported` where another process serves it without marking what it
 * writes.
 */
export async function openBeside(file: string, schema: StoreSchema): Promise<BesideStore> {
  assertPlace(file, true);
  const guard = await lockUnlessHeld(file);
  const isAlone = guard !== undefined;
  const options = { tracked: true };
  const store = await open({ file, guard, options }, (database) => {
    if (userVersion(database) === 0) throw new StoreError('not-a-database', 'The file holds no data yet.');
    if (!isAlone && !hasMarks(database)) {
      throw new StoreError(
        'unsupported',
        'The process that serves this data keeps no index, and would not tell what it writes.',
      );
    }
    return new SqliteStore({ file, database, guard, schema, options, writes: 'marks' });
  });
  return { store, isAlone };
}

/** Connects, configures and builds; leaves nothing open where that fails. */
async function open(
  {
    file,
    guard,
    options,
  }: { readonly file: string; readonly guard: Database | undefined; readonly options: SqliteOptions },
  build: (database: Database) => Store,
): Promise<Store> {
  let database: Database | undefined;
  try {
    database = await failing(() => connect(file, { readOnly: options.readOnly ?? false }));
    configure(database, options);
    return build(database);
  } catch (error) {
    database?.close();
    guard?.close();
    throw storeErrorOf(error, []);
  }
}

/** SQLite says "unable to open database file" for all of these. */
function assertPlace(file: string, mustExist: boolean): void {
  if (file === inMemory) return;
  if (!existsSync(dirname(file))) {
    throw new StoreError('unavailable', `The folder "${dirname(file)}" does not exist. Create it first.`);
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new StoreError('unavailable', `"${file}" is a folder. Name a file in it.`);
  }
  if (mustExist && !existsSync(file)) {
    throw new StoreError('unavailable', `"${file}" does not exist, and is only to be read.`);
  }
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeErrorOf(error, []);
  }
}

/** `undefined` where another process holds the lock. */
async function lockUnlessHeld(file: string): Promise<Database | undefined> {
  try {
    return await failing(() => lock(file));
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'locked') return undefined;
    throw error;
  }
}
