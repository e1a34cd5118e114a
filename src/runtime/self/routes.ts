import type { ApiModel } from '../../model/types.ts';
import type { Answer } from '../present/answer.ts';

export interface SelfOptions {
  /** The description's files as given, the root first; paths relative to its folder. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Rejects when the store cannot be reached. */
  readonly ping: () => Promise<void>;
  /** Path that everything is mounted under, without a trailing slash; '' at the root. */
  readonly base: string;
  /** For people: `SQLite, bookstore.db`. Shown only if given. */
  readonly store?: string;
}

export interface SelfRequest {
  /** Origin and base path as the client sees them: `http://127.0.0.1:3000/api`. */
  readonly url: string;
  readonly accept?: string | undefined;
}

export interface SelfRoute {
  readonly method: 'get';
  /** Exact, or with one trailing `{name}` (one segment) or `{+name}` (the rest of the path). */
  readonly path: string;
  readonly answer: (request: SelfRequest, parameter: string) => Answer | Promise<Answer>;
}

/** Routes that the server adds, without those that the description declares itself. */
export declare function selfRoutes(model: ApiModel, options: SelfOptions): readonly SelfRoute[];
