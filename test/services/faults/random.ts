/** Chance with a seed, so that a run can be told. (What the operating system makes of it differs from run to run.) */
export interface Chance {
  /** 0 ≤ value < 1 */
  readonly next: () => number;
  readonly hits: (probability: number) => boolean;
  /** A whole number of at least `from` and less than `to`. */
  readonly between: (from: number, to: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

/** Mulberry32. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from));
  return {
    next,
    hits: (probability) => next() < probability,
    between,
    pick: (list) => {
      const picked = list[between(0, list.length)];
      if (picked === undefined) throw new RangeError('Nothing to pick from.');
      return picked;
    },
  };
}
