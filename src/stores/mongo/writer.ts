import type { ClientSession } from 'mongoose';
import type { Resource } from '../../model/types.ts';
import { StoreError } from '../contract.ts';
import type { RevisionClock } from '../revision.ts';
import { columnsOf } from './columns.ts';
import { isDuplicate } from './failures.ts';
import type { Place } from './place.ts';
import { indexRevision, isLive } from './rows.ts';
import type { Row } from './schema.ts';

/** What becomes of a row: its successor, or the end with a result. */
export type Decision<T> = { readonly write: Row; readonly result: T } | { readonly done: T };

/**
 * Writes one document, by compare and set: what was decided on a row is written only if the row is still the one that
 * was read. A lost race is decided anew.
 */
export class Writer {
  readonly #resource: Resource;
  readonly #clock: RevisionClock;
  /** By key, the last of those of this process that write it: they would only lose races against each other. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(resource: Resource, clock: RevisionClock) {
    this.#resource = resource;
    this.#clock = clock;
  }

  /** A revision above that of the row and all that this process has seen. */
  nextRevision(current: Pick<Row, '_rev' | '_iv'> | undefined): number {
    this.#clock.seen(current === undefined ? 0 : indexRevision(current));
    return this.#clock.next();
  }

  /** `decide` gets the row, that of a removed document too, and is called again after a lost race. */
  write<T>(key: string, place: Place, decide: (current: Row | undefined) => Decision<T>): Promise<T> {
    return this.#inTurn(key, async () => {
      for (let attempt = 1; attempt <= mostAttempts; attempt++) {
        const current = await place.rows.findOne({ _id: key });
        const decision = decide(current ?? undefined);
        if ('done' in decision) return decision.done;
        if (await this.replace(current ?? undefined, decision.write, place)) return decision.result;
        await pause(attempt);
      }
      throw new StoreError('unavailable', `Other processes write "${key}" all the time.`);
    });
  }

  /** `false`: somebody else was faster. Throws `StoreError` `conflict` for a unique value that is taken. */
  async replace(current: Row | undefined, next: Row, place: Place, session?: ClientSession): Promise<boolean> {
    const options = session === undefined ? {} : { session };
    try {
      if (current === undefined) await place.rows.insertOne(next, options);
      else {
        const { matchedCount } = await place.rows.replaceOne({ _id: current._id, _rev: current._rev }, next, options);
        return matchedCount === 1;
      }
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await this.assertFree([next], place);
      return false;
    }
  }

  /**
   * Throws `StoreError` `conflict` if two of these have the same unique value, or one of these and any other document.
   * (The server does not say which value is taken, or in words only.)
   */
  async assertFree(rows: readonly Row[], { rows: collection }: Place): Promise<void> {
    const own = rows.map(({ _id }) => _id);
    const taken: string[] = [];
    for (const { unique, path, name, operand } of columnsOf(this.#resource)) {
      if (!unique || operand.kind !== 'field') continue;
      const values = rows.flatMap(({ fields }) => fields?.[name] ?? []);
      if (values.length === 0) continue;
      const repeated = new Set(values).size < values.length;
      const holder = repeated || (await collection.findOne({ [path]: { $in: values }, _id: { $nin: own } }));
      if (holder !== null) taken.push(operand.path);
    }
    if (taken.length > 0) throw conflict(taken);
  }

  /** Throws `StoreError` `conflict` for a unique value that one of these gives up, and another takes before that. */
  assertNotHandedOver(steps: readonly { readonly before: Row | undefined; readonly after: Row }[]): void {
    const handed = columnsOf(this.#resource).flatMap(({ unique, name, operand }) => {
      if (!unique || operand.kind !== 'field') return [];
      const givenUp = new Set(
        steps.flatMap(({ before, after }) => {
          const value = before?.fields?.[name];
          return value === undefined || value === after.fields?.[name] ? [] : [value];
        }),
      );
      const isTaken = steps.some(({ after }) => givenUp.has(after.fields?.[name] ?? []));
      return isTaken ? [operand.path] : [];
    });
    if (handed.length > 0) throw conflict(handed);
  }

  async #inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(key);
    const mine = before === undefined ? work() : before.then(work, work);
    this.#turns.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(key) === mine) this.#turns.delete(key);
    }
  }
}

export function conflict(fields: readonly string[]): StoreError {
  const named = fields.map((field) => `"${field}"`).join(', ');
  return new StoreError('conflict', `The value of ${named} is taken.`, { fields });
}

/** Throws `StoreError` `conflict` if there is such a document. */
export function assertAbsent(row: Row | undefined): void {
  if (isLive(row)) throw conflict(['key']);
}

/** Against other processes only; each loses now and then. */
export const mostAttempts = 40;

/** Waits longer from time to time, and never as long as the others. */
export function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2 ** attempt, 100)));
}
