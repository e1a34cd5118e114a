/**
 * Whether a search server is there. After a failure it is left alone for a while, longer each time: a write must not
 * wait for a server that hangs.
 */
export class Availability {
  #failures = 0;
  #until = 0;
  #reason: string | undefined;
  readonly #now: () => number;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Why nobody should ask now; `undefined`: go on. */
  get obstacle(): string | undefined {
    return this.#now() < this.#until ? this.#reason : undefined;
  }

  /** Why the last request failed; `undefined`: it did not. */
  get reason(): string | undefined {
    return this.#reason;
  }

  failed(reason: string): void {
    this.#reason = reason;
    this.#until = this.#now() + Math.min(firstPause * 2 ** this.#failures, longestPause);
    this.#failures += 1;
  }

  answered(): void {
    this.#failures = 0;
    this.#until = 0;
    this.#reason = undefined;
  }
}

const firstPause = 1000;
const longestPause = 30_000;
