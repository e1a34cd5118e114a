/** Aggregations as Elasticsearch's, and its answers in the shape of ours. */
import type { Field, Resource } from '../../model/types.ts';
import { measured, typeOf } from '../../query/aggregate.ts';
import type {
  Aggregation,
  AggregationResult,
  AggregationResults,
  Aggregations,
  Bucket,
  Bucketing,
  Metric,
} from '../../query/aggregation.ts';
import { keyOf } from '../../query/bucket-key.ts';
import { resolveOperand } from '../../query/operand.ts';
import type { Clause } from './boolean.ts';
import { listOf, member, numberOf, textOf } from './json.ts';
import { type Slot, slotOf } from './slots.ts';

export interface CompiledAggregations {
  /** What to send; empty where nothing has to be asked. */
  readonly body: Clause;
  /** Reads the part of the answer that belongs to it. */
  readonly read: (answer: unknown) => AggregationResults;
}

/**
 * The names that a client gives may have characters that Elasticsearch does not take; it is sent others. `ofShard`: how
 * many terms each shard is to tell; absent: Elasticsearch's own choice, which is a guess where there are more.
 */
export function compileAggregations(
  aggregations: Aggregations,
  resource: Resource,
  ofShard?: number,
): CompiledAggregations {
  const parts = Object.entries(aggregations).map(([name, each], at) => ({
    name,
    sent: `a${at}`,
    ...compileOne(each, resource, ofShard),
  }));
  return {
    body: Object.fromEntries(parts.flatMap(({ sent, body }) => (body === undefined ? [] : [[sent, body]]))),
    read: (answer) => Object.fromEntries(parts.map(({ name, sent, read }) => [name, read(member(answer, sent))])),
  };
}

interface CompiledAggregation {
  /** `undefined`: the answer is known. */
  readonly body: Clause | undefined;
  readonly read: (answer: unknown) => AggregationResult;
}

function compileOne(aggregation: Aggregation, resource: Resource, ofShard: number | undefined): CompiledAggregation {
  const slot = slotOf(resolveOperand(aggregation.operand, resource));
  const type = typeOf(aggregation.operand, resource);
  switch (aggregation.kind) {
    case 'count':
    case 'cardinality':
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      return metric(aggregation, slot, type);
    case 'terms':
    case 'histogram':
    case 'date_histogram':
    case 'range':
      return bucketing(aggregation, slot, type, { resource, ofShard });
  }
}

function metric({ kind }: Metric, slot: Slot, type: Field['type']): CompiledAggregation {
  const read = (answer: unknown): AggregationResult => ({ value: numberOf(member(answer, 'value')) ?? 0 });
  if (kind === 'count') return { body: { value_count: { field: slot.exact } }, read };
  if (kind === 'cardinality') {
    return { body: { cardinality: { field: slot.exact, precision_threshold: 40_000 } }, read };
  }
  const field = measuredField(slot);
  const nothing = kind === 'sum' ? 0 : null;
  if (field === undefined) return { body: undefined, read: () => ({ value: nothing }) };
  return {
    body: { [kind]: { field } },
    read: (answer) => measured(numberOf(member(answer, 'value')) ?? nothing, type),
  };
}

/** Where there are numbers, or moments. */
function measuredField({ type, exact, dates }: Slot): string | undefined {
  return type === 'number' ? exact : dates?.measured;
}

/** Whether a list of terms is not certain: some shard had more of them than it told. */
export function isGuessed(answer: unknown): boolean {
  if (Array.isArray(answer)) return answer.some(isGuessed);
  if (typeof answer !== 'object' || answer === null) return false;
  return Object.entries(answer).some(([name, value]) =>
    name === 'doc_count_error_upper_bound' ? value !== 0 : isGuessed(value),
  );
}

function bucketing(
  aggregation: Bucketing,
  slot: Slot,
  type: Field['type'],
  { resource, ofShard }: { readonly resource: Resource; readonly ofShard: number | undefined },
): CompiledAggregation {
  const within = compileAggregations(aggregation.within, resource, ofShard);
  const own = ownBody(aggregation, slot, ofShard);
  const body = own && { ...own, ...(Object.keys(within.body).length > 0 && { aggs: within.body }) };
  const contents = (bucket: unknown) => ({
    doc_count: numberOf(member(bucket, 'doc_count')) ?? 0,
    within: within.read(bucket),
  });
  if (aggregation.kind === 'range') {
    return {
      body,
      read: (answer) => {
        const found = new Map(listOf(member(answer, 'buckets')).map((bucket) => [member(bucket, 'key'), bucket]));
        return {
          buckets: aggregation.ranges.map((range, at) => ({ ...range, ...contents(found.get(String(at))) })),
        };
      },
    };
  }
  return {
    body,
    read: (answer) => ({
      buckets: listOf(member(answer, 'buckets')).map((bucket) => ({ ...bucketKey(bucket, type), ...contents(bucket) })),
      ...(aggregation.kind === 'terms' && {
        sum_other_doc_count: numberOf(member(answer, 'sum_other_doc_count')) ?? 0,
      }),
    }),
  };
}

function ownBody(aggregation: Bucketing, slot: Slot, ofShard: number | undefined): Clause | undefined {
  if (aggregation.kind === 'terms') {
    const { size } = aggregation;
    const asked = { field: slot.dates?.measured ?? slot.exact, size, order: orders[aggregation.order] };
    return { terms: { ...asked, ...(ofShard !== undefined && { shard_size: Math.max(ofShard, size) }) } };
  }
  const field = measuredField(slot);
  if (field === undefined) return undefined;
  switch (aggregation.kind) {
    case 'histogram':
      return { histogram: { field, interval: aggregation.interval, min_doc_count: 1 } };
    case 'date_histogram':
      return { date_histogram: { field, calendar_interval: aggregation.interval, min_doc_count: 1 } };
    case 'range': {
      const ranges = aggregation.ranges.map(({ from, to }, at) => ({ key: String(at), from, to }));
      return { range: { field, ranges } };
    }
  }
}

const orders = {
  count: [{ _count: 'desc' }, { _key: 'asc' }],
  key: { _key: 'asc' },
  'key-descending': { _key: 'desc' },
} as const;

function bucketKey(bucket: unknown, type: Field['type']): Pick<Bucket, 'key' | 'key_as_string'> {
  const key = member(bucket, 'key');
  if (type === 'boolean') return keyOf(key === 1, type);
  return keyOf(numberOf(key) ?? textOf(key) ?? '', type);
}
