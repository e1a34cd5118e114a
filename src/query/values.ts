/**
 * What a document holds at a field, and how two such values compare. Every store agrees with this file; the differential
 * test in `test/stores` proves it.
 */
import { fieldNames } from '../model/field-path.ts';
import type { Field } from '../model/types.ts';
import type { Scalar } from './types.ts';

/**
 * The values of a field in a parsed document, in document order.
 *
 * Only scalars of the declared type count. Anything else (null, an object, a text where a number is declared, an array
 * where none is declared) is "no value": a document that was stored under an older description must not make a query
 * fail, nor compare apples with pears.
 *
 * @example valuesOf({ author: { name: 'Le Guin' } }, { path: 'author.name', type: 'string', array: false })
 */
export function valuesOf(document: unknown, field: Pick<Field, 'path' | 'type' | 'array'>): readonly Scalar[] {
  const names = fieldNames(field.path);
  let containers: readonly unknown[] = [document];
  for (const [depth, name] of names.entries()) {
    const last = depth === names.length - 1;
    const next: unknown[] = [];
    for (const container of containers) {
      if (!isObject(container) || !Object.hasOwn(container, name)) continue;
      const value = container[name];
      if (!Array.isArray(value)) next.push(value);
      // One level of array at each step, never an array within an array: the model declares no such field.
      else if (field.array) next.push(...value);
    }
    if (last) return next.flatMap((value) => comparable(value, field.type) ?? []);
    containers = next;
  }
  return [];
}

/**
 * A stored value in the form in which it is compared, or `undefined` if it is not of this type.
 * Date-times become their instant, so that `10:00+02:00` equals `08:00Z`; everything else stays as it is.
 */
export function comparable(value: unknown, type: Field['type']): Scalar | undefined {
  switch (type) {
    case 'integer':
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'string':
    case 'date':
      return typeof value === 'string' ? value : undefined;
    case 'datetime':
      return typeof value === 'string' ? instant(value) : undefined;
  }
}

const dateTime = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?$/;

/**
 * A date-time (RFC 3339; without a zone it is UTC) as `2015-01-05T08:00:00.000Z`, whose byte order is the order of time.
 * Digits beyond milliseconds are cut off. Any other text stands for itself.
 */
export function instant(text: string): string {
  if (!dateTime.test(text)) return text;
  const zone = /[+-]\d\d:\d\d$/.exec(text)?.[0] ?? '';
  const fraction = text.slice(19, text.length - zone.length).replace(/[.Zz]/g, '');
  const [year, month, day, hour, minute, second] = text.slice(0, 19).split(/\D/).map(Number);
  const [zoneHours, zoneMinutes] = zone.slice(1).split(':').map(Number);
  const parts = [year, month, day, hour, minute, second, zoneHours ?? 0, zoneMinutes ?? 0];
  if (!parts.every((part, index) => within(part, limits[index]))) return text;
  const offset = ((zoneHours ?? 0) * 60 + (zoneMinutes ?? 0)) * (zone.startsWith('-') ? -60_000 : 60_000);
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 1) - 1, day ?? 1);
  date.setUTCHours(hour ?? 0, minute ?? 0, second ?? 0);
  const shifted = new Date(date.getTime() - offset);
  const shiftedYear = shifted.getUTCFullYear();
  // Beyond four digits of year, byte order is no longer the order of time.
  if (shiftedYear < 0 || shiftedYear > 9999) return text;
  return `${shifted.toISOString().slice(0, 20)}${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}

/** Year, month, day, hour, minute, second, and hours and minutes of the zone. */
const limits: readonly (readonly [number, number])[] = [
  [1, 9999],
  [1, 12],
  [1, 31],
  [0, 23],
  [0, 59],
  [0, 59],
  [0, 14],
  [0, 59],
];

function within(part: number | undefined, limit: readonly [number, number] | undefined): boolean {
  return part !== undefined && limit !== undefined && part >= limit[0] && part <= limit[1];
}

/**
 * Orders two values: false before true, numbers by size, texts by their UTF-8 bytes; among types: booleans, numbers,
 * texts. Negative if `left` comes first.
 */
export function compareScalars(left: Scalar, right: Scalar): number {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  const byType = rank(left) - rank(right);
  return byType !== 0 ? byType : Number(left) - Number(right);
}

/**
 * Orders texts by their UTF-8 bytes, as SQLite, MongoDB and Elasticsearch do. JavaScript's own `<` orders by UTF-16 code
 * units, which puts `😀` (U+1F600) before `｡` (U+FF61).
 */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return weight(a) - weight(b);
  }
  return left.length - right.length;
}

/** Moves surrogates above U+E000–U+FFFF, where the code points that they stand for belong. */
function weight(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Folds letter case and compatibility forms (NFKC), for `ignoreCase`. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function rank(value: Scalar): number {
  if (typeof value === 'boolean') return 0;
  return typeof value === 'number' ? 1 : 2;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
