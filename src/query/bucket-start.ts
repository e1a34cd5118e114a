import type { Bucketing } from './aggregation.ts';
import { periodStart } from './calendar.ts';

/** From a measure to the beginning of the bucket of a histogram that it lies in. */
export function bucketStart(
  aggregation: Bucketing & { readonly kind: 'histogram' | 'date_histogram' },
): (measure: number) => number {
  if (aggregation.kind === 'histogram') return (measure) => stepStart(measure, aggregation.interval);
  return (measure) => periodStart(measure, aggregation.interval);
}

/** The largest multiple of the interval that is not above the value. */
export function stepStart(value: number, interval: number): number {
  return Math.floor(value / interval) * interval;
}
