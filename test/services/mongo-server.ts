/** The MongoDB server that tests use is named by `MONGO_URL`. Each store that they open gets a database of its own. */
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';

const url = process.env.MONGO_URL;

/** Why tests that need the server are skipped, or `false`. With `REQUIRE_SERVICES=1` its absence is a failure instead. */
export const noMongo: string | false = url === undefined ? 'MONGO_URL is not set' : false;

if (url === undefined && process.env.REQUIRE_SERVICES === '1') {
  throw new Error('REQUIRE_SERVICES=1, but MONGO_URL does not name a MongoDB server.');
}

/**
 * FerretDB, which stands in for MongoDB, holds a connection of its own for each statement of an update, and stops for good
 * at the hundredth.
 */
export const batchSize = 50;

/** The address of a database that does not exist yet. */
export function freshDatabase(): string {
  const address = new URL(url ?? 'mongodb://127.0.0.1');
  address.pathname = `/test-${randomUUID()}`;
  return String(address);
}

/** Runs `work` on the server's own view of a database. */
export async function inDatabase<T>(address: string, work: (database: mongoose.mongo.Db) => Promise<T>): Promise<T> {
  const client = new mongoose.mongo.MongoClient(address);
  try {
    return await work(client.db());
  } finally {
    await client.close();
  }
}
