/**
 * How long the parser may take: as much processor time as the size of what it reads deserves.
 *
 * Not time by the clock, or a sound description would fail on a machine that is busy with other things. Node only
 * counts processor time for the whole process, so that what the other threads use is counted, too; but the clock is
 * asked first, so that nothing ends earlier than it would by the clock.
 */
const BASE = 3_000;
/** Measured: 20 to 30 on a machine of 2020. */
const EACH_1024_CHARACTERS = 100;
const MOST = 60_000;

/** A process that gets no processor time at all ends nevertheless, after this many times the limit by the clock. */
const MOST_BY_THE_CLOCK = 5;

export class Patience {
  readonly #fixed: number | undefined;
  #characters = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #began = performance.now();
  readonly #used = process.cpuUsage();

  /** @param milliseconds a limit that does not depend on the size */
  constructor(milliseconds?: number) {
    this.#fixed = milliseconds;
  }

  /** Calls back once when the limit is reached, with the limit in milliseconds. */
  start(onEnd: (milliseconds: number) => void): void {
    const limit = this.#limit();
    const taken = performance.now() - this.#began;
    const left = limit - (taken < limit ? taken : processorTimeSince(this.#used));
    if (left <= 0 || taken > limit * MOST_BY_THE_CLOCK) onEnd(limit);
    else this.#timer = setTimeout(() => this.start(onEnd), Math.max(left, 20));
  }

  /** Takes note of a file that was read. */
  read(characters: number): void {
    this.#characters += characters;
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #limit(): number {
    return this.#fixed ?? Math.min(MOST, BASE + (this.#characters / 1024) * EACH_1024_CHARACTERS);
  }
}

function processorTimeSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
