/** The memory store, which can tell its changes: what `search/` needs of a store, as plain as it can be. */
import type { Filter } from '../../../src/query/types.ts';
import { compareText } from '../../../src/query/values.ts';
import type { ChangeLog, IndexableState } from '../../../src/stores/changes.ts';
import type {
  BulkWrite,
  Collection,
  NewDocument,
  Precondition,
  Store,
  StoredDocument,
  StoreSchema,
} from '../../../src/stores/contract.ts';
import { openMemoryStore } from '../../../src/stores/memory.ts';
import { all } from '../suite.ts';

type Change = (current: StoredDocument) => string | undefined;

export async function openChangingMemoryStore(schema: StoreSchema): Promise<Store & { readonly changes: ChangeLog }> {
  const inner = await openMemoryStore(schema);
  const changes = new MemoryChanges();
  return {
    description: inner.description,
    secret: inner.secret,
    changes,
    collection: (resource) => {
      inner.collection(resource);
      // Looked up at each use: a collection outlives a change of the description.
      return new LoggedCollection(() => inner.collection(resource), changes.rows(resource));
    },
    ping: () => inner.ping(),
    adopt: (next) => inner.adopt(next),
    close: () => inner.close(),
  };
}

interface Row {
  readonly state: IndexableState;
  pending: number | undefined;
  refused: string | undefined;
}

type Rows = Map<string, Row>;

class MemoryChanges implements ChangeLog {
  readonly #rows = new Map<string, Rows>();
  readonly #controls = new Map<string, { readonly version: number; readonly value: unknown }>();

  rows(resource: string): Rows {
    const rows = this.#rows.get(resource) ?? new Map<string, Row>();
    this.#rows.set(resource, rows);
    return rows;
  }

  async pending(resource: string, limit: number, before: Date): Promise<readonly string[]> {
    return [...this.rows(resource)]
      .filter(([, { pending, refused }]) => refused === undefined && pending !== undefined && pending <= +before)
      .toSorted(([, a], [, b]) => (a.pending ?? 0) - (b.pending ?? 0))
      .slice(0, limit)
      .map(([key]) => key);
  }

  async read(resource: string, keys: readonly string[]): Promise<readonly IndexableState[]> {
    return keys.flatMap((key) => this.rows(resource).get(key)?.state ?? []);
  }

