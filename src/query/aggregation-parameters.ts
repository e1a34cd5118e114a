/**
 * Aggregations in a URL, in Ramses' dotted form:
 *
 * ```
 * _aggs.by_author.terms.field=author.name&_aggs.by_author.terms.size=5
 * _aggs.by_author.aggs.mean_price.avg.field=price
 * ```
 *
 * A name that the client chooses, a kind, and the kind's options. `_aggregations.` is the same.
 */
import { suggest } from '../suggest.ts';
import type { Aggregation, Aggregations, Bucketing, Metric } from './aggregation.ts';
import {
  allowOnly,
  type Branch,
  calendarOf,
  intervalOf,
  orderOf,
  type Report,
  rangesOf,
  sizeOf,
} from './aggregation-options.ts';
import { isDate } from './bucket-key.ts';
import type { QueryPair } from './decode.ts';
import type { Subject, Vocabulary } from './vocabulary.ts';

/** The prefixes of parameters that aggregate. */
export const aggregationPrefix = /^_agg(?:regation)?s\./;

/** All of them cost every document something. */
const mostAggregations = 20;
const deepest = 3;

/** Reads all parameters of a query that aggregate. What is wrong is reported; the rest is then of no use. */
export function parseAggregations(
  pairs: readonly QueryPair[],
  vocabulary: Pick<Vocabulary, 'subjects'>,
  report: Report,
): Aggregations {
  const tree = treeOf(pairs, report);
  const count = { left: mostAggregations };
  const aggregations = aggregationsOf(tree, { vocabulary, report, count, depth: 1 });
  if (count.left < 0) report('_aggs', `must be at most ${mostAggregations}`);
  return aggregations;
}

interface Reading {
  readonly vocabulary: Pick<Vocabulary, 'subjects'>;
  readonly report: Report;
  readonly count: { left: number };
  readonly depth: number;
}

function treeOf(pairs: readonly QueryPair[], report: Report): Branch {
  const root: Branch = { parameter: '_aggs', branches: new Map() };
  for (const [parameter, value] of pairs) {
    let branch = root;
    for (const segment of parameter.replace(aggregationPrefix, '').split('.')) {
      const next = branch.branches.get(segment) ?? { parameter, branches: new Map() };
      branch.branches.set(segment, next);
      branch = next;
    }
    if (branch.value !== undefined) report(parameter, 'must be given once');
    branch.value = value;
  }
  return root;
}

function aggregationsOf(tree: Branch, reading: Reading): Aggregations {
  const found: [string, Aggregation][] = [];
  for (const [name, branch] of tree.branches) {
    reading.count.left -= 1;
    const aggregation = reading.count.left < 0 ? undefined : aggregationOf(branch, reading);
    if (aggregation !== undefined) found.push([name, aggregation]);
  }
  return Object.fromEntries(found);
}

const kinds = {
  value_count: 'count',
  count: 'count',
  cardinality: 'cardinality',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  terms: 'terms',
  histogram: 'histogram',
  date_histogram: 'date_histogram',
  range: 'range',
  date_range: 'range',
} as const satisfies Record<string, Aggregation['kind']>;

type KindName = keyof typeof kinds;

function isKind(name: string): name is KindName {
  return Object.hasOwn(kinds, name);
}

function aggregationOf(branch: Branch, reading: Reading): Aggregation | undefined {
  const { report } = reading;
  const within = branch.branches.get('aggs') ?? branch.branches.get('aggregations');
  const named = [...branch.branches].filter(([, each]) => each !== within);
  const [first, ...others] = named;
  if (first === undefined || others.length > 0) {
    report(branch.parameter, `must name one kind of aggregation: ${Object.keys(kinds).join(', ')}`);
    return undefined;
  }
  const [name, options] = first;
  if (!isKind(name)) {
    const near = suggest(name, Object.keys(kinds));
    report(options.parameter, `"${name.slice(0, 50)}" is no aggregation${near ? `; did you mean "${near}"?` : ''}`);
    return undefined;
  }
  const subject = subjectOf(options, reading);
  if (subject === undefined) return undefined;
  const kind = kinds[name];
  switch (kind) {
    case 'count':
    case 'cardinality':
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      if (within !== undefined) report(within.parameter, `cannot be within "${name}", which makes no buckets`);
      return metricOf(kind, subject, options, report);
    default:
      return bucketingOf(kind, subject, options, { reading, within });
  }
}

/** Secrets are not among the subjects: nobody learns by how many share one. */
function subjectOf(options: Branch, { vocabulary, report }: Reading): Subject | undefined {
  const path = options.branches.get('field');
  const name = path?.value ?? '';
  const subject = vocabulary.subjects.get(name);
  if (subject !== undefined) return subject;
  const near = suggest(name, vocabulary.subjects.keys());
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  const parameter = path?.parameter ?? `${options.parameter}`;
  report(parameter, name === '' ? 'needs a ".field"' : `"${name.slice(0, 100)}" is no field${hint}`);
  return undefined;
}

function metricOf(kind: Metric['kind'], subject: Subject, options: Branch, report: Report): Metric | undefined {
  allowOnly(options, ['field'], report);
  const isNumber = subject.type === 'number' || subject.type === 'integer';
  const fits = {
    count: true,
    cardinality: true,
    sum: isNumber,
    avg: isNumber,
    min: isNumber || isDate(subject.type),
    max: isNumber || isDate(subject.type),
  }[kind];
  if (fits) return { kind, operand: subject.operand };
  report(options.parameter, `needs a field of numbers, and "${subject.name}" is of type ${subject.type}`);
  return undefined;
}

function bucketingOf(
  kind: Bucketing['kind'],
  subject: Subject,
  options: Branch,
  { reading, within }: { readonly reading: Reading; readonly within: Branch | undefined },
): Bucketing | undefined {
  const { report, depth } = reading;
  if (within !== undefined && depth >= deepest) report(within.parameter, `must be at most ${deepest} deep`);
  const inner =
    within === undefined || depth >= deepest ? {} : aggregationsOf(within, { ...reading, depth: depth + 1 });
  const common = { operand: subject.operand, within: inner };
  switch (kind) {
    case 'terms':
      allowOnly(options, ['field', 'size', 'order'], report);
      return { kind, ...common, size: sizeOf(options, report), order: orderOf(options, report) };
    case 'histogram':
      allowOnly(options, ['field', 'interval'], report);
      return needs(subject, !isDate(subject.type) && isMeasured(subject), options, report)
        ? { kind, ...common, interval: intervalOf(options, report) }
        : undefined;
    case 'date_histogram':
      allowOnly(options, ['field', 'interval', 'calendar_interval'], report);
      return needs(subject, isDate(subject.type), options, report)
        ? { kind, ...common, interval: calendarOf(options, report) }
        : undefined;
    case 'range':
      allowOnly(options, ['field', 'ranges'], report);
      return needs(subject, isMeasured(subject), options, report)
        ? { kind, ...common, ranges: rangesOf(subject, options, report) }
        : undefined;
  }
}

function isMeasured({ type }: Subject): boolean {
  return type === 'number' || type === 'integer' || isDate(type);
}

function needs({ name, type }: Subject, fits: boolean, options: Branch, report: Report): boolean {
  if (!fits) report(options.parameter, `cannot be of "${name}", which is of type ${type}`);
  return fits;
}
