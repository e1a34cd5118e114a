import { createServer as createHttpServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Express, Request, Response } from 'express';
import { ApiError } from '../errors.ts';
import { answerBrokenRequest, refuseRequest, refuseTunnel } from './connection/broken-request.ts';
import { continueWhenRead } from './connection/expectation.ts';
import { hostProblem } from './connection/host.ts';
import { closeGracefully } from './connection/shutdown.ts';
import { watchStalled } from './connection/stalled.ts';
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
  /** How long a client may read nothing of its answer, in milliseconds, before it is cut off. Default 60,000. */
  readonly readTimeout?: number;
}

export interface ApiServer {
  /** The server itself: `listen`, `address`, events. */
  readonly http: Server;
  /** From the next request on, this application answers (`--watch`). Running requests finish on the old one. */
  replace(app: Express): void;
  /**
   * Takes what has been sent already, stops accepting, closes idle connections, and resolves when all requests have been
   * answered. After `grace` milliseconds (default 10,000) the remaining connections are cut. Idempotent.
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
  const sockets = new Set<Socket>();
  let arrivals = 0;
  let closing: Promise<void> | undefined;
  const http = createHttpServer({
    IncomingMessage: born.request,
    ServerResponse: born.response,
    maxHeaderSize: limits.headerBytes ?? 16 * 1024,
    headersTimeout: limits.headersTimeout ?? 10_000,
    requestTimeout: limits.requestTimeout ?? 60_000,
    connectionsCheckingInterval: limits.connectionsCheckingInterval ?? 5_000,
    keepAliveTimeout: limits.keepAliveTimeout ?? 5_000,
    // Node would answer without a word; `hostProblem` sees to it. Repeated headers are joined, so that none is dropped.
    requireHostHeader: false,
    joinDuplicateHeaders: true,
  });
  // What fits into `maxHeaderSize` is read: of more than 2,000 headers Node would drop the rest, a condition among them.
  http.maxHeadersCount = 0;
  const answer = (request: Request, response: Response): void => {
    arrivals++;
    if (closing) response.shouldKeepAlive = false;
    const problem = hostProblem(request);
    if (problem) refuseRequest(response, problem);
    else answerWith(current, request, response);
  };
  http.on('request', answer);
  http.on('checkContinue', (request: Request, response: Response) => {
    continueWhenRead(request, response);
    answer(request, response);
  });
  http.on('checkExpectation', (_request, response) => {
    refuseRequest(response, new ApiError('expectation-failed', 'The header Expect may say 100-continue only.'));
  });
  http.on('clientError', answerBrokenRequest);
  http.on('connect', refuseTunnel);
  http.on('connection', (socket: Socket) => {
    arrivals++;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  http.once('close', watchStalled(sockets, limits.readTimeout ?? 60_000));
  return {
    http,
    replace(next) {
      current = next;
      born.adopt(next);
    },
    close(grace = 10_000) {
      closing ??= closeGracefully(http, { arrivals: () => arrivals, sockets }, grace);
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
