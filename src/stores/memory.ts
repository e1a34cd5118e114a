/**
 * The executable specification of the contract: the plainest code that keeps every promise of `contract.ts`, except to
 * outlive the process. For tests and for reading; it filters and sorts everything at each list.
 */
import { randomUUID } from 'node:crypto';
import type { Field, Resource } from '../model/types.ts';
import type { AggregationResults, Aggregations } from '../query/aggregation.ts';
import { comparator, evaluate, matcher } from '../query/evaluate.ts';
import { idOfKey } from '../query/operand.ts';
import type { Filter, Query } from '../query/types.ts';
import { valuesOf } from '../query/values.ts';
import { aggregateWithinLimit } from './bucket-limit.ts';
import {
  type BulkWrite,
  type Collection,
  type NewDocument,
  type Page,
  type Precondition,
  type Store,
  type StoredDocument,
  StoreError,
  type StoreSchema,
} from './contract.ts';
import { assertDistinct, assertTypesFit, uniqueFields } from './memory-fit.ts';
import { checkPrecondition } from './preconditions.ts';
import { RevisionClock } from './revision.ts';

/** Opens an empty store that lives as long as the process. */
export function openMemoryStore(schema: StoreSchema): Promise<Store> {
  return Promise.resolve(new MemoryStore(schema));
}

class MemoryStore implements Store {
  readonly description = 'memory (nothing is kept)';
  readonly secret = randomUUID();
  readonly #shelves = new Map<string, Shelf>();
  #collections: ReadonlyMap<string, Collection>;
  #open = true;

  constructor(schema: StoreSchema) {
    this.#collections = this.#collectionsOf(schema);
  }

  collection(resource: string): Collection {
    this.#assertOpen();
    const collection = this.#collections.get(resource);
    if (collection !== undefined) return collection;
    throw new StoreError('unknown-resource', `The store has no resource "${resource}".`);
  }

  async ping(): Promise<void> {
    this.#assertOpen();
  }

