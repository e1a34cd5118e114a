/**
 * Cursors: places in an order (`position.ts`) that a client takes from one answer and sends with the next request. They
 * are opaque and signed: a client that could write one could ask what documents have in properties it may not filter by,
 * and would soon depend on what is in them.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { CursorPosition, Filter, Query, Scalar, SortKey } from './types.ts';

/** What a cursor belongs to. With other filters or another order it would lead anywhere. */
export interface CursorScope {
  readonly resource: string;
  readonly filter: Filter;
  readonly sort: readonly SortKey[];
}

export interface Cursors {
  /** A text of URL-safe characters. */
  write(position: CursorPosition, scope: CursorScope): string;
  /** `undefined`: it is none of ours, or belongs to another query. */
  read(text: string, scope: CursorScope): CursorPosition | undefined;
}

/**
 * Cursors signed with a secret; every process that answers for the same data must have the same one. It is asked for when
 * a cursor is: it may lie with data that is not there yet.
 *
 * @example createCursors(() => secret).write({ values: [12.5], key: '42' }, { resource: 'books', filter, sort })
 */
export function createCursors(secret: () => string): Cursors {
  const sign = (content: string, scope: CursorScope): Buffer => {
    const query = createHash('sha256')
      .update(JSON.stringify([scope.resource, scope.filter, scope.sort]))
      .digest();
    return createHmac('sha256', secret()).update(query).update(content).digest().subarray(0, signatureBytes);
  };
  return {
    write: ({ values, key }, scope) => {
      // JSON has no "undefined", and null is no value of a sort key.
      const content = JSON.stringify([key, ...values.map((value) => value ?? null)]);
      return Buffer.concat([sign(content, scope), Buffer.from(content)]).toString('base64url');
    },
    read: (text, scope) => {
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length <= signatureBytes || bytes.toString('base64url') !== text) return undefined;
      const content = bytes.subarray(signatureBytes).toString();
      if (!timingSafeEqual(bytes.subarray(0, signatureBytes), sign(content, scope))) return undefined;
      return positionFrom(JSON.parse(content));
    },
  };
}

/**
 * A place that no value of a document tells, in an order by relevance or where there is no document: the number of
 * documents before it. As with an offset, what is inserted meanwhile may move a document over the edge of a page.
 * `measure`: by what they are ordered.
 */
export function rankPosition(rank: number, measure: string | undefined): CursorPosition {
  return { values: [rank, measure], key: '' };
}

/** No document has an empty key. */
export function isRank({ key }: CursorPosition): boolean {
  return key === '';
}

export function rankOf({ values: [rank, measure] }: CursorPosition): Pick<Query, 'offset' | 'measure'> {
  return { offset: typeof rank === 'number' ? rank : 0, ...(typeof measure === 'string' && { measure }) };
}

/** Half of SHA-256: nobody guesses 2^128, and the URL stays short. */
const signatureBytes = 16;

function positionFrom(content: unknown): CursorPosition | undefined {
  if (!Array.isArray(content)) return undefined;
  const [key, ...values]: readonly unknown[] = content;
  if (typeof key !== 'string') return undefined;
  return { key, values: values.map((value) => (isScalar(value) ? value : undefined)) };
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
