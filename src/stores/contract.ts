/**
 * The only door to stored data. `memory` is the executable specification; every store passes `test/stores/suite.ts`.
 *
 * A store keeps JSON *text*: what was written is what is sent, byte for byte, so that reading neither parses nor
 * stringifies. It knows nothing of HTTP. A resolved write is on disk (`durability: 'full'`).
 */
import type { Resource } from '../model/types.ts';
import type { AggregationResults, Aggregations } from '../query/aggregation.ts';
import type { Filter, Query } from '../query/types.ts';
import type { ChangeLog, IndexHealth } from './changes.ts';

export interface Store {
  /** For people: `SQLite, bookstore.db`. */
  readonly description: string;
  /** Random, kept with the data: whatever is signed with it holds after a restart, and in every process on this data. */
  readonly secret: string;
  /** Throws `StoreError` `unknown-resource` for a name that the model lacks. */
  collection(resource: string): Collection;
  /** Resolves when the store answers. Throws `StoreError` `unavailable` with a reason otherwise. */
  ping(): Promise<void>;
  /**
   * Makes everything that was written before findable by lists, searches and aggregations. Absent: it always is. What is
   * read by its key is never late.
   */
  refresh?(): Promise<void>;
  /** How far an index is behind the data. Absent: there is none beside it. */
  indexHealth?(): Promise<IndexHealth>;
  /** What changed, for whoever keeps an index in step (`search/`). Absent: this store cannot tell. */
  readonly changes?: ChangeLog;
  /** Facts about the data as a whole. Absent: nothing outlives the process. */
  readonly control?: ControlFacts;
  /**
   * Takes over a changed description while running (`--watch`): adds what can be added safely, keeps all data.
   * Throws `StoreError` `schema` where the stored data does not fit, and then serves the old description on.
   */
  adopt(schema: StoreSchema): Promise<void>;
  /** Waits for running writes, then releases files and sockets. Idempotent. */
  close(): Promise<void>;
}

/** Small facts that are kept with the data, and that all processes share. */
export interface ControlFacts {
  /** `undefined`: never written. */
  readControl(name: string): Promise<{ readonly version: number; readonly value: unknown } | undefined>;
  /** Compare and set: `false` when another process wrote since `version` (0: never written). `value` is JSON. */
  writeControl(name: string, version: number, value: unknown): Promise<boolean>;
}

/** What a store holds, as it says before it is opened for use. */
export interface StoreContents {
  /** The description that it was last served by, without schemas and seeds, and what was described before and has documents. */
  readonly schema: StoreSchema | undefined;
  /** It has no document. */
  readonly isEmpty: boolean;
  /** It remembers what an index has yet to learn of; before that, no index was ever made of it. */
  readonly isTracked: boolean;
  /** What a copy into it has noted (`copy.ts`), if there was one. */
  readonly copy: unknown;
}

/** One document and what the store knows of it. */
export interface StoredDocument {
  /** The store's key: the id as text, or `<parent key>/<id>` where ids are unique only under their parent. */
  readonly key: string;
  /** Grows with every write, never repeats within a collection: microseconds since 1970 (≤ 2^53), kept monotonic. */
  readonly revision: number;
  /** The document as JSON text, exactly as written. */
  readonly text: string;
  /** Invisible links to parents, by link name: the parent's key. */
  readonly links: Readonly<Record<string, string>>;
}

export interface NewDocument {
  readonly key: string;
  readonly text: string;
  readonly links?: Readonly<Record<string, string>>;
}

export interface Page {
  readonly documents: readonly StoredDocument[];
  /** Present if the query asked for it. */
  readonly total?: number;
  /** `total` is a guess, as the query allowed. */
  readonly estimated?: true;
  /** By what a ranked page was ordered, where a later one might be ordered by something else. */
  readonly measure?: string;
  /** There is at least one more document after this page. */
  readonly more: boolean;
}

/** A page of which only the texts are known. */
export interface TextPage {
  /** The documents' texts, joined by commas. */
  readonly texts: string;
  /** How many they are. */
  readonly count: number;
  readonly total?: number;
  readonly estimated?: true;
  readonly more: boolean;
}

/** What must be true of the stored revision for a write to happen. */
export type Precondition =
  | { readonly kind: 'none' }
  /** `If-Match`: the stored revision is one of these. */
  | { readonly kind: 'revision'; readonly revisions: readonly number[] };

export interface Collection {
  /** Reading is synchronous where it can be: a promise costs more than SQLite itself. */
  get(key: string): StoredDocument | undefined | Promise<StoredDocument | undefined>;
  list(query: Query): Page | Promise<Page>;
  /**
   * `list`, for who sends the texts as they are: a database joins them faster than it hands them over one by one.
   * Absent, or `undefined` for a query, where nothing is gained by it.
   */
  listTexts?(query: Query): TextPage | undefined;
  count(filter: Filter): number | Promise<number>;
  /**
   * Over all that match. Throws `StoreError` `too-many` where one of them would have more than `mostBuckets` buckets.
   */
  aggregate(filter: Filter, aggregations: Aggregations): AggregationResults | Promise<AggregationResults>;

