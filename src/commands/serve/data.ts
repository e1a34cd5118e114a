import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiModel } from '../../model/types.ts';
import { plantSeeds } from '../../runtime/seeds.ts';
import { type Store, StoreError, type StoreErrorKind } from '../../stores/contract.ts';
import { copyNote, isCopyNote } from '../../stores/copy-note.ts';
import type { SearchOptions } from '../../stores/search/store.ts';
import { openSqliteStore } from '../../stores/sqlite/store.ts';
import { CommandFailure } from '../failure.ts';
import { type IndexShape, shapeOf } from '../index-shape.ts';
import { explained } from '../store-failure.ts';

export interface DataOptions extends IndexShape {
  readonly readOnly: boolean;
  readonly acceptSchemaChanges: boolean;
  /** `http://…` of an Elasticsearch server that answers lists and searches. */
  readonly search?: string;
}

/**
 * Opens the data of a MongoDB server (`mongodb://…`), with an Elasticsearch server beside it if there is one. A server
 * that is away is waited for while serving: until `stop`; `onFailure` is told what is wrong with it then.
 */
export async function openServer(
  url: string,
  model: ApiModel,
  options: DataOptions,
  away: { readonly stop: AbortSignal; readonly onFailure: (error: unknown) => void },
): Promise<Store> {
  const { search, readOnly, acceptSchemaChanges } = options;
  return explained('MongoDB', hints, async () => {
    const { openMongoStore } = await import('../../stores/mongo/store.ts');
    const store = await openMongoStore(url, model, { tracked: search !== undefined, acceptSchemaChanges });
    const prepare = async (): Promise<true> => {
      await assertWhole(store);
      if (!readOnly) await plantSeeds(model, store);
      return true;
    };
    if (!(await whereThere(prepare()))) prepareLater(prepare, away.stop).catch(away.onFailure);
    return search === undefined ? store : searchedBy(search, store, model, { maintains: true, ...shapeOf(options) });
  });
}

/** Once the server is there. It is asked for at the pace at which the store looks for it. */
async function prepareLater(prepare: () => Promise<true>, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await pause(2000, undefined, { ref: false, signal: stop }).catch(() => undefined);
    if (stop.aborted || (await whereThere(prepare()))) return;
  }
}

/** Closes a store that holds a part of another one, and throws `CommandFailure`. */
async function assertWhole(store: Store): Promise<void> {
  const note = (await store.control?.readControl(copyNote))?.value;
  if (!isCopyNote(note) || note.isComplete) return;
  await store.close();
  throw new CommandFailure(`${store.description}: a copy into it has not ended.`, {
    hint: 'run the same cartouche copy again, which goes on where it was stopped',
  });
}

/**
 * In development, what is written can be searched for at once, as somebody who tries things out expects; a production
 * server does not wait. `maintains`: builds indexes, and keeps them in step.
 */
async function searchedBy(
  server: string,
  data: Store,
  schema: ApiModel,
  options: Pick<SearchOptions, 'maintains' | 'shards' | 'replicas'>,
): Promise<Store> {
  try {
    const { withSearch } = await import('../../stores/search/store.ts');
    return await withSearch(data, { server, schema, visible: process.env.NODE_ENV !== 'production', ...options });
  } catch (error) {
    await data.close();
    throw error;
  }
}

/** `undefined` where the server is away: that is no reason not to start. */
async function whereThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'unavailable') return undefined;
    throw error;
  }
}

/**
 * The file that the data is in, as the user would type it; `undefined` keeps it in memory. So does `--read-only` without
 * a file to read: what can then be seen are the documents of the description itself.
 *
 * @example dataFileFor('specs/bookstore.raml', { readOnly: false }) // 'bookstore.db'
 */
export function dataFileFor(
  description: string,
  { data, readOnly }: { readonly data?: string; readonly readOnly: boolean },
): string | undefined {
  if (data === ':memory:') return undefined;
  if (data !== undefined) return data;
  const file = `${basename(description, extname(description))}.db`;
  return readOnly && !existsSync(file) ? undefined : file;
}

/** Opens the data of a file, or throws a `CommandFailure` that says what to do. */
export async function openData(dataFile: string | undefined, model: ApiModel, options: DataOptions): Promise<Store> {
  const { acceptSchemaChanges, search } = options;
  const readOnly = options.readOnly && dataFile !== undefined;
  if (search !== undefined && dataFile === undefined) {
    throw new CommandFailure('--search needs data that is kept: an index of data in memory would outlive it.', {
      hint: 'name a file with --data; without --search, SQLite searches by itself',
    });
  }
  if (readOnly && !existsSync(dataFile)) {
    throw new CommandFailure(`${dataFile}: There is no such file, and --read-only makes none.`, {
      hint: 'correct its name, serve it once without --read-only, or leave --data out to see what the description shows',
    });
  }
  return explained(dataFile ?? ':memory:', hints, async () => {
    const tracked = search !== undefined;
    const store = await openSqliteStore(dataFile ?? ':memory:', model, { readOnly, acceptSchemaChanges, tracked });
    await assertWhole(store);
    if (!readOnly) await plantSeeds(model, store);
    return search === undefined
      ? store
      : searchedBy(search, store, model, { maintains: !readOnly, ...shapeOf(options) });
  });
}

/** How many documents each resource has, in the order of the model; none where nobody can tell. */
export async function countRows(
  model: ApiModel,
  store: Store,
): Promise<readonly { resource: string; count: number }[]> {
  const counts = model.resources.map(async ({ name }) => ({
    resource: name,
    count: await store.collection(name).count({ kind: 'all' }),
  }));
  return (await whereThere(Promise.all(counts))) ?? [];
}

const hints: Partial<Record<StoreErrorKind, string>> = {
  'not-a-database': 'choose another file with --data; nothing was changed in this one',
  locked: 'stop the other process, or choose another file with --data',
  'read-only': 'make it writable, or serve it with --read-only',
  full: 'free some space; nothing was lost',
};
