import { type AggregationRange, type CalendarInterval, calendarIntervals } from './aggregation.ts';
import { measureOf } from './bucket-key.ts';
import { castText } from './cast.ts';
import type { Subject } from './vocabulary.ts';

/** What is wrong with which parameter. */
export type Report = (parameter: string, message: string) => void;

/** One segment of dotted names: what follows, or the value. */
export interface Branch {
  /** The whole parameter, for messages. */
  readonly parameter: string;
  value?: string;
  readonly branches: Map<string, Branch>;
}

const mostBuckets = 1000;
const mostRanges = 100;

export function allowOnly(options: Branch, names: readonly string[], report: Report): void {
  for (const [name, { parameter }] of options.branches) {
    if (!names.includes(name)) report(parameter, `has no such option; it has ${names.join(', ')}`);
  }
}

export function sizeOf(options: Branch, report: Report): number {
  const given = options.branches.get('size');
  if (given === undefined) return 10;
  const size = /^\d{1,4}$/.test(given.value ?? '') ? Number(given.value) : 0;
  if (size < 1 || size > mostBuckets) report(given.parameter, `must be an integer from 1 to ${mostBuckets}`);
  return size;
}

/** `_count`, `_key` or `-_key`, or Elasticsearch's `order._key=desc`. */
export function orderOf(options: Branch, report: Report): 'count' | 'key' | 'key-descending' {
  const given = options.branches.get('order');
  if (given === undefined) return 'count';
  const [[name, branch] = ['', undefined]] = [...given.branches];
  const text = branch === undefined ? given.value : `${branch.value === 'desc' && name === '_key' ? '-' : ''}${name}`;
  if (text === '_count') return 'count';
  if (text === '_key') return 'key';
  if (text === '-_key') return 'key-descending';
  report(given.parameter, 'must be "_count", "_key" or "-_key"');
  return 'count';
}

export function intervalOf(options: Branch, report: Report): number {
  const given = options.branches.get('interval');
  const cast = castText(given?.value ?? '', 'number');
  const interval = cast?.kind === 'value' ? Number(cast.value) : 0;
  if (interval > 0) return interval;
  report(given?.parameter ?? options.parameter, 'needs an ".interval" greater than 0');
  return 1;
}

export function calendarOf(options: Branch, report: Report): CalendarInterval {
  const given = options.branches.get('calendar_interval') ?? options.branches.get('interval');
  const interval = calendarIntervals.find((known) => known === given?.value);
  if (interval !== undefined) return interval;
  report(given?.parameter ?? options.parameter, `needs an ".interval": ${calendarIntervals.join(', ')}`);
  return 'day';
}

/** `*..10,10..20,20..*` */
export function rangesOf(subject: Subject, options: Branch, report: Report): readonly AggregationRange[] {
  const given = options.branches.get('ranges');
  const texts = (given?.value ?? '').split(',');
  if (texts.length > mostRanges) report(given?.parameter ?? options.parameter, `must be at most ${mostRanges}`);
  return texts.slice(0, mostRanges).flatMap((text) => {
    const range = rangeOf(text.trim(), subject);
    if (range === undefined) report(given?.parameter ?? options.parameter, 'needs ".ranges", such as "*..10,10..20"');
    return range ?? [];
  });
}

function rangeOf(text: string, { type }: Subject): AggregationRange | undefined {
  const [low = '', high = '', ...more] = text.split('..');
  const from = boundOf(low, type);
  const to = boundOf(high, type);
  if (more.length > 0 || from === 'none' || to === 'none') return undefined;
  const key = `${low}-${high}`;
  return { key, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function boundOf(text: string, type: Subject['type']): number | undefined | 'none' {
  if (text === '*') return undefined;
  const cast = castText(text, type);
  if (cast === undefined) return 'none';
  return measureOf(cast.kind === 'value' ? cast.value : cast.start, type) ?? 'none';
}
