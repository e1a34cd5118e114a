/** The first search of a large table, a search of a file that is only read, and changes that no index serves. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Filter, Query } from '../../../src/query/types.ts';
import type { Collection } from '../../../src/stores/contract.ts';
import { openMemoryStore } from '../../../src/stores/memory.ts';
import { connect } from '../../../src/stores/sqlite/driver.ts';
import { readMeta, readTables } from '../../../src/stores/sqlite/meta.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { field, resource } from '../bookstore.ts';
import { temporaryFolder } from './folder.ts';

const notes = resource('notes', [
  field('title', 'string'),
  field('size', 'integer', { indexed: false }),
  field('tags', 'string', { array: true }),
]);
const schema = { resources: [notes] };
/** Every tenth has the word, up to seven times among twelve words: so all ways to rank them agree. */
const documents = Array.from({ length: 7000 }, (_, at) => ({
  key: `k${String(at).padStart(5, '0')}`,
  text: JSON.stringify({
    title: at % 10 === 0 ? `${'river '.repeat(1 + (at % 7))}${'stone '.repeat(11 - (at % 7))}` : `hill ${at}`,
    size: at % 100,
    tags: at % 50 === 0 ? ['river', 'bank'] : ['no', 'bank'],
  }),
}));
const river = (path: string, weight = 1): Filter => ({
  kind: 'words',
  words: ['river'],
  prefix: false,
  fields: [{ path, weight }],
});
const both: Filter = {
  kind: 'words',
  words: ['river'],
  prefix: false,
  fields: [
    { path: 'title', weight: 1 },
    { path: 'tags', weight: 3 },
  ],
};
const ranked = (filter: Filter, offset = 0): Query => ({
  filter,
  sort: [],
  ranked: true,
  limit: 20,
  offset,
  count: 'exact',
});
const large: Filter = { kind: 'compare', operand: { kind: 'field', path: 'size' }, operator: 'gt', value: 70 };
const mean = { mean: { kind: 'avg', operand: { kind: 'field', path: 'size' } } } as const;

const folder = temporaryFolder();
let reference: Collection;

async function keysOf(collection: Collection, query: Query): Promise<readonly string[]> {
  return (await collection.list(query)).documents.map(({ key }) => key);
}

before(async () => {
  reference = (await openMemoryStore(schema)).collection('notes');
  await reference.createMany(documents);
});

const queries: readonly (readonly [string, Query])[] = [
  ['in a text', ranked(river('title'))],
  ['in a list', ranked(river('tags'))],
  ['the third page', ranked(river('title'), 40)],
  ['with another condition', ranked({ kind: 'and', filters: [river('title'), large] })],
];

for (const [name, query] of queries) {
  test(`the best first before there is an index: ${name}`, async () => {
    const store = await openSqliteStore(join(folder, `${name}.db`), schema);
    const collection = store.collection('notes');
    await collection.createMany(documents);
    assert.deepEqual(await keysOf(collection, query), await keysOf(reference, query));
    await store.close();
  });
}

test('in a small table', async () => {
  const few = documents.slice(0, 2000);
  const small = (await openMemoryStore(schema)).collection('notes');
  await small.createMany(few);
  const file = join(folder, 'small.db');
  const writing = await openSqliteStore(file, schema);
  await writing.collection('notes').createMany(few);
  assert.deepEqual(await keysOf(writing.collection('notes'), ranked(both)), await keysOf(small, ranked(both)));
  await writing.close();
  const reading = await openSqliteStore(file, schema, { readOnly: true });
  assert.deepEqual(await keysOf(reading.collection('notes'), ranked(both)), await keysOf(small, ranked(both)));
  await reading.close();
});

test('a file that is only read is searched by the index it has, and what was written since is found', async () => {
  const file = join(folder, 'read.db');
  const writing = await openSqliteStore(file, schema);
  const collection = writing.collection('notes');
  await collection.createMany(documents);
  const inOrder: Query = { filter: both, sort: [], limit: 50, offset: 0, count: 'exact' };
  await waitForIndex(file, collection, both);
  await collection.create({ key: 'k99999', text: '{"title":"a late river"}' });
  await collection.update('k00000', { kind: 'none' }, () => '{"title":"no more","size":95}');
  await writing.close();
  const reading = await openSqliteStore(file, schema, { readOnly: true });
  const only = reading.collection('notes');
  const expected = documents.filter(({ text }, at) => at > 0 && text.includes('river')).length + 1;
  assert.equal(await only.count(both), expected);
  const found = await only.list({ ...inOrder, offset: expected - 1 });
  assert.deepEqual([found.total, found.documents.map(({ key }) => key)], [expected, ['k99999']]);
  const [first] = await keysOf(only, ranked(river('title')));
  assert.equal(first, 'k00020', 'seven times among twelve words');
  const { mean: within } = await only.aggregate({ kind: 'and', filters: [both, large] }, mean);
  assert.equal(within !== undefined && 'value' in within && Number(within.value) > 70, true);
  await reading.close();
});

test('aggregations of a search are those of the reference, before and after there is an index', async () => {
  const store = await openSqliteStore(join(folder, 'aggregated.db'), schema);
  const collection = store.collection('notes');
  await collection.createMany(documents);
  const expected = await reference.aggregate(both, mean);
  assert.deepEqual(await collection.aggregate(both, mean), expected);
  await waitForIndex(join(folder, 'aggregated.db'), collection, both);
  assert.deepEqual(await collection.aggregate(both, mean), expected);
  await store.close();
});

for (const [name, filter] of [
  ['a number', large],
  ['words', both],
  ['both', { kind: 'or', filters: [both, large] }],
] as readonly (readonly [string, Filter])[]) {
  test(`changes of all that match ${name} are right, whatever is written meanwhile`, async () => {
    const store = await openSqliteStore(join(folder, `bulk ${name}.db`), schema);
    const collection = store.collection('notes');
    const twin = (await openMemoryStore(schema)).collection('notes');
    for (const each of [collection, twin]) await each.createMany(documents);
    const change = ({ text }: { readonly text: string }): string => JSON.stringify({ ...JSON.parse(text), changed: 1 });
    const write = async (each: Collection): Promise<readonly unknown[]> => {
      const made = each.create({ key: 'z1', text: '{"title":"river","size":99}' });
      const lost = each.update('k00010', { kind: 'none' }, () => '{"title":"no more","size":1}');
      return [await made, await lost].map((written) => written?.key);
    };
    const updating = collection.updateMany(filter, change);
    await write(collection);
    const updated = await updating;
    await write(twin).catch(() => undefined);
    assert.equal(updated, await twin.updateMany(filter, change));
    const removing = collection.removeMany(filter);
    await collection.create({ key: 'z2', text: '{"title":"river","size":99}' });
    // The last one comes before the removal or after it, as long as it is not counted and kept.
    const removed = await removing;
    const kept = await collection.count(filter);
    assert.equal(removed + kept, (await twin.removeMany(filter)) + 1);
    assert.equal(kept <= 1, true);
    assert.equal(await collection.count({ kind: 'all' }), (await twin.count({ kind: 'all' })) + kept);
    await store.close();
  });
}

/** Until all is in the index, which is made when nothing else is to be done. */
async function waitForIndex(file: string, collection: Collection, filter: Filter): Promise<void> {
  await collection.list({ filter, sort: [], limit: 1, offset: 0, count: 'none' });
  const database = await connect(file, { readOnly: true });
  const name = readTables(database)[0]?.name;
  while (readMeta(database, `search ${name}`) === undefined) await pause(20);
  database.close();
}
