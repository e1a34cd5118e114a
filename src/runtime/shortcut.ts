/**
 * The way past Express, for the one case in which Express would do nothing: our middleware is the first layer of the
 * application, so that no middleware of the user comes before it. Express's own work on the way there costs as much as
 * reading a document and sending it. What our middleware passes on goes through Express from the beginning, as ever.
 */
import type { Express, Request, RequestHandler, Response } from 'express';

const shortcut = Symbol('shortcut');

/** Marks a middleware that needs nothing of Express but the prototypes, and never throws. Mount it at the root. */
export function withShortcut(handle: RequestHandler): RequestHandler {
  return Object.assign(handle, { [shortcut]: true });
}

/** Lets the application answer. The request and the response have its prototypes already. */
export function answerWith(app: Express, request: Request, response: Response): void {
  // Looked up each time: a user may put routes into an application that serves already.
  const first = app.router.stack[0]?.handle;
  if (first === undefined || !(shortcut in first)) {
    app(request, response);
    return;
  }
  // As Express's router sets them before its first layer.
  request.originalUrl = request.url;
  request.baseUrl = '';
  first(request, response, () => app(request, response));
}
