import type { AggregationResult, AggregationResults, Aggregations, Bucket } from '../../query/aggregation.ts';
import type { Filter } from '../../query/types.ts';
import type { Collection } from '../../stores/contract.ts';
import type { Answer } from '../present/answer.ts';
import type { OperationContext } from '../service.ts';

/** What `_aggs.…` is answered with: Elasticsearch's own shape, as Ramses passes it on, with no envelope around it. */
export async function aggregationsAnswer(
  { binding }: OperationContext,
  collection: Collection,
  filter: Filter,
  aggregations: Aggregations,
): Promise<Answer> {
  const results = await collection.aggregate(filter, aggregations);
  return {
    status: binding.success,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(shown(results)),
    partial: true,
  };
}

function shown(results: AggregationResults): object {
  return Object.fromEntries(Object.entries(results).map(([name, result]) => [name, shownResult(result)]));
}

function shownResult(result: AggregationResult): object {
  return 'buckets' in result ? { ...result, buckets: result.buckets.map(shownBucket) } : result;
}

/** What was computed within a bucket stands beside its key. */
function shownBucket({ within, ...bucket }: Bucket): object {
  return { ...bucket, ...shown(within) };
}
