import type { Socket } from 'node:net';

/**
 * Cuts connections whose client does not read: what it asked for would stay in memory for as long as it likes. Looks at
 * each every `interval` milliseconds, since a timer for each answer costs more than the answer; so a client has between
 * one and two intervals to read something.
 */
export function watchStalled(sockets: ReadonlySet<Socket>, interval: number): () => void {
  const seen = new WeakMap<Socket, number>();
  const timer = setInterval(() => {
    for (const socket of sockets) {
      const taken = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength > 0 && seen.get(socket) === taken) socket.destroy();
      else seen.set(socket, taken);
    }
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
