/**
 * A second connection, read-only and in a thread of its own, for reads that take long. It sees everything that was
 * committed before it was asked: in WAL mode, a read begins with the last COMMIT.
 */
import type { Worker } from 'node:worker_threads';
import type { Resource } from '../../model/types.ts';
import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import type { Filter, Query } from '../../query/types.ts';
import { workerLocationFor } from '../../worker-location.ts';
import { StoreError, type StoreErrorKind } from '../contract.ts';
import type { Row } from './driver.ts';
import { createExitGate, type ExitGate } from './exit-gate.ts';
import type { Table } from './layout.ts';

/** What is to be read. */
export type ReadingTask =
  | { readonly kind: 'page'; readonly query: Query }
  | { readonly kind: 'count' | 'keys'; readonly filter: Filter }
  | { readonly kind: 'aggregate'; readonly filter: Filter; readonly aggregations: Aggregations };

/** A task as it is sent. */
export interface ReadingRequest {
  readonly task: ReadingTask;
  readonly resource: Resource;
  readonly table: Table;
  /** Documents in the table. */
  readonly rows: number;
}

/** What the thread is started with. */
export interface ReaderData {
  readonly file: string;
  readonly gate: SharedArrayBuffer;
}

/** Sent in place of a request: there will be no other. */
export const endOfReading = 'end';

/** What a task is answered with. */
export interface ReadingResult {
  /** `page` */
  readonly rows?: readonly Row[];
  /** `page`, where it is ranked */
  readonly measure?: string;
  /** `count`, and `page` where the query counts */
  readonly count?: number;
  readonly keys?: readonly string[];
  readonly aggregations?: AggregationResults;
}

export type ReadingAnswer =
  | { readonly result: ReadingResult }
  | { readonly failed: { readonly kind?: StoreErrorKind; readonly message: string } };

export interface Reader {
  /** Throws `StoreError`: `timeout`, and whatever the read itself throws. */
  read(request: ReadingRequest): Promise<ReadingResult>;
  /** Ends the thread; what still waits fails. */
  close(): Promise<void>;
}

interface Waiting {
  readonly request: ReadingRequest;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (result: ReadingResult) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the thread when it is first needed. `limit`: milliseconds that a read may take, the wait for others included. */
export function createReader(file: string, limit: number): Reader {
  let worker: Worker | undefined;
  /** Of that worker. */
  let gate: ExitGate | undefined;
  /** The first one is being read. */
  let waiting: Waiting[] = [];
  const ended = new Set<Promise<unknown>>();

  const next = (): void => {
    const [first] = waiting;
    if (first === undefined) {
      worker?.unref();
      return;
    }
    worker ??= start();
    worker.ref();
    gate?.enter();
    worker.postMessage(first.request);
  };

  const start = (): Worker => {
    const location = workerLocationFor(import.meta.url, {
      asker: 'reader.ts',
      source: './reader-worker.ts',
      bundle: './sqlite-reader.cjs',
    });
    // Not imported: most processes never need it, and it takes as long to load as a small database to open.
    const { Worker: Thread } = process.getBuiltinModule('node:worker_threads');
    const own = createExitGate(limit);
    const workerData: ReaderData = { file, gate: own.shared };
    const started = new Thread(location.entry, { ...location, execArgv: [...location.execArgv], workerData });
    gate = own;
    started.on('exit', () => own.remove());
    started.on('message', (answer: ReadingAnswer) => {
      if (started !== worker) return;
      settleFirst((first) =>
        'result' in answer ? first.resolve(answer.result) : first.reject(errorOf(answer.failed)),
      );
    });
    started.on('error', (error) => {
      if (started !== worker) return;
      worker = undefined;
      settleFirst((first) => first.reject(new StoreError('unavailable', 'The data cannot be read.', { cause: error })));
    });
    return started;
  };

  const settleFirst = (settle: (first: Waiting) => void): void => {
    const [first] = waiting;
    waiting = waiting.slice(1);
    if (first !== undefined) {
      clearTimeout(first.timer);
      settle(first);
    }
    next();
  };

  /**
   * Asks the thread to end after what it is doing. The tempting mistake is `terminate`: in the middle of a call into
   * SQLite's library, that aborts the whole process.
   */
  const stop = (): void => {
    if (worker === undefined) return;
    const last = worker;
    worker = undefined;
    const end = new Promise((resolve) => last.once('exit', resolve));
    ended.add(end);
    end.finally(() => ended.delete(end));
    // The process must not end before it, for then Node would terminate it.
    last.ref();
    gate?.enter();
    last.postMessage(endOfReading);
  };

  const giveUp = (late: Waiting): void => {
    const isRunning = waiting[0] === late;
    waiting = waiting.filter((each) => each !== late);
    late.reject(
      new StoreError('timeout', `The query took more than ${limit / 1000} s. Filter by a field with an index.`),
    );
    if (!isRunning) return;
    // SQLite does not look up from a statement: the thread ends after it, and another one goes on.
    stop();
    next();
  };

  return {
    read: (request) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => giveUp(each), limit);
        timer.unref();
        const each: Waiting = { request, timer, resolve, reject };
        waiting.push(each);
        if (waiting.length === 1) next();
      }),
    close: async () => {
      stop();
      for (const { timer, reject } of waiting) {
        clearTimeout(timer);
        reject(new StoreError('unavailable', 'The store is closed.'));
      }
      waiting = [];
      await Promise.all(ended);
    },
  };
}

function errorOf({ kind, message }: { readonly kind?: StoreErrorKind; readonly message: string }): Error {
  return kind === undefined ? new Error(message) : new StoreError(kind, message);
}
