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
    };

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
  readonly limit: number;
  readonly offset: number;
  /** How much to count beyond the page. */
  readonly count: 'none' | 'exact';
}
