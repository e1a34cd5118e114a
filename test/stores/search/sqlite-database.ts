/** The real SQLite store, for the simulation: its change log, its writes, and the clock of the scheduler. */
import { mock } from 'node:test';
import type { ChangeLog } from '../../../src/stores/changes.ts';
import type { Collection, Store } from '../../../src/stores/contract.ts';
import { StoreError } from '../../../src/stores/contract.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { books } from '../bookstore.ts';
import type { SimulatedDatabase } from './fakes.ts';
import type { Process, Scheduler } from './scheduler.ts';

export async function openSqliteDatabase(scheduler: Scheduler): Promise<SqliteDatabase> {
  const store = await openSqliteStore(':memory:', { resources: [books] }, { tracked: true });
  const { changes } = store;
  if (changes === undefined) throw new TypeError('The store does not tell its changes.');
  return new SqliteDatabase(scheduler, store, changes);
}

export class SqliteDatabase implements SimulatedDatabase {
  readonly weakness = 'none';
  readonly marks = new Map<string, number>();
  readonly #scheduler: Scheduler;
  readonly #store: Store;
  readonly #changes: ChangeLog;

  constructor(scheduler: Scheduler, store: Store, changes: ChangeLog) {
    this.#scheduler = scheduler;
    this.#store = store;
    this.#changes = changes;
  }

  revisionOf(key: string): number | undefined {
    const document = this.#collection.get(key);
    if (document instanceof Promise) throw new TypeError('SQLite reads at once.');
    return document?.revision;
  }

  async write(key: string, before: number | undefined, removed: boolean): Promise<boolean> {
    mock.timers.setTime(this.#scheduler.now);
    const expected = { kind: 'revision', revisions: before === undefined ? [] : [before] } as const;
    try {
      if (before === undefined) await this.#collection.create({ key, text: '{}' });
      else if (removed) return (await this.#collection.remove(key, expected)) !== undefined;
      else return (await this.#collection.update(key, expected, () => '{"pages":1}')) !== undefined;
      return true;
    } catch (error) {
      if (error instanceof StoreError && (error.kind === 'conflict' || error.kind === 'precondition')) return false;
      throw error;
    }
  }

  changesFor(process: Process): ChangeLog {
    const changes = this.#changes;
    const call = <T>(run: () => Promise<T>): Promise<T> =>
      this.#scheduler.call(process, () => {
        mock.timers.setTime(this.#scheduler.now);
        return run();
      });
    return {
      pending: (...given) => call(() => changes.pending(...given)),
      read: (...given) => call(() => changes.read(...given)),
      confirm: (...given) => call(() => changes.confirm(...given)),
      fail: (...given) => call(() => changes.fail(...given)),
      mark: (...given) => call(() => changes.mark(...given)),
      scan: (...given) => call(() => changes.scan(...given)),
      forget: (...given) => call(() => changes.forget(...given)),
      count: (...given) => call(() => changes.count(...given)),
      readControl: (...given) => call(() => changes.readControl(...given)),
      writeControl: (...given) => call(() => changes.writeControl(...given)),
    };
  }

  async stored(): Promise<ReadonlyMap<string, number>> {
    const states = await this.#changes.scan('books', undefined, 1000);
    return new Map(states.flatMap(({ key, revision, removed }) => (removed ? [] : [[key, revision]])));
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  get #collection(): Collection {
    return this.#store.collection('books');
  }
}
