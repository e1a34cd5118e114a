/** What only the MongoDB store promises: a server that is away, processes beside each other, an index kept in step. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Filter } from '../../src/query/types.ts';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { books, bookstore, orders } from '../stores/bookstore.ts';
import { none } from '../stores/preconditions.ts';
import { all, isStoreError } from '../stores/suite.ts';
import { batchSize, freshDatabase, inDatabase, noMongo } from './mongo-server.ts';

const schema = { resources: [books, orders] };

test('opens without a server, and says that it is away', async () => {
  const store = await openMongoStore('mongodb://me:secret@127.0.0.1:1/x', schema, { serverSelectionTimeout: 100 });
  assert.equal(store.description, 'MongoDB, 127.0.0.1:1/x');
  await assert.rejects(store.ping(), isStoreError('unavailable'));
  await assert.rejects(async () => store.collection('books').get('a'), isStoreError('unavailable'));
  assert.throws(() => store.secret, isStoreError('unavailable'));
  await store.close();
});

test('refuses what is no address', async () => {
  await assert.rejects(openMongoStore('http://localhost', schema), isStoreError('unavailable'));
});

test('two processes share secret, ids and documents', { skip: noMongo }, async () => {
  const address = freshDatabase();
  const one = await openMongoStore(address, schema);
  const other = await openMongoStore(address, schema);
  assert.equal(one.secret, other.secret);
  const ids = await Promise.all(
    Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? one : other).collection('orders').nextId()),
  );
  assert.equal(new Set(ids).size, 20);
  await one.collection('books').create({ key: 'a', text: '{"pages":0}' });
  const increment = ({ text }: { readonly text: string }) =>
    text.replace(/\d+/, (digits) => String(Number(digits) + 1));
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      (at % 2 === 0 ? one : other).collection('books').update('a', none, increment),
    ),
  );
  assert.equal((await other.collection('books').get('a'))?.text, '{"pages":20}');
  await Promise.all([one.close(), other.close()]);
});

test('tells an index what changed', { skip: noMongo }, async () => {
  const store = await openMongoStore(freshDatabase(), bookstore, { batchSize, tracked: true });
  const { changes } = store;
  assert(changes !== undefined);
  const collection = store.collection('books');
  const now = (): Date => new Date(Date.now() + 1);
  await collection.create({ key: 'a', text: '{}' });
  await delay(2);
  await collection.create({ key: 'b', text: '{}' });
  assert.deepEqual(await changes.pending('books', 10, now()), ['a', 'b']);
  const states = await changes.read('books', ['a', 'b', 'c']);
  await collection.update('b', none, () => '{"pages":1}');
  await changes.confirm('books', states);
  assert.deepEqual(await changes.pending('books', 10, now()), ['b'], 'b was written again');
  await collection.remove('a', none);
  const [removed] = await changes.read('books', ['a']);
  assert.equal(removed?.removed, true);
  await changes.fail('books', removed === undefined ? [] : [removed], { kind: 'refused', reason: 'no' });
  assert.deepEqual(await changes.count('books'), {
    pending: 1,
    refused: [{ resource: 'books', key: 'a', reason: 'no' }],
  });
  await changes.mark('books', 'all');
  assert.equal((await changes.count('books')).pending, 2);
  await changes.confirm('books', await changes.scan('books', undefined, 10));
  assert.equal(await changes.forget('books', now()), 1);
  assert.deepEqual(await changes.scan('books', 'a', 10).then((found) => found.map(({ key }) => key)), ['b']);
  assert.deepEqual(
    [await changes.writeControl('x', 0, { a: 1 }), await changes.writeControl('x', 0, { a: 2 })],
    [true, false],
  );
  assert.deepEqual(await changes.readControl('x'), { version: 1, value: { a: 1 } });
  await store.close();
});

test('says what needs an index', { skip: noMongo }, async () => {
  const store = await openMongoStore(freshDatabase(), schema);
  const filter: Filter = { kind: 'words', words: ['a'], prefix: false, fields: [{ path: 'title', weight: 1 }] };
  const collection = store.collection('books');
  await assert.rejects(async () => collection.list({ ...all, filter }), isStoreError('unsupported'));
  await assert.rejects(async () => collection.list({ ...all, ranked: true }), isStoreError('unsupported'));
  await store.close();
});

test('keeps natural documents, and nothing of those that were removed', { skip: noMongo }, async () => {
  const address = freshDatabase();
  const store = await openMongoStore(address, schema);
  const collection = store.collection('books');
  await collection.create({ key: 'a', text: '{"title":"É","author":{"name":"x"},"price.net":1}' });
  const { revision } = await collection.create({ key: 'b', text: '{"isbn":"1"}' });
  await collection.remove('b', none);
  const rows = await inDatabase(address, (database) => database.collection('books').find().toArray());
  assert.deepEqual(rows[0]?.doc, { title: 'É', author: { name: 'x' }, 'price%2Enet': 1 });
  assert.deepEqual(rows[0]?.fields, { title: 'É', 'title%fold': 'é', 'author%2Ename': 'x' });
  assert.deepEqual(Object.keys(rows[1] ?? {}), ['_id', '_rev', '_del']);
  assert((await collection.create({ key: 'b', text: '{"isbn":"1"}' })).revision > revision + 1);
  await store.close();
});

test('what is restored over its newer removal is told to an index all the same', { skip: noMongo }, async () => {
  const store = await openMongoStore(freshDatabase(), bookstore, { batchSize, tracked: true });
  const { changes } = store;
  assert(changes !== undefined);
  const collection = store.collection('books');
  const old = await collection.create({ key: 'a', text: '{"title":"old"}' });
  await collection.remove('a', none);
  const [removal] = await changes.read('books', ['a']);
  assert(removal?.removed === true);
  await collection.restore([old]);
  assert.deepEqual(await collection.get('a'), old, 'as the other store has it');
  const [restored] = await changes.read('books', ['a']);
  assert(restored !== undefined && restored.revision > removal.revision, 'an index takes no older one');
  await changes.confirm('books', [restored]);
  assert.equal((await changes.count('books')).pending, 0);
  await collection.restore([{ ...old, revision: old.revision + 1, text: '{"title":"newer"}' }]);
  const [newer] = await changes.read('books', ['a']);
  assert(newer !== undefined && newer.revision > restored.revision);
  const written = await collection.upsert({ key: 'a', text: '{}' }, none);
  assert(written.document.revision > newer.revision);
  assert.equal((await changes.read('books', ['a']))[0]?.revision, written.document.revision);
  await store.close();
});

test('a database that has an index goes on to say what the index must learn, whoever opens it', {
  skip: noMongo,
}, async () => {
  const address = freshDatabase();
  await (await openMongoStore(address, bookstore, { batchSize, tracked: true })).close();
  const plain = await openMongoStore(address, bookstore, { batchSize, rememberRemovals: 0 });
  assert.equal(plain.changes, undefined);
  await plain.collection('books').create({ key: 'a', text: '{}' });
  await plain.collection('books').create({ key: 'b', text: '{}' });
  await plain.collection('books').remove('b', none);
  await delay(200);
  await plain.close();
  const tracked = await openMongoStore(address, bookstore, { batchSize, tracked: true });
  assert.deepEqual(await tracked.changes?.pending('books', 10, new Date(Date.now() + 1)), ['a', 'b']);
  await tracked.close();
});

test('removals are forgotten where no index has to learn of them', { skip: noMongo }, async () => {
  const address = freshDatabase();
  const store = await openMongoStore(address, bookstore, { batchSize, rememberRemovals: 100 });
  for (const key of ['a', 'b']) await store.collection('books').create({ key, text: '{}' });
  await store.collection('books').remove('a', none);
  const rows = (): Promise<number> => inDatabase(address, (database) => database.collection('books').countDocuments());
  assert.equal(await rows(), 2);
  for (let time = 0; time < 100 && (await rows()) > 1; time++) await delay(50);
  assert.equal(await rows(), 1);
  assert.equal((await store.collection('books').get('b'))?.key, 'b');
  await store.close();
});
