import type { Handler } from './service.ts';

/** Compiles at the first request: a description may have a thousand operations, of which a client uses three. */
export function lazily(compile: () => Promise<Handler>): Handler {
  let handler: Handler | undefined;
  let pending: Promise<Handler> | undefined;
  return (exchange) => {
    if (handler) return handler(exchange);
    pending ??= compile();
    return pending.then((compiled) => {
      handler = compiled;
      return compiled(exchange);
    });
  };
}
