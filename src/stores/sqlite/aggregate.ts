/**
 * Aggregations as SQL: one statement for each named aggregation, however many buckets it lies within. The statements of
 * `within` are given the buckets of the one around them, by number, and answer for all of them at once.
 *
 * Relations are passed from one to the next:
 *
 * - *scope*: `agg.row`, `agg.bucket`: which documents lie in which bucket of the aggregation around
 * - *values*: a scope with `agg.value`, a row for each value that a document has
 * - *parts*: a scope with `agg.part`, what the value leads to; a row for each part that a document lies in
 *
 * Names with a dot are never columns of a table of ours.
 */
import type { Field } from '../../model/types.ts';
import { measured, typeOf } from '../../query/aggregate.ts';
import {
  type Aggregation,
  type AggregationResult,
  type AggregationResults,
  type Aggregations,
  type Bucket,
  type Bucketing,
  type Metric,
  mostBuckets,
} from '../../query/aggregation.ts';
import { isDate, keyOf } from '../../query/bucket-key.ts';
import type { Filter, Scalar } from '../../query/types.ts';
import { tooManyBuckets } from '../bucket-limit.ts';
import { type AggregationContext, isList, isNumber, measureSql, type Rows, valuesSql } from './aggregate-values.ts';
import type { Sql } from './compile.ts';
import type { SqliteValue } from './driver.ts';
import { quote, rowNumber } from './layout.ts';
import { sqlText } from './sql-text.ts';

/** Over all documents that the filter lets through. Throws `StoreError` `too-many`. */
export function aggregateSql(
  filter: Filter,
  aggregations: Aggregations,
  context: AggregationContext,
): AggregationResults {
  const { table } = context;
  const name = quote(table.name);
  const rows: Rows = {
    from: sqlText`${name} WHERE ${context.condition(filter)}`,
    scope: `${name}.${quote(rowNumber(table))} AS "agg.row", 0 AS "agg.bucket"`,
  };
  return resultsOf(aggregations, { rows, buckets: 1 }, context)[0] ?? {};
}

interface Scope {
  readonly rows: Rows;
  /** How many there are; their numbers begin at 0. */
  readonly buckets: number;
}

/** The results for each bucket of the scope. */
function resultsOf(
  aggregations: Aggregations,
  scope: Scope,
  context: AggregationContext,
): readonly AggregationResults[] {
  const named = Object.entries(aggregations).map(
    ([name, aggregation]) => [name, resultOf(name, aggregation, scope, context)] as const,
  );
  return Array.from({ length: scope.buckets }, (_, bucket) =>
    Object.fromEntries(named.flatMap(([name, results]) => (results[bucket] ? [[name, results[bucket]]] : []))),
  );
}

function resultOf(
  name: string,
  aggregation: Aggregation,
  scope: Scope,
  context: AggregationContext,
): readonly AggregationResult[] {
  switch (aggregation.kind) {
    case 'terms':
    case 'histogram':
    case 'date_histogram':
    case 'range':
      return bucketing(name, aggregation, scope, context);
    default:
      return metric(aggregation, scope, context);
  }
}

function metric({ kind, operand }: Metric, scope: Scope, context: AggregationContext): readonly AggregationResult[] {
  const type = typeOf(operand, context.resource);
  const values = valuesSql(operand, scope.rows, context, isNumber(type) ? 'each' : 'different');
  const value = '"agg.value"';
  const measure = measureSql(value, type);
  const computed = {
    count: `count(${value})`,
    cardinality: `count(DISTINCT ${value})`,
    sum: `sum(${measure})`,
    avg: `avg(${measure})`,
    min: `min(${measure})`,
    max: `max(${measure})`,
  }[kind];
  const found = new Map(
    context
      .all(sqlText`SELECT "agg.bucket", ${computed} FROM (${values}) GROUP BY "agg.bucket"`)
      .map(([bucket, result]) => [Number(bucket), result]),
  );
  const ofNothing = kind === 'count' || kind === 'cardinality' || kind === 'sum' ? 0 : null;
  return Array.from({ length: scope.buckets }, (_, bucket) => {
    const result = found.get(bucket) ?? ofNothing;
    const number = result === null ? null : Number(result);
    return kind === 'count' || kind === 'cardinality' ? { value: number } : measured(number, type);
  });
}

