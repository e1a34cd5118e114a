/** The stores that Elasticsearch searches, with a real server: what every store must do. */
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Store, StoreSchema } from '../../src/stores/contract.ts';
import { withSearch } from '../../src/stores/search/store.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { openChangingMemoryStore } from '../stores/search/changing-memory.ts';
import { temporaryFolder } from '../stores/sqlite/folder.ts';
import { testStore } from '../stores/suite.ts';
import { connect, elasticsearchUrl, newPrefix, noElasticsearch, removeIndexes } from './elasticsearch.ts';

const prefix = newPrefix();
const folder = temporaryFolder();
let opened = 0;

const inner: Readonly<Record<string, (schema: StoreSchema) => Promise<Store>>> = {
  memory: openChangingMemoryStore,
  SQLite: (schema) => openSqliteStore(join(folder, `${opened}.db`), schema, { tracked: true }),
};

for (const [kind, open] of Object.entries(inner)) {
  const name = `${kind}, searched in Elasticsearch`;
  if (noElasticsearch !== false) {
    test(name, { skip: noElasticsearch }, () => undefined);
    continue;
  }
  testStore({
    name,
    open: async (schema) => {
      opened += 1;
      const store = await withSearch(await open(schema), {
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
}

if (noElasticsearch === false) {
  after(async () => {
    const { send, close } = await connect();
    await removeIndexes(send, prefix);
    await close();
  });
}
