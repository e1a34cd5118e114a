import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../contract.ts';
import { member, numberOf, textOf } from './json.ts';

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly querystring?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** For `_bulk` and `_msearch`: lines of JSON, the last one ended too. */
  readonly bulkBody?: string;
}

/**
 * What all official clients have as `client.transport`: those of Elasticsearch 8 and 9, and of OpenSearch. It rejects
 * for any status that is no success.
 */
export interface Transport {
  request(request: TransportRequest, options?: { readonly requestTimeout?: number }): Promise<unknown>;
}

/** A request to a search server that failed. */
export class SearchServerError extends Error {
  override readonly name = 'SearchServerError';
  /** `undefined`: there was no answer. */
  readonly status: number | undefined;
  /** Elasticsearch's name for it: `index_not_found_exception`. */
  readonly type: string | undefined;

  constructor(status: number | undefined, type: string | undefined, message: string, cause: unknown) {
    super(message, { cause });
    this.status = status;
    this.type = type;
  }

  /** The request was understood, and is wrong or in vain: the server is there. */
  get isAnswer(): boolean {
    return this.status !== undefined && !retried.has(this.status);
  }
}

/** Sends a request; resolves the answer's body. `timeout`: milliseconds, for each attempt. */
export type Send = (request: TransportRequest, timeout?: number) => Promise<unknown>;

/** Rejects with `SearchServerError`. A server that is busy is asked again, a little later each time. */
export function createSend(transport: Transport): Send {
  return async (request, timeout = 10_000) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return bodyOf(await transport.request(request, { requestTimeout: timeout }));
      } catch (error) {
        const failure = failureOf(error);
        const again = failure.status !== undefined && retried.has(failure.status) && !hopeless(failure);
        if (!again || attempt >= attempts) throw failure;
        await pause(firstPause * 2 ** (attempt - 1) * (0.5 + Math.random()));
      }
    }
  };
}

/**
 * The default: the official client, loaded only here. `url` may carry a user and a password.
 * Throws `StoreError` `unavailable` where it is not installed.
 */
export async function openTransport(url: string): Promise<{
  readonly transport: Transport;
  readonly close: () => Promise<void>;
}> {
  const { Client } = await import('@elastic/elasticsearch').catch((cause: unknown) => {
    const message = 'Searching needs the package "@elastic/elasticsearch": npm install @elastic/elasticsearch@~8.19';
    throw new StoreError('unavailable', message, { cause });
  });
  // Its own retries would send a bulk twice, and take three time-outs to say that a server is away.
  const client = new Client({ node: url, maxRetries: 0 });
  return {
    transport: {
      request: ({ method, path, querystring, body, bulkBody }, options) =>
        client.transport.request(
          {
            method,
            path,
            ...(querystring !== undefined && { querystring: { ...querystring } }),
            ...(body !== undefined && { body: { ...body } }),
            ...(bulkBody !== undefined && { bulkBody }),
          },
          options,
        ),
    },
    close: () => client.close(),
  };
}

const attempts = 4;
const firstPause = 100;
const retried: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Asking again gives as many buckets. */
function hopeless({ type }: SearchServerError): boolean {
  return type === tooMany;
}

/** Clients of OpenSearch, and of Elasticsearch 7, put a response around it. */
function bodyOf(answer: unknown): unknown {
  return numberOf(member(answer, 'statusCode')) === undefined ? answer : member(answer, 'body');
}

function failureOf(error: unknown): SearchServerError {
  // Elasticsearch's client has 0 where there was no answer.
  const status = numberOf(member(error, 'meta', 'statusCode')) || undefined;
  const body = member(error, 'meta', 'body', 'error');
  const cause = member(body, 'caused_by', 'type') === tooMany ? member(body, 'caused_by') : body;
  const type = textOf(member(cause, 'type'));
  const message = error instanceof Error ? error.message : String(error);
  return new SearchServerError(status, type, textOf(member(cause, 'reason')) ?? message, error);
}

const tooMany = 'too_many_buckets_exception';
