import { ApiError } from '../../errors.ts';
import type { ParsedQuery } from '../../query/parse.ts';
import type { Query } from '../../query/types.ts';
import type { Collection, Page } from '../../stores/contract.ts';
import type { Exchange } from '../exchange.ts';
import type { Answer } from '../present/answer.ts';
import type { PresentedPage } from '../present/envelope.ts';
import { verifyCollection } from '../request/conditions.ts';
import { type ItemRange, readRange } from '../request/range.ts';
import type { OperationContext } from '../service.ts';
import type { ListAction, PageLimits } from './list.ts';

/** A list that can be asked for in parts. */
export interface RangedList {
  /** Tells clients that it can, and where the page lies in the list if the description declares that it is told. */
  describe(headers: Record<string, string>, page: PageFacts): void;
  /** The part that the request asks for; `undefined`: it asks for none. Throws `ApiError`. */
  partOf(exchange: Exchange, parsed: ParsedQuery): ItemRange | undefined;
  /** The query of that part. The largest page is its limit: `Content-Range` says what was sent. */
  queryOf(range: ItemRange, query: Query, collection: Collection): Promise<Query>;
  /** Throws `ApiError` `range-not-satisfiable` where the list ends before the part begins. */
  verify(query: Query, page: Page, collection: Collection): Promise<void>;
  /** The answer with that part; 200 where it is all there is, or where the description has no 206. */
  answerOf(exchange: Exchange, answer: Answer, page: PageFacts): Answer;
}

export type PageFacts = Pick<PresentedPage, 'offset' | 'total' | 'more'> & { readonly count: number };

/** `undefined`: the description does not speak of ranges. */
export function compileRanges(
  { operation }: OperationContext,
  { ranges }: Pick<ListAction, 'ranges'>,
  { defaultLimit = 20, maximumLimit = Math.max(1000, defaultLimit) }: PageLimits,
): RangedList | undefined {
  if (ranges === undefined) return undefined;
  const { unit } = ranges;
  const largest = maximumLimit;
  const partial = operation.responses.some(({ status }) => status === '206' || status === '2XX') ? 206 : 200;
  const saysWhere = operation.responses.some(
    ({ status, headers }) => status !== '206' && headers.some(({ name }) => /^content-range$/i.test(name)),
  );
  return {
    describe(headers, page) {
      headers['Accept-Ranges'] = unit;
      if (saysWhere) headers['Content-Range'] = contentRange(unit, page);
    },
    partOf({ request }, { pagedBy }) {
      // Ranges of other methods have no meaning (RFC 9110 section 14.2).
      const range = request.method === 'GET' ? readRange(request.headers, unit) : undefined;
      if (range === undefined || pagedBy === undefined) return range;
      const message = 'cannot be combined with the header Range';
      throw new ApiError('invalid-parameter', `The query parameter "${pagedBy}" ${message}.`, {
        violations: [{ in: 'query', parameter: pagedBy, message }],
      });
    },
    async queryOf(range, query, collection) {
      if (range.kind === 'from') {
        const { first, last } = range;
        return { ...query, offset: first, limit: Math.min(largest, last === undefined ? largest : last - first + 1) };
      }
      const total = await collection.count(query.filter);
      if (range.count === 0) throw unsatisfiable(unit, total);
      const limit = Math.min(range.count, total);
      return { ...query, offset: total - limit, limit: Math.min(limit, largest) };
    },
    async verify({ offset, filter }, { documents, total }, collection) {
      if (documents.length > 0 || offset === 0) return;
      throw unsatisfiable(unit, total ?? (await collection.count(filter)));
    },
    answerOf({ request }, answer, page) {
      verifyCollection(request.headers);
      const headers = { ...answer.headers, 'Content-Range': contentRange(unit, page) };
      if (page.offset === 0 && !page.more) return { ...answer, headers };
      // Else a cache would take a part that comes with 200 for the whole.
      return {
        ...answer,
        status: partial,
        headers: { ...headers, ...(partial === 200 && { 'Cache-Control': 'no-store' }) },
      };
    },
  };
}

/** @example contentRange('items', { offset: 0, count: 25, total: 573, more: true }) // 'items 0-24/573' */
function contentRange(unit: string, { offset, count, total, more }: PageFacts): string {
  const isLast = !more && (count > 0 || offset === 0);
  const length = total ?? (isLast ? offset + count : '*');
  return count === 0 ? `${unit} */${length}` : `${unit} ${offset}-${offset + count - 1}/${length}`;
}

function unsatisfiable(unit: string, total: number): ApiError {
  return new ApiError('range-not-satisfiable', `The list has ${total} ${total === 1 ? 'element' : 'elements'}.`, {
    headers: { 'Accept-Ranges': unit, 'Content-Range': `${unit} */${total}` },
  });
}
