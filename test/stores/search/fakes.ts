/** A database and a search server that are as simple as they can be, and forget nothing that the real ones would keep. */
import type { ChangeLog, IndexableState } from '../../../src/stores/changes.ts';
import type { IndexPort, Outcome } from '../../../src/stores/search/index-port.ts';
import type { Process, Scheduler } from './scheduler.ts';

/** How a protocol may be weaker than ours; the simulation must notice each of them. */
export type Weakness =
  | 'none'
  /** The index takes whatever comes last. */
  | 'no version'
  /** Nothing says that a document waits. */
  | 'no flag'
  /** What waits is written down in another place, before the document. */
  | 'mark in a side collection'
  /** Removed documents are forgotten while requests about them are still on their way. */
  | 'early purge';

interface Row {
  readonly revision: number;
  readonly removed: boolean;
  /** Waits to be indexed since then. */
  pending: number | undefined;
}

/** What a simulation needs of a database. */
export interface SimulatedDatabase {
  readonly weakness: Weakness;
  /** Of the weakness that needs it. */
  readonly marks: Map<string, number>;
  /** Of what is stored or, where the database tells, was removed. */
  revisionOf(key: string): number | undefined;
  /** Compare and set, as every store writes a document. `false`: it is another one by now. */
  write(key: string, before: number | undefined, removed: boolean): boolean | Promise<boolean>;
  /** The change log, as one process reaches it. */
  changesFor(process: Process): ChangeLog;
  /** Keys and revisions of all that is stored. */
  stored(): ReadonlyMap<string, number> | Promise<ReadonlyMap<string, number>>;
}

export class FakeDatabase implements SimulatedDatabase {
  readonly rows = new Map<string, Row>();
  readonly marks = new Map<string, number>();
  readonly controls = new Map<string, { readonly version: number; readonly value: unknown }>();
  readonly scheduler: Scheduler;
  readonly weakness: Weakness;

  constructor(scheduler: Scheduler, weakness: Weakness) {
    this.scheduler = scheduler;
    this.weakness = weakness;
  }

  revisionOf(key: string): number | undefined {
    return this.rows.get(key)?.revision;
  }

  stored(): ReadonlyMap<string, number> {
    const live = [...this.rows].filter(([, { removed }]) => !removed);
    return new Map(live.map(([key, { revision }]) => [key, revision]));
  }

  write(key: string, before: number | undefined, removed: boolean): boolean {
    const current = this.rows.get(key);
    if (current?.revision !== before) return false;
    const revision = Math.max((current?.revision ?? 0) + 1, this.scheduler.now * 1000);
    const marked = this.weakness !== 'no flag' && this.weakness !== 'mark in a side collection';
    this.rows.set(key, { revision, removed, pending: marked ? this.scheduler.now : undefined });
    return true;
  }

