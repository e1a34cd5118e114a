/** MongoDB with Elasticsearch beside it: what the two promise only together. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Filter } from '../../src/query/types.ts';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { withSearch } from '../../src/stores/search/store.ts';
import { books } from '../stores/bookstore.ts';
import { none } from '../stores/preconditions.ts';
import { keys } from '../stores/suite.ts';
import { connect, elasticsearchUrl, newPrefix, noElasticsearch, removeIndexes } from './elasticsearch.ts';
import { batchSize, freshDatabase, noMongo } from './mongo-server.ts';

const schema = { resources: [books] };

test('what is restored over its newer removal is found', { skip: noMongo || noElasticsearch }, async (context) => {
  const prefix = newPrefix();
  const data = await openMongoStore(freshDatabase(), schema, { batchSize, tracked: true });
  const store = await withSearch(data, {
    server: elasticsearchUrl,
    schema,
    prefix,
    visible: true,
    wait: () => Promise.resolve(),
  });
  context.after(async () => {
    await store.close();
    const { send, close } = await connect();
    await removeIndexes(send, prefix);
    await close();
  });
  await store.built();
  const collection = store.collection('books');
  const old = await collection.create({ key: 'a', text: '{"title":"The Famished Road"}' });
  await collection.remove('a', none);
  assert.deepEqual(await keys(collection, { filter: word('famished') }), []);
  await collection.restore([old]);
  assert.deepEqual(await collection.get('a'), old);
  assert.deepEqual(await store.verifyIndex('books'), []);
  assert.deepEqual(await keys(collection, { filter: word('famished') }), ['a']);
});

function word(text: string): Filter {
  return { kind: 'words', words: [text], prefix: false, fields: [{ path: 'title', weight: 1 }] };
}
