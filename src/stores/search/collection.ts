import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import { hasWords } from '../../query/relevance.ts';
import type { Filter, Query } from '../../query/types.ts';
import type { ChangeLog } from '../changes.ts';
import {
  type BulkWrite,
  type Collection,
  type NewDocument,
  type Page,
  type Precondition,
  type Refresh,
  type StoredDocument,
  StoreError,
} from '../contract.ts';
import { noAnswer, type ResourceIndex } from './resource-index.ts';
import { furthest, type Searcher } from './searcher.ts';
import { SearchServerError } from './transport.ts';

type Change = (current: StoredDocument) => string | undefined;

export interface SearchedParts {
  readonly name: string;
  readonly inner: Collection;
  readonly changes: ChangeLog;
  /** Throws `StoreError` `unavailable` where the store has not answered yet. */
  readonly index: () => ResourceIndex;
  /** When writes resolve; absent: as the store was told to. */
  readonly refresh?: Refresh;
  /** Lets `close` wait for it. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
}

/**
 * A collection with an index beside it: writes and reads by key go to the data, lists and aggregations to the index.
 * Without the index all but the search for words goes on, from the data.
 */
export class SearchedCollection implements Collection {
  readonly #parts: SearchedParts;
  readonly #inner: Collection;
  readonly #index: () => ResourceIndex;

  constructor(parts: SearchedParts) {
    this.#parts = parts;
    this.#inner = parts.inner;
    this.#index = parts.index;
  }

  get(key: string): StoredDocument | undefined | Promise<StoredDocument | undefined> {
    return this.#inner.get(key);
  }

  list(query: Query): Promise<Page> {
    const needsWords = hasWords(query.filter);
    if (query.offset + query.limit >= furthest) {
      if (!needsWords) return Promise.resolve(this.#inner.list(query));
      const message = `A search goes no further than ${furthest} documents by offset; cursors do.`;
      return Promise.reject(new StoreError('too-many', message));
    }
    return this.#read(
      needsWords,
      (searcher) => this.#listFound(searcher, query),
      () => this.#inner.list(query),
    );
  }

  count(filter: Filter): Promise<number> {
    return this.#read(
      hasWords(filter),
      (searcher) => searcher.count(filter),
      () => this.#inner.count(filter),
    );
  }

  aggregate(filter: Filter, aggregations: Aggregations): Promise<AggregationResults> {
    return this.#read(
      hasWords(filter),
      (searcher) => searcher.aggregate(filter, aggregations),
      () => this.#inner.aggregate(filter, aggregations),
    );
  }

  async create(document: NewDocument): Promise<StoredDocument> {
    return this.#written(this.#inner.create(document), ({ key }) => [key]);
  }

  async createMany(documents: readonly NewDocument[]): Promise<readonly StoredDocument[]> {
    return this.#written(this.#inner.createMany(documents), (created) => created.map(({ key }) => key));
  }

  nextId(): Promise<number> {
    return this.#inner.nextId();
  }

  async update(key: string, precondition: Precondition, change: Change): Promise<StoredDocument | undefined> {
    let isChanged = false;
    const noting: Change = (current) => {
      const text = change(current);
      isChanged = text !== undefined;
      return text;
    };
    return this.#written(this.#inner.update(key, precondition, noting), () => (isChanged ? [key] : []));
  }

  async upsert(document: NewDocument, precondition: Precondition) {
    return this.#written(this.#inner.upsert(document, precondition), () => [document.key]);
  }

  async remove(key: string, precondition: Precondition): Promise<StoredDocument | undefined> {
    return this.#written(this.#inner.remove(key, precondition), (removed) => (removed === undefined ? [] : [key]));
  }

  async updateMany(filter: Filter, change: Change, tell?: (written: BulkWrite) => void): Promise<number> {
    return this.#written(this.#inner.updateMany(filter, change, tell), 'pending');
  }

  async removeMany(filter: Filter, tell?: (written: BulkWrite) => void): Promise<number> {
    return this.#written(this.#inner.removeMany(filter, tell), 'pending');
  }

  async restore(documents: readonly StoredDocument[], lastId?: number): Promise<void> {
    return this.#written(this.#inner.restore(documents, lastId), 'pending');
  }

  lastId(): number | Promise<number> {
    return this.#inner.lastId();
  }

  refreshing(refresh: Refresh): Collection {
    return new SearchedCollection({ ...this.#parts, refresh });
  }

  /** Resolves as the write does, once the index knows of it or cannot. */
  #written<T>(write: Promise<T>, keysOf: ((written: T) => readonly string[]) | 'pending'): Promise<T> {
    const work = async (): Promise<T> => {
      const written = await write;
      if (keysOf === 'pending') {
        await this.#index().indexPending(this.#parts.refresh);
        return written;
      }
      const keys = keysOf(written);
      if (keys.length > 0) await this.#index().index(keys, this.#parts.refresh);
      return written;
    };
    return this.#parts.track(work());
  }

  /** From the index where it can answer: for words even if it is behind, for anything else only if it is not. */
  async #read<T>(
    needsWords: boolean,
    ask: (searcher: Searcher) => Promise<T>,
    fromData: () => T | Promise<T>,
  ): Promise<T> {
    const index = this.#index();
    let obstacle = await index.obstacle();
    if (obstacle === undefined && (needsWords || !index.isBehind)) {
      try {
        return await ask(index.searcher);
      } catch (error) {
        if (!(error instanceof SearchServerError)) throw error;
        index.failed(error);
        obstacle = { reason: error.isAnswer ? 'the search server refuses the search' : noAnswer, cause: error };
      }
    }
    if (!needsWords) return fromData();
    const { reason, cause } = obstacle ?? {};
    throw new StoreError('index-unavailable', `Full-text search is not available now: ${reason}.`, { cause });
  }

  /** What was found, as it is stored now. */
  async #listFound(searcher: Searcher, query: Query): Promise<Page> {
    const { keys, ...page } = await searcher.list(query);
    const { changes, name } = this.#parts;
    const states = new Map((await changes.read(name, keys)).map((state) => [state.key, state]));
    const documents = keys.flatMap((key) => {
      const state = states.get(key);
      return state === undefined || state.removed ? [] : [state.document];
    });
    return { documents, ...page };
  }
}
