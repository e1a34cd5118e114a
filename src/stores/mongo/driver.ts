/** The one place that knows mongoose, which is imported on first use: who keeps data in SQLite need not install it. */
import type { Connection, Mongoose, mongo } from 'mongoose';
import { StoreError } from '../contract.ts';

export interface ConnectionOptions {
  /** How long an operation waits for a server that can take it, in milliseconds. */
  readonly serverSelectionTimeout: number;
  /** Connections to each server. */
  readonly poolSize: number;
}

/** Throws `StoreError` `unavailable` where mongoose is not installed. */
export async function loadMongoose(): Promise<Mongoose> {
  try {
    return (await import('mongoose')).default;
  } catch (cause) {
    throw new StoreError('unavailable', 'MongoDB needs the package "mongoose": npm install mongoose@9', { cause });
  }
}

/** A connection that is not yet open, with nothing of it shared with other users of mongoose in this process. */
export function createConnection(mongoose: Mongoose): Connection {
  const connection = mongoose.createConnection();
  // An operation on a server that is away fails within the time that is set; it is not kept for later.
  connection.set('bufferCommands', false);
  connection.set('strictQuery', 'throw');
  return connection;
}

/** Throws what the driver throws; see `failures.ts`. */
export async function connect(connection: Connection, url: string, options: ConnectionOptions): Promise<void> {
  const { serverSelectionTimeout, poolSize } = options;
  const defaults = {
    serverSelectionTimeoutMS: serverSelectionTimeout,
    connectTimeoutMS: serverSelectionTimeout,
    waitQueueTimeoutMS: serverSelectionTimeout,
    maxPoolSize: poolSize,
    appName: 'cartouche',
  };
  // The driver would let ours win over what the operator wrote.
  const written = new Set([...new URLSearchParams(optionsIn(url)).keys()].map((name) => name.toLowerCase()));
  await connection.openUri(url, {
    ...(namedDatabase(url) === '' && { dbName: defaultDatabase }),
    autoIndex: false,
    autoCreate: false,
    ...Object.fromEntries(Object.entries(defaults).filter(([name]) => !written.has(name.toLowerCase()))),
    // What was acknowledged survives the loss of a server, and is never rolled back.
    writeConcern: { w: 'majority', journal: true },
  });
}

/** Of a connection that is open, or was. */
export function databaseOf({ db }: Connection): mongo.Db {
  if (db !== undefined) return db;
  throw new StoreError('unavailable', 'MongoDB has not answered yet.');
}

/**
 * An address as it may be shown: its servers and database, without name, password and options.
 *
 * @example shownAddress('mongodb://me:secret@db1,db2/shop?tls=true') // 'db1,db2/shop'
 */
export function shownAddress(url: string): string {
  const [, servers = ''] = address.exec(url) ?? [];
  return `${servers}/${namedDatabase(url) || defaultDatabase}`;
}

const defaultDatabase = 'cartouche';

/** Several servers may be named, which is no URL of the WHATWG. A password may hold everything but `/`, `?` and `@`. */
const address = /^mongodb(?:\+srv)?:\/\/(?:[^/?]*@)?([^/?@]*)(?:\/([^?]*))?/;

function optionsIn(url: string): string {
  return url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
}

function namedDatabase(url: string): string {
  return decodeURIComponent(address.exec(url)?.[2] ?? '');
}