  changesFor(process: Process): ChangeLog {
    const call = <T>(run: () => T): Promise<T> => this.scheduler.call(process, run);
    return {
      pending: (_, limit, before) => call(() => this.#pending(limit, before)),
      read: (_, keys) => call(() => keys.flatMap((key) => this.#state(key) ?? [])),
      confirm: (_, states) => call(() => this.#confirm(states)),
      fail: () => call(() => undefined),
      mark: (_, keys) => call(() => this.#mark(keys === 'all' ? [...this.rows.keys()] : keys)),
      scan: (_, after, limit) => call(() => this.#scan(after, limit)),
      forget: (_, before) => call(() => this.#forget(before)),
      count: () =>
        call(() => ({ pending: this.#pending(Number.MAX_SAFE_INTEGER, new Date(8.64e15)).length, refused: [] })),
      readControl: (name) => call(() => this.controls.get(name)),
      writeControl: (name, version, value) =>
        call(() => {
          if ((this.controls.get(name)?.version ?? 0) !== version) return false;
          this.controls.set(name, { version: version + 1, value });
          return true;
        }),
    };
  }

  #pending(limit: number, before: Date): readonly string[] {
    const waiting =
      this.weakness === 'mark in a side collection'
        ? [...this.marks]
        : [...this.rows].flatMap(([key, { pending }]) => (pending === undefined ? [] : [[key, pending] as const]));
    return waiting
      .filter(([, since]) => since <= before.getTime())
      .toSorted(([, a], [, b]) => a - b)
      .slice(0, limit)
      .map(([key]) => key);
  }

  #state(key: string): IndexableState | undefined {
    const row = this.rows.get(key);
    if (row === undefined) return undefined;
    const { revision, removed } = row;
    return removed
      ? { key, revision, removed }
      : { key, revision, removed, document: { key, revision, text: '{}', links: {} } };
  }

  #confirm(states: readonly { readonly key: string; readonly revision: number }[]): void {
    for (const { key, revision } of states) {
      const row = this.rows.get(key);
      if (row?.revision === revision) row.pending = undefined;
      if (row?.revision === revision) this.marks.delete(key);
    }
  }

  #mark(keys: readonly string[]): void {
    for (const key of keys) {
      const row = this.rows.get(key);
      if (row !== undefined) row.pending ??= this.scheduler.now;
    }
  }

  #scan(after: string | undefined, limit: number): readonly IndexableState[] {
    const keys = [...this.rows.keys()].filter((key) => after === undefined || key > after).toSorted();
    return keys.slice(0, limit).flatMap((key) => this.#state(key) ?? []);
  }

  #forget(before: Date): number {
    const limit = this.weakness === 'early purge' ? Number.POSITIVE_INFINITY : before.getTime();
    let forgotten = 0;
    for (const [key, { removed, revision, pending }] of this.rows) {
      if (!removed || pending !== undefined || revision / 1000 > limit) continue;
      this.rows.delete(key);
      forgotten += 1;
    }
    return forgotten;
  }
}

interface Indexed {
  readonly revision: number;
  readonly removed: boolean;
  readonly at: number;
}

export class FakeIndex {
  readonly indexes = new Map<string, Map<string, Indexed>>();
  serving: string | undefined;
  readonly scheduler: Scheduler;
  readonly weakness: Weakness;
  /** How long removals are remembered, in milliseconds. */
  readonly remember: number;

  constructor(scheduler: Scheduler, weakness: Weakness, remember: number) {
    this.scheduler = scheduler;
    this.weakness = weakness;
    this.remember = weakness === 'early purge' ? 0 : remember;
  }

  portFor(process: Process): IndexPort {
    const call = <T>(run: () => T): Promise<T> => this.scheduler.call(process, run);
    return {
      send: (index, states) => call(() => states.map((state) => this.#take(index, state))),
      create: (index) => call(() => void (this.indexes.has(index) || this.indexes.set(index, new Map()))),
      serve: (_, from, to) =>
        call(() => {
          if (this.serving === from) this.serving = to;
        }),
      refresh: () => call(() => undefined),
      indexes: () => call(() => [...this.indexes.keys()]),
      drop: (index) => call(() => void this.indexes.delete(index)),
      versions: (index, after, limit) => call(() => this.#versions(index, after, limit)),
    };
  }

  /** What searches find: keys and revisions. */
  found(): ReadonlyMap<string, number> {
    const documents = this.indexes.get(this.serving ?? '') ?? new Map<string, Indexed>();
    return new Map(
      [...documents].flatMap(([key, { revision, removed }]) => (removed ? [] : [[key, revision] as const])),
    );
  }

  #take(name: string, { key, revision, removed }: IndexableState): Outcome {
    const index = this.indexes.get(name);
    if (index === undefined) return { kind: 'again', reason: 'no such index' };
    const current = index.get(key);
    const isForgotten = current?.removed && this.scheduler.now - current.at > this.remember;
    const known = isForgotten ? 0 : (current?.revision ?? 0);
    if (this.weakness !== 'no version' && revision < known) return { kind: 'indexed' };
    index.set(key, { revision, removed, at: this.scheduler.now });
    return { kind: 'indexed' };
  }

  #versions(name: string, after: string | undefined, limit: number) {
    const index = [...(this.indexes.get(name) ?? [])].filter(
      ([key, { removed }]) => !removed && (after === undefined || key > after),
    );
    return index
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([key, { revision }]) => ({ key, revision }));
  }
}
