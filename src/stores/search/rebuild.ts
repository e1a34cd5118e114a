import type { ChangeLog } from '../changes.ts';
import type { IndexPort } from './index-port.ts';
import { agreementTime, readWriteSet, type WriteSet, writeWriteSet } from './write-set.ts';

export interface Rebuild {
  readonly changes: ChangeLog;
  readonly port: IndexPort;
  readonly resource: string;
  /** Of the description that the new index is for. */
  readonly schema: string;
  /** A name that no index had before, and that comes after all of them in the order of texts. */
  readonly name: string;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Told after each batch how many documents were sent so far. */
  readonly progress?: (sent: number) => void;
}

const batch = 500;

/**
 * Fills a new index from the data and then lets searches read it, with no moment of wrong or missing answers:
 *
 * 1. the new index is written beside the old one, by everybody;
 * 2. everything stored is sent to it; a page that was read too early loses by its revision against a live write;
 * 3. searches are switched over in one step;
 * 4. the old index is no longer written, and dropped.
 *
 * It may die anywhere: the next one goes on with the index that is being built. Resolves the number of documents sent.
 */
export async function rebuild(options: Rebuild): Promise<number> {
  const { changes, port, resource, schema, wait } = options;
  const { version, value } = await begin(options);
  // Until now, a process may have written to the old index alone; from now on none does.
  await wait(2 * agreementTime);
  const building = value.building ?? value.serving;
  const sent = await fill(options, building);
  // What was sent is not found yet; searches that are switched over now would miss it.
  await port.refresh(building);
  await port.serve(resource, building === value.serving ? undefined : value.serving, building);
  await writeWriteSet(changes, resource, version, { serving: building, schema });
  // A process that has not looked yet writes to the old one still, and would be told that it is gone.
  await wait(2 * agreementTime);
  // Younger ones are being built by somebody; older ones may have been left by a rebuild that died here.
  for (const index of await port.indexes(resource)) if (index < building) await port.drop(index);
  return sent;
}

/** Agrees with everybody on the index that is being built. */
async function begin({ changes, port, resource, schema, name }: Rebuild): Promise<{
  readonly version: number;
  readonly value: WriteSet;
}> {
  for (;;) {
    const current = await readWriteSet(changes, resource);
    if (current?.value.building !== undefined) {
      await port.create(current.value.building, resource);
      return current;
    }
    await port.create(name, resource);
    const value: WriteSet =
      current === undefined
        ? // Being built, so that the next one goes on with it where this one dies: nothing serves yet.
          { serving: name, building: name, schema }
        : { serving: current.value.serving, building: name, schema: current.value.schema };
    const version = current?.version ?? 0;
    if (await writeWriteSet(changes, resource, version, value)) return { version: version + 1, value };
  }
}

async function fill({ changes, port, resource, progress }: Rebuild, index: string): Promise<number> {
  let sent = 0;
  let after: string | undefined;
  for (;;) {
    const states = await changes.scan(resource, after, batch);
    if (states.length > 0) {
      const outcomes = await port.send(index, states, 'false');
      const again = outcomes.find((outcome) => outcome.kind === 'again');
      if (again !== undefined || outcomes.length < states.length) {
        throw new Error(again?.reason ?? 'The index did not answer for all documents.');
      }
      // What it refuses is shown in the index's health, as after any other write.
      for (const [at, outcome] of outcomes.entries()) {
        const state = states[at];
        if (state !== undefined && outcome.kind === 'refused') await changes.fail(resource, [state], outcome);
      }
    }
    sent += states.length;
    progress?.(sent);
    if (states.length < batch) return sent;
    after = states.at(-1)?.key;
  }
}
