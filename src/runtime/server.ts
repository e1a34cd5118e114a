import {
  createServer as createHttpServer,
  IncomingMessage,
  type Server,
  ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Express, Request, Response } from 'express';
import { ApiError, errorCatalogue } from '../errors.ts';
import { answerWith } from './shortcut.ts';

export interface ServerLimits {
  /** Longest request line and headers together, in bytes. Default 16 KiB. */
  readonly headerBytes?: number;
  /** Time in which the headers must have arrived, in milliseconds. Default 10,000. */
  readonly headersTimeout?: number;
  /** Time in which the whole request must have arrived, in milliseconds. Default 60,000. */
  readonly requestTimeout?: number;
  /** How long an idle connection is kept, in milliseconds. Default 5,000. */
  readonly keepAliveTimeout?: number;
  /** How often slow connections are looked for, in milliseconds. Default 5,000. */
  readonly connectionsCheckingInterval?: number;
}

export interface ApiServer {
  /** The server itself: `listen`, `address`, events. */
  readonly http: Server;
  /** From the next request on, this application answers (`--watch`). Running requests finish on the old one. */
  replace(app: Express): void;
  /**
   * Stops accepting, closes idle connections, and resolves when all running requests have been answered. After
   * `grace` milliseconds (default 10,000) the remaining connections are cut. Idempotent.
   */
  close(grace?: number): Promise<void>;
}

/**
 * An HTTP server whose requests and responses are born with Express's prototypes, so that Express need not swap them:
 * the swap costs more than everything else that a read does. An application without middleware of the user is entered
 * at its first layer (`shortcut.ts`).
 *
 * @example const server = createServer(app); server.http.listen(3000); await server.close();
 */
export function createServer(app: Express, limits: ServerLimits = {}): ApiServer {
  let current = app;
  const born = bornWith(app);
  const http: Server = createHttpServer(
    {
      IncomingMessage: born.request,
      ServerResponse: born.response,
      maxHeaderSize: limits.headerBytes ?? 16 * 1024,
      headersTimeout: limits.headersTimeout ?? 10_000,
      requestTimeout: limits.requestTimeout ?? 60_000,
      connectionsCheckingInterval: limits.connectionsCheckingInterval ?? 5_000,
      keepAliveTimeout: limits.keepAliveTimeout ?? 5_000,
    },
    (request, response) => answerWith(current, request, response),
  );
  http.on('clientError', answerBrokenRequest);
  let closing: Promise<void> | undefined;
  return {
    http,
    replace(next) {
      current = next;
      born.adopt(next);
    },
    close(grace = 10_000) {
      closing ??= closeGracefully(http, grace);
      return closing;
    },
  };
}

/**
 * Constructors of requests and responses whose instances have exactly `app.request` and `app.response` as prototype: a
 * class that extends `IncomingMessage` would have a prototype in between, and Express would swap it.
 */
function bornWith(app: Express): {
  readonly request: RequestClass;
  readonly response: ResponseClass;
  readonly adopt: (next: Express) => void;
} {
  const request: PlainFunction = function (this: unknown, socket: unknown) {
    Reflect.apply(IncomingMessage, this, [socket]);
  };
  const response: PlainFunction = function (this: unknown, message: unknown, options: unknown) {
    Reflect.apply(ServerResponse, this, [message, options]);
  };
  // V8 makes room in a new object for the properties that its constructor sets, and looks for them along the chain of
  // constructors, as `extends` links it. Without room, a response becomes a dictionary, and each access to it a search.
  Object.setPrototypeOf(request, IncomingMessage);
  Object.setPrototypeOf(response, ServerResponse);
  const adopt = (next: Express): void => {
    request.prototype = next.request;
    response.prototype = next.response;
  };
  adopt(app);
  assertConstructs<RequestClass>(request);
  assertConstructs<ResponseClass>(response);
  return { request, response, adopt };
}

type RequestClass = typeof IncomingMessage & (new (socket: Socket) => Request);
type ResponseClass = typeof ServerResponse<IncomingMessage> & (new (message: Request) => Response);

type PlainFunction = (this: unknown, ...parameters: unknown[]) => void;

/** A plain function is a constructor too, which TypeScript cannot know; `bornWith` sees to its prototype. */
function assertConstructs<Constructor>(candidate: unknown): asserts candidate is Constructor {
  if (typeof candidate !== 'function') throw new TypeError('a constructor was expected');
}

/** What the HTTP parser refuses never reaches the application; it gets a problem all the same. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = brokenRequest(error.code ?? '');
  const { title } = errorCatalogue[problem.code];
  const body = JSON.stringify({
    type: 'about:blank',
    title,
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    hint: problem.hint,
  });
  const lines = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

function brokenRequest(code: string): ApiError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ApiError('headers-too-large', 'The request line and headers are longer than this server reads.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ApiError('request-timeout', 'The request did not arrive in time.');
    default:
      return new ApiError('malformed-request', 'This is not an HTTP/1.1 request.');
  }
}

/** `Server.close` waits for busy connections, and closes idle ones at once; those that turn idle later are watched. */
async function closeGracefully(http: Server, grace: number): Promise<void> {
  if (!http.listening) return;
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  const idle = setInterval(() => http.closeIdleConnections(), 50);
  const cut = setTimeout(() => http.closeAllConnections(), grace);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
