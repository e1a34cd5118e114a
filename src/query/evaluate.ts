/**
 * What a query means, over plain arrays. This is the definition: stores compile queries into something faster, and a
 * differential test holds them to it.
 *
 * - `null`, missing and `[]` are one notion, "no value"; `exists` is "at least one value".
 * - A predicate holds if some single value satisfies it. `range` puts both bounds on one and the same value.
 * - Logic is two-valued: `ne` is `not eq`, so that it holds where there is no value.
 * - A field holds only values of its declared type (`values.ts`); comparing with another type is false.
 * - Texts compare by UTF-8 bytes, date-times by their instant.
 * - Words are found in one text at a time (`words.ts`); a document without any of the texts has none of the words.
 * - No value sorts as the smallest. The id is the last sort key, in the direction of the key before it, so that the
 *   order is total and the descending order is the ascending one reversed.
 */
import type { Resource } from '../model/types.ts';
import { type Candidate, readerOf } from './candidate.ts';
import { type ResolvedOperand, resolveOperand } from './operand.ts';
import { pageFilter } from './position.ts';
import { relevance, wordsTest } from './relevance.ts';
import type { Bound, Filter, Query, Scalar, SortKey } from './types.ts';
import { compareScalars, compareText, fold, instant } from './values.ts';

/** Filters, sorts and cuts. `more`: at least one match lies behind the page. */
export function evaluate<C extends Candidate>(
  query: Query,
  candidates: readonly C[],
  resource: Resource,
): { readonly page: readonly C[]; readonly total: number; readonly more: boolean } {
  const matches = candidates.filter(matcher(query.filter, resource));
  const behind = query.after === undefined ? matches : matches.filter(matcher(pageFilter(query, resource), resource));
  const ordered = behind.toSorted(query.ranked ? byRelevance(query, resource) : comparator(query.sort, resource));
  const end = query.offset + query.limit;
  return { page: ordered.slice(query.offset, end), total: matches.length, more: ordered.length > end };
}

/** A filter as a test of one document. */
export function matcher(filter: Filter, resource: Resource): (candidate: Candidate) => boolean {
  switch (filter.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const tests = filter.filters.map((each) => matcher(each, resource));
      return (candidate) => tests.every((test) => test(candidate));
    }
    case 'or': {
      const tests = filter.filters.map((each) => matcher(each, resource));
      return (candidate) => tests.some((test) => test(candidate));
    }
    case 'not': {
      const test = matcher(filter.filter, resource);
      return (candidate) => !test(candidate);
    }
    case 'words': {
      const test = wordsTest(filter, resource);
      return ({ document }) => test(document);
    }
    default: {
      const read = readerOf(filter.operand, resource);
      const test = valueTest(filter, resolveOperand(filter.operand, resource));
      const negative = filter.kind === 'compare' && filter.operator === 'ne';
      return (candidate) => read(candidate).some(test) !== negative;
    }
  }
}

/** The total order of a sort. Throws `TypeError` for an array: it has no one place in an order. */
export function comparator(sort: readonly SortKey[], resource: Resource): (a: Candidate, b: Candidate) => number {
  const keys = sort.map(({ operand, direction }) => {
    const resolved = resolveOperand(operand, resource);
    if (resolved.kind === 'field' && resolved.field.array) {
      throw new TypeError(`The array "${resolved.field.path}" cannot be sorted by.`);
    }
    return { read: readerOf(operand, resource), sign: sign(direction) };
  });
  const readId = readerOf({ kind: 'id' }, resource);
  const idSign = sign(sort.at(-1)?.direction ?? 'ascending');
  return (a, b) => {
    for (const { read, sign } of keys) {
      const order = compareFirst(read(a), read(b));
      if (order !== 0) return order * sign;
    }
    return (compareFirst(readId(a), readId(b)) || compareText(a.key, b.key)) * idSign;
  };
}

function byRelevance({ filter }: Query, resource: Resource): (a: Candidate, b: Candidate) => number {
  const score = relevance(filter, resource);
  const byId = comparator([], resource);
  return (a, b) => score(b.document) - score(a.document) || byId(a, b);
}

/** A filter that tests the values of one operand. */
export type Predicate = Exclude<Filter, { readonly kind: 'all' | 'and' | 'or' | 'not' | 'words' }>;

/** `ne` is tested as `eq` here; `matcher` turns the outcome round. */
function valueTest(predicate: Predicate, operand: ResolvedOperand): (value: Scalar) => boolean {
  switch (predicate.kind) {
    case 'exists':
      return () => true;
    case 'compare': {
      const wanted = comparableTo(operand, predicate.value);
      return (value) => sameType(value, wanted) && holds(predicate.operator, compareScalars(value, wanted));
    }
    case 'in': {
      const wanted = new Set(predicate.values.map((value) => comparableTo(operand, value)));
      return (value) => wanted.has(value);
    }
    case 'range': {
      const from = bound(predicate.from, operand);
      const to = bound(predicate.to, operand);
      return (value) => aboveFrom(value, from) && belowTo(value, to);
    }
    case 'prefix':
    case 'contains': {
      const shape = predicate.ignoreCase ? fold : (text: string) => text;
      const wanted = shape(predicate.value);
      const test = predicate.kind === 'prefix' ? 'startsWith' : 'includes';
      return (value) => typeof value === 'string' && shape(value)[test](wanted);
    }
  }
}

function holds(operator: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte', order: number): boolean {
  switch (operator) {
    case 'eq':
    case 'ne':
      return order === 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
  }
}

function aboveFrom(value: Scalar, from: Bound | undefined): boolean {
  if (from === undefined) return true;
  if (!sameType(value, from.value)) return false;
  const order = compareScalars(value, from.value);
  return from.inclusive ? order >= 0 : order > 0;
}

function belowTo(value: Scalar, to: Bound | undefined): boolean {
  if (to === undefined) return true;
  if (!sameType(value, to.value)) return false;
  const order = compareScalars(value, to.value);
  return to.inclusive ? order <= 0 : order < 0;
}

function bound(given: Bound | undefined, operand: ResolvedOperand): Bound | undefined {
  return given && { inclusive: given.inclusive, value: comparableTo(operand, given.value) };
}

/** A value of the query in the form in which values of this operand are compared. */
export function comparableTo(operand: ResolvedOperand, value: Scalar): Scalar {
  const isMoment = operand.kind === 'field' && operand.field.type === 'datetime' && typeof value === 'string';
  return isMoment ? instant(value) : value;
}

/** Of the first values; none is the smallest. */
function compareFirst([a]: readonly Scalar[], [b]: readonly Scalar[]): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareScalars(a, b);
}

function sameType(a: Scalar, b: Scalar): boolean {
  return typeof a === typeof b;
}

function sign(direction: SortKey['direction']): 1 | -1 {
  return direction === 'ascending' ? 1 : -1;
}
