import { basename } from 'node:path';
import type { Resource } from '../../model/types.ts';
import type { ChangeLog } from '../changes.ts';
import { type Collection, type ControlFacts, type Store, StoreError, type StoreSchema } from '../contract.ts';
import type { Access } from './access.ts';
import { createChangeLog } from './changes.ts';
import { SqliteCollection } from './collection.ts';
import { leaveOneFile } from './configure.ts';
import { createControl } from './control.ts';
import { assertSameApi } from './described.ts';
import type { Database } from './driver.ts';
import { storeErrorOf } from './failures.ts';
import { FullText } from './full-text.ts';
import type { Table } from './layout.ts';
import { createMarks, hasMarks } from './marks.ts';
import { readSecret, readTables } from './meta.ts';
import { migrate } from './migrate.ts';
import { createReadTurn, type ReadTurn } from './read-turn.ts';
import { createReader, type Reader } from './reader.ts';
import { Sequence } from './sequence.ts';
import type { SqliteOptions } from './store.ts';
import { makeTable, Tables } from './tables.ts';
import { UnwrittenCollection } from './unwritten.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

/** The name of a database that is never written to disk. */
export const inMemory = ':memory:';

export interface SqliteStoreParts {
  readonly file: string;
  readonly database: Database;
  /** Holds the lock while it is open. */
  readonly guard: Database | undefined;
  readonly schema: StoreSchema;
  readonly options: SqliteOptions;
  /** `marks`: of what an index has yet to learn, and nothing else. */
  readonly writes: 'everything' | 'marks' | 'nothing';
}

/** A database that is open. */
export class SqliteStore implements Store {
  readonly description: string;
  readonly secret: string;
  readonly control: ControlFacts;
  readonly changes?: ChangeLog;
  readonly #parts: SqliteStoreParts;
  readonly #queue: WriteQueue;
  readonly #turn: ReadTurn;
  /** A database in memory can be read by one connection only. */
  readonly #reader: Reader | undefined;
  readonly #isMarked: boolean;
  readonly #sequences = new Map<string, Sequence>();
  readonly #fullTexts = new Map<string, FullText>();
  #tables: Tables;
  #resources: ReadonlyMap<string, Resource>;
  /** Made when they are first asked for: a description may have hundreds. */
  #collections = new Map<string, SqliteCollection>();
  #unwritten = new Map<string, UnwrittenCollection>();
  /** Under way; their second half is not in the queue yet. */
  readonly #firstWrites = new Set<Promise<unknown>>();
  #state: 'open' | 'closing' | 'closed' = 'open';
  #closed: Promise<void> | undefined;

