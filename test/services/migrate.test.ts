/** Migrations of data in MongoDB. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noChoices } from '../../src/migrate/plan.ts';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { described } from '../migrate/described.ts';
import { countsOf, documents, filled, run } from '../migrate/running.ts';
import { batchSize, freshDatabase, noMongo } from './mongo-server.ts';

const text = { type: 'string' };
const options = { batchSize, acceptSchemaChanges: true };

test('documents in MongoDB are changed', { skip: noMongo }, async () => {
  const before = described({ author_name: text, pages: text, notes: text });
  const after = described({ authorName: text, pages: { type: 'integer' } });
  const store = await filled((schema) => openMongoStore(freshDatabase(), schema, options), before, documents(120));
  const { kept, ...migrated } = await run(store, before, after);
  assert.deepEqual(countsOf(migrated), [{ documents: 120, changed: 120, misfits: 0 }]);
  assert.equal(kept.length, 120);
  const books = store.collection('books');
  assert.equal((await books.get('b7'))?.text, '{"id":"b7","authorName":"A7","pages":7}');
  assert.deepEqual(countsOf(await run(store, before, after)), [{ documents: 120, changed: 0, misfits: 0 }]);
  await store.close();
});

test('a resource in MongoDB is renamed', { skip: noMongo }, async () => {
  const more = { links: [{ name: 'shop' }] };
  const [before, after] = [described({ a: text }, { more }), described({ a: text }, { name: 'volumes', more })];
  const schema = { resources: [...before.resources, ...after.resources] };
  const store = await openMongoStore(freshDatabase(), schema, options);
  await store.collection('books').create({ key: '7', text: '{"id":"7","a":"x"}', links: { shop: 's' } });
  await run(store, before, after, { ...noChoices, renames: new Map([['books', 'volumes']]) });
  const moved = await store.collection('volumes').get('7');
  assert.deepEqual([moved?.text, moved?.links], ['{"id":"7","a":"x"}', { shop: 's' }]);
  await store.close();
});
