/**
 * Runs real asynchronous code in a random order, with the faults of real networks and processes. All randomness comes
 * from one seed, and time passes only here.
 */

export type Random = () => number;

/** Mulberry32: small, and good enough to choose what happens next. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Faults {
  /** Processes die. */
  readonly kills: boolean;
  /** Requests fail, are answered to nobody, come late and twice. */
  readonly network: boolean;
}

interface Waiting {
  readonly owner: Process | undefined;
  readonly due: number;
  /** Carried out by a network that may do other things with it. */
  readonly unreliable: boolean;
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class Process {
  alive = true;
}

export class Scheduler {
  /** Milliseconds. */
  now = 1_000_000;
  faults: Faults;
  readonly random: Random;
  #waiting: Waiting[] = [];

  constructor(seed: number, faults: Faults) {
    this.random = randomFrom(seed);
    this.faults = faults;
  }

  /** A request of a process: carried out at some moment, and answered, unless a fault comes between. */
  call<T>(owner: Process, run: () => T | Promise<T>): Promise<T> {
    // Now and then a process stands still: its machine swaps, its garbage is collected.
    const pause = this.faults.kills && this.random() < 0.02 ? Math.floor(this.random() * longestPause) : 0;
    return this.#wait(owner, true, this.now + pause, run);
  }

  /** Resolves after some time. */
  sleep(owner: Process, milliseconds: number): Promise<void> {
    return this.#wait(owner, false, this.now + milliseconds, () => undefined);
  }

  /** Lets everything happen that can, until nobody waits for anything. */
  async run(processes: readonly Process[]): Promise<void> {
    await settled();
    while (this.#waiting.length > 0) {
      if (this.faults.kills && this.random() < 0.01) pick(processes, this.random).alive = false;
      await this.#step();
      await settled();
    }
  }

  async #step(): Promise<void> {
    this.now += Math.floor(this.random() * 20);
    let ready = this.#waiting.filter(({ due }) => due <= this.now);
    if (ready.length === 0) {
      this.now = Math.min(...this.#waiting.map(({ due }) => due));
      ready = this.#waiting.filter(({ due }) => due <= this.now);
    }
    const chosen = pick(ready, this.random);
    this.#waiting = this.#waiting.filter((each) => each !== chosen);
    await this.#carryOut(chosen);
  }

  async #carryOut({ owner, unreliable, run, resolve, reject }: Waiting): Promise<void> {
    const roll = unreliable && this.faults.network ? this.random() : 1;
    // Nothing that a dead process waits for happens, but what it has sent may have gone out.
    if (owner?.alive === false && this.random() < 0.5) return;
    if (roll < 0.1) {
      // Lost on its way, or given up while it still travels.
      if (roll < 0.06) this.#late(run);
      reject(new Error('The request timed out.'));
      return;
    }
    if (roll < 0.16) this.#late(run);
    const value = await attempt(run);
    if (owner?.alive === false) return;
    if (roll < 0.2) reject(new Error('The answer was lost.'));
    else if (value instanceof Error) reject(value);
    else resolve(value);
  }

  /** The request arrives later, perhaps once more. Nobody waits for its answer. */
  #late(run: () => unknown): void {
    const due = this.now + Math.floor(this.random() * latest);
    const nobody = () => undefined;
    this.#waiting.push({ owner: undefined, due, unreliable: false, run, resolve: nobody, reject: nobody });
  }

  #wait<T>(owner: Process, unreliable: boolean, due: number, run: () => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ owner, due, unreliable, run, reject, resolve: (value) => resolve(value as T) });
    });
  }
}

/** No request is delayed longer, in milliseconds. */
export const latest = 5000;
const longestPause = 8000;

export function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new TypeError('There is nothing to pick from.');
  return item;
}

/** A request takes effect at one moment, however long it takes to be carried out: nothing else happens meanwhile. */
async function attempt(run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Until every process waits for the scheduler again. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
