import { aggregate } from '../query/aggregate.ts';
import { type AggregationResults, mostBuckets } from '../query/aggregation.ts';
import { StoreError } from './contract.ts';

/** `aggregate`, for stores that have the documents at hand. Throws as `assertFewBuckets` does. */
export function aggregateWithinLimit(...parameters: Parameters<typeof aggregate>): AggregationResults {
  const results = aggregate(...parameters);
  assertFewBuckets(results);
  return results;
}

/** Throws `StoreError` `too-many` if one of the aggregations has more than `mostBuckets` buckets, wherever they lie. */
export function assertFewBuckets(results: AggregationResults): void {
  assertFew([results]);
}

/** `name`: of the aggregation, as the client gave it. */
export function tooManyBuckets(name: string): StoreError {
  const what = `The aggregation "${name}" would have more than ${mostBuckets} buckets.`;
  return new StoreError('too-many', `${what} Filter more, or ask for larger intervals or fewer terms.`);
}

/** The same aggregations, once for each bucket that they lie within. */
function assertFew(all: readonly AggregationResults[]): void {
  for (const name of Object.keys(all[0] ?? {})) {
    const buckets = all.flatMap((results) => {
      const result = results[name];
      return result !== undefined && 'buckets' in result ? result.buckets : [];
    });
    if (buckets.length > mostBuckets) throw tooManyBuckets(name);
    assertFew(buckets.map(({ within }) => within));
  }
}
