import type { Request as ExpressRequest } from 'express';
import type { ApiError, Violation } from '../../errors.ts';
import type { DocumentCollection, DocumentSingleton } from './documents.ts';

/** The types of an operation's request. What is left out can be anything. */
export interface RequestTypes {
  readonly parameters?: object;
  readonly query?: object;
  readonly headers?: object;
  readonly cookies?: object;
  readonly body?: unknown;
  readonly collections?: object;
}

/** One request, as hooks see it: validated, converted to the declared types, and not to be changed. */
export interface Call<Request extends RequestTypes = RequestTypes> {
  /** The operation's id. */
  readonly operation: string;
  /** Path parameters. */
  readonly parameters: PartOf<Request, 'parameters', Readonly<Record<string, unknown>>>;
  /** Declared query parameters. `request.query` has what else lists take. */
  readonly query: PartOf<Request, 'query', Readonly<Record<string, unknown>>>;
  /** Declared header parameters, by their declared names. `request.headers` has all headers, in lower case. */
  readonly headers: PartOf<Request, 'headers', Readonly<Record<string, unknown>>>;
  readonly cookies: PartOf<Request, 'cookies', Readonly<Record<string, unknown>>>;
  /** `undefined`: there is none. With its defaults, and with what the path says; without what only the server sets. */
  readonly body: PartOf<Request, 'body', unknown>;
  /** All that is stored, by the names of the resources. */
  readonly collections: PartOf<Request, 'collections', Collections>;
  /** As Express has it: for headers, the address of the client, and what middleware has left on it. */
  readonly request: ExpressRequest;
  /** Aborted when the time limit of hooks is over: `fetch(url, { signal })`. */
  readonly signal: AbortSignal;
  /** An error to throw: `throw problem(409, 'The order is closed.')`. */
  readonly problem: (status: number, detail: string, more?: ProblemDetails) => ApiError;
}

type PartOf<Request, Name extends string, Usual> = Request extends { readonly [Part in Name]: infer Type }
  ? Type
  : Usual;

/** Every collection by name. Emitted code knows which are singletons, and what they hold. */
export type Collections = Readonly<Record<string, DocumentCollection & DocumentSingleton>>;

export interface ProblemDetails {
  /** What the client can do about it. */
  readonly hint?: string;
  /** What exactly is wrong. */
  readonly errors?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
}
