import type { ChangeLog } from '../changes.ts';
import { agreementTime, readWriteSet, type WriteSet, written } from './write-set.ts';

/** The indexes to write to, as everybody agreed on them a moment ago. */
export interface Agreement {
  readonly set: WriteSet;
  readonly indexes: readonly string[];
  /** Whether it may still be relied on. */
  readonly holds: () => boolean;
}

/** Asks for the write set of a resource, and again once the answer is old. `undefined`: there is no index yet. */
export type Agree = () => Promise<Agreement | undefined>;

/** `now`: milliseconds of a clock that never goes back. One for each process and resource. */
export function createAgree(changes: ChangeLog, resource: string, now: () => number): Agree {
  let known: Agreement | undefined;
  return async () => {
    if (known?.holds()) return known;
    // Before the answer: what it says may change while it travels.
    const asked = now();
    const found = await readWriteSet(changes, resource);
    known = found && {
      set: found.value,
      indexes: written(found.value),
      holds: () => now() - asked < agreementTime,
    };
    return known;
  };
}
