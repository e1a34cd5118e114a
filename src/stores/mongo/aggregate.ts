import type { Resource } from '../../model/types.ts';
import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import type { Candidate } from '../../query/candidate.ts';
import type { Scalar } from '../../query/types.ts';
import { assertFewBuckets } from '../bucket-limit.ts';
import { StoreError } from '../contract.ts';
import { columnsOf } from './columns.ts';
import { candidateReader } from './compared.ts';
import type { Condition } from './compile.ts';
import type { Place } from './place.ts';
import { createTally, operandsIn } from './tally.ts';

/**
 * Aggregates what a condition matches. The server groups the documents by all the values that are asked for, so that of
 * documents that are alike in them only one comes over the wire, with their number; what is made of the groups, `tally.ts`
 * says, which means the same on every server. (Accumulators such as `$avg` would do it on the server, but for what
 * `query/aggregate.ts` says of lists, of dates and of texts where dates are declared.)
 *
 * `timeLimit`: milliseconds, for the server, and for all of it. Throws `StoreError` `too-many` and `timeout`.
 */
export async function aggregateMatching(
  condition: Condition,
  aggregations: Aggregations,
  { resource, timeLimit }: { readonly resource: Resource; readonly timeLimit: number },
  { rows }: Place,
): Promise<AggregationResults> {
  const { key, candidateOf } = grouping(aggregations, resource);
  const tally = createTally(aggregations, resource);
  const end = performance.now() + timeLimit;
  const pipeline = [{ $match: condition }, { $group: { _id: key, n: { $sum: 1 } } }];
  // More groups than fit into its memory are the server's to put on its disk.
  const groups = rows.aggregate<Group>(pipeline, { maxTimeMS: timeLimit, allowDiskUse: true, batchSize });
  for await (const group of groups) {
    tally.add(candidateOf(group), Number(group.n));
    if (performance.now() > end) {
      throw new StoreError('timeout', 'The aggregation took too long, and was given up. Filter more.');
    }
  }
  const results = tally.results();
  assertFewBuckets(results);
  return results;
}

/** Documents that are alike: their values, and how many they are. */
interface Group {
  readonly _id: Readonly<Record<string, Scalar | readonly Scalar[] | null>>;
  readonly n: number;
}

/** Between two batches, others have their turn. */
const batchSize = 1000;

/** What documents are grouped by, and how a group is a document again. */
function grouping(aggregations: Aggregations, resource: Resource) {
  const asked = new Set(operandsIn(aggregations).map((operand) => JSON.stringify(operand)));
  const columns = columnsOf(resource).filter(({ operand }) => asked.has(JSON.stringify(operand)));
  // An id is read from the key, in which its parent may be, too.
  const needsKey = asked.has('{"kind":"id"}') || asked.has('{"kind":"key"}');
  const grouped = columns
    .filter(({ operand }) => operand.kind !== 'id')
    .map(({ name, path }, at) => ({ name, path, at }));
  const read = candidateReader(resource);
  return {
    key: Object.fromEntries([
      ...(needsKey ? [['key', '$_id']] : []),
      ...grouped.map(({ path, at }) => [`v${at}`, `$${path}`]),
    ]),
    candidateOf: ({ _id }: Group): Candidate => {
      const fields = grouped.flatMap(({ name, at }) => {
        const value = _id[`v${at}`];
        return value === undefined || value === null ? [] : [[name, value] as const];
      });
      return read({ _id: String(_id.key ?? ''), _rev: 0, fields: Object.fromEntries(fields) });
    },
  };
}
