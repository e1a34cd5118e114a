/**
 * A process that ends cuts its threads off where they are, and a thread in the middle of a call into SQLite's library
 * then aborts the whole process. So whoever ends it (`process.exit`, an uncaught error) waits here for such calls.
 */

/** What the thread that asks for calls does. */
export interface ExitGate {
  /** To be handed to the thread. */
  readonly shared: SharedArrayBuffer;
  /** A call is about to be asked for. */
  enter(): void;
  /** The thread has ended: nobody needs to wait for it. */
  remove(): void;
}

/** `limit`: milliseconds that the end of the process waits at most. */
export function createExitGate(limit: number): ExitGate {
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const state = new Int32Array(shared);
  const entry = { state, limit };
  if (gates.size === 0) process.on('exit', waitForAll);
  gates.add(entry);
  return {
    shared,
    enter: () => void Atomics.add(state, calls, 1),
    remove() {
      gates.delete(entry);
      if (gates.size === 0) process.off('exit', waitForAll);
    },
  };
}

/** In the thread: makes the call, unless the process is about to end, and tells whoever waits for it. */
export async function throughGate(shared: SharedArrayBuffer, call: () => Promise<void>): Promise<void> {
  const state = new Int32Array(shared);
  try {
    if (Atomics.load(state, leaving) === 0) await call();
  } finally {
    Atomics.sub(state, calls, 1);
    Atomics.notify(state, calls);
  }
}

/** Places in what is shared: how many calls were asked for and are not over, and whether the process is about to end. */
const calls = 0;
const leaving = 1;

interface Entry {
  readonly state: Int32Array;
  readonly limit: number;
}

/** One listener for all: a process may open many stores. */
const gates = new Set<Entry>();

function waitForAll(): void {
  for (const { state } of gates) Atomics.store(state, leaving, 1);
  for (const { state, limit } of gates) waitFor(state, performance.now() + limit);
}

function waitFor(state: Int32Array, end: number): void {
  for (;;) {
    const open = Atomics.load(state, calls);
    const left = end - performance.now();
    if (open <= 0 || left <= 0) return;
    Atomics.wait(state, calls, open, left);
  }
}
