/** Values in the form in which an index keeps them, and is asked for them. */
import { measureOf } from '../../query/bucket-key.ts';
import type { Scalar } from '../../query/types.ts';
import { hashOf } from './names.ts';

/**
 * A text as a keyword, which has a limit of 32,766 bytes: longer ones are cut, and end in a hash of the whole, so that
 * they are equal to themselves only. `contains` does not look behind the cut.
 */
export function keyword(text: string): string {
  const whole = /\p{Surrogate}/u.test(text) ? Buffer.from(text).toString() : text;
  return whole.length <= longest ? whole : keyword(`${whole.slice(0, longest - 64)}${hashOf(whole, 64)}`);
}

/** At most 30,000 bytes. */
const longest = 10_000;

/** A number as JSON can carry it: `1e400` is read as infinite. -0 becomes 0 there, which are two for Elasticsearch. */
export function double(value: number): number {
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}

/** The moment of a date whose text sorts as it does, in full; `undefined` for any other text. */
export function orderedMoment(text: string, length: 10 | 24): string | undefined {
  if (text.length !== length) return undefined;
  const time = measureOf(text, 'datetime');
  if (time === undefined) return undefined;
  const moment = new Date(time).toISOString();
  return moment.startsWith(text) ? moment : undefined;
}

export function indexable(value: Scalar): Scalar {
  if (typeof value === 'number') return double(value);
  return typeof value === 'string' ? keyword(value) : value;
}
