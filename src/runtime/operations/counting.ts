import type { ParsedQuery } from '../../query/parse.ts';
import type { Page, TextPage } from '../../stores/contract.ts';
import type { Exchange } from '../exchange.ts';
import { parsePreferences } from '../request/preferences.ts';

/**
 * `Prefer: count=exact|estimated|none`: how much to count beyond the page. An answer whose body has a total counts as
 * the description says, whatever is preferred, unless an estimate will do.
 */
export function asPreferred(parsed: ParsedQuery, exchange: Exchange): ParsedQuery {
  const { prefer } = exchange.request.headers;
  if (prefer === undefined) return parsed;
  const { count } = parsePreferences(prefer);
  if (count === undefined || count === 'none' || count === parsed.query.count) return parsed;
  return { ...parsed, query: { ...parsed.query, count } };
}

/** Says how many match, where the client asked for it and no declared header does. */
export function addCountHeaders(
  headers: Record<string, string>,
  exchange: Exchange,
  { total, estimated }: Page | TextPage,
  declared: string | undefined,
): void {
  const { prefer } = exchange.request.headers;
  if (prefer === undefined || total === undefined) return;
  const { count } = parsePreferences(prefer);
  if (count === undefined || count === 'none') return;
  headers['Preference-Applied'] = `count=${estimated ? 'estimated' : 'exact'}`;
  if (declared === undefined) headers['X-Total-Count'] = String(total);
}
