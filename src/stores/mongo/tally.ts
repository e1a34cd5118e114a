/**
 * Aggregations of `query/aggregate.ts`, added up one document after another, so that it does not matter how many there
 * are. What is kept is one count for each different value; a differential test holds it to the definition.
 */
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
import { isDate, keyOf, measureOf } from '../../query/bucket-key.ts';
import { bucketStart } from '../../query/bucket-start.ts';
import { type Candidate, readerOf } from '../../query/candidate.ts';
import type { Operand, Scalar } from '../../query/types.ts';
import { compareScalars } from '../../query/values.ts';
import { StoreError } from '../contract.ts';

export interface Tally {
  /**
   * Adds documents that are alike in all that is asked for: `times` of them. Throws `StoreError` `too-many` where there
   * would be more different values than fit into the memory.
   */
  add(candidate: Candidate, times: number): void;
  results(): AggregationResults;
}

/** `mostValues`: how many different values may be kept, over all aggregations. */
export function createTally(aggregations: Aggregations, resource: Resource, mostValues = 500_000): Tally {
  let left = mostValues;
  const spend = (): void => {
    left -= 1;
    if (left >= 0) return;
    throw new StoreError(
      'too-many',
      `More than ${mostValues} different values would have to be counted: filter more, or ask for larger intervals.`,
    );
  };
  return tallyOf(aggregations, { resource, spend });
}

interface Context {
  readonly resource: Resource;
  /** Called for each value that is kept. */
  readonly spend: () => void;
}

interface Part {
  add(candidate: Candidate, times: number): void;
  result(): AggregationResult;
}

function tallyOf(aggregations: Aggregations, context: Context): Tally {
  const parts = Object.entries(aggregations).map(([name, each]) => [name, partOf(each, context)] as const);
  return {
    add: (candidate, times) => {
      for (const [, part] of parts) part.add(candidate, times);
    },
    results: () => Object.fromEntries(parts.map(([name, part]) => [name, part.result()])),
  };
}

function partOf(aggregation: Aggregation, context: Context): Part {
  switch (aggregation.kind) {
    case 'count':
    case 'cardinality':
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      return metric(aggregation, context);
    case 'terms':
      return terms(aggregation, context);
    case 'histogram':
    case 'date_histogram':
      return periods(aggregation, bucketStart(aggregation), context);
    case 'range':
      return ranges(aggregation, context);
  }
}

function metric({ kind, operand }: Metric, { resource, spend }: Context): Part {
  const type = typeOf(operand, resource);
  const read = readerOf(operand, resource);
  const isNumber = type === 'number' || type === 'integer';
  const different = new Set<Scalar>();
  let count = 0;
  let measures = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  const add = (value: Scalar, times: number): void => {
    count += times;
    if (kind === 'cardinality' && !different.has(value)) {
      spend();
      different.add(value);
    }
    const measure = measureOf(value, type);
    if (measure === undefined) return;
    measures += times;
    sum += measure * times;
    min = Math.min(min, measure);
    max = Math.max(max, measure);
  };
  return {
    add: (candidate, times) => {
      const values = read(candidate);
      for (const value of isNumber ? values : new Set(values)) add(value, times);
    },
    result: () => {
      if (kind === 'count') return { value: count };
      if (kind === 'cardinality') return { value: different.size };
      if (kind === 'sum') return measured(sum, type);
      return measured(measures === 0 ? null : { avg: sum / measures, min, max }[kind], type);
    },
  };
}

type Terms = Bucketing & { readonly kind: 'terms' };

function terms(aggregation: Terms, context: Context): Part {
  const type = typeOf(aggregation.operand, context.resource);
  const groups = groupsOf(aggregation, context, (value) => {
    // A text that is stored where a date is declared is no date.
    return isDate(type) ? measureOf(value, type) : value;
  });
  return {
    add: groups.add,
    result: () => {
      const byKey = groups.inOrder();
      if (aggregation.order === 'count') byKey.sort(([, a], [, b]) => b.count - a.count);
      if (aggregation.order === 'key-descending') byKey.reverse();
      const rest = byKey.slice(aggregation.size);
      return {
        buckets: byKey.slice(0, aggregation.size).map(([key, group]) => bucketOf(key, group, type)),
        sum_other_doc_count: rest.reduce((sum, [, { count }]) => sum + count, 0),
      };
    },
  };
}

function periods(aggregation: Bucketing, startOf: (value: number) => number, context: Context): Part {
  const type = typeOf(aggregation.operand, context.resource);
  const groups = groupsOf(aggregation, context, (value) => {
    const measure = measureOf(value, type);
    return measure === undefined ? undefined : startOf(measure);
  });
  return {
    add: groups.add,
    result: () => ({ buckets: groups.inOrder().map(([start, group]) => bucketOf(start, group, type)) }),
  };
}

function ranges(aggregation: Bucketing & { readonly kind: 'range' }, context: Context): Part {
  const type = typeOf(aggregation.operand, context.resource);
  const read = readerOf(aggregation.operand, context.resource);
  const groups = aggregation.ranges.map((range) => ({ ...range, ...newGroup(aggregation, context) }));
  return {
    add: (candidate, times) => {
      const measures = read(candidate).flatMap((value) => measureOf(value, type) ?? []);
      for (const group of groups) {
        const { from = Number.NEGATIVE_INFINITY, to } = group;
        if (!measures.some((measure) => measure >= from && (to === undefined || measure < to))) continue;
        group.count += times;
        group.within.add(candidate, times);
      }
    },
    result: () => ({
      buckets: groups.map(({ key, from, to, count, within }) => ({
        key,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        doc_count: count,
        within: within.results(),
      })),
    }),
  };
}

interface Group {
  count: number;
  readonly within: Tally;
}

function newGroup({ within }: Bucketing, context: Context): Group {
  return { count: 0, within: tallyOf(within, context) };
}

/** Each document in every group that one of its values leads to, once. */
function groupsOf(aggregation: Bucketing, context: Context, partOfValue: (value: Scalar) => Scalar | undefined) {
  const read = readerOf(aggregation.operand, context.resource);
  const groups = new Map<Scalar, Group>();
  const groupAt = (part: Scalar): Group => {
    const known = groups.get(part);
    if (known !== undefined) return known;
    context.spend();
    const group = newGroup(aggregation, context);
    groups.set(part, group);
    return group;
  };
  return {
    add: (candidate: Candidate, times: number): void => {
      for (const part of new Set(read(candidate).flatMap((value) => partOfValue(value) ?? []))) {
        const group = groupAt(part);
        group.count += times;
        group.within.add(candidate, times);
      }
    },
    inOrder: (): [Scalar, Group][] => [...groups].toSorted(([a], [b]) => compareScalars(a, b)),
  };
}

function bucketOf(key: Scalar, { count, within }: Group, type: Field['type']): Bucket {
  return { ...keyOf(key, type), doc_count: count, within: within.results() };
}

/** All that aggregations look at, each once. */
export function operandsIn(aggregations: Aggregations): readonly Operand[] {
  const operands = Object.values(aggregations).flatMap((each): readonly Operand[] => {
    return 'within' in each ? [each.operand, ...operandsIn(each.within)] : [each.operand];
  });
  return [...new Map(operands.map((operand) => [JSON.stringify(operand), operand])).values()];
}
