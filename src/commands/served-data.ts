import { CommandFailure } from './failure.ts';
import { dataFileFor } from './serve/data.ts';
import { parseStoreAddress, type StoreAddress } from './store-address.ts';

/** How `serve` is told where its data is. */
export interface ServedData {
  readonly data?: string;
  readonly store?: string;
}

/** The data that `serve` would serve by these options. Throws `CommandFailure` for data that is not kept. */
export function servedAddress(typed: string, { data, store }: ServedData): StoreAddress {
  if (store !== undefined) return parseStoreAddress(store);
  const file = dataFileFor(typed, { ...(data !== undefined && { data }), readOnly: false });
  if (file !== undefined) return { kind: 'sqlite', file };
  throw new CommandFailure('Data in memory has no index that outlives it.', { hint: 'name a file with --data' });
}
