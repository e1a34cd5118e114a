import type { Call, RequestTypes } from './call.ts';

/**
 * Code of the user's around one operation, or instead of it. Emitted code gives the types of the operation:
 * `OperationHooks<{ parameters: …, body: NewBook, … }, CreateBookAnswer>`.
 *
 * What a hook throws is answered as an error, and all that the request wrote is undone. An `ApiError` (`call.problem`
 * makes one) is answered as it says, anything else with `hook-failed`.
 *
 * @example
 * const createBook: OperationHooks = {
 *   before({ body, problem }) {
 *     if (isBanned(body)) throw problem(403, 'This book is banned.');
 *   },
 * };
 */
export interface OperationHooks<
  Request extends RequestTypes = RequestTypes,
  Answer extends OperationAnswer = OperationAnswer,
  /** What `after` is given. Of lists, clients may have asked for a part: `Answer | PartialAnswer`. */
  Given extends OperationAnswer = Answer,
> {
  /** Runs when the request is known to be valid, and nothing is written. */
  readonly before?: (call: Call<Request>) => Later<BeforeResult<Request, Answer>>;
  /** Replaces the operation: nothing is read or written but by it. */
  readonly handle?: (call: Call<Request>) => Later<Answer>;
  /**
   * Runs after the write, before the answer is sent. Returns another answer, or nothing. Is not asked about errors, nor
   * about what `before` answered.
   */
  readonly after?: (call: Call<Request>, answer: Given) => Later<Answer | undefined>;
}

export type Later<Value> = Value | Promise<Value>;

/** Nothing: go on. `{ body }`: go on with this body. An answer: send it instead. */
export type BeforeResult<Request extends RequestTypes, Answer extends OperationAnswer> =
  | Answer
  | (Request extends { readonly body: infer Body } ? { readonly body: Body; readonly status?: undefined } : never)
  | undefined;

/** What is answered, as data. Emitted code narrows it to a union of the documented answers. */
export interface OperationAnswer {
  readonly status: number;
  /** Texts by name; numbers and booleans are written as text. Those that every answer has are added. */
  readonly headers?: object | undefined;
  /** JSON; text where the description declares no JSON. Absent: an answer without a body. */
  readonly body?: unknown;
}

/** An answer of which the client wanted a part only: `_fields`, `_count`, `_aggs`, or a range (206). */
export interface PartialAnswer extends OperationAnswer {
  readonly partial: true;
}

/** Hooks by operation id. */
export type Handlers = Readonly<Record<string, AnyOperationHooks>>;

/** Hooks of any operation, whatever its types: what the runtime is handed. */
export interface AnyOperationHooks {
  readonly before?: ((call: never) => unknown) | undefined;
  readonly handle?: ((call: never) => unknown) | undefined;
  readonly after?: ((call: never, answer: never) => unknown) | undefined;
}
