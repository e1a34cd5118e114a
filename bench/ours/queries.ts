/** `queries DESCRIPTION DATA ROUNDS`: prints what queries cost as JSON, see `cells/queries.ts`. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Filter, Query } from '../../src/query/types.ts';
import type { Collection } from '../../src/stores/contract.ts';
import { fewestPages, pageValues } from '../books.ts';
import { openBooks } from './open-books.ts';

/** By `item`, `page`, `cursor 1`, `cursor last`, `q`: microseconds of CPU; `idle`, `scan`: p99 of item reads in microseconds. */
export type QueryCosts = Readonly<Record<string, readonly number[]>>;

const [, , description = '', data = '', rounds = '5'] = process.argv;
const store = await openBooks(description, data);
const books = store.collection('books');
const rows = await books.count({ kind: 'all' });
const pages = { kind: 'field', path: 'pages' } as const;
const firstPage: Query = { filter: { kind: 'all' }, sort: [], limit: 20, offset: 0, count: 'none' };
// Of the titles' numbers, seven digits each: those from 100 to 199.
const hundred: Filter = { kind: 'words', words: ['00001'], prefix: true, fields: [{ path: 'title', weight: 1 }] };

const work: Readonly<Record<string, (at: number) => unknown>> = {
  item: (at) => books.get(String(1 + (at % rows))),
  page: (at) =>
    books.list({
      ...firstPage,
      filter: { kind: 'compare', operand: pages, operator: 'gte', value: fewestPages + ((at * 7) % (pageValues / 2)) },
      sort: [{ operand: pages, direction: 'ascending' }],
    }),
  'cursor 1': () => books.list({ ...firstPage, after: { values: [], key: '1' } }),
  'cursor last': () => books.list({ ...firstPage, after: { values: [], key: String(rows - 20) } }),
  q: () => books.list({ ...firstPage, filter: hundred, ranked: true, limit: 100 }),
};

await indexWords(books);
const costs: Record<string, number[]> = {};
// The first round warms up and is not counted.
for (let round = 0; round <= Number(rounds); round++) {
  for (const [name, ask] of Object.entries(work)) note(name, await costOf(ask), round);
  note('idle', await slowest(books), round);
  note('scan', await whileScanning(books, () => slowest(books)), round);
}
console.log(JSON.stringify(costs satisfies QueryCosts));
await store.close();

function note(name: string, value: number, round: number): void {
  const values = costs[name] ?? [];
  costs[name] = round === 0 ? values : [...values, value];
}

async function costOf(ask: (at: number) => unknown): Promise<number> {
  const before = process.cpuUsage();
  const until = performance.now() + 300;
  let asked = 0;
  do {
    await ask(asked);
    asked += 1;
  } while (performance.now() < until);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / asked;
}

/** p99 of a turn of the event loop with one read in it. */
async function slowest(collection: Collection): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < 2000; at++) {
    const start = performance.now();
    await turn();
    await collection.get(String(1 + ((at * 37) % rows)));
    times.push((performance.now() - start) * 1000);
  }
  return times.sort((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? 0;
}

async function whileScanning<T>(collection: Collection, measure: () => Promise<T>): Promise<T> {
  const nowhere: Filter = {
    kind: 'contains',
    operand: { kind: 'field', path: 'summary' },
    value: 'nowhere',
    ignoreCase: true,
  };
  let isOver = false;
  const scanning = (async () => {
    while (!isOver) await collection.list({ ...firstPage, filter: nowhere });
  })();
  const measured = await measure();
  isOver = true;
  await scanning;
  return measured;
}

/** Until a search is answered by the index: then it takes a fraction of the time. */
async function indexWords(collection: Collection): Promise<void> {
  for (let quick = 0; quick < 3; ) {
    const start = performance.now();
    await collection.list({ ...firstPage, filter: hundred, ranked: true });
    quick = performance.now() - start < 20 ? quick + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