/** A bucket, before what lies within is known. */
interface Found {
  /** The number of the bucket around it. */
  readonly parent: number;
  readonly part: Scalar;
  readonly count: number;
  /** The documents of all buckets of that parent. */
  readonly counted: number;
}

function bucketing(
  name: string,
  aggregation: Bucketing,
  scope: Scope,
  context: AggregationContext,
): readonly AggregationResult[] {
  const parts = partsSql(aggregation, scope.rows, context);
  const found = findBuckets(aggregation, parts, scope, context);
  if (found.length > mostBuckets) throw tooManyBuckets(name);
  const within = withinOf(aggregation, parts, found, context);
  const type = typeOf(aggregation.operand, context.resource);
  const results = Array.from({ length: scope.buckets }, () => ({ buckets: [] as Bucket[], others: 0 }));
  for (const [index, { parent, part, count, counted }] of found.entries()) {
    const result = results[parent];
    if (result === undefined) continue;
    if (result.buckets.length === 0) result.others = counted;
    result.others -= count;
    result.buckets.push({ ...named(aggregation, part, type), doc_count: count, within: within[index] ?? {} });
  }
  return results.map(({ buckets, others }) =>
    aggregation.kind === 'terms' ? { buckets, sum_other_doc_count: others } : { buckets },
  );
}

function named(aggregation: Bucketing, part: Scalar, type: Field['type']): Pick<Bucket, 'key'> {
  const range = aggregation.kind === 'range' ? aggregation.ranges[Number(part)] : undefined;
  return range === undefined ? keyOf(part, type) : { ...range };
}

/** In the order in which they are answered, and at most one more than there may be. */
function findBuckets(aggregation: Bucketing, parts: Sql, scope: Scope, context: AggregationContext): readonly Found[] {
  const type = aggregation.kind === 'range' ? 'integer' : typeOf(aggregation.operand, context.resource);
  const order = aggregation.kind === 'terms' ? orders[aggregation.order] : orders.key;
  const size = aggregation.kind === 'terms' ? aggregation.size : mostBuckets + 1;
  const counts = sqlText`SELECT "agg.bucket", "agg.part", count(*) AS "agg.count" FROM (${parts}) GROUP BY "agg.bucket", "agg.part"`;
  const columns = `"agg.bucket", "agg.part", "agg.count", sum("agg.count") OVER (PARTITION BY "agg.bucket") AS "agg.counted", row_number() OVER (PARTITION BY "agg.bucket" ORDER BY ${order}) AS "agg.place"`;
  // JSON, because the driver cuts a text at a NUL.
  const statement = sqlText`SELECT "agg.bucket", json_quote("agg.part"), CAST("agg.part" AS REAL), "agg.count", "agg.counted" FROM (SELECT ${columns} FROM (${counts})) WHERE "agg.place" <= ? ORDER BY "agg.bucket", "agg.place" LIMIT ?`;
  const rows = context.all({ ...statement, parameters: [...statement.parameters, size, mostBuckets + 1] });
  const found = rows.map(
    ([parent, json, number, count, counted]): Found => ({
      parent: Number(parent),
      part: partOf(json, number, type),
      count: Number(count),
      counted: Number(counted),
    }),
  );
  return aggregation.kind === 'range' ? everyRange(aggregation.ranges.length, found, scope) : found;
}

const orders = {
  count: '"agg.count" DESC, "agg.part"',
  key: '"agg.part"',
  'key-descending': '"agg.part" DESC',
} as const;

function partOf(json: SqliteValue | undefined, number: SqliteValue | undefined, type: Field['type']): Scalar {
  const value: unknown = typeof json === 'string' ? JSON.parse(json) : json;
  if (type === 'boolean') return value === 1;
  // JSON writes a number with as many digits as SQLite thinks fit.
  return typeof value === 'string' ? value : Number(number);
}

