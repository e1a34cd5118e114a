/** Small documents that all processes on a database share: its secret, sequences of ids, what it was last served by. */
import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { StoreError } from '../contract.ts';
import { isDuplicate } from './failures.ts';

/** The dot keeps it apart from the collections of resources. */
export const controlCollection = 'cartouche.control';

interface ControlRow {
  readonly _id: string;
  readonly version: number;
  readonly value: unknown;
}

export interface Control {
  read(name: string): Promise<{ readonly version: number; readonly value: unknown } | undefined>;
  /** Compare and set: `false` when somebody wrote since `version` (0: never written). */
  write(name: string, version: number, value: unknown): Promise<boolean>;
  /** All of which the names begin with that. */
  readAll(start: string): Promise<readonly { readonly name: string; readonly value: unknown }[]>;
  /** The value of a counter; 0: it was never counted. */
  readCounter(name: string): Promise<number>;
  /** Adds to a counter, and resolves its new value. */
  increment(name: string): Promise<number>;
  /** Raises a counter to at least that. */
  raise(name: string, value: number): Promise<void>;
}

export function createControl(database: mongo.Db): Control {
  const collection = database.collection<ControlRow>(controlCollection);
  const count = async (name: string, update: object): Promise<number> => {
    // Two processes may be the first at the same time; the second finds what the first made.
    for (let attempt = 1; ; attempt++) {
      try {
        const row = await collection.findOneAndUpdate({ _id: name }, update, { upsert: true, returnDocument: 'after' });
        return Number(row?.value ?? 0);
      } catch (error) {
        if (!isDuplicate(error) || attempt === mostAttempts) throw error;
      }
    }
  };
  return {
    read: async (name) => {
      const row = await collection.findOne({ _id: name });
      return row === null ? undefined : { version: row.version, value: row.value };
    },
    write: async (name, version, value) => {
      const row = { _id: name, version: version + 1, value };
      try {
        if (version === 0) await collection.insertOne(row);
        else return (await collection.replaceOne({ _id: name, version }, row)).matchedCount === 1;
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    readAll: async (start) => {
      const rows = await collection.find({ _id: { $gte: start, $lt: `${start}\u{10ffff}` } }).toArray();
      return rows.map(({ _id, value }) => ({ name: _id, value }));
    },
    readCounter: async (name) => Number((await collection.findOne({ _id: name }))?.value ?? 0),
    increment: (name) => count(name, { $inc: { value: 1 } }),
    raise: async (name, value) => {
      await count(name, { $max: { value } });
    },
  };
}

const mostAttempts = 5;

/** Random, made by whoever comes first. */
export async function readSecret(control: Control): Promise<string> {
  // Whoever comes second finds the secret of the first.
  await control.write('secret', 0, randomUUID());
  const value = (await control.read('secret'))?.value;
  if (typeof value === 'string') return value;
  throw new StoreError('not-a-database', 'The database does not know its own secret; it is damaged.');
}

/** Whether an index has to learn of what is written: the first to say so says it for all who open the database later. */
export async function isTrackedFromNow(tracked: boolean, control: Control): Promise<boolean> {
  if (tracked) await control.write('tracked', 0, true);
  return tracked || isTracked(control);
}

/** Writes say what an index has yet to learn of. */
export async function isTracked(control: Control): Promise<boolean> {
  return (await control.read('tracked')) !== undefined;
}
