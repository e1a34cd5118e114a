import type { Field } from '../model/types.ts';
import type { Bucket } from './aggregation.ts';
import type { Scalar } from './types.ts';

/**
 * A value as a number that can be measured: a number itself, the instant of a date in milliseconds since 1970.
 * `undefined` for what is none, such as a text that is stored where a date is declared.
 */
export function measureOf(value: Scalar, type: Field['type']): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !isDate(type)) return undefined;
  if (!isoDate.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

export function isDate(type: Field['type']): boolean {
  return type === 'date' || type === 'datetime';
}

/** As the reader of values leaves them: an instant in UTC, or a date. */
const isoDate = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d\.\d{3}Z)?$/;

/** How a bucket is named, in Elasticsearch's way. */
export function keyOf(value: Scalar, type: Field['type']): Pick<Bucket, 'key' | 'key_as_string'> {
  if (typeof value === 'boolean') return { key: Number(value), key_as_string: String(value) };
  if (!isDate(type)) return { key: value };
  const time = measureOf(value, type);
  return time === undefined ? { key: value } : { key: time, key_as_string: new Date(time).toISOString() };
}
