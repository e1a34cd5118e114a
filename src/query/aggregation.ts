/**
 * Aggregations as data: what to compute over all documents that a filter lets through. `aggregate.ts` says what they
 * mean; each store must agree with it. Answers have the shape that Elasticsearch gives them, as Ramses' clients expect.
 *
 * - A document with several values counts in each bucket that one of them falls in, and once there.
 * - `count`, `sum`, `avg` take every value of a number; of a text, a date or a boolean, each different value of a
 *   document once.
 * - No value is in no bucket and no metric. Of nothing, `sum` is 0 and `avg`, `min`, `max` are null.
 */
import type { Operand } from './types.ts';

/** Aggregations by the names that the client gave them, in its order. */
export type Aggregations = Readonly<Record<string, Aggregation>>;

export type Aggregation = Metric | Bucketing;

export interface Metric {
  readonly kind: 'count' | 'cardinality' | 'sum' | 'avg' | 'min' | 'max';
  readonly operand: Operand;
}

/** Parts the documents, and computes `within` for each part. */
export type Bucketing = (
  | {
      readonly kind: 'terms';
      /** How many buckets, at most. */
      readonly size: number;
      /** The largest first, equal ones by key; or by key. */
      readonly order: 'count' | 'key' | 'key-descending';
    }
  /** Bucket `n` holds `n × interval ≤ value < (n + 1) × interval`. Empty ones are left out. */
  | { readonly kind: 'histogram'; readonly interval: number }
  /** Calendar periods in UTC; a week begins on Monday. Empty ones are left out. */
  | { readonly kind: 'date_histogram'; readonly interval: CalendarInterval }
  /** `from ≤ value < to`; all of them are answered, in the order given. */
  | { readonly kind: 'range'; readonly ranges: readonly AggregationRange[] }
) & { readonly operand: Operand; readonly within: Aggregations };

/**
 * How many buckets one aggregation may have, all places that it lies within together: beyond, the answer is no summary
 * any more, and a few nested ones would fill the memory. Stores throw `StoreError` `too-many`.
 */
export const mostBuckets = 10_000;

export const calendarIntervals = ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;

export type CalendarInterval = (typeof calendarIntervals)[number];

export interface AggregationRange {
  /** As it is answered; Elasticsearch's default is `10.0-20.0`. */
  readonly key: string;
  /** Numbers, or instants in milliseconds since 1970. */
  readonly from?: number;
  readonly to?: number;
}

export type AggregationResults = Readonly<Record<string, AggregationResult>>;

export type AggregationResult =
  | { readonly value: number | null; readonly value_as_string?: string }
  | {
      readonly buckets: readonly Bucket[];
      /** `terms`: documents in the buckets that were left out. */
      readonly sum_other_doc_count?: number;
    };

export interface Bucket {
  /** A number for numbers, booleans (1, 0) and dates (milliseconds since 1970), else the text. */
  readonly key: string | number;
  /** What the key stands for, where it is a number that stands for something: `true`, `2015-01-01T00:00:00.000Z`. */
  readonly key_as_string?: string;
  readonly from?: number;
  readonly to?: number;
  readonly doc_count: number;
  /** What was asked for within. */
  readonly within: AggregationResults;
}
