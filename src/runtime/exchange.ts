import type { Request, Response } from 'express';
import { decodeQuery, type QueryPair } from '../query/decode.ts';

/** One request and what was learnt of it while it is answered. What few handlers ask for is computed when asked. */
export class Exchange {
  readonly request: Request;
  readonly response: Response;
  /** Names and decoded values of the path parameters, in the order of the path. */
  readonly names: readonly string[];
  readonly values: readonly string[];
  /** The query string, without `?`. */
  readonly search: string;
  /** Base path as the client sees it, without a trailing slash. */
  readonly base: string;
  /** `X-Request-Id` of the answer. */
  readonly requestId: string;
  #parameters: Readonly<Record<string, string>> | undefined;
  #pairs: readonly QueryPair[] | undefined;

  constructor(request: Request, response: Response, facts: ExchangeFacts) {
    this.request = request;
    this.response = response;
    this.names = facts.names;
    this.values = facts.values;
    this.search = facts.search;
    this.base = facts.base;
    this.requestId = facts.requestId;
  }

  get parameters(): Readonly<Record<string, string>> {
    this.#parameters ??= Object.fromEntries(this.names.map((name, index) => [name, this.values[index] ?? '']));
    return this.#parameters;
  }

  /** Query parameters in order. Throws `ApiError` `invalid-parameter` where they cannot be decoded. */
  get pairs(): readonly QueryPair[] {
    this.#pairs ??= decodeQuery(this.search);
    return this.#pairs;
  }

  /** The path as the client sent it, base path included, without the query. */
  get pathname(): string {
    const { originalUrl } = this.request;
    const mark = originalUrl.indexOf('?');
    return mark === -1 ? originalUrl : originalUrl.slice(0, mark);
  }

  /** Origin and base path as the client sees them. */
  get url(): string {
    return `${this.request.protocol}://${this.request.headers.host ?? 'localhost'}${this.base}`;
  }
}

interface ExchangeFacts {
  readonly names: readonly string[];
  readonly values: readonly string[];
  readonly search: string;
  readonly base: string;
  readonly requestId: string;
}
