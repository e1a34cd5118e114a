/**
 * Group commit: writes that arrive in one turn of the event loop share one transaction and one fsync; where reads keep
 * the process busy, those of a few turns.
 *
 * A group runs from BEGIN to COMMIT without giving up the thread. So no read ever comes between, and none can see, or
 * answer, what might still be rolled back. A write's promise settles after COMMIT.
 */
import type { Database } from './driver.ts';

export interface WriteQueue {
  /**
   * Runs `work` within the next group and resolves its result once that is on disk.
   * If it throws, its own changes are undone, nobody else's, and the promise rejects. It may run twice.
   */
  submit<T>(work: () => T, changes: 'one-statement' | 'many-statements'): Promise<T>;
  /** Resolves when everything submitted so far has settled. */
  drain(): Promise<void>;
}

export interface WriteQueueOptions {
  /** Ends a transaction of others, if there is one. */
  readonly beforeBegin: () => void;
  /** Whether there was other work since this was last asked, so that other requests are under way. */
  readonly isBusy: () => boolean;
  /** Last words of every transaction, just before its COMMIT. */
  readonly beforeCommit: () => void;
  /** A transaction was undone: forget what was counted in it. */
  readonly afterRollback: () => void;
}

interface Task {
  readonly run: () => void;
  readonly changes: 'one-statement' | 'many-statements';
  readonly settle: () => void;
  readonly fail: (error: unknown) => void;
}

/** A longer group would keep readers waiting; the gain of sharing an fsync is spent by then. */
const largestGroup = 256;

/** Enough to share an fsync. */
const company = 8;

/** How long a write waits for company while reads keep the process busy, in milliseconds: about as long as an fsync. */
const patience = 1;

export function createWriteQueue(database: Database, options: WriteQueueOptions): WriteQueue {
  let waiting: Task[] = [];
  let scheduled = false;
  let since = 0;
  let drained: (() => void)[] = [];

  // After the poll phase: by then, every request that the network delivered in this turn is here.
  const schedule = (): void => {
    since = performance.now();
    setImmediate(flushOrWait);
  };

  // Among many reads a write seldom finds another one in its turn, and would pay for an fsync alone.
  const flushOrWait = (): void => {
    const waits = options.isBusy() && waiting.length < company && performance.now() - since < patience;
    if (waits) setImmediate(flushOrWait);
    else flush();
  };

  const flush = (): void => {
    const group = waiting.slice(0, largestGroup);
    waiting = waiting.slice(largestGroup);
    runGroup(database, options, group);
    scheduled = waiting.length > 0;
    if (scheduled) schedule();
    else {
      for (const resolve of drained) resolve();
      drained = [];
    }
  };

  return {
    submit: (work, changes) =>
      new Promise((resolve, reject) => {
        waiting.push(task(work, changes, resolve, reject));
        if (!scheduled) schedule();
        scheduled = true;
      }),
    drain: () => new Promise((resolve) => (scheduled ? drained.push(resolve) : resolve())),
  };
}

function task<T>(
  work: () => T,
  changes: Task['changes'],
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Task {
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  return {
    changes,
    run: () => {
      outcome = undefined;
      try {
        outcome = { value: work() };
      } catch (error) {
        outcome = { error };
        throw error;
      }
    },
    settle: () => {
      if (outcome === undefined) return;
      if ('error' in outcome) reject(outcome.error);
      else resolve(outcome.value);
    },
    fail: reject,
  };
}

function runGroup(database: Database, options: WriteQueueOptions, group: readonly Task[]): void {
  try {
    options.beforeBegin();
    database.exec('BEGIN IMMEDIATE');
    for (const each of group) runTask(database, each);
    options.beforeCommit();
    database.exec('COMMIT');
  } catch (error) {
    if (database.inTransaction()) database.exec('ROLLBACK');
    options.afterRollback();
    // A full disk undoes the whole transaction. Each gets a chance of its own: what does not fit must not take
    // what fits down with it.
    if (group.length > 1) for (const each of group) runGroup(database, options, [each]);
    else for (const each of group) each.fail(error);
    return;
  }
  for (const each of group) each.settle();
}

/** Throws only if the transaction itself is lost. */
function runTask(database: Database, each: Task): void {
  // A statement that fails undoes itself; only several of them need a savepoint.
  const several = each.changes === 'many-statements';
  if (several) database.exec('SAVEPOINT task');
  try {
    each.run();
  } catch (error) {
    if (!database.inTransaction()) throw error;
    if (several) database.exec('ROLLBACK TO task');
  }
  if (several) database.exec('RELEASE task');
}
