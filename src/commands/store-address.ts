/** Where data is, as the command line names it, and the stores that are there. */
import { existsSync } from 'node:fs';
import type { Store, StoreContents, StoreErrorKind, StoreSchema } from '../stores/contract.ts';
import { sqliteContents } from '../stores/sqlite/contents.ts';
import { openSqliteStore } from '../stores/sqlite/store.ts';
import { CommandFailure } from './failure.ts';

export type StoreAddress =
  /** As it was typed. */
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'mongodb'; readonly url: string };

/** Throws `CommandFailure` for what is no store that keeps anything. */
export function parseStoreAddress(text: string): StoreAddress {
  if (/^mongodb(?:\+srv)?:\/\//.test(text)) return { kind: 'mongodb', url: text };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || text === ':memory:' || text === '') {
    throw new CommandFailure(`${text || 'An empty text'} is no store that keeps anything.`, {
      hint: 'a store is an SQLite file such as bookstore.db, or mongodb://…',
    });
  }
  return { kind: 'sqlite', file: text };
}

/** For messages: never a password. */
export async function nameOf(address: StoreAddress): Promise<string> {
  if (address.kind === 'sqlite') return address.file;
  const { shownAddress } = await import('../stores/mongo/driver.ts');
  return `mongodb://${shownAddress(address.url)}`;
}

/** What is there before anything is opened for use; `undefined`: no file. Throws `StoreError`. */
export async function contentsOf(address: StoreAddress): Promise<StoreContents | undefined> {
  if (address.kind === 'sqlite') return existsSync(address.file) ? sqliteContents(address.file) : undefined;
  const { mongoContents } = await import('../stores/mongo/contents.ts');
  return mongoContents(address.url);
}

/** `readOnly`: as far as the kind of store knows it. Throws `StoreError`, also where a server does not answer. */
export async function openStore(
  address: StoreAddress,
  schema: StoreSchema,
  options: { readonly readOnly: boolean; readonly tracked: boolean; readonly acceptSchemaChanges?: boolean },
): Promise<Store> {
  if (address.kind === 'sqlite') return openSqliteStore(address.file, schema, options);
  const { openMongoStore } = await import('../stores/mongo/store.ts');
  const store = await openMongoStore(address.url, schema, {
    tracked: options.tracked,
    acceptSchemaChanges: options.acceptSchemaChanges ?? false,
  });
  try {
    await store.ping();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What to do about a store that cannot be used. */
export const storeHints: Partial<Record<StoreErrorKind, string>> = {
  'not-a-database': 'choose another file; nothing was changed in this one',
  locked: 'stop the other process, or choose another file',
  'read-only': 'make it writable',
  full: 'free some space; nothing was lost',
  unavailable: 'start the server, or correct its address',
};
