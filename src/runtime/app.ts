import type { Express, RequestHandler } from 'express';
import type { ApiModel } from '../model/types.ts';
import type { Store } from '../stores/contract.ts';
import type { LogEntry } from './log.ts';

export interface AppOptions {
  /** An open store. The app never closes it. */
  readonly store: Store;
  /** Refuse every write with 403 `read-only`. Default false. */
  readonly readOnly?: boolean;
  /** Compare every answer with the description: log differences (`warn`) or answer 500 instead (`strict`). Default `off`. */
  readonly checkResponses?: 'off' | 'warn' | 'strict';
  /** Path that everything is mounted under: `/api`. Default: the root. */
  readonly basePath?: string;
  /** `true` (default): any origin. A list: these origins, with credentials. `false`: no CORS headers. */
  readonly cors?: boolean | readonly string[];
  /** Longest request body in bytes, after decoding. Default 1 MiB. */
  readonly bodyLimit?: number;
  /** The description's files as given, the root first; served for people and tools. */
  readonly description?: readonly { readonly path: string; readonly text: string }[];
  /** Told of unexpected errors and of answers that do not fit the description. Default: nobody. */
  readonly log?: (entry: LogEntry) => void;
  /** Middleware of the user, run before ours as in any Express application. */
  readonly use?: readonly RequestHandler[];
}

/**
 * An Express 5 application that serves the model from the store.
 *
 * @example createServer(createApp(model, { store })).listen(3000)
 */
export declare function createApp(model: ApiModel, options: AppOptions): Express;
