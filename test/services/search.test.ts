/** The store that Elasticsearch searches, with a real server: what every store must do, and what happens without it. */
import { after, test } from 'node:test';
import { withSearch } from '../../src/stores/search/store.ts';
import { openChangingMemoryStore } from '../stores/search/changing-memory.ts';
import { testStore } from '../stores/suite.ts';
import { connect, elasticsearchUrl, newPrefix, noElasticsearch, removeIndexes } from './elasticsearch.ts';

const prefix = newPrefix();
let opened = 0;

if (noElasticsearch !== false) {
  test('memory, searched in Elasticsearch', { skip: noElasticsearch }, () => undefined);
} else {
  testStore({
    name: 'memory, searched in Elasticsearch',
    open: async (schema) => {
      opened += 1;
      const store = await withSearch(await openChangingMemoryStore(schema), {
        server: elasticsearchUrl,
        schema,
        prefix: `${prefix}-${opened}`,
        visible: true,
        refreshInterval: '20ms',
        wait: () => Promise.resolve(),
      });
      await store.built();
      return store;
    },
  });

  after(async () => {
    const { send, close } = await connect();
    await removeIndexes(send, prefix);
    await close();
  });
}
