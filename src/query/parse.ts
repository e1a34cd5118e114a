import type { Control, Resource } from '../model/types.ts';
import type { QueryPair } from './decode.ts';
import type { Filter, Query } from './types.ts';

/** What a query is read against. */
export interface ParseContext {
  readonly resource: Resource;
  /** The description's own parameters of this operation. */
  readonly controls: readonly Control[];
  readonly dialect: 'plain' | 'ramses';
  /** `many`: a collection's PATCH and DELETE, which take filters only. */
  readonly purpose: 'list' | 'many';
  /** Holds in addition to what the URL asks: the scope of a nested collection. */
  readonly within?: Filter;
  /** The answer shows a total. */
  readonly withTotal?: boolean;
  /** Size of a page that asks for none. Default 20. */
  readonly defaultLimit?: number;
  /** Largest page. Default 1000. */
  readonly maximumLimit?: number;
  /** Parameters whose values the description enumerates: such a value may name no field, and then has no effect. */
  readonly enumerated?: ReadonlySet<string>;
}

export interface ParsedQuery {
  readonly query: Query;
  /** Dotted paths of the properties to show; absent: all. */
  readonly selection?: readonly string[];
  /** `_count`: answer the number only. */
  readonly countOnly: boolean;
  /** The page as asked by number, counted as the client counts (`page` from 1, `_page` from 0). */
  readonly page?: number;
}

export declare function parseQuery(pairs: readonly QueryPair[], context: ParseContext): ParsedQuery;
