import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../../errors.ts';

/** A part of a list: from one place to another, both counted from 0 and included, or so many at the end. */
export type ItemRange =
  | { readonly kind: 'from'; readonly first: number; readonly last: number | undefined }
  | { readonly kind: 'last'; readonly count: number };

/**
 * The `Range` of a request in a unit (RFC 9110 section 14.2): `items=0-24`, `items=25-`, `items=-5`, or as PostgREST's
 * clients write it, `0-24` alone, with or without `Range-Unit: items`. `undefined`: there is none, or it is to be ignored,
 * as one in another unit is, and one whose `If-Range` no list can match, since its tags are weak.
 *
 * Throws `ApiError` `invalid-parameter` for what is no range, and `range-not-satisfiable` for several, or one that ends
 * before it begins.
 */
export function readRange(headers: IncomingHttpHeaders, unit: string): ItemRange | undefined {
  const { range } = headers;
  if (range === undefined || headers['if-range'] !== undefined) return undefined;
  const [, named = String(headers['range-unit'] ?? unit), wanted = ''] =
    /^\s*(?:([^\s=]+)\s*=)?(.*)$/s.exec(range) ?? [];
  const isBare = !range.includes('=');
  if (named.toLowerCase() !== unit || (isBare && !/^[\s\d,-]+$/.test(wanted))) return undefined;
  if (wanted.includes(',')) {
    throw new ApiError('range-not-satisfiable', 'The header Range asks for several ranges; one can be answered.');
  }
  const [, first, last] = /^\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/.exec(wanted) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) throw noRange(unit);
  if (first === '') return { kind: 'last', count: Number(last) };
  if (last === '') return { kind: 'from', first: Number(first), last: undefined };
  if (Number(last) >= Number(first)) return { kind: 'from', first: Number(first), last: Number(last) };
  throw new ApiError('range-not-satisfiable', 'The header Range ends before it begins.');
}

function noRange(unit: string): ApiError {
  const message = `must be a range such as "${unit}=0-24"`;
  return new ApiError('invalid-parameter', `The header Range ${message}.`, {
    violations: [{ in: 'header', parameter: 'Range', message }],
  });
}
