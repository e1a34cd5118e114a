import type { Filter, Scalar } from '../../query/types.ts';
import { compareScalars } from '../../query/values.ts';
import type { Sql } from './compile.ts';
import type { SqliteValue, Statement } from './driver.ts';
import { quote, rowNumber, type Table } from './layout.ts';
import type { Sequence } from './sequence.ts';

export interface Sampler {
  /**
   * About how many rows a condition on one column holds for. If the sample cannot tell on which side of `evenPoint`
   * that is, they are counted, up to `evenPoint`.
   */
  matches(condition: Sql & { readonly filter: Filter }, column: string, evenPoint: number): number;
}

interface SamplerContext {
  readonly table: Table;
  readonly sequence: Sequence;
  readonly statement: (sql: string) => Statement;
}

interface Sample {
  /** Values of the sampled rows that have one, sorted. */
  readonly values: readonly Scalar[];
  /** How many rows were looked at; 0 where a sample would mislead. */
  readonly size: number;
  /** `sequence.changes` when it was taken. */
  readonly changes: number;
}

const noSample = { values: [], size: 0 } as const;

/** 3 ms of work, once until a tenth of the table has changed. */
const sampleSize = 1024;

/** With more row numbers than this to a row, many of a sample's steps would end at the same row. */
const sparsest = 4;

export function createSampler(context: SamplerContext): Sampler {
  const samples = new Map<string, Sample>();
  const { sequence } = context;

  const sampleOf = (column: string): Sample => {
    const known = samples.get(column);
    const stale = known === undefined || sequence.changes - known.changes > Math.max(1000, sequence.rows / 10);
    if (!stale) return known;
    const fresh = take(column, context);
    samples.set(column, fresh);
    return fresh;
  };

  return {
    matches: (condition, column, evenPoint) => {
      const interval = intervalOf(condition);
      const { values, size } = interval === undefined ? noSample : sampleOf(column);
      if (interval !== undefined && size > 0) {
        const hits = upperBound(values, interval) - lowerBound(values, interval);
        // Three standard deviations of a binomial count; of no hits at all, as if it were one.
        const doubt = 3 * Math.sqrt(Math.max(hits, 1) * (1 - hits / (size + 1)));
        const scale = sequence.rows / size;
        if ((hits - doubt) * scale > evenPoint || (hits + doubt) * scale < evenPoint) return hits * scale;
      }
      const { sql, parameters } = condition;
      const limited = `SELECT 1 FROM ${quote(context.table.name)} WHERE ${sql} LIMIT ?`;
      const row = context.statement(`SELECT count(*) FROM (${limited})`).get(...parameters, evenPoint);
      return Number(row?.[0]);
    },
  };
}

/**
 * Rows at even distances by their row number, which has nothing to do with what they hold. Ids that clients choose may
 * lie in heaps with deserts between them, where the same few rows would be taken again and again: those have no sample.
 */
function take(column: string, { table, statement, sequence }: SamplerContext): Sample {
  const name = quote(table.name);
  const number = quote(rowNumber(table));
  const [first = 0, last = 0] =
    statement(`SELECT min(${number}), max(${number}) FROM ${name}`).get()?.map(Number) ?? [];
  if (last - first >= sparsest * sequence.rows) return { ...noSample, changes: sequence.changes };
  const select = statement(`SELECT ${quote(column)} FROM ${name} WHERE ${number} >= ? ORDER BY ${number} LIMIT 1`);
  const values: Scalar[] = [];
  for (let index = 0; index < sampleSize; index++) {
    const value = scalarOf(select.get(first + Math.floor((index * (last - first)) / sampleSize))?.[0]);
    if (value !== undefined) values.push(value);
  }
  return { values: values.sort(compareScalars), size: sampleSize, changes: sequence.changes };
}

function scalarOf(value: SqliteValue | undefined): Scalar | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** What SQLite was given to compare with, so that dates and booleans are in their stored form here as well. */
interface Interval {
  readonly from: Scalar | undefined;
  readonly to: Scalar | undefined;
}

/** The interval of values that a condition holds for; that a bound may be exclusive is beyond a sample's precision. */
function intervalOf({ filter, parameters }: Sql & { readonly filter: Filter }): Interval | undefined {
  const [first, second] = parameters.map(scalarOf);
  switch (filter.kind) {
    case 'compare':
      if (filter.operator === 'eq') return { from: first, to: first };
      return filter.operator.startsWith('g') ? { from: first, to: undefined } : { from: undefined, to: first };
    case 'range':
      return filter.from === undefined ? { from: undefined, to: first } : { from: first, to: second };
    case 'prefix':
      return { from: first, to: second };
    default:
      return undefined;
  }
}

function lowerBound(values: readonly Scalar[], { from }: Interval): number {
  return from === undefined ? 0 : partition(values, (value) => compareScalars(value, from) < 0);
}

function upperBound(values: readonly Scalar[], { to }: Interval): number {
  return to === undefined ? values.length : partition(values, (value) => compareScalars(value, to) <= 0);
}

/** How many of the sorted values come first, as `isBefore` says. */
function partition(values: readonly Scalar[], isBefore: (value: Scalar) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = values[middle];
    if (value !== undefined && isBefore(value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
