import type { ClientSession, Connection, Model, mongo } from 'mongoose';
import type { Control } from './control.ts';
import { databaseOf } from './driver.ts';
import type { Row } from './schema.ts';

/** Where the documents of a resource are, on a server that answers. */
export interface Place {
  readonly model: Model<Row>;
  /** The driver's own collection: for writes, which mongoose must not change. */
  readonly rows: mongo.Collection<Row>;
  readonly control: Control;
  readonly transaction: Transaction;
  /** Documents that are written with one command. */
  readonly batchSize: number;
}

/** @example [...batchesOf([1, 2, 3], 2)] // [[1, 2], [3]] */
export function* batchesOf<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}

/**
 * Runs writes so that all of them happen or none. `session` is `undefined` where the server has no transactions: then it
 * is for `work` to undo what it did.
 */
export type Transaction = <T>(work: (session: ClientSession | undefined) => Promise<T>) => Promise<T>;

/** Waits for the server and hands out the place. Throws `StoreError`. */
export type Visit = <T>(work: (place: Place) => Promise<T>) => Promise<T>;

/** Replica sets and sharded clusters have transactions; a single server has none. */
export async function transactionOf(connection: Connection): Promise<Transaction> {
  const hello = await databaseOf(connection).admin().command({ hello: 1 });
  const has = hello.setName !== undefined || hello.msg === 'isdbgrid';
  if (!has) return (work) => work(undefined);
  return async (work) => {
    const session = await connection.startSession();
    try {
      return await session.withTransaction(() => work(session), {
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', journal: true },
      });
    } finally {
      await session.endSession();
    }
  };
}