  /** Throws `StoreError` `conflict` when the key or a unique field is taken. */
  create(document: NewDocument): Promise<StoredDocument>;
  /**
   * `create` for several, atomically: all or none, in this order. Throws `StoreError` `conflict` also when two of them
   * want the same key or unique value.
   */
  createMany(documents: readonly NewDocument[]): Promise<readonly StoredDocument[]>;
  /**
   * Takes the next integer id of this collection: 1, 2, …, above every id ever given out or written.
   * An id given out is never given out again, not even after a restart or a deletion.
   */
  nextId(): Promise<number>;
  /**
   * Read, decide, write, in one step that nothing can come between. `change` gets the current document and returns the
   * new text, or `undefined` to leave it. It must be pure and synchronous: it may be called again after a lost race.
   * Resolves `undefined` when there is no such document (`change` is then not called).
   * Throws `StoreError` `precondition` when `precondition` does not hold, `conflict` on unique fields.
   */
  update(
    key: string,
    precondition: Precondition,
    change: (current: StoredDocument) => string | undefined,
  ): Promise<StoredDocument | undefined>;
  /** Creates it, or replaces it: PUT. `created` tells which. */
  upsert(
    document: NewDocument,
    precondition: Precondition,
  ): Promise<{ readonly document: StoredDocument; readonly created: boolean }>;
  /** Resolves the removed document, or `undefined` when there was none. */
  remove(key: string, precondition: Precondition): Promise<StoredDocument | undefined>;
  /** `update` for all that match, atomically: all or none. Resolves the number changed. `tell`: what became of each. */
  updateMany(
    filter: Filter,
    change: (current: StoredDocument) => string | undefined,
    tell?: (written: BulkWrite) => void,
  ): Promise<number>;
  /** `tell`: each that is gone; they are read for it, which costs memory. */
  removeMany(filter: Filter, tell?: (written: BulkWrite) => void): Promise<number>;

  /**
   * Takes over documents as another store has them, revision and all. To be repeated without harm: what is stored with
   * the same or a higher revision stays. Ids up to `lastId` will not be given out.
   */
  restore(documents: readonly StoredDocument[], lastId?: number): Promise<void>;
  /** The highest integer id that was given out or written; 0 if none was. */
  lastId(): number | Promise<number>;
  /**
   * A revision after which nothing of this collection was written or removed; 0: nothing ever was. Absent, or
   * `undefined`: this store would have to look at all documents to tell.
   */
  lastChange?(): number | undefined;
  /** The same collection, whose writes resolve as `refresh` says. Absent: lists always see what was written. */
  refreshing?(refresh: Refresh): Collection;
}

/** What a bulk change did to one document. Told once all is written, before the promise resolves. */
export interface BulkWrite {
  readonly before: StoredDocument;
  /** Absent: it was removed. */
  readonly after?: StoredDocument;
}

/**
 * When a write resolves where an index has to learn of it: once lists, searches and aggregations see it, which the index
 * is told to let them at once (`true`), or by itself within its interval (`wait_for`); or without waiting (`false`).
 */
export type Refresh = 'true' | 'wait_for' | 'false';

/** Opens a store for these resources. `description` carries what the store may have to migrate from. */
export interface StoreSchema {
  readonly resources: readonly Resource[];
  /** Of the API: by which a store that outlives the process tells the file of another one. Absent: any will do. */
  readonly title?: string;
}

export type StoreErrorKind =
  /** `fields` names what is taken; `key` among them for the id itself. */
  | 'conflict'
  | 'precondition'
  | 'unavailable'
  /** The index that a search needs is away or not built yet; `message` says which, and names no servers. */
  | 'index-unavailable'
  | 'read-only'
  /** No space left, file too large: nothing was written. */
  | 'full'
  /** The stored data does not fit the description; `message` says what and how to go on. */
  | 'schema'
  /** The file is no database of ours, or damaged. */
  | 'not-a-database'
  | 'locked'
  /** The answer would be too large; `message` says what there would be too many of. */
  | 'too-many'
  /** It took too long, and was given up. */
  | 'timeout'
  /** This kind of store cannot do that; `message` says what else can. */
  | 'unsupported'
  | 'unknown-resource';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;
  readonly fields: readonly string[];
  /** `precondition`: the revision that is stored. */
  readonly revision: number | undefined;

  constructor(
    kind: StoreErrorKind,
    message: string,
    details: { fields?: readonly string[]; revision?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.fields = details.fields ?? [];
    this.revision = details.revision;
  }
}
