/** Walking through a collection by cursors, while others write. SEED=<number> repeats a run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isRecord } from '../../src/model/schema.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { readFixture, serve, type TestServer } from './http.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const model = await readFixture('bookstore.yaml');
const isbn = (number: number) => String(9_780_000_000_000 + number);

for (const [name, open] of [
  ['memory', () => openMemoryStore(model)],
  ['SQLite', () => openSqliteStore(':memory:', model)],
] as const) {
  test(`what stays is seen once, whatever comes and goes (${name}), seed ${seed}`, async () => {
    const sort = fc.constantFrom('', 'sort=price', 'sort=-price', 'sort=-title', 'sort=price,-title');
    // Few prices and titles, so that many are equal; some books have no title.
    const book = fc.record(
      { price: fc.nat(3), title: fc.constantFrom('a', 'b') },
      { requiredKeys: ['price', 'title'] },
    );
    const writes = fc.array(fc.record({ at: fc.nat(40), book }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        sort,
        fc.array(book, { maxLength: 15 }),
        writes,
        fc.integer({ min: 1, max: 4 }),
        async (sorted, books, changes, limit) => {
          const store = await open();
          const server = await serve(model, { store });
          try {
            for (const [at, each] of books.entries()) await server.call('POST /books', { isbn: isbn(at * 2), ...each });
            await walk(server, sorted, books.length, changes, limit);
          } finally {
            await server.close();
            await store.close();
          }
        },
      ),
      { seed, numRuns: 40 },
    );
  });
}

async function walk(
  server: TestServer,
  sorted: string,
  count: number,
  changes: readonly { readonly at: number; readonly book: object }[],
  limit: number,
): Promise<void> {
  const gone = new Set<string>();
  const seen: string[] = [];
  const left = [...changes];
  for (let next: string | undefined = `/books?${sorted}&limit=${limit}&_cursor=`; next !== undefined; ) {
    const page = await server.call(`GET ${next}`);
    assert.equal(page.status, 200, page.text);
    seen.push(...isbnsOf(page.json));
    // One book goes, another comes, somewhere before or behind this page.
    const change = left.pop();
    if (change !== undefined) {
      const removed = isbn((change.at % (count + 1)) * 2);
      gone.add(removed);
      await server.call(`DELETE /books/${removed}`);
      await server.call('POST /books', { isbn: isbn(change.at * 2 + 1), ...change.book });
    }
    next = /<([^>]+)>; rel="next"/.exec(String(page.headers.link))?.[1];
  }
  assert.deepEqual([...new Set(seen)], seen, 'nothing is seen twice');
  const stayed = Array.from({ length: count }, (_, at) => isbn(at * 2)).filter((each) => !gone.has(each));
  assert.deepEqual(
    stayed.filter((each) => !seen.includes(each)),
    [],
    'nothing that stayed is missed',
  );
}

function isbnsOf(body: unknown): readonly string[] {
  const items = isRecord(body) && Array.isArray(body.items) ? body.items : [];
  return items.map((item: unknown) => (isRecord(item) ? String(item.isbn) : ''));
}

test('by relevance, pages follow each other too', async () => {
  const server = await serve(model);
  for (let number = 0; number < 5; number++) {
    await server.call('POST /books', { isbn: isbn(number), title: `${'word '.repeat(number)}dune`, price: 1 });
  }
  const first = await server.call('GET /books?q=dune&limit=2&_cursor=');
  const next = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1];
  const second = await server.call(`GET ${next}`);
  assert.equal(new Set([...isbnsOf(first.json), ...isbnsOf(second.json)]).size, 4);
  await server.close();
});

for (const [query, text] of [
  ['_aggs.n.avg.field=price', '{"n":{"value":2}}'],
  [
    'title=b&_aggs.t.terms.field=title&_aggs.t.aggs.most.max.field=price',
    '{"t":{"buckets":[{"key":"b","doc_count":2,"most":{"value":4}}],"sum_other_doc_count":0}}',
  ],
] as const) {
  test(`GET /books?${query}`, async () => {
    const server = await serve(model);
    for (const [at, title] of ['b', 'a', 'b'].entries()) {
      await server.call('POST /books', { isbn: isbn(at), title, price: at * 2 });
    }
    assert.equal((await server.call(`GET /books?${query}`)).text, text);
    await server.close();
  });
}
