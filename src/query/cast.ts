import type { Field } from '../model/types.ts';
import type { Scalar } from './types.ts';
import { instant } from './values.ts';

/** What a text of a URL stands for: one value, or all moments of a day. */
export type CastValue =
  | { readonly kind: 'value'; readonly value: Scalar }
  /** From `start` up to, and without, `end`. */
  | { readonly kind: 'day'; readonly start: string; readonly end: string };

/**
 * Reads a text as a value of a type. `undefined` if it is none: guessing would filter by something else.
 * A date where a date-time is declared means that whole day (in UTC), as in Ramses' ranges.
 *
 * @example castText('12', 'integer') // { kind: 'value', value: 12 }
 */
export function castText(text: string, type: Field['type']): CastValue | undefined {
  switch (type) {
    case 'string':
      return { kind: 'value', value: text };
    case 'integer':
      return /^[+-]?\d{1,16}$/.test(text) ? numeric(text, Number.isSafeInteger) : undefined;
    case 'number':
      return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? numeric(text, Number.isFinite) : undefined;
    case 'boolean':
      return boolean(text.toLowerCase());
    case 'date':
      return isDate(text) ? { kind: 'value', value: text } : undefined;
    case 'datetime':
      return isDate(text) ? day(text) : moment(text);
  }
}

/** What a text must look like, for people. */
export const expectations: Readonly<Record<Field['type'], string>> = {
  string: 'must be a text',
  integer: 'must be an integer, such as 42',
  number: 'must be a number, such as 4.2',
  boolean: 'must be true or false',
  date: 'must be a date, such as 2015-01-31',
  datetime: 'must be a date-time, such as 2015-01-31T08:30:00Z, or a date',
};

function numeric(text: string, accepts: (value: number) => boolean): CastValue | undefined {
  const value = Number(text);
  return accepts(value) ? { kind: 'value', value } : undefined;
}

function boolean(text: string): CastValue | undefined {
  if (text === 'true' || text === '1' || text === 'yes') return { kind: 'value', value: true };
  return text === 'false' || text === '0' || text === 'no' ? { kind: 'value', value: false } : undefined;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // 30 February is parsed as 2 March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function day(text: string): CastValue {
  const start = Date.parse(`${text}T00:00:00Z`);
  return { kind: 'day', start: new Date(start).toISOString(), end: new Date(start + 86_400_000).toISOString() };
}

/** `+` before the zone arrives as a space if it was not encoded, which nobody remembers to do. */
function moment(text: string): CastValue | undefined {
  const value = instant(text.replace(/ (\d\d:\d\d)$/, '+$1').replace(/^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d)(?!:)/, '$1:00'));
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? { kind: 'value', value } : undefined;
}
