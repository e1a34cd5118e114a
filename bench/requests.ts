/**
 * What the load generator sends: every request of an operation, as bytes, made before the clock starts.
 *
 * A peer speaks its own dialect where the list parameters are concerned; everything else is the same for all.
 */
import { type Book, bookWithId, fewestPages, isbnOf, pageValues, randomNumbers } from './books.ts';

export const operations = ['get', 'list', 'filter', 'patch', 'mix', 'post'] as const;
export type Operation = (typeof operations)[number];

/** How a peer wants a page of a list to be asked for. */
export type Dialect = 'express' | 'cartouche';

export interface RequestPlan {
  readonly operation: Operation;
  readonly dialect: Dialect;
  /** Ids 1 … rows exist. */
  readonly rows: number;
  readonly seed: number;
  /** How many different requests to make; they are sent in turn. */
  readonly variety: number;
}

/** A request. `isbnAt`: where the thirteen digits of a fresh ISBN go before each sending (a create needs a new one). */
export interface PreparedRequest {
  readonly bytes: Buffer;
  readonly isbnAt: number | undefined;
}

export function prepareRequests(plan: RequestPlan): PreparedRequest[] {
  const random = randomNumbers(plan.seed);
  return Array.from({ length: plan.variety }, () => prepare(pickOperation(plan.operation, random), plan, random));
}

/** Writes the ISBN of `number` into a prepared create request. */
export function renewIsbn(request: PreparedRequest, number: number): void {
  if (request.isbnAt !== undefined) request.bytes.write(isbnOf(number), request.isbnAt, 'latin1');
}

/** The page of a list that is wanted, before a dialect puts it into words. */
export interface PageRequest {
  readonly sort: 'title' | 'price';
  readonly offset: number;
  /** `pages` in [from, to]. */
  readonly pages?: { readonly from: number; readonly to: number };
}

export const pageSize = 20;

export function pagePath(dialect: Dialect, page: PageRequest): string {
  const { sort, offset, pages } = page;
  switch (dialect) {
    case 'express': {
      const range = pages === undefined ? '' : `&minPages=${pages.from}&maxPages=${pages.to}`;
      return `/books?sort=${sort}&limit=${pageSize}&offset=${offset}${range}`;
    }
    case 'cartouche': {
      const range = pages === undefined ? '' : `&pages=[${pages.from}+TO+${pages.to}]`;
      return `/books?_sort=${sort}&_limit=${pageSize}&_start=${offset}${range}`;
    }
  }
}

/** A range of `pages` that holds this share of the books, somewhere at random. */
export function randomRange(share: number, random: () => number): { from: number; to: number } {
  const width = Math.max(1, Math.round(share * pageValues));
  const from = fewestPages + Math.floor(random() * (pageValues - width + 1));
  return { from, to: from + width - 1 };
}

function pickOperation(operation: Operation, random: () => number): Exclude<Operation, 'mix'> {
  if (operation !== 'mix') return operation;
  const draw = random();
  return draw < 0.8 ? 'get' : draw < 0.95 ? 'list' : 'patch';
}

function prepare(operation: Exclude<Operation, 'mix'>, plan: RequestPlan, random: () => number): PreparedRequest {
  const anyId = () => 1 + Math.floor(random() * plan.rows);
  const anyOffset = () => pageSize * Math.floor(random() * 10);
  switch (operation) {
    case 'get':
      return fixed('GET', `/books/${anyId()}`);
    case 'list':
      return fixed('GET', pagePath(plan.dialect, { sort: 'title', offset: anyOffset() }));
    case 'filter': {
      const pages = randomRange(0.05, random);
      return fixed('GET', pagePath(plan.dialect, { sort: 'price', offset: 0, pages }));
    }
    case 'patch':
      return fixed('PATCH', `/books/${anyId()}`, JSON.stringify({ price: Math.round(random() * 10_000) / 100 }));
    case 'post':
      return create(bookWithId(anyId()));
  }
}

function create(book: Book): PreparedRequest {
  const { id: _chosenByTheServer, ...body } = book;
  const request = fixed('POST', '/books', JSON.stringify(body));
  return { bytes: request.bytes, isbnAt: request.bytes.indexOf(book.isbn) };
}

function fixed(method: string, path: string, body?: string): PreparedRequest {
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n`;
  const entity =
    body === undefined
      ? '\r\n'
      : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  return { bytes: Buffer.from(head + entity), isbnAt: undefined };
}
