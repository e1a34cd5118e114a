const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const time = '\\d\\d:\\d\\d:\\d\\d';

/** The form in use, and the two obsolete ones that must be understood (RFC 9110 section 5.6.7). */
const forms = [
  new RegExp(`^${day}, \\d\\d ${month} \\d{4} ${time} GMT$`),
  new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \\d\\d-${month}-\\d\\d ${time} GMT$`),
  new RegExp(`^${day} ${month} [\\d ]\\d ${time} \\d{4}$`),
];

/**
 * Milliseconds since 1970, or `undefined` for what is no HTTP date. `Date.parse` alone takes `2199` and `1` for dates.
 *
 * @example parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT') // 784111777000
 */
export function parseHttpDate(text: string): number | undefined {
  const trimmed = text.trim();
  if (!forms.some((form) => form.test(trimmed))) return undefined;
  // The third form names no zone, and means this one.
  const milliseconds = Date.parse(trimmed.endsWith('GMT') ? trimmed : `${trimmed} GMT`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
