import { ApiError, type Violation } from '../errors.ts';

/** A query parameter: name and value, decoded. */
export type QueryPair = readonly [name: string, value: string];

/**
 * Decodes a query string (what follows the `?`) into its pairs, in order, nothing merged. `+` is a space, as browsers'
 * forms send it. A name without `=` has the value `''`.
 *
 * Throws `ApiError` `invalid-parameter` for a `%` that starts no UTF-8 sequence: guessing would filter by something else.
 *
 * @example decodeQuery('title=War+%26+Peace&_limit=5') // [['title', 'War & Peace'], ['_limit', '5']]
 */
export function decodeQuery(query: string): readonly QueryPair[] {
  if (query === '') return [];
  const pairs: QueryPair[] = [];
  const violations: Violation[] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodeText(equals === -1 ? part : part.slice(0, equals));
    const value = equals === -1 ? '' : decodeText(part.slice(equals + 1));
    if (name !== undefined && value !== undefined) pairs.push([name, value]);
    else if (violations.length < reported) {
      violations.push({
        in: 'query',
        parameter: name ?? part.slice(0, Math.min(equals === -1 ? part.length : equals, 100)),
        message: 'must be percent-encoded UTF-8',
      });
    }
  }
  if (violations.length === 0) return pairs;
  throw new ApiError('invalid-parameter', 'The query string cannot be decoded.', {
    violations,
    hint: 'Send "%25" for a literal "%", and encode all else as UTF-8.',
  });
}

/** Nobody reads more than this many violations, and ten thousand of them are an answer of a megabyte. */
const reported = 20;

/** A part of a query string; `undefined` where a `%` starts no UTF-8 sequence. */
export function decodeText(text: string): string | undefined {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