  constructor(parts: SqliteStoreParts) {
    const { file, database, schema, options, writes } = parts;
    this.#parts = parts;
    this.description = file === inMemory ? 'SQLite, in memory (nothing is kept)' : `SQLite, ${basename(file)}`;
    this.#turn = createReadTurn(database);
    this.#reader = file === inMemory ? undefined : createReader(file, options.readLimit ?? 10_000);
    this.#queue = createWriteQueue(database, {
      beforeBegin: () => this.#turn.leave(),
      isBusy: () => this.#turn.wasShared(),
      beforeCommit: () => this.#eachSequence((sequence) => sequence.record()),
      afterRollback: () => this.#eachSequence((sequence) => sequence.undone()),
    });
    const stored = readTables(database);
    if (options.acceptSchemaChanges !== true) assertSameApi(database, schema, stored);
    this.#tables = writes === 'everything' ? this.#migrate(schema) : new Tables(database, stored, true);
    this.#resources = resourcesOf(schema);
    this.secret = readSecret(database);
    if (options.tracked === true && writes !== 'nothing' && !hasMarks(database)) createMarks(database);
    this.#isMarked = hasMarks(database);
    const access = this.#createAccess();
    this.control = createControl(database, access);
    if (options.tracked === true) {
      this.changes = createChangeLog({
        database,
        access,
        control: this.control,
        resource: (name) => this.#resourceNamed(name),
        table: (name) => this.#tables.find(name),
      });
    }
  }

  collection(resource: string): Collection {
    this.#assertOpen();
    return this.#written(resource) ?? this.#unwrittenOne(resource);
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
    const { writes } = this.#parts;
    do {
      await this.#settleFirstWrites();
      await this.#queue.drain();
    } while (this.#firstWrites.size > 0);
    this.#assertOpen();
    this.#turn.leave();
    if (writes === 'everything') {
      try {
        this.#tables = this.#migrate(schema);
      } catch (error) {
        throw storeErrorOf(error, this.#tables.all);
      }
    }
    this.#resources = resourcesOf(schema);
    for (const fullText of this.#fullTexts.values()) fullText.rest();
    this.#collections = new Map();
    this.#unwritten = new Map();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    if (this.#firstWrites.size > 0) await this.#settleFirstWrites();
    this.#state = 'closing';
    // At once: what is read may take long, and nobody waits for it any more.
    const readerEnded = this.#reader?.close();
    await this.#queue.drain();
    const { database, guard, writes } = this.#parts;
    try {
      if (writes === 'everything') {
        await this.#queue.submit(() => this.#eachSequence((sequence) => sequence.release()), 'one-statement');
      }
    } catch {
      // On a full disk nothing can be written down; that costs unused numbers, and no data.
    }
    this.#state = 'closed';
    this.#turn.leave();
    // The log can be folded in only when nobody reads it.
    await readerEnded;
    if (writes === 'everything' || guard !== undefined) leaveOneFile(database);
    database.close();
    guard?.close();
  }

  #migrate(schema: StoreSchema): Tables {
    const { database, options } = this.#parts;
    const tables = migrate(database, schema, { acceptChanges: options.acceptSchemaChanges ?? false });
    return new Tables(database, tables, false);
  }

  /** The collection of a resource that has a table. */
  #written(name: string): SqliteCollection | undefined {
    const known = this.#collections.get(name);
    if (known !== undefined) return known;
    const resource = this.#resourceNamed(name);
    const table = this.#tables.find(name);
    return table === undefined ? undefined : this.#createCollection(resource, table);
  }

  #unwrittenOne(name: string): UnwrittenCollection {
    const known = this.#unwritten.get(name);
    if (known !== undefined) return known;
    const collection = new UnwrittenCollection({
      resource: this.#resourceNamed(name),
      find: () => {
        this.#assertOpen();
        return this.#written(name);
      },
      make: () => this.#make(name),
      onFirstWrite: (write) => this.#track(write),
      assertWritable: () => this.#assertWritable(),
    });
    this.#unwritten.set(name, collection);
    return collection;
  }

  async #make(name: string): Promise<SqliteCollection> {
    const resource = this.#resourceNamed(name);
    try {
      const table = await this.#queue.submit(() => makeTable(this.#parts.database, resource), 'many-statements');
      this.#tables.add(table);
      return this.#collections.get(name) ?? this.#createCollection(resource, table);
    } catch (error) {
      throw storeErrorOf(error, this.#tables.all);
    }
  }

  #createAccess(): Access {
    const { writes } = this.#parts;
    const failing = (error: unknown): unknown => storeErrorOf(error, this.#tables.all);
    return {
      read: async (work) => {
        this.#assertOpen();
        try {
          this.#turn.enter();
          return work();
        } catch (error) {
          throw failing(error);
        }
      },
      write: async (work) => {
        this.#assertOpen();
        if (writes === 'nothing') throw new StoreError('read-only', 'The store was opened read-only.');
        try {
          return await this.#queue.submit(work, 'many-statements');
        } catch (error) {
          throw failing(error);
        }
      },
    };
  }

  #track(write: Promise<unknown>): void {
    this.#firstWrites.add(write);
    const forget = (): void => void this.#firstWrites.delete(write);
    write.then(forget, forget);
  }

  async #settleFirstWrites(): Promise<void> {
    while (this.#firstWrites.size > 0) await Promise.allSettled(this.#firstWrites);
  }

  #resourceNamed(name: string): Resource {
    const resource = this.#resources.get(name);
    if (resource === undefined) throw new StoreError('unknown-resource', `The store has no resource "${name}".`);
    return resource;
  }

  #createCollection(resource: Resource, table: Table): SqliteCollection {
    const { database, writes } = this.#parts;
    const { name } = resource;
    // Kept when a changed description is adopted: revisions and ids go on.
    const sequence = this.#sequences.get(name) ?? new Sequence(database, table);
    this.#sequences.set(name, sequence);
    const fullText = writes === 'everything' ? this.#fullTextOf(resource, table) : undefined;
    const collection = new SqliteCollection({
      database,
      queue: this.#queue,
      turn: this.#turn,
      resource,
      table,
      sequence,
      fullText,
      isMarked: this.#isMarked,
      reader: this.#reader,
      isOnlyWriter: writes === 'everything',
      assertOpen: () => this.#assertOpen(),
      assertWritable: () => this.#assertWritable(),
      failure: (error) => storeErrorOf(error, this.#tables.all),
    });
    this.#collections.set(name, collection);
    return collection;
  }

  /** Kept, too: a write that began under the old description must be told to the same index. */
  #fullTextOf(resource: Resource, table: Table): FullText {
    const { database } = this.#parts;
    const isOpen = (): boolean => this.#state === 'open';
    const fullText = this.#fullTexts.get(resource.name) ?? new FullText({ database, queue: this.#queue, isOpen });
    fullText.serve(resource, table);
    this.#fullTexts.set(resource.name, fullText);
    return fullText;
  }

  #eachSequence(action: (sequence: Sequence) => void): void {
    for (const sequence of this.#sequences.values()) action(sequence);
  }

  #assertOpen(): void {
    if (this.#state !== 'open') throw new StoreError('unavailable', 'The store is closed.');
  }

  #assertWritable(): void {
    if (this.#parts.writes !== 'everything') throw new StoreError('read-only', 'The store was opened read-only.');
  }
}

function resourcesOf({ resources }: StoreSchema): ReadonlyMap<string, Resource> {
  return new Map(resources.map((resource) => [resource.name, resource]));
}