  async adopt(schema: StoreSchema): Promise<void> {
    this.#assertOpen();
    for (const resource of schema.resources) {
      const entries = [...(this.#shelves.get(resource.name)?.entries.values() ?? [])];
      for (const field of uniqueFields(resource)) assertDistinct(resource, field, entries);
      assertTypesFit(resource, this.#shelves.get(resource.name)?.fields ?? [], entries);
    }
    this.#collections = this.#collectionsOf(schema);
  }

  async close(): Promise<void> {
    this.#open = false;
  }

  #collectionsOf(schema: StoreSchema): ReadonlyMap<string, Collection> {
    const collections = new Map<string, Collection>();
    for (const resource of schema.resources) {
      const shelf = this.#shelves.get(resource.name) ?? newShelf();
      shelf.fields = resource.fields;
      this.#shelves.set(resource.name, shelf);
      collections.set(resource.name, new MemoryCollection(resource, shelf, () => this.#assertOpen()));
    }
    return collections;
  }

  #assertOpen(): void {
    if (!this.#open) throw new StoreError('unavailable', 'The store is closed.');
  }
}

/** What is kept of one resource; it outlives a change of the description. */
interface Shelf {
  readonly entries: Map<string, Entry>;
  readonly clock: RevisionClock;
  lastId: number;
  fields: readonly Field[];
}

/** A stored document with its text parsed once. */
interface Entry {
  readonly stored: StoredDocument;
  readonly key: string;
  readonly links: Readonly<Record<string, string>>;
  readonly document: unknown;
}

function newShelf(): Shelf {
  return { entries: new Map(), clock: new RevisionClock(), lastId: 0, fields: [] };
}

class MemoryCollection implements Collection {
  readonly #resource: Resource;
  readonly #shelf: Shelf;
  readonly #assertOpen: () => void;

  constructor(resource: Resource, shelf: Shelf, assertOpen: () => void) {
    this.#resource = resource;
    this.#shelf = shelf;
    this.#assertOpen = assertOpen;
  }

  get(key: string): StoredDocument | undefined {
    this.#assertOpen();
    return this.#shelf.entries.get(key)?.stored;
  }

  list(query: Query): Page {
    this.#assertOpen();
    const { page, total, more } = evaluate(query, [...this.#shelf.entries.values()], this.#resource);
    const documents = page.map(({ stored }) => stored);
    return query.count !== 'none' ? { documents, total, more } : { documents, more };
  }

  count(filter: Filter): number {
    return this.#matching(filter).length;
  }

  async create(document: NewDocument): Promise<StoredDocument> {
    this.#assertOpen();
    if (this.#shelf.entries.has(document.key)) throw conflict('key');
    return this.#write(document.key, document.text, document.links ?? {});
  }

  async createMany(documents: readonly NewDocument[]): Promise<readonly StoredDocument[]> {
    this.#assertOpen();
    return this.#allOrNone(() =>
      documents.map(({ key, text, links = {} }) => {
        if (this.#shelf.entries.has(key)) throw conflict('key');
        return this.#write(key, text, links);
      }),
    );
  }

  async nextId(): Promise<number> {
    this.#assertOpen();
    this.#shelf.lastId += 1;
    return this.#shelf.lastId;
  }

  async update(key: string, precondition: Precondition, change: Change): Promise<StoredDocument | undefined> {
    this.#assertOpen();
    const current = this.#shelf.entries.get(key)?.stored;
    if (current === undefined) return undefined;
    checkPrecondition(precondition, current.revision);
    const text = change(current);
    return text === undefined ? current : this.#write(key, text, current.links);
  }

  async upsert(
    document: NewDocument,
    precondition: Precondition,
  ): Promise<{ readonly document: StoredDocument; readonly created: boolean }> {
    this.#assertOpen();
    const current = this.#shelf.entries.get(document.key)?.stored;
    checkPrecondition(precondition, current?.revision);
    const links = document.links ?? current?.links ?? {};
    return { document: this.#write(document.key, document.text, links), created: current === undefined };
  }

  async remove(key: string, precondition: Precondition): Promise<StoredDocument | undefined> {
    this.#assertOpen();
    const current = this.#shelf.entries.get(key)?.stored;
    if (current === undefined) return undefined;
    checkPrecondition(precondition, current.revision);
    this.#shelf.entries.delete(key);
    this.#shelf.clock.next();
    return current;
  }

  async updateMany(filter: Filter, change: Change, tell?: (written: BulkWrite) => void): Promise<number> {
    const writes = this.#allOrNone(() =>
      this.#matching(filter).flatMap(({ stored }): BulkWrite[] => {
        const text = change(stored);
        return text === undefined ? [] : [{ before: stored, after: this.#write(stored.key, text, stored.links) }];
      }),
    );
    if (tell) writes.forEach(tell);
    return writes.length;
  }

  async removeMany(filter: Filter, tell?: (written: BulkWrite) => void): Promise<number> {
    const matching = this.#matching(filter);
    for (const { key } of matching) this.#shelf.entries.delete(key);
    if (tell) for (const { stored } of matching) tell({ before: stored });
    if (matching.length > 0) this.#shelf.clock.next();
    return matching.length;
  }

  aggregate(filter: Filter, aggregations: Aggregations): AggregationResults {
    return aggregateWithinLimit(aggregations, this.#matching(filter), this.#resource);
  }

  async restore(documents: readonly StoredDocument[], lastId = 0): Promise<void> {
    this.#assertOpen();
    const isNewer = ({ key, revision }: StoredDocument) =>
      (this.#shelf.entries.get(key)?.stored.revision ?? 0) < revision;
    this.#allOrNone(() => {
      for (const document of documents) if (isNewer(document)) this.#keep(document);
    });
    this.#shelf.lastId = Math.max(this.#shelf.lastId, lastId);
  }

  lastId(): number {
    return this.#shelf.lastId;
  }

  lastChange(): number {
    return this.#shelf.clock.last;
  }

  #allOrNone<Result>(work: () => Result): Result {
    const before = new Map(this.#shelf.entries);
    try {
      return work();
    } catch (error) {
      this.#shelf.entries.clear();
      for (const [key, entry] of before) this.#shelf.entries.set(key, entry);
      throw error;
    }
  }

  /** In the order of ids, as every store visits them. */
  #matching(filter: Filter): readonly Entry[] {
    this.#assertOpen();
    const matches = [...this.#shelf.entries.values()].filter(matcher(filter, this.#resource));
    return matches.sort(comparator([], this.#resource));
  }

  #write(key: string, text: string, links: Readonly<Record<string, string>>): StoredDocument {
    const stored = { key, text, links, revision: this.#shelf.clock.next() };
    this.#keep(stored);
    return stored;
  }

  #keep(stored: StoredDocument): void {
    const { key, links } = stored;
    const document: unknown = JSON.parse(stored.text);
    for (const field of uniqueFields(this.#resource)) this.#assertFree(key, field, document);
    this.#shelf.entries.set(key, { stored, key, links, document });
    this.#shelf.clock.seen(stored.revision);
    const id = idOfKey(key, this.#resource.id);
    if (typeof id === 'number' && Number.isSafeInteger(id)) this.#shelf.lastId = Math.max(this.#shelf.lastId, id);
  }

  #assertFree(key: string, field: Field, document: unknown): void {
    const [wanted] = valuesOf(document, field);
    if (wanted === undefined) return;
    for (const other of this.#shelf.entries.values()) {
      if (other.key !== key && valuesOf(other.document, field)[0] === wanted) throw conflict(field.path);
    }
  }
}

type Change = (current: StoredDocument) => string | undefined;

function conflict(field: string): StoreError {
  return new StoreError('conflict', `The value of "${field}" is taken.`, { fields: [field] });
}
