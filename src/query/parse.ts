/** What a URL asks for, as data: typed, checked against the resource, nothing ignored. */
import type { Control, Resource } from '../model/types.ts';
import type { Aggregations } from './aggregation.ts';
import type { CursorScope, Cursors } from './cursor.ts';
import type { QueryPair } from './decode.ts';
import type { Highlight } from './highlight.ts';
import { createReading } from './reading.ts';
import type { Filter, Query } from './types.ts';

/** What a query is read against. */
export interface ParseContext {
  readonly resource: Resource;
  /** Reads the cursors that were given out. Absent: none were. */
  readonly cursors?: Cursors;
  /** The description's own parameters of this operation. */
  readonly controls: readonly Control[];
  readonly dialect: 'plain' | 'ramses';
  /** `many`: a collection's PATCH and DELETE, which take filters only. */
  readonly purpose: 'list' | 'many';
  /** Holds in addition to what the URL asks: the scope of a nested collection. */
  readonly within?: Filter;
  /** The answer shows a total. */
  readonly withTotal?: boolean;
  /** The answer always has a cursor. */
  readonly withCursor?: boolean;
  /** Size of a page that asks for none. Default 20. */
  readonly defaultLimit?: number;
  /** Largest page. Default 1000. */
  readonly maximumLimit?: number;
  /** Parameters whose values the description enumerates: such a value may name no field, and then has no effect. */
  readonly enumerated?: ReadonlySet<string>;
  /** Properties of the documents. Given: others cannot be selected. */
  readonly properties?: readonly string[];
}

export interface ParsedQuery {
  readonly query: Query;
  /** What cursors of this query belong to, where they are asked for or always answered. */
  readonly cursorScope?: CursorScope;
  /** Dotted paths of the properties to show; absent: all. */
  readonly selection?: readonly string[];
  /** `_highlight`: show of each document where it has the words of the search. */
  readonly highlight?: Highlight;
  /** `_aggs.…`: answer these, computed over all that match, in place of documents. */
  readonly aggregations?: Aggregations;
  /** The parameter that says which page, or how long it is; absent: none does. */
  readonly pagedBy?: string;
  /** `_count`: answer the number only. */
  readonly countOnly: boolean;
}

/**
 * Reads the query parameters of a collection request.
 *
 * - The description's own parameters come first, by their meaning (`controls`).
 * - Then Ramses' controls, which work everywhere: `_limit`, `_start`, `_page` (from 0), `_sort` (`-price,title`),
 *   `_cursor`, `_fields`, `_count`, `q`, `_search_fields`, `_highlight`,
 *   `_or`, `_and`, `_not`, `_aggs.…`.
 * - Anything else is a field: `title=Emma`, `price__gte=10`, `price[lt]=20`, `author.name=Austen`. A repeated field is
 *   "one of these"; conditions on different fields all hold. Where no text is declared, Ramses' ranges work:
 *   `pages=>300`, `pages=[300 TO 400]`.
 *
 * Throws `ApiError` `unknown-parameter`, or `invalid-parameter` with every violation (20 at most).
 */
export function parseQuery(pairs: readonly QueryPair[], context: ParseContext): ParsedQuery {
  const reading = createReading(context);
  for (const [name, value] of pairs) reading.read(name, value);
  return reading.finish();
}
