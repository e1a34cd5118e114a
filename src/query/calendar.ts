import type { CalendarInterval } from './aggregation.ts';

/** (milliseconds since 1970) to the beginning, in UTC, of the period that it lies in. Weeks begin on Monday (ISO 8601). */
export function periodStart(time: number, interval: CalendarInterval): number {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (interval) {
    case 'minute':
    case 'hour':
    case 'day':
      return Math.floor(time / lengths[interval]) * lengths[interval];
    case 'week': {
      // 1970 began on a Thursday.
      const fromMonday = time + 3 * lengths.day;
      return Math.floor(fromMonday / lengths.week) * lengths.week - 3 * lengths.day;
    }
    case 'month':
      return utc(year, month);
    case 'quarter':
      return utc(year, month - (month % 3));
    case 'year':
      return utc(year, 0);
  }
}

const lengths = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/** `Date.UTC` takes the year 15 for 1915. */
function utc(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1);
}
