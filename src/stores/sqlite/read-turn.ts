/**
 * Reads of one turn of the event loop share a read transaction: to open and to close one costs half of what it costs to
 * read a document. Under load a turn serves many requests; a single read stays as it is.
 */
import type { Database } from './driver.ts';

export interface ReadTurn {
  /** Before each read. */
  enter(): void;
  /** Before anything else that has to do with transactions. */
  leave(): void;
  /** Whether several have read since this was last asked: the process is busy. */
  wasShared(): boolean;
}

export function createReadTurn(database: Database): ReadTurn {
  const begin = database.prepare('BEGIN');
  const commit = database.prepare('COMMIT');
  let state: 'idle' | 'one read' | 'shared' = 'idle';
  let shared = false;

  const leave = (): void => {
    if (state === 'shared') commit.run();
    state = 'idle';
  };
  return {
    enter() {
      if (state === 'shared') return;
      if (state === 'idle') {
        state = 'one read';
        // After the poll phase: by then, all that the network delivered in this turn has been read for.
        setImmediate(leave);
      } else if (!database.inTransaction()) {
        begin.run();
        state = 'shared';
        shared = true;
      }
    },
    leave,
    wasShared() {
      const was = shared;
      shared = false;
      return was;
    },
  };
}
