import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { ApiModel } from '../../model/types.ts';
import { plantSeeds } from '../../runtime/seeds.ts';
import { type Store, StoreError, type StoreErrorKind } from '../../stores/contract.ts';
import { openSqliteStore } from '../../stores/sqlite/store.ts';
import { CommandFailure } from '../failure.ts';

export interface DataOptions {
  readonly readOnly: boolean;
  readonly acceptSchemaChanges: boolean;
}

/** Where the data is, where it is in no file. */
export interface Servers {
  /** `mongodb://…` */
  readonly store?: string;
  /** `http://…` of an Elasticsearch server that answers lists and searches. */
  readonly search?: string;
}

/**
 * Opens the data of a MongoDB server, with an Elasticsearch server beside it if there is one. What is written can be
 * searched for at once, as somebody who tries things out expects. A server that is away is waited for while serving.
 */
export async function openServers({ store: url, search }: Servers, model: ApiModel, readOnly: boolean): Promise<Store> {
  if (url === undefined) {
    throw new CommandFailure('--search needs a store that remembers what an index has yet to learn.', {
      hint: 'add --store mongodb://…; without servers, SQLite searches by itself',
    });
  }
  try {
    const { openMongoStore } = await import('../../stores/mongo/store.ts');
    const data = await openMongoStore(url, model, { tracked: search !== undefined });
    const store = search === undefined ? data : await searchedBy(search, data, model);
    if (!readOnly) await whereThere(plantSeeds(model, store));
    return store;
  } catch (error) {
    throw error instanceof StoreError ? explain(error, 'MongoDB') : error;
  }
}

async function searchedBy(server: string, data: Store, schema: ApiModel): Promise<Store> {
  const { withSearch } = await import('../../stores/search/store.ts');
  return withSearch(data, { server, schema, visible: true });
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

/** Opens the data, or throws a `CommandFailure` that says what to do. */
export async function openData(dataFile: string | undefined, model: ApiModel, options: DataOptions): Promise<Store> {
  const readOnly = options.readOnly && dataFile !== undefined;
  try {
    const { acceptSchemaChanges } = options;
    const store = await openSqliteStore(dataFile ?? ':memory:', model, { readOnly, acceptSchemaChanges });
    if (!readOnly) await plantSeeds(model, store);
    return store;
  } catch (error) {
    throw error instanceof StoreError ? explain(error, dataFile ?? ':memory:') : error;
  }
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

function explain(error: StoreError, dataFile: string): CommandFailure {
  return new CommandFailure(`${dataFile}: ${error.message}`, { hint: hints[error.kind], cause: error });
}
