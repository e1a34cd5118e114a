import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** What a graceful end needs to know of a server while it runs. */
export interface Activity {
  /** Counts connections and requests as they arrive. */
  readonly arrivals: () => number;
  readonly sockets: ReadonlySet<Socket>;
}

/** While something arrives, a server that is told to stop still takes it, but no longer than this, in milliseconds. */
const longestArrival = 500;
const moment = 20;

/** For a client that has connected, and has said nothing yet. */
const patience = 1_000;

/**
 * Ends a server so that everything that had been sent when this was called is answered: connections that wait to be
 * accepted, and requests that wait to be read, are taken first. Then nothing more is accepted, and idle connections are
 * closed as they turn idle. After `grace` milliseconds the rest is cut.
 *
 * Not promised, since no server can: that a request which a client sends on an idle connection at the very moment in
 * which it is closed is answered. Clients repeat such requests (RFC 9112 section 9.3.1).
 */
export async function closeGracefully(http: Server, { arrivals, sockets }: Activity, grace: number): Promise<void> {
  if (!http.listening) return;
  await untilQuiet(arrivals);
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  const idle = setInterval(() => http.closeIdleConnections(), 50);
  const silent = setTimeout(() => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  }, patience);
  const cut = setTimeout(() => http.closeAllConnections(), grace);
  await closed;
  clearInterval(idle);
  clearTimeout(silent);
  clearTimeout(cut);
}

/**
 * A moment without anything new, and then some turns of the event loop: a loop that was busy has not looked yet, and the
 * operating system hands over one connection at a time.
 */
async function untilQuiet(arrivals: () => number): Promise<void> {
  const end = performance.now() + longestArrival;
  let before: number;
  do {
    before = arrivals();
    await sleep(moment);
    for (let turn = 0; turn < 3; turn++) await nextTurn();
  } while (arrivals() !== before && performance.now() < end);
}