  async confirm(
    resource: string,
    states: readonly { readonly key: string; readonly revision: number }[],
  ): Promise<void> {
    for (const row of this.#current(resource, states)) row.pending = undefined;
  }

  async fail(
    resource: string,
    states: readonly { readonly key: string; readonly revision: number }[],
    outcome: { readonly kind: 'again' | 'refused'; readonly reason: string },
  ): Promise<void> {
    if (outcome.kind === 'again') return;
    for (const row of this.#current(resource, states)) row.refused = outcome.reason;
  }

  async mark(resource: string, keys: readonly string[] | 'all'): Promise<void> {
    for (const [key, row] of this.rows(resource)) {
      if (keys !== 'all' && !keys.includes(key)) continue;
      row.pending ??= Date.now();
      row.refused = undefined;
    }
  }

  async scan(resource: string, after: string | undefined, limit: number): Promise<readonly IndexableState[]> {
    return [...this.rows(resource).values()]
      .map(({ state }) => state)
      .filter(({ key }) => after === undefined || compareText(key, after) > 0)
      .toSorted((a, b) => compareText(a.key, b.key))
      .slice(0, limit);
  }

  async forget(resource: string, before: Date): Promise<number> {
    let forgotten = 0;
    for (const [key, { state, pending }] of this.rows(resource)) {
      if (!state.removed || pending !== undefined || state.revision / 2000 > +before) continue;
      this.rows(resource).delete(key);
      forgotten += 1;
    }
    return forgotten;
  }

  async count(resource: string) {
    const rows = [...this.rows(resource)];
    const refused = rows.flatMap(([key, { refused: reason }]) =>
      reason === undefined ? [] : [{ resource, key, reason }],
    );
    const pending = rows.filter(([, row]) => row.pending !== undefined && row.refused === undefined).length;
    return { pending, refused };
  }

  async readControl(name: string) {
    return this.#controls.get(name);
  }

  async writeControl(name: string, version: number, value: unknown): Promise<boolean> {
    if ((this.#controls.get(name)?.version ?? 0) !== version) return false;
    this.#controls.set(name, { version: version + 1, value });
    return true;
  }

  #current(resource: string, states: readonly { readonly key: string; readonly revision: number }[]): readonly Row[] {
    return states.flatMap(({ key, revision }) => {
      const row = this.rows(resource).get(key);
      return row !== undefined && row.state.revision === revision ? [row] : [];
    });
  }
}

/** Notes each write in the same turn as it happens. Twice the revision, so that a removal has room for its own. */
class LoggedCollection implements Collection {
  readonly #open: () => Collection;
  readonly #rows: Rows;

  constructor(open: () => Collection, rows: Rows) {
    this.#open = open;
    this.#rows = rows;
  }

  get(key: string) {
    return this.#open().get(key);
  }

  list(query: Parameters<Collection['list']>[0]) {
    return this.#open().list(query);
  }

  count(filter: Filter) {
    return this.#open().count(filter);
  }

  aggregate(...given: Parameters<Collection['aggregate']>) {
    return this.#open().aggregate(...given);
  }

  async create(document: NewDocument) {
    return this.#note(await this.#open().create(document));
  }

  async createMany(documents: readonly NewDocument[]) {
    const created = await this.#open().createMany(documents);
    for (const each of created) this.#note(each);
    return created;
  }

  nextId() {
    return this.#open().nextId();
  }

  async update(key: string, precondition: Precondition, change: Change) {
    const updated = await this.#open().update(key, precondition, change);
    return updated && this.#note(updated);
  }

  async upsert(document: NewDocument, precondition: Precondition) {
    const result = await this.#open().upsert(document, precondition);
    this.#note(result.document);
    return result;
  }

  async remove(key: string, precondition: Precondition) {
    const removed = await this.#open().remove(key, precondition);
    return removed && this.#noteRemoval(removed);
  }

  async updateMany(filter: Filter, change: Change, tell?: (written: BulkWrite) => void) {
    return this.#noteAll(() => this.#open().updateMany(filter, change, tell));
  }

  async removeMany(filter: Filter, tell?: (written: BulkWrite) => void) {
    return this.#noteAll(() => this.#open().removeMany(filter, tell));
  }

  async restore(documents: readonly StoredDocument[], lastId?: number) {
    return this.#noteAll(() => this.#open().restore(documents, lastId));
  }

  lastId() {
    return this.#open().lastId();
  }

  #note(document: StoredDocument): StoredDocument {
    const { key } = document;
    const known = this.#rows.get(key)?.state;
    // What is restored may be older than its removal; an index would not take it then.
    const revision = Math.max(document.revision * 2, known?.removed === true ? known.revision + 1 : 0);
    if ((known?.revision ?? 0) < revision) {
      this.#rows.set(key, {
        state: { key, revision, removed: false, document },
        pending: Date.now(),
        refused: undefined,
      });
    }
    return document;
  }

  #noteRemoval(document: StoredDocument): StoredDocument {
    const { key } = document;
    const known = this.#rows.get(key)?.state;
    // It may have come back under a revision of its own.
    const revision = Math.max(document.revision * 2 + 1, known?.removed === false ? known.revision + 1 : 0);
    if ((known?.revision ?? 0) < revision) {
      this.#rows.set(key, { state: { key, revision, removed: true }, pending: Date.now(), refused: undefined });
    }
    return document;
  }

  async #noteAll<T>(write: () => Promise<T>): Promise<T> {
    const everything = { ...all, limit: Number.MAX_SAFE_INTEGER };
    const before = (await this.#open().list(everything)).documents;
    const result = await write();
    const after = (await this.#open().list(everything)).documents;
    const kept = new Set(after.map(({ key }) => key));
    for (const document of before) if (!kept.has(document.key)) this.#noteRemoval(document);
    for (const document of after) this.#note(document);
    return result;
  }
}
