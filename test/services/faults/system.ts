/** What all processes of the test are of one mind about. */
import { openMongoStore } from '../../../src/stores/mongo/store.ts';
import { type SearchedStore, withSearch } from '../../../src/stores/search/store.ts';
import type { Transport } from '../../../src/stores/search/transport.ts';
import { books } from '../../stores/bookstore.ts';
import { batchSize } from '../mongo-server.ts';

export interface Place {
  readonly mongo: string;
  readonly search: string;
  readonly prefix: string;
}

export const schema = { resources: [books] };

/** A store of MongoDB and Elasticsearch together, as `serve` opens it. `sweepEvery`: milliseconds. */
export async function openSystem(
  { mongo, search, prefix }: Place,
  sweepEvery: number,
  weaken: (url: string) => string | Transport = (url) => url,
): Promise<SearchedStore> {
  const data = await openMongoStore(mongo, schema, { batchSize, tracked: true, serverSelectionTimeout: 2000 });
  return withSearch(data, { server: weaken(search), schema, prefix, visible: true, sweepEvery });
}
