import type { IncomingMessage, ServerResponse } from 'node:http';

/** Requests whose clients hold the body back until they are told to send it. */
const waiting = new WeakSet<IncomingMessage>();

/**
 * `Expect: 100-continue`: the client is told to go on when somebody begins to read the body, not before. So a body that
 * is too large, of the wrong type or for no operation at all is never sent. Call it before the application sees the
 * request. Without a 100, the connection closes after the answer: what would come next on it cannot be known.
 */
export function continueWhenRead(request: IncomingMessage, response: ServerResponse): void {
  const { shouldKeepAlive } = response;
  const read = request._read;
  waiting.add(request);
  response.shouldKeepAlive = false;
  // Whichever way a body is read (events, pipes, iteration), it begins here.
  request._read = function (size) {
    if (waiting.delete(request) && !response.headersSent) {
      response.shouldKeepAlive = shouldKeepAlive;
      response.writeContinue();
    }
    read.call(this, size);
  };
}

/** The client still holds the body back. */
export function holdsBodyBack(request: IncomingMessage): boolean {
  return waiting.has(request);
}
