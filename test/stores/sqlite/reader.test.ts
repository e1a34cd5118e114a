/** Reads that take long are answered by another thread, with the same answers, and never late. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Aggregations } from '../../../src/query/aggregation.ts';
import type { Filter, Query } from '../../../src/query/types.ts';
import { type Collection, type Store, StoreError } from '../../../src/stores/contract.ts';
import { openMemoryStore } from '../../../src/stores/memory.ts';
import { openSqliteStore, type SqliteOptions } from '../../../src/stores/sqlite/store.ts';
import { field, resource } from '../bookstore.ts';
import { temporaryFolder } from './folder.ts';

const things = resource('things', [
  field('name', 'string'),
  field('size', 'integer'),
  field('kind', 'string'),
  field('notes', 'string', { indexed: false }),
  field('tags', 'string', { array: true }),
]);
const schema = { resources: [things] };
const documents = Array.from({ length: 6000 }, (_, at) => ({
  key: `k${at}`,
  text: JSON.stringify({
    name: `n${at}`,
    size: at % 100,
    kind: at % 3 === 0 ? 'a' : 'b',
    notes: `x${at % 7}`,
    tags: [`t${at % 5}`],
  }),
}));

const folder = temporaryFolder();
let store: Store;
let reference: Collection;

async function filled(file: string, options?: SqliteOptions): Promise<Store> {
  const opened = await openSqliteStore(join(folder, file), schema, options);
  await opened.collection('things').createMany(documents);
  return opened;
}

before(async () => {
  store = await filled('things.db');
  reference = (await openMemoryStore(schema)).collection('things');
  await reference.createMany(documents);
});
after(() => store.close());

const size = { kind: 'field', path: 'size' } as const;
const notes = { kind: 'field', path: 'notes' } as const;
const is = (path: string, value: string | number): Filter => ({
  kind: 'compare',
  operand: { kind: 'field', path },
  operator: 'eq',
  value,
});

const page: Query = { filter: { kind: 'all' }, sort: [], limit: 10, offset: 0, count: 'none' };

for (const [name, query, where] of [
  ['everything', page, 'here'],
  ['everything, counted', { ...page, count: 'exact' }, 'here'],
  ['sorted by an index', { ...page, sort: [{ operand: size, direction: 'descending' }] }, 'here'],
  ['sorted without an index', { ...page, sort: [{ operand: notes, direction: 'descending' }] }, 'elsewhere'],
  ['an index that leads to a few', { ...page, filter: is('size', 5), count: 'exact' }, 'here'],
  ['no index', { ...page, filter: is('notes', 'x3') }, 'elsewhere'],
  ['no index, counted', { ...page, filter: is('notes', 'x3'), count: 'exact' }, 'elsewhere'],
  [
    'one of two has an index',
    { ...page, filter: { kind: 'and', filters: [is('notes', 'x3'), is('size', 5)] } },
    'here',
  ],
  [
    'one of two alternatives',
    { ...page, filter: { kind: 'or', filters: [is('notes', 'x3'), is('size', 5)] } },
    'elsewhere',
  ],
  ['not', { ...page, filter: { kind: 'not', filter: is('size', 5) } }, 'elsewhere'],
  ['an element of a list', { ...page, filter: is('tags', 't3') }, 'elsewhere'],
  ['a page further on', { ...page, filter: is('notes', 'x3'), after: { values: [], key: 'k3' } }, 'elsewhere'],
] as const satisfies readonly (readonly [string, Query, 'here' | 'elsewhere'])[]) {
  test(`${name}: ${where}`, async () => {
    const answer = store.collection('things').list(query);
    assert.equal(answer instanceof Promise ? 'elsewhere' : 'here', where);
    const [found, expected] = [await answer, await reference.list(query)];
    const seen = ({ documents: all, ...rest }: typeof found) => ({ ...rest, texts: all.map(({ text }) => text) });
    assert.deepEqual(seen(found), seen(expected));
  });
}

test('counts', async () => {
  const things = store.collection('things');
  for (const filter of [is('notes', 'x3'), is('size', 5), { kind: 'all' } as const]) {
    assert.equal(await things.count(filter), await reference.count(filter));
  }
});

test('an estimate', async () => {
  const estimated = { ...page, count: 'estimated' } as const;
  const found = await store.collection('things').list({ ...estimated, filter: is('notes', 'x3') });
  assert.equal(found.estimated, true);
  const { total = 0 } = found;
  assert.ok(Math.abs(total - 857) < 200, String(total));
  const few = await store.collection('things').list({ ...estimated, filter: is('size', 5) });
  assert.deepEqual([few.total, few.estimated], [60, undefined]);
});

test('aggregations', async () => {
  const asked: Aggregations = {
    kinds: {
      kind: 'terms',
      operand: { kind: 'field', path: 'kind' },
      size: 10,
      order: 'count',
      within: { size: { kind: 'avg', operand: size } },
    },
  };
  const answer = store.collection('things').aggregate({ kind: 'all' }, asked);
  assert.ok(answer instanceof Promise);
  assert.deepEqual(await answer, await reference.aggregate({ kind: 'all' }, asked));
});

test('what is wrong there is told as here', async () => {
  const many: Aggregations = {
    outer: {
      kind: 'terms',
      operand: { kind: 'field', path: 'name' },
      size: 6000,
      order: 'key',
      within: { inner: { kind: 'range', operand: size, ranges: [{ key: 'a' }, { key: 'b' }], within: {} } },
    },
  };
  await assert.rejects(async () => store.collection('things').aggregate({ kind: 'all' }, many), { kind: 'too-many' });
});

test('a write that was answered is seen', async () => {
  const things = store.collection('things');
  for (let round = 1; round <= 50; round++) {
    await things.create({ key: `new${round}`, text: JSON.stringify({ notes: 'fresh' }) });
    const { total } = await things.list({ ...page, filter: is('notes', 'fresh'), count: 'exact' });
    assert.equal(total, round);
  }
});

test('what takes too long is given up, and everything else goes on', async () => {
  const hasty = await filled('hasty.db', { readLimit: 1 });
  const things = hasty.collection('things');
  for (let round = 0; round < 2; round++) {
    await assert.rejects(async () => things.count(is('notes', 'x3')), { kind: 'timeout' });
    assert.ok(await things.get('k1'));
  }
  await hasty.close();
});

/** Node's `terminate`, in the middle of a call into SQLite's library, ended the whole process, every third time or so. */
test('the process outlives any number of closings in the middle of a read', async () => {
  for (let round = 0; round < 12; round++) {
    const closed = await filled(`cut-${round}.db`);
    const things = closed.collection('things');
    assert.equal(await things.count(is('notes', 'fresh')), 0);
    const cut = Promise.allSettled([things.count(is('notes', 'x3'))]);
    await closed.close();
    // It may have been quick enough.
    const [outcome] = await cut;
    assert.ok(outcome.status === 'fulfilled' || outcome.reason instanceof StoreError);
  }
});

test('closing ends what is being read, and leaves one file', async () => {
  const file = join(folder, 'closed.db');
  const closed = await filled('closed.db');
  const things = closed.collection('things');
  assert.equal(await things.count(is('notes', 'fresh')), 0);
  const cut = assert.rejects(async () => things.count(is('notes', 'x3')), { kind: 'unavailable' });
  await closed.close();
  await cut;
  assert.deepEqual([existsSync(file), existsSync(`${file}-wal`)], [true, false]);
});

test('a database in memory is read here', async () => {
  const memory = await openSqliteStore(':memory:', schema);
  await memory.collection('things').createMany(documents);
  assert.equal(memory.collection('things').count(is('notes', 'x3')), 857);
  await memory.close();
});
