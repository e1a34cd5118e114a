import type { ChangeLog, IndexableState } from '../changes.ts';
import type { Refresh } from '../contract.ts';
import type { Agreement } from './agreement.ts';
import type { IndexPort, Outcome } from './index-port.ts';

export interface IndexStep {
  readonly changes: ChangeLog;
  readonly port: IndexPort;
  readonly resource: string;
  /** Where to write; a document is indexed once each of these indexes has it. */
  readonly agreement: Pick<Agreement, 'indexes' | 'holds'>;
  readonly refresh: Refresh;
}

/**
 * The one way in which documents reach an index: inline after a write, from the sweeper, and in a rebuild. It sends what
 * is stored *now*, with its revision, and then clears the mark of exactly that revision. So it may run twice, late, in
 * two processes at once, or die half-way: the mark stays until some index step has sent that revision or a newer one,
 * and the index takes no older one.
 *
 * The tempting mistake is to send what the caller has just written: between its write and now there may be a newer one,
 * whose mark this step would then have to leave, and whose content it would not have sent.
 *
 * Resolves the states that are indexed now, in the order of the keys, in which they are sent. Rejects as the change log or the index does, with the marks left in place.
 */
export async function indexDocuments(
  { changes, port, resource, agreement, refresh }: IndexStep,
  keys: readonly string[],
): Promise<readonly IndexableState[]> {
  if (keys.length === 0) return [];
  const order = new Map(keys.map((key, at) => [key, at]));
  const place = ({ key }: IndexableState): number => order.get(key) ?? 0;
  const states = (await changes.read(resource, keys)).toSorted((a, b) => place(a) - place(b));
  if (states.length === 0) return [];
  const outcomes = await Promise.all(agreement.indexes.map((index) => port.send(index, states, refresh)));
  const together = states.map((state, at) => ({ state, outcome: worst(outcomes.map((each) => each[at])) }));
  const indexed = together.filter(({ outcome }) => outcome.kind === 'indexed').map(({ state }) => state);
  // Meanwhile another index may be being built, which has not got them: the next step will see.
  if (!agreement.holds()) return [];
  if (indexed.length > 0) await changes.confirm(resource, indexed);
  for (const { state, outcome } of together) {
    if (outcome.kind !== 'indexed') await changes.fail(resource, [state], outcome);
  }
  return indexed;
}

/** An index that tells of fewer documents than it was sent did not take the others. */
function worst(outcomes: readonly (Outcome | undefined)[]): Outcome {
  let result: Outcome = { kind: 'indexed' };
  for (const outcome of outcomes) {
    if (outcome === undefined) return { kind: 'again', reason: 'The index gave no answer for this document.' };
    if (outcome.kind === 'again' || result.kind === 'indexed') result = outcome.kind === 'indexed' ? result : outcome;
  }
  return result;
}
