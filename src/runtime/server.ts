import type { Server } from 'node:http';
import type { Express } from 'express';

export interface ServerLimits {
  /** Longest request line and headers together, in bytes. Default 16 KiB. */
  readonly headerBytes?: number;
  /** Time in which the headers must have arrived, in milliseconds. Default 10,000. */
  readonly headersTimeout?: number;
  /** Time in which the whole request must have arrived, in milliseconds. Default 60,000. */
  readonly requestTimeout?: number;
  /** How long an idle connection is kept, in milliseconds. Default 5,000. */
  readonly keepAliveTimeout?: number;
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
 * the swap costs more than everything else that a read does.
 *
 * @example const server = createServer(app); server.http.listen(3000); await server.close();
 */
export declare function createServer(app: Express, limits?: ServerLimits): ApiServer;
