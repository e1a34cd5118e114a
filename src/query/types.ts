/**
 * A query as data. `evaluate.ts` says what it means; each store's compiler must agree with it.
 *
 * Two-valued logic: null, missing and `[]` are one notion ("no value"); `ne` is `not eq`, so it includes them.
 * A predicate on an array holds if some single element satisfies it. Strings compare by UTF-8 bytes.
 */

export type Scalar = string | number | boolean;

/** What a predicate looks at: a property of the document by dotted path, the id, or an invisible link to a parent. */
export type Operand =
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'id' }
  /** The whole key; only where ids are unique but under their parents, and so do not tell documents apart. */
  | { readonly kind: 'key' }
  | { readonly kind: 'link'; readonly name: string };

export type Filter =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | {
      readonly kind: 'compare';
      readonly operand: Operand;
      readonly operator: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';
      readonly value: Scalar;
    }
  | { readonly kind: 'in'; readonly operand: Operand; readonly values: readonly Scalar[] }
  /** Both bounds on one and the same element. */
  | { readonly kind: 'range'; readonly operand: Operand; readonly from?: Bound; readonly to?: Bound }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | {
      readonly kind: 'prefix' | 'contains';
      readonly operand: Operand;
      readonly value: string;
      readonly ignoreCase: boolean;
    }
  /**
   * Full text: these words (`words.ts`), one after the other, in one text of one of the fields. `prefix`: the word (then
   * there is one only) need but begin so. The tempting mistake is a prefix at the end of a phrase: Elasticsearch tries a
   * few of the words that begin so, and misses the rest.
   */
  | {
      readonly kind: 'words';
      readonly words: readonly string[];
      readonly prefix: boolean;
      readonly fields: readonly SearchedField[];
    };

/** A text to search in. */
export interface SearchedField {
  readonly path: string;
  /** How much a hit here counts beside others, for the order by relevance; 1 is usual. */
  readonly weight: number;
}

export interface Bound {
  readonly value: Scalar;
  readonly inclusive: boolean;
}

export interface SortKey {
  readonly operand: Operand;
  readonly direction: 'ascending' | 'descending';
}

export interface Query {
  readonly filter: Filter;
  /** Stores append the id as the last key, so that the order is total. No value sorts as the smallest. */
  readonly sort: readonly SortKey[];
  /**
   * The best matches of the filter's `words` first, then by id; `sort` is empty. What is best is for each store to say:
   * only which documents match is the same everywhere.
   */
  readonly ranked?: true;
  /** As a page of the same search has told it: this one is ordered by the same measure, if the store still can. */
  readonly measure?: string;
  /** The page begins behind this place of the order. Does not change what is counted. */
  readonly after?: CursorPosition;
  readonly limit: number;
  readonly offset: number;
  /** How much to count beyond the page. `estimated`: whatever is cheap. */
  readonly count: 'none' | 'exact' | 'estimated';
}

/** A place in an order: what the document that stands there has for each sort key (`undefined`: no value), and its key. */
export interface CursorPosition {
  readonly values: readonly (Scalar | undefined)[];
  readonly key: string;
}
