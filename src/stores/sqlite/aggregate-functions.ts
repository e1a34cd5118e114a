import { calendarIntervals } from '../../query/aggregation.ts';
import { measureOf } from '../../query/bucket-key.ts';
import { stepStart } from '../../query/bucket-start.ts';
import { periodStart } from '../../query/calendar.ts';
import type { SqliteValue } from './driver.ts';

/** What aggregations call; dates and steps have one meaning, and that is written in JavaScript already. */
export const aggregateFunctions = {
  /** (date as it is compared) to milliseconds since 1970, or NULL if it is none */
  cartouche_time: (text: SqliteValue): number | null =>
    typeof text === 'string' ? (measureOf(text, 'datetime') ?? null) : null,
  /** (milliseconds, calendar interval) */
  cartouche_period: (time: SqliteValue, interval: SqliteValue): number | null => {
    const known = calendarIntervals.find((each) => each === interval);
    return time === null || known === undefined ? null : periodStart(Number(time), known);
  },
  /** (number, interval as text) */
  cartouche_step: (value: SqliteValue, interval: SqliteValue): number | null =>
    value === null ? null : stepStart(Number(value), Number(interval)),
} as const;
