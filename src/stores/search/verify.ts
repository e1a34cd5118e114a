import type { ChangeLog, IndexableState } from '../changes.ts';
import type { IndexPort } from './index-port.ts';
import { readWriteSet } from './write-set.ts';

export interface Difference {
  readonly key: string;
  /** `undefined`: it is not stored. */
  readonly stored: number | undefined;
  /** `undefined`: it is not in the index. */
  readonly indexed: number | undefined;
}

export interface Verify {
  readonly changes: ChangeLog;
  readonly port: IndexPort;
  readonly resource: string;
  /** Told now and then how many were compared. */
  readonly progress?: (compared: number) => void;
}

const batch = 1000;

/**
 * Compares what is stored with what searches find, by key and revision, page by page. Documents that are waiting to be
 * indexed are no differences. Changes nothing.
 *
 * The two sides are not read at the same moment, so that a document which is written meanwhile looks different. Only what
 * is found twice, and the same both times, is a difference.
 */
export async function verify(options: Verify): Promise<readonly Difference[]> {
  const first = await compareAll(options);
  if (first.length === 0) return first;
  const again = new Map((await compareAll(options)).map((difference) => [difference.key, difference]));
  const lasting = first.filter(({ key, stored, indexed }) => {
    const second = again.get(key);
    return second !== undefined && second.stored === stored && second.indexed === indexed;
  });
  return withoutPending(options, lasting);
}

async function compareAll({ changes, port, resource, progress }: Verify): Promise<readonly Difference[]> {
  const set = await readWriteSet(changes, resource);
  if (set === undefined) return [];
  let compared = 0;
  const stored = pages((after) => changes.scan(resource, after, batch));
  const indexed = pages((after) => port.versions(set.value.serving, after, batch));
  const differences: Difference[] = [];
  let left = await stored.next();
  let right = await indexed.next();
  while (!left.done || !right.done) {
    const order = left.done ? 1 : right.done ? -1 : compareKeys(left.value.key, right.value.key);
    const state = !left.done && order <= 0 ? left.value : undefined;
    const found = !right.done && order >= 0 ? right.value : undefined;
    const difference = compare(state, found);
    if (difference !== undefined) differences.push(difference);
    if (order <= 0) left = await stored.next();
    if (order >= 0) right = await indexed.next();
    compared += 1;
    if (compared % batch === 0) progress?.(compared);
  }
  return differences;
}

/** Makes the differences pending, so that the next sweep mends them. */
export async function repair({ changes, port, resource }: Verify, differences: readonly Difference[]): Promise<void> {
  const set = await readWriteSet(changes, resource);
  if (set === undefined) return;
  const known = differences.filter(({ stored }) => stored !== undefined).map(({ key }) => key);
  await changes.mark(resource, known);
  const orphans = differences.filter(({ stored }) => stored === undefined);
  const removals = orphans.map(
    ({ key, indexed = 0 }): IndexableState => ({ key, revision: indexed + 1, removed: true }),
  );
  if (removals.length > 0) await port.send(set.value.serving, removals, 'false');
}

function compare(
  state: IndexableState | undefined,
  found: { readonly key: string; readonly revision: number } | undefined,
): Difference | undefined {
  const stored = state === undefined || state.removed ? undefined : state.revision;
  if (stored === found?.revision) return undefined;
  return { key: state?.key ?? found?.key ?? '', stored, indexed: found?.revision };
}

async function withoutPending(
  { changes, resource }: Verify,
  differences: readonly Difference[],
): Promise<readonly Difference[]> {
  if (differences.length === 0) return differences;
  const pending = new Set(await changes.pending(resource, Number.MAX_SAFE_INTEGER, new Date(8.64e15)));
  return differences.filter(({ key }) => !pending.has(key));
}

async function* pages<T extends { readonly key: string }>(
  read: (after: string | undefined) => Promise<readonly T[]>,
): AsyncGenerator<T, undefined> {
  let after: string | undefined;
  for (;;) {
    const page = await read(after);
    yield* page;
    after = page.at(-1)?.key;
    if (after === undefined) return undefined;
  }
}

/** By UTF-8 bytes, as all stores order keys. */
function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
