/** Medians, and how far apart the rounds were. */

export interface Summary {
  readonly median: number;
  /** (largest − smallest) / median of the rounds: above about 0.5, the cell is noise. */
  readonly spread: number;
}

/** Throws a RangeError on no values. */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const median = middle(sorted);
  const smallest = sorted[0] ?? median;
  const largest = sorted[sorted.length - 1] ?? median;
  return { median, spread: (largest - smallest) / median };
}

function middle(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('nothing to summarise');
  return (upper + lower) / 2;
}
