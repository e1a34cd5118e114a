import type { ApiModel, Resource } from '../model/types.ts';
import { type Collection, type Store, StoreError } from '../stores/contract.ts';
import { documentKey, singletonKey } from './keys.ts';

/**
 * Stores the documents that the description shows for resources that nobody can create, where there are none yet.
 * They are ordinary documents from then on: what was changed or removed stays so while others of the kind are left.
 * `cartouche serve` does so at each start, unless it is read-only; who serves a model with `createApp` may, or may fill the
 * store otherwise.
 *
 * Throws `StoreError`, but not for examples of which two want one id or unique value: the first one stays.
 *
 * @example
 * const store = await openSqliteStore('api.db', model);
 * await plantSeeds(model, store);
 */
export async function plantSeeds(model: ApiModel, store: Store): Promise<void> {
  // All together, so that they share what it costs a store to have something on disk.
  const planted = await Promise.allSettled(
    model.resources
      .filter(({ seeds }) => seeds.length > 0)
      .map((resource) => plantOnce(resource, store.collection(resource.name))),
  );
  for (const outcome of planted) if (outcome.status === 'rejected') throw outcome.reason;
}

async function plantOnce(resource: Resource, collection: Collection): Promise<void> {
  if ((await collection.count({ kind: 'all' })) === 0) await plant(resource, collection);
}

async function plant(resource: Resource, collection: Collection): Promise<void> {
  const written = await Promise.allSettled(
    resource.seeds.map((text, index) => collection.create({ key: keyOf(resource, text, index), text })),
  );
  for (const outcome of written) {
    // Two examples of one description may share a value that is to be unique; the first one stays.
    if (outcome.status === 'rejected' && !isConflict(outcome.reason)) throw outcome.reason;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof StoreError && error.kind === 'conflict';
}

/** A document whose id is in the path only has its position for an id. */
function keyOf(resource: Resource, text: string, index: number): string {
  if (resource.kind === 'singleton') return singletonKey(undefined);
  const { property } = resource.id;
  const fields: unknown = JSON.parse(text);
  const id = property === undefined ? undefined : Object.entries(fields ?? {}).find(([name]) => name === property)?.[1];
  return documentKey(resource, String(id ?? index + 1), undefined);
}
