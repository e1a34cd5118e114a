import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Resource } from '../../model/types.ts';
import { type Collection, type Store, StoreError, type StoreSchema } from '../contract.ts';
import { SqliteCollection } from './collection.ts';
import { sqlFunctions } from './compile.ts';
import { assertFormsFit, assertSameApi, remember } from './described.ts';
import { connect, type Database } from './driver.ts';
import { storeErrorOf } from './failures.ts';
import type { Table } from './layout.ts';
import { lock } from './lock.ts';
import { assertOurs, migrate, readTables } from './migrate.ts';
import { createReadTurn, type ReadTurn } from './read-turn.ts';
import { Sequence } from './sequence.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

export interface SqliteOptions {
  /** Opens an existing database without changing it; several processes may. Default false. */
  readonly readOnly?: boolean;
  /** `full`: a resolved write outlives a power failure. `relaxed`: only the end of the process. Default `full`. */
  readonly durability?: 'full' | 'relaxed';
  /** Serves on where stored documents break a new promise of the description (`migrate.ts`). Default false. */
  readonly acceptSchemaChanges?: boolean;
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
  let database: Database | undefined;
  try {
    database = await failing(() => connect(file, { readOnly }));
    configure(database, options);
    return new SqliteStore({ file, database, guard, schema, options });
  } catch (error) {
    database?.close();
    guard?.close();
    throw storeErrorOf(error, []);
  }
}

const inMemory = ':memory:';

/** SQLite says "unable to open database file" for all of these. */
function assertPlace(file: string, readOnly: boolean): void {
  if (file === inMemory) return;
  if (!existsSync(dirname(file))) {
    throw new StoreError('unavailable', `The folder "${dirname(file)}" does not exist. Create it first.`);
  }
  if (readOnly && !existsSync(file)) {
    throw new StoreError('unavailable', `"${file}" does not exist, and read-only means not to create it.`);
  }
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeErrorOf(error, []);
  }
}

function configure(database: Database, { readOnly, durability }: SqliteOptions): void {
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
function leaveOneFile(database: Database): void {
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('PRAGMA journal_mode = DELETE');
  } catch {
    // Somebody is reading, or the disk is full. The log stays, and is read at the next start.
  }
}

interface Parts {
  readonly file: string;
  readonly database: Database;
  /** Holds the lock while it is open. */
  readonly guard: Database | undefined;
  readonly schema: StoreSchema;
  readonly options: SqliteOptions;
}

class SqliteStore implements Store {
  readonly description: string;
  readonly #parts: Parts;
  readonly #queue: WriteQueue;
  readonly #turn: ReadTurn;
  readonly #sequences = new Map<string, Sequence>();
  #tables: readonly Table[];
  #resources: ReadonlyMap<string, Resource>;
  /** Made when they are first asked for: a description may have hundreds. */
  #collections = new Map<string, Collection>();
  #state: 'open' | 'closing' | 'closed' = 'open';
  #closed: Promise<void> | undefined;

  constructor(parts: Parts) {
    const { file, database, schema, options } = parts;
    this.#parts = parts;
    this.description = file === inMemory ? 'SQLite, in memory (nothing is kept)' : `SQLite, ${basename(file)}`;
    this.#turn = createReadTurn(database);
    this.#queue = createWriteQueue(database, {
      beforeBegin: () => this.#turn.leave(),
      isBusy: () => this.#turn.wasShared(),
      beforeCommit: () => this.#eachSequence((sequence) => sequence.record()),
      afterRollback: () => this.#eachSequence((sequence) => sequence.undone()),
    });
    const stored = readTables(database);
    const acceptChanges = options.acceptSchemaChanges ?? false;
    if (!acceptChanges) assertSameApi(database, schema, stored);
    this.#tables = options.readOnly === true ? stored : this.#migrate(schema, stored, acceptChanges);
    this.#resources = this.#resourcesOf(schema);
  }

  collection(resource: string): Collection {
    this.#assertOpen();
    const collection = this.#collections.get(resource) ?? this.#createCollection(resource);
    this.#collections.set(resource, collection);
    return collection;
  }

  async ping(): Promise<void> {
    this.#assertOpen();
    try {
      this.#parts.database.prepare('SELECT count(*) FROM sqlite_master').get();
    } catch (cause) {
      throw new StoreError('unavailable', 'The database does not answer.', { cause });
    }
  }

  async adopt(schema: StoreSchema): Promise<void> {
    this.#assertOpen();
    const { options } = this.#parts;
    await this.#queue.drain();
    this.#assertOpen();
    this.#turn.leave();
    if (options.readOnly !== true) {
      try {
        this.#tables = this.#migrate(schema, this.#tables, options.acceptSchemaChanges ?? false);
      } catch (error) {
        throw storeErrorOf(error, this.#tables);
      }
    }
    this.#resources = this.#resourcesOf(schema);
    this.#collections = new Map();
  }

  #migrate(schema: StoreSchema, stored: readonly Table[], acceptChanges: boolean): readonly Table[] {
    const { database } = this.#parts;
    if (!acceptChanges) assertFormsFit(database, schema, stored);
    const tables = migrate(database, schema, { acceptChanges });
    remember(database, schema);
    return tables;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#state = 'closing';
    await this.#queue.drain();
    const { database, guard, options } = this.#parts;
    try {
      if (options.readOnly !== true) {
        await this.#queue.submit(() => this.#eachSequence((sequence) => sequence.release()), 'one-statement');
      }
    } catch {
      // On a full disk nothing can be written down; that costs unused numbers, and no data.
    }
    this.#state = 'closed';
    this.#turn.leave();
    if (options.readOnly !== true) leaveOneFile(database);
    database.close();
    guard?.close();
  }

  #resourcesOf({ resources }: StoreSchema): ReadonlyMap<string, Resource> {
    const stored = new Set(this.#tables.map(({ resource }) => resource));
    for (const { name } of resources) if (!stored.has(name)) throw missingTable(name);
    return new Map(resources.map((resource) => [resource.name, resource]));
  }

  #createCollection(name: string): Collection {
    const { database, options } = this.#parts;
    const resource = this.#resources.get(name);
    const table = this.#tables.find((each) => each.resource === name);
    if (resource === undefined || table === undefined) {
      throw new StoreError('unknown-resource', `The store has no resource "${name}".`);
    }
    // Kept when a changed description is adopted: revisions and ids go on.
    const sequence = this.#sequences.get(name) ?? new Sequence(database, table);
    this.#sequences.set(name, sequence);
    return new SqliteCollection({
      database,
      queue: this.#queue,
      turn: this.#turn,
      resource,
      table,
      sequence,
      isOnlyWriter: options.readOnly !== true,
      assertOpen: () => this.#assertOpen(),
      assertWritable: () => {
        if (options.readOnly === true) throw new StoreError('read-only', 'The store was opened read-only.');
      },
      failure: (error) => storeErrorOf(error, this.#tables),
    });
  }

  #eachSequence(action: (sequence: Sequence) => void): void {
    for (const sequence of this.#sequences.values()) action(sequence);
  }

  #assertOpen(): void {
    if (this.#state !== 'open') throw new StoreError('unavailable', 'The store is closed.');
  }
}

function missingTable(resource: string): StoreError {
  return new StoreError(
    'schema',
    `The database has no table for "${resource}", and read-only means not to make one. Open it once for writing.`,
  );
}
