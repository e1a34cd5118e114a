/**
 * Revisions of one collection: microseconds since 1970, each greater than all before, whatever the clock does.
 * `seen` is told every revision that was read back from disk.
 */
export class RevisionClock {
  #last = 0;

  /** The highest revision given out or seen. */
  get last(): number {
    return this.#last;
  }

  seen(revision: number): void {
    if (revision > this.#last) this.#last = revision;
  }

  next(): number {
    this.#last = Math.max(this.#last + 1, Date.now() * 1000);
    return this.#last;
  }
}
