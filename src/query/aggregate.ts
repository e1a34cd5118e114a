/** What aggregations mean, over plain arrays. Stores compute them faster; a differential test holds them to this file. */
import type { Field, Resource } from '../model/types.ts';
import type {
  Aggregation,
  AggregationRange,
  AggregationResult,
  AggregationResults,
  Aggregations,
  Bucket,
  Bucketing,
  Metric,
} from './aggregation.ts';
import { isDate, keyOf, measureOf } from './bucket-key.ts';
import { bucketStart } from './bucket-start.ts';
import { type Candidate, readerOf } from './candidate.ts';
import { resolveOperand } from './operand.ts';
import type { Operand, Scalar } from './types.ts';
import { compareScalars } from './values.ts';

/** Computes them all over the same documents. */
export function aggregate(
  aggregations: Aggregations,
  candidates: readonly Candidate[],
  resource: Resource,
): AggregationResults {
  const named = Object.entries(aggregations);
  return Object.fromEntries(named.map(([name, each]) => [name, resultOf(each, candidates, resource)]));
}

function resultOf(aggregation: Aggregation, candidates: readonly Candidate[], resource: Resource): AggregationResult {
  switch (aggregation.kind) {
    case 'count':
    case 'cardinality':
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      return metric(aggregation, candidates, resource);
    case 'terms':
      return terms(aggregation, candidates, resource);
    case 'histogram':
    case 'date_histogram':
      return periods(aggregation, bucketStart(aggregation), candidates, resource);
    case 'range':
      return { buckets: aggregation.ranges.map((range) => rangeBucket(aggregation, range, candidates, resource)) };
  }
}

function metric({ kind, operand }: Metric, candidates: readonly Candidate[], resource: Resource): AggregationResult {
  const type = typeOf(operand, resource);
  const read = readerOf(operand, resource);
  const isNumber = type === 'number' || type === 'integer';
  const values = candidates.flatMap((candidate) => (isNumber ? read(candidate) : [...new Set(read(candidate))]));
  if (kind === 'count') return { value: values.length };
  if (kind === 'cardinality') return { value: new Set(values).size };
  const measures = values.flatMap((value) => measureOf(value, type) ?? []);
  return measured(metrics[kind](measures), type);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const metrics = {
  sum,
  avg: (values: readonly number[]) => (values.length === 0 ? null : sum(values) / values.length),
  min: (values: readonly number[]) => (values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b))),
  max: (values: readonly number[]) => (values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b))),
} as const satisfies Record<string, (values: readonly number[]) => number | null>;

/** Of dates, the instant and its text. */
export function measured(value: number | null, type: Field['type']): AggregationResult {
  return isDate(type) && value !== null ? { value, value_as_string: new Date(value).toISOString() } : { value };
}

function terms(
  aggregation: Bucketing & { readonly kind: 'terms' },
  candidates: readonly Candidate[],
  resource: Resource,
): AggregationResult {
  const type = typeOf(aggregation.operand, resource);
  const parts = partition(candidates, aggregation.operand, resource, (value) => {
    // A text that is stored where a date is declared is no date.
    return isDate(type) ? (measureOf(value, type) ?? []) : value;
  });
  const byKey = [...parts].toSorted(([a], [b]) => compareScalars(a, b));
  if (aggregation.order === 'count') byKey.sort(([, a], [, b]) => b.length - a.length);
  if (aggregation.order === 'key-descending') byKey.reverse();
  const rest = byKey.slice(aggregation.size);
  return {
    buckets: byKey
      .slice(0, aggregation.size)
      .map(([key, documents]) => ({ ...keyOf(key, type), ...contents(aggregation, documents, resource) })),
    sum_other_doc_count: rest.reduce((sum, [, documents]) => sum + documents.length, 0),
  };
}

function periods(
  aggregation: Bucketing,
  startOf: (value: number) => number,
  candidates: readonly Candidate[],
  resource: Resource,
): AggregationResult {
  const type = typeOf(aggregation.operand, resource);
  const parts = partition(candidates, aggregation.operand, resource, (value) => {
    const measure = measureOf(value, type);
    return measure === undefined ? [] : startOf(measure);
  });
  const ordered = [...parts].toSorted(([a], [b]) => compareScalars(a, b));
  return {
    buckets: ordered.map(([start, documents]) => ({
      ...keyOf(start, type),
      ...contents(aggregation, documents, resource),
    })),
  };
}

function rangeBucket(
  aggregation: Bucketing,
  { key, from, to }: AggregationRange,
  candidates: readonly Candidate[],
  resource: Resource,
): Bucket {
  const type = typeOf(aggregation.operand, resource);
  const read = readerOf(aggregation.operand, resource);
  const within = candidates.filter((candidate) =>
    read(candidate).some((value) => {
      const measure = measureOf(value, type);
      return measure !== undefined && (from === undefined || measure >= from) && (to === undefined || measure < to);
    }),
  );
  const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return { key, ...bounds, ...contents(aggregation, within, resource) };
}

function contents(
  { within }: Bucketing,
  documents: readonly Candidate[],
  resource: Resource,
): Pick<Bucket, 'doc_count' | 'within'> {
  return { doc_count: documents.length, within: aggregate(within, documents, resource) };
}

/** Each document in every part that one of its values leads to, once. */
function partition(
  candidates: readonly Candidate[],
  operand: Operand,
  resource: Resource,
  partOf: (value: Scalar) => Scalar | readonly [],
): ReadonlyMap<Scalar, readonly Candidate[]> {
  const read = readerOf(operand, resource);
  const parts = new Map<Scalar, Candidate[]>();
  for (const candidate of candidates) {
    for (const part of new Set(read(candidate).flatMap((value) => partOf(value)))) {
      const documents = parts.get(part);
      if (documents === undefined) parts.set(part, [candidate]);
      else documents.push(candidate);
    }
  }
  return parts;
}

/** The type of what an operand holds. */
export function typeOf(operand: Operand, resource: Resource): Field['type'] {
  const resolved = resolveOperand(operand, resource);
  if (resolved.kind === 'field') return resolved.field.type;
  return resolved.kind === 'id' ? resolved.type : 'string';
}
