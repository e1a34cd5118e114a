/**
 * Several documents at once: all or none.
 *
 * On a replica set this is a transaction. A single server has none: there everything is checked before the first write,
 * and what was written is undone, under new revisions, if a later write fails. What that cannot promise: others may see
 * the first writes before the last; and if the server or this process dies in between, those that were written stay.
 */
import type { ClientSession, mongo } from 'mongoose';
import { StoreError } from '../contract.ts';
import { isDuplicate } from './failures.ts';
import { batchesOf, type Place } from './place.ts';
import { isLive, type RowMaker } from './rows.ts';
import type { Row } from './schema.ts';
import { mostAttempts, pause, type Writer } from './writer.ts';

export interface Step {
  /** The row that the step was decided on; that of a removed document, too. */
  readonly before: Row | undefined;
  readonly after: Row;
}

interface Tools {
  readonly writer: Writer;
  readonly maker: RowMaker;
}

/** Plans and writes, and both again after a lost race. `plan` throws what speaks against it. */
export async function writeAll(
  place: Place,
  tools: Tools,
  plan: () => Promise<readonly Step[]>,
): Promise<readonly Step[]> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const steps = await plan();
    if (steps.length === 0 || (await attemptAll(steps, place, tools))) return steps;
    await pause(attempt);
  }
  throw new StoreError('unavailable', 'Other processes write these documents all the time.');
}

/** `false`: somebody else was faster, and nothing was written. */
async function attemptAll(steps: readonly Step[], place: Place, tools: Tools): Promise<boolean> {
  try {
    await place.transaction((session) =>
      session === undefined ? applyOrUndo(steps, place, tools) : apply(steps, place, session),
    );
    return true;
  } catch (error) {
    if (error instanceof LostRace) return false;
    if (!isDuplicate(error)) throw error;
    await tools.writer.assertFree(
      steps.map(({ after }) => after),
      place,
    );
    tools.writer.assertNotHandedOver(steps);
    return false;
  }
}

async function applyOrUndo(steps: readonly Step[], place: Place, tools: Tools): Promise<void> {
  try {
    await apply(steps, place, undefined);
  } catch (error) {
    await undo(steps, place, tools);
    throw error;
  }
}

async function apply(
  steps: readonly Step[],
  { rows, batchSize }: Place,
  session: ClientSession | undefined,
): Promise<void> {
  const options = { ordered: true, ...(session && { session }) };
  const added = steps.flatMap(({ before, after }) => (before === undefined ? [after] : []));
  const replaced = steps.flatMap(({ before, after }) => (before === undefined ? [] : [replacement(before, after)]));
  if (added.length > 0) await rows.insertMany(added, options);
  for (const batch of batchesOf(replaced, batchSize)) {
    const { matchedCount } = await rows.bulkWrite(batch, options);
    if (matchedCount < batch.length) throw new LostRace();
  }
}

/** Only what was written by these steps: their revisions are nobody else's. */
async function undo(steps: readonly Step[], { rows, batchSize }: Place, { writer, maker }: Tools): Promise<void> {
  const undone = steps.map(({ before, after }) => {
    const revision = writer.nextRevision(after);
    return replacement(after, isLive(before) ? maker.again(before, revision) : maker.removed(after._id, revision));
  });
  for (const batch of batchesOf(undone, batchSize)) await rows.bulkWrite(batch, { ordered: false });
}

function replacement(before: Row, after: Row): mongo.AnyBulkWriteOperation<Row> {
  return { replaceOne: { filter: { _id: before._id, _rev: before._rev }, replacement: after } };
}

class LostRace extends Error {}
