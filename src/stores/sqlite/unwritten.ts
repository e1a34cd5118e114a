import type { Resource } from '../../model/types.ts';
import { aggregate } from '../../query/aggregate.ts';
import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import type { Filter, Query } from '../../query/types.ts';
import type { BulkWrite, Collection, NewDocument, Page, Precondition, StoredDocument, TextPage } from '../contract.ts';
import type { SqliteCollection } from './collection.ts';

export interface UnwrittenContext {
  readonly resource: Resource;
  /** The collection, as soon as there is a table. Throws when the store is closed. */
  readonly find: () => SqliteCollection | undefined;
  /** Makes the table, and resolves when that is on disk. */
  readonly make: () => Promise<SqliteCollection>;
  /** Told of each write that has to wait for a table: it goes through the write queue twice. */
  readonly onFirstWrite: (write: Promise<unknown>) => void;
  /** Throws when the store can only be read. */
  readonly assertWritable: () => void;
}

/**
 * A resource that nobody had written to when it was asked for, and which has no table: there is nothing to find in it. Its
 * first write makes the table, in a transaction before its own, so that no write ever depends on a table that might still
 * be rolled back. From then on everything goes to the table.
 */
export class UnwrittenCollection implements Collection {
  readonly #context: UnwrittenContext;
  #written: SqliteCollection | undefined;
  #making: Promise<SqliteCollection> | undefined;

  constructor(context: UnwrittenContext) {
    this.#context = context;
  }

  get(key: string): StoredDocument | undefined {
    return this.#find()?.get(key);
  }

  list(query: Query): Page | Promise<Page> {
    return this.#find()?.list(query) ?? { documents: [], ...noneOf(query) };
  }

  listTexts(query: Query): TextPage | undefined {
    const written = this.#find();
    return written === undefined ? { texts: '', count: 0, ...noneOf(query) } : written.listTexts(query);
  }

  count(filter: Filter): number | Promise<number> {
    return this.#find()?.count(filter) ?? 0;
  }

  create(document: NewDocument): Promise<StoredDocument> {
    return this.#write((written) => written.create(document));
  }

  createMany(documents: readonly NewDocument[]): Promise<readonly StoredDocument[]> {
    return this.#write((written) => written.createMany(documents));
  }

  nextId(): Promise<number> {
    return this.#write((written) => written.nextId());
  }

  upsert(
    document: NewDocument,
    precondition: Precondition,
  ): Promise<{ readonly document: StoredDocument; readonly created: boolean }> {
    return this.#write((written) => written.upsert(document, precondition));
  }

  update(
    key: string,
    precondition: Precondition,
    change: (current: StoredDocument) => string | undefined,
  ): Promise<StoredDocument | undefined> {
    return this.#change((written) => written.update(key, precondition, change), undefined);
  }

  remove(key: string, precondition: Precondition): Promise<StoredDocument | undefined> {
    return this.#change((written) => written.remove(key, precondition), undefined);
  }

  updateMany(
    filter: Filter,
    change: (current: StoredDocument) => string | undefined,
    tell?: (written: BulkWrite) => void,
  ): Promise<number> {
    return this.#change((written) => written.updateMany(filter, change, tell), 0);
  }

  removeMany(filter: Filter, tell?: (written: BulkWrite) => void): Promise<number> {
    return this.#change((written) => written.removeMany(filter, tell), 0);
  }

  aggregate(filter: Filter, aggregations: Aggregations): AggregationResults | Promise<AggregationResults> {
    return this.#find()?.aggregate(filter, aggregations) ?? aggregate(aggregations, [], this.#context.resource);
  }

  restore(documents: readonly StoredDocument[], lastId?: number): Promise<void> {
    return this.#write((written) => written.restore(documents, lastId));
  }

  lastId(): number {
    return this.#find()?.lastId() ?? 0;
  }

  lastChange(): number | undefined {
    const written = this.#find();
    return written === undefined ? 0 : written.lastChange();
  }

  #find(): SqliteCollection | undefined {
    this.#written ??= this.#context.find();
    return this.#written;
  }

  /** `nothing`: what is resolved as long as there is nothing that could be changed. */
  async #change<T>(work: (written: SqliteCollection) => Promise<T>, nothing: T): Promise<T> {
    // A write that was asked for before may be about to create what is to be changed.
    if (this.#find() !== undefined || this.#making !== undefined) return this.#write(work);
    this.#context.assertWritable();
    return nothing;
  }

  async #write<T>(work: (written: SqliteCollection) => Promise<T>): Promise<T> {
    const written = this.#find();
    if (written !== undefined) return work(written);
    this.#context.assertWritable();
    this.#making ??= this.#context.make().finally(() => {
      this.#making = undefined;
    });
    const write = this.#making.then(work);
    this.#context.onFirstWrite(write);
    return write;
  }
}

function noneOf({ count }: Query): { readonly total?: number; readonly more: false } {
  return count !== 'none' ? { total: 0, more: false } : { more: false };
}
