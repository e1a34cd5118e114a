import type { Resource } from '../../model/types.ts';
import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import { pageFilter } from '../../query/position.ts';
import type { Filter, Query } from '../../query/types.ts';
import { assertFewBuckets } from '../bucket-limit.ts';
import { StoreError } from '../contract.ts';
import { compileAggregations, isGuessed } from './aggregations.ts';
import { compileFilter, compileRanked, compileSort } from './compile.ts';
import { path } from './elastic-port.ts';
import { listOf, member, numberOf, textOf } from './json.ts';
import { hashOf } from './names.ts';
import { SearchServerError, type Send, type TransportRequest } from './transport.ts';

export interface KeyPage {
  readonly keys: readonly string[];
  readonly total?: number;
  readonly more: boolean;
}

/** What an index answers: keys and numbers, never documents. */
export interface Searcher {
  list(query: Query): Promise<KeyPage>;
  count(filter: Filter): Promise<number>;
  aggregate(filter: Filter, aggregations: Aggregations): Promise<AggregationResults>;
}

/** Elasticsearch goes no further into a list; cursors do. */
export const furthest = 10_000;

/** Reads an index, or an alias of one. Rejects with `SearchServerError`, and with `StoreError` `too-many`. */
export function createSearcher(send: Send, index: string, resource: Resource): Searcher {
  const search = (body: SearchBody, querystring?: TransportRequest['querystring']) =>
    send(searchOf(index, body, querystring));
  const count = async (filter: Filter) => {
    const body = { query: compileFilter(filter, resource), size: 0, track_total_hits: true };
    return numberOf(member(await search(body), 'hits', 'total', 'value')) ?? 0;
  };
  return {
    count,
    list: async (query) => {
      const [answer, total] = await Promise.all([
        search(listBody(query, resource), query.ranked && rankedOptions(query)),
        // The hits are those behind a position; the total is of all that match.
        query.count !== 'none' && query.after !== undefined ? count(query.filter) : undefined,
      ]);
      return pageOf(query, answer, total);
    },
    aggregate: async (filter, aggregations) => {
      const query = compileFilter(filter, resource);
      const ask = async (ofShard?: number) => {
        const { body, read } = compileAggregations(aggregations, resource, ofShard);
        const answer = await search({ query, size: 0, track_total_hits: false, aggs: body });
        return { read, found: member(answer, 'aggregations') };
      };
      try {
        let { read, found } = await ask();
        if (isGuessed(found)) ({ read, found } = await ask(mostOfShard));
        const results = read(found);
        // Its own limit is higher, and may be set higher still.
        assertFewBuckets(results);
        return results;
      } catch (error) {
        if (!(error instanceof SearchServerError) || error.type !== 'too_many_buckets_exception') throw error;
        throw new StoreError('too-many', 'There would be too many buckets: narrow the filter, or widen the interval.');
      }
    },
  };
}

/** Of a list of terms, so many are gathered from each shard. An answer is exact where a field has no more values. */
const mostOfShard = 50_000;

/**
 * How rare a word is, all shards together say; and each page of one search is asked of the same copy of each shard, since
 * every copy has removed documents of its own that count, and would order the others a little differently.
 */
function rankedOptions({ filter }: Query): TransportRequest['querystring'] {
  return { search_type: 'dfs_query_then_fetch', preference: hashOf(JSON.stringify(filter)) };
}

type SearchBody = Readonly<Record<string, unknown>>;

/** One page, and one hit more to see whether there is another. */
export function listBody(query: Query, resource: Resource): SearchBody {
  const condition = compileFilter(pageFilter(query, resource), resource);
  return {
    query: query.ranked ? compileRanked(query, condition, resource) : condition,
    sort: compileSort(query, resource),
    from: query.offset,
    size: query.limit + 1,
    _source: ['raw'],
    track_total_hits: query.count !== 'none',
  };
}

/** `total`: where it is not that of the answer. */
export function pageOf({ limit, count }: Query, answer: unknown, total?: number): KeyPage {
  const hits = listOf(member(answer, 'hits', 'hits'));
  const keys = hits.slice(0, limit).map((hit) => textOf(member(hit, '_source', 'raw')) ?? '');
  const more = hits.length > limit;
  if (count === 'none') return { keys, more };
  return { keys, more, total: total ?? numberOf(member(answer, 'hits', 'total', 'value')) ?? 0 };
}

function searchOf(index: string, body: SearchBody, querystring: TransportRequest['querystring']): TransportRequest {
  return { method: 'POST', path: `/${path(index)}/_search`, body, ...(querystring && { querystring }) };
}
