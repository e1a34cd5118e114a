/** The entry of the thread that reads what takes long (`reader.ts`): one task after the other, each of one moment. */
import { parentPort, workerData } from 'node:worker_threads';
import { StoreError } from '../contract.ts';
import { configure } from './configure.ts';
import { connect, type Database } from './driver.ts';
import { throughGate } from './exit-gate.ts';
import { storeErrorOf } from './failures.ts';
import {
  endOfReading,
  type ReaderData,
  type ReadingAnswer,
  type ReadingRequest,
  type ReadingResult,
} from './reader.ts';
import { Reads } from './reads.ts';
import { Sequence } from './sequence.ts';
import { linkColumnsOf, statementTexts } from './statement-texts.ts';
import { createStatementCache } from './statements.ts';
import { StoredIndex } from './stored-index.ts';

interface Known {
  readonly reads: Reads;
  readonly rows: number;
}

const { file, gate }: ReaderData = workerData;

async function open(): Promise<Database> {
  const database = await connect(file, { readOnly: true });
  configure(database, { readOnly: true });
  return database;
}

function createAnswerer(database: Database): (request: ReadingRequest) => ReadingResult {
  const statement = createStatementCache(database);
  const known = new Map<string, Known>();

  const readsOf = ({ resource, table, rows }: ReadingRequest): Reads => {
    // A changed description may be served by the same table, and the planner's samples of a table that has grown mislead.
    const name = JSON.stringify([resource.name, table, resource.fields]);
    const before = known.get(name);
    if (before !== undefined && Math.abs(rows - before.rows) <= Math.max(1000, rows / 10)) return before.reads;
    const { selected } = statementTexts(table, linkColumnsOf(resource, table));
    const reads = new Reads({
      resource,
      table,
      sequence: new Sequence(database, table),
      fullText: new StoredIndex(database, resource, table),
      statement,
      selected,
    });
    known.set(name, { reads, rows });
    return reads;
  };

  return (request) => {
    const { task } = request;
    const reads = readsOf(request);
    switch (task.kind) {
      case 'page': {
        const rows = reads.page(task.query);
        const measure = reads.measure(task.query);
        const page = { rows, ...(measure !== undefined && { measure }) };
        return task.query.count === 'none' ? page : { ...page, count: reads.count(task.query.filter) };
      }
      case 'count':
        return { count: reads.count(task.filter) };
      case 'keys':
        return { keys: reads.keys(task.filter) };
      case 'aggregate':
        return { aggregations: reads.aggregate(task.filter, task.aggregations) };
    }
  };
}

const database = open();
const answerer = database.then(createAnswerer);

async function answer(request: ReadingRequest): Promise<ReadingAnswer> {
  try {
    const [connection, answerTo] = await Promise.all([database, answerer]);
    // All that belongs to one answer is of one moment.
    connection.exec('BEGIN');
    try {
      return { result: answerTo(request) };
    } finally {
      connection.exec('COMMIT');
    }
  } catch (thrown) {
    const error = storeErrorOf(thrown, []);
    const message = error instanceof Error ? error.message : String(error);
    return { failed: error instanceof StoreError ? { kind: error.kind, message } : { message } };
  }
}

async function end(): Promise<void> {
  const [opened] = await Promise.allSettled([database, answerer]);
  if (opened.status === 'fulfilled') opened.value.close();
  parentPort?.close();
}

parentPort?.on('message', (message: ReadingRequest | typeof endOfReading) =>
  throughGate(gate, async () => {
    if (message === endOfReading) await end();
    else parentPort?.postMessage(await answer(message));
  }),
);
