/** `ranges DESCRIPTION DATA ROUNDS`: prints microseconds of CPU per query as JSON, see `cells/ranges.ts`. */
import type { Query } from '../../src/query/types.ts';
import { connect } from '../../src/stores/sqlite/driver.ts';
import { randomNumbers } from '../books.ts';
import { pageSize, randomRange } from '../requests.ts';
import { openBooks } from './open-books.ts';

/** By `5 %/store`, `5 %/range then sort`, `5 %/walk the sort`: one value per round. */
export type RangeTimes = Readonly<Record<string, readonly number[]>>;

type Range = { readonly from: number; readonly to: number };
/** Returns how many documents came. */
type Answer = (range: Range) => number | Promise<number>;

const shares = [0.001, 0.01, 0.05, 0.2, 0.5];
const secondsPerMeasurement = 0.3;

const [, , description = '', data = '', rounds = '5'] = process.argv;
const store = await openBooks(description, data);
const database = await connect(data, { readOnly: true });

const answers: Readonly<Record<string, Answer>> = {
  store: async (range) => (await store.collection('books').list(queryFor(range))).documents.length,
  'range then sort': forced('books.pages'),
  'walk the sort': forced('books.price'),
};
console.log(JSON.stringify(await measure()));
database.close();
await store.close();

async function measure(): Promise<RangeTimes> {
  const times: Record<string, number[]> = {};
  // The first round warms up and is not counted.
  for (let round = 0; round <= Number(rounds); round++) {
    for (const share of shares) {
      for (const [name, answer] of Object.entries(answers)) {
        const microseconds = await costOf(answer, share, round);
        const values = times[`${share * 100} %/${name}`] ?? [];
        times[`${share * 100} %/${name}`] = round === 0 ? values : [...values, microseconds];
      }
    }
  }
  return times;
}

async function costOf(answer: Answer, share: number, seed: number): Promise<number> {
  const random = randomNumbers(seed);
  const before = process.cpuUsage();
  const until = performance.now() + secondsPerMeasurement * 1000;
  let queries = 0;
  do {
    const found = await answer(randomRange(share, random));
    if (found !== pageSize) throw new Error(`a range of ${share * 100} % gave ${found} books`);
    queries += 1;
  } while (performance.now() < until);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / queries;
}

function queryFor({ from, to }: Range): Query {
  return {
    filter: {
      kind: 'range',
      operand: { kind: 'field', path: 'pages' },
      from: { value: from, inclusive: true },
      to: { value: to, inclusive: true },
    },
    sort: [{ operand: { kind: 'field', path: 'price' }, direction: 'ascending' }],
    limit: pageSize,
    offset: 0,
    count: 'none',
  };
}

/** The same page, and the same look whether there is another, through one index whether SQLite likes it or not. */
function forced(index: string): Answer {
  const statement = database.prepare(
    `SELECT CAST("key" AS TEXT), "rev", "doc" FROM "books" INDEXED BY "${index}"
     WHERE "pages" >= ? AND "pages" <= ? ORDER BY "price", "key" LIMIT ? OFFSET ?`,
  );
  return ({ from, to }) => Math.min(pageSize, statement.all(from, to, pageSize + 1, 0).length);
}