/** Ranges are answered whether anything lies in them or not. */
function everyRange(ranges: number, found: readonly Found[], { buckets }: Scope): readonly Found[] {
  const counts = new Map(found.map(({ parent, part, count }) => [parent * ranges + Number(part), count]));
  return Array.from({ length: Math.min(buckets * ranges, mostBuckets + 1) }, (_, index) => ({
    parent: Math.floor(index / ranges),
    part: index % ranges,
    count: counts.get(index) ?? 0,
    counted: 0,
  }));
}

/** What lies within each of the buckets. */
function withinOf(
  aggregation: Bucketing,
  parts: Sql,
  found: readonly Found[],
  context: AggregationContext,
): readonly AggregationResults[] {
  if (Object.keys(aggregation.within).length === 0 || found.length === 0) return [];
  const { table } = context;
  const places = JSON.stringify(
    found.map(({ parent, part }) => [parent, typeof part === 'boolean' ? Number(part) : part]),
  );
  const list = `SELECT "key" AS "agg.number", "value" ->> 0 AS "agg.bucket", "value" ->> 1 AS "agg.part" FROM json_each(?)`;
  const numbered: Sql = {
    sql: `(WITH "agg.kept" AS MATERIALIZED (${list}) SELECT * FROM "agg.kept")`,
    parameters: [places],
  };
  const scope = sqlText`SELECT "agg.row", "agg.number" AS "agg.bucket" FROM (${parts}) JOIN ${numbered} USING ("agg.bucket", "agg.part")`;
  const from = sqlText`(${scope}) CROSS JOIN ${quote(table.name)} ON ${quote(table.name)}.${quote(rowNumber(table))} = "agg.row"`;
  const rows = { from, scope: '"agg.row", "agg.bucket"' };
  return resultsOf(aggregation.within, { rows, buckets: found.length }, context);
}

/** Each document once in each part that one of its values leads to. */
function partsSql(aggregation: Bucketing, rows: Rows, context: AggregationContext): Sql {
  const type = typeOf(aggregation.operand, context.resource);
  const values = valuesSql(aggregation.operand, rows, context, 'each');
  const measure = measureSql('"agg.value"', type);
  const distinct = isList(aggregation.operand, context) ? 'DISTINCT ' : '';
  const parted = (part: Sql | string): Sql =>
    sqlText`SELECT * FROM (SELECT ${distinct}"agg.row", "agg.bucket", ${part} AS "agg.part" FROM (${values})) WHERE "agg.part" IS NOT NULL`;
  switch (aggregation.kind) {
    case 'terms':
      // A text that is stored where a date is declared is no date.
      return parted(isDate(type) ? measure : '"agg.value"');
    case 'histogram':
      return parted({ sql: `cartouche_step(${measure}, ?)`, parameters: [String(aggregation.interval)] });
    case 'date_histogram':
      return parted({ sql: `cartouche_period(${measure}, ?)`, parameters: [aggregation.interval] });
    case 'range': {
      const bounds = aggregation.ranges.map(({ from = null, to = null }) => [from, to]);
      const ranges: Sql = {
        sql: `SELECT "key" AS "agg.part", "value" ->> 0 AS "agg.from", "value" ->> 1 AS "agg.to" FROM json_each(?)`,
        parameters: [JSON.stringify(bounds)],
      };
      const measures = sqlText`SELECT "agg.row", "agg.bucket", ${measure} AS "agg.measure" FROM (${values})`;
      const inRange = `"agg.measure" IS NOT NULL AND ("agg.from" IS NULL OR "agg.measure" >= "agg.from") AND ("agg.to" IS NULL OR "agg.measure" < "agg.to")`;
      return sqlText`SELECT ${distinct}"agg.row", "agg.bucket", "agg.part" FROM (${measures}) CROSS JOIN (${ranges}) WHERE ${inRange}`;
    }
  }
}
