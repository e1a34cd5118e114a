import type { Collection } from './contract.ts';

/** About how many documents there are, for people: to count them all may take a large database longer than it may. */
export async function estimatedCount(collection: Collection): Promise<number> {
  const query = { filter: { kind: 'all' }, sort: [], limit: 1, offset: 0, count: 'estimated' } as const;
  return (await collection.list(query)).total ?? 0;
}
