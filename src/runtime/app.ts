import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { ApiModel } from '../model/types.ts';
import { createCursors } from '../query/cursor.ts';
import type { Store } from '../stores/contract.ts';
import { createDispatcher } from './dispatch.ts';
import type { LogEntry } from './log.ts';
import { buildRoutes } from './routes.ts';
import { descriptionPaths, selfRoutes } from './self/routes.ts';
import type { Service } from './service.ts';
import { withShortcut } from './shortcut.ts';
import type { ChecksAhead } from './validation/ahead.ts';
import { loadValidator, type Validator } from './validation/validator.ts';

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
  /**
   * Checks of this model that were compiled ahead, as emitted projects have them. What is not among them, or was compiled
   * for another model, is compiled when it is first asked for, and the log is told.
   */
  readonly validators?: ChecksAhead;
  /** Middleware of the user, run before ours as in any Express application. */
  readonly use?: readonly RequestHandler[];
}

/**
 * An Express 5 application that serves the model from the store: the user's middleware, then one middleware that routes
 * and answers everything of the description. Mounted in another application, it passes on what is not declared;
 * alone, it answers that with 404.
 *
 * @example createServer(createApp(model, { store })).http.listen(3000)
 */
export function createApp(model: ApiModel, options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  for (const middleware of options.use ?? []) app.use(middleware);
  const dispatcher = createModelDispatcher(model, options);
  let isMounted = false;
  app.on('mount', () => {
    isMounted = true;
  });
  app.use(withShortcut(dispatcher.handle));
  app.use((request, response, next) => {
    if (isMounted) next();
    else dispatcher.refuse(request, response);
  });
  const onError: ErrorRequestHandler = (error, request, response, next) => {
    // Half an answer cannot be mended: Express cuts the connection.
    if (response.headersSent) next(error);
    else dispatcher.fail(request, response, error);
  };
  app.use(onError);
  return app;
}

function createModelDispatcher(model: ApiModel, options: AppOptions) {
  const { store } = options;
  const base = (options.basePath ?? '').replace(/\/+$/, '');
  const log = options.log ?? (() => undefined);
  const self = selfRoutes(model, {
    files: options.description ?? [],
    store,
  });
  let validator: Promise<Validator> | undefined;
  const service: Service = {
    model,
    store,
    base,
    readOnly: options.readOnly ?? false,
    bodyLimit: options.bodyLimit ?? 1024 * 1024,
    descriptionPaths: descriptionPaths(self),
    cursors: createCursors(() => options.store.secret),
    validator() {
      validator ??= loadValidator(model, options.validators, (message) =>
        log({ level: 'warning', requestId: '-', request: 'validators', message }),
      );
      return validator;
    },
  };
  const routes = buildRoutes(service, self, { mode: options.checkResponses ?? 'off', log });
  return createDispatcher(service, routes, { cors: options.cors ?? true, log });
}
