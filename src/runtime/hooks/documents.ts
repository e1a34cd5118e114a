import type { Filter, Scalar, SortKey } from '../../query/types.ts';
import type { MergePatch } from './patches.ts';

/**
 * The documents of one resource, as hooks get at them: parsed values, nothing hidden. Whatever is written is valid, and
 * undone when the operation fails.
 *
 * `Document` is what is stored, `New` what is enough to create it: ids and timestamps are filled in.
 */
export interface DocumentCollection<Document extends object = StoredValue, New extends object = Document> {
  /** `undefined`: there is none. */
  get(id: DocumentId, place?: DocumentPlace): Promise<Document | undefined>;
  /** One page: the documents that match, in the order of `sort`, then of their ids. */
  list(question?: DocumentQuestion): Promise<DocumentPage<Document>>;
  count(question?: Pick<DocumentQuestion, 'where' | 'filter'>): Promise<number>;
  /** Resolves what is stored. Rejects with `ApiError` `conflict` where the id or a unique value is taken. */
  create(document: New, place?: DocumentPlace): Promise<Document>;
  /** `undefined`: there is none to replace. */
  replace(id: DocumentId, document: New, place?: DocumentPlace): Promise<Document | undefined>;
  /**
   * A merge patch, or a function from the stored document to the changed one, which must be pure: it is called again
   * when another request came between. `undefined`: there is none to change.
   */
  update(id: DocumentId, change: DocumentChange<Document>, place?: DocumentPlace): Promise<Document | undefined>;
  /** What was removed. `undefined`: there was none. */
  remove(id: DocumentId, place?: DocumentPlace): Promise<Document | undefined>;
}

/** The one document of a resource such as `/settings`, or of each parent. */
export interface DocumentSingleton<Document extends object = StoredValue, New extends object = Document> {
  get(place?: DocumentPlace): Promise<Document | undefined>;
  /** Creates or replaces it. */
  write(document: New, place?: DocumentPlace): Promise<Document>;
  update(change: DocumentChange<Document>, place?: DocumentPlace): Promise<Document | undefined>;
  remove(place?: DocumentPlace): Promise<Document | undefined>;
}

export type StoredValue = Readonly<Record<string, unknown>>;

export type DocumentId = string | number;

export type DocumentChange<Document extends object> = MergePatch<Document> | ((current: Document) => Document);

/** Where a document is, when the path of its resource leads through parents. */
export interface DocumentPlace {
  /**
   * The parents by the names of their links, which `cartouche inspect` prints: `{ user: 'ada' }`. Where ids of parents
   * are unique only within their own parents, theirs come before, with slashes: `{ repo: 'octocat/hello' }`.
   */
  readonly parents?: Readonly<Record<string, DocumentId>>;
}

export interface DocumentQuestion extends DocumentPlace {
  /** What properties are to be, by dotted path; of a list, one of them: `{ author: 'Le Guin', year: [1969, 1974] }`. */
  readonly where?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  /** Any condition that lists know, as data. With `where`, both must hold. */
  readonly filter?: Filter;
  /** As in `_sort`: `'-year,title'`; or as data. Default: by id. */
  readonly sort?: string | readonly SortKey[];
  /** Most documents of the page. Default: 1000. */
  readonly limit?: number;
  /** Documents to leave out at the beginning. Default: 0. */
  readonly offset?: number;
}

export interface DocumentPage<Document extends object = StoredValue> {
  readonly documents: readonly Document[];
  /** More match than the page holds. */
  readonly more: boolean;
}
