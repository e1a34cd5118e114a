/** Opens data, and the indexes of it, for the commands that look after indexes while others may serve them. */
import type { Store, StoreSchema } from '../stores/contract.ts';
import type { SearchedStore } from '../stores/search/store.ts';
import { openBeside } from '../stores/sqlite/store.ts';
import { CommandFailure } from './failure.ts';
import { type IndexShape, shapeOf } from './index-shape.ts';
import { contentsOf, nameOf, openStore, type StoreAddress, storeHints } from './store-address.ts';
import { explained } from './store-failure.ts';

/** What is to be indexed, and where. */
export interface Indexed {
  readonly address: StoreAddress;
  readonly schema: StoreSchema;
  /** `http://…` of an Elasticsearch server. */
  readonly server: string;
  readonly shape: IndexShape;
  /** Begins to keep track of data of which no index was ever made. Otherwise that is a failure. */
  readonly begins: boolean;
}

export interface Keeper {
  readonly searched: SearchedStore;
  /** The data itself. */
  readonly data: Store;
}

/** Runs `work` with the store, and closes it. Throws `CommandFailure` for all that a store or a server says. */
export async function withKeeper<T>(
  { address, schema, server, shape, begins }: Indexed,
  work: (keeper: Keeper) => Promise<T>,
): Promise<T> {
  const name = await nameOf(address);
  return explained(name, { ...storeHints, unsupported: 'restart the other process with --search' }, async () => {
    const contents = await contentsOf(address);
    if (contents === undefined) throw new CommandFailure(`${name} does not exist.`);
    if (!contents.isTracked && !begins) {
      throw new CommandFailure(`${name}: no index was ever made of this data.`, {
        hint: 'make one with cartouche reindex, or serve it with --search',
      });
    }
    const { withSearch } = await import('../stores/search/store.ts');
    const { store, isAlone } =
      address.kind === 'sqlite'
        ? await openBeside(address.file, schema)
        : { store: await openStore(address, schema, { readOnly: false, tracked: true }), isAlone: false };
    try {
      const searched = await withSearch(store, {
        server,
        schema,
        ...shapeOf(shape),
        // As `serve` has it: who builds an index decides how quickly searches see what it is sent.
        visible: true,
        maintains: false,
        // There is nobody to wait for.
        ...(isAlone && { wait: () => Promise.resolve() }),
      });
      try {
        return await work({ searched, data: store });
      } finally {
        await searched.close();
      }
    } finally {
      await store.close();
    }
  });
}

/** The resources of these names; all, if there are none. Throws `CommandFailure` for a name that there is not. */
export function resourcesNamed({ resources }: StoreSchema, names: readonly string[]): readonly string[] {
  const known = resources.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names.length === 0 ? known : names;
  throw new CommandFailure(`There is no resource "${unknown}".`, { hint: `there are: ${known.join(', ')}` });
}
