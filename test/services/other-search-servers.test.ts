/**
 * The other search servers that are promised: Elasticsearch 9, and OpenSearch through its own client. Each has what every
 * store must have, and gives the answers of the reference. RUNS=<number> makes it longer.
 */
import { after, test } from 'node:test';
import { withSearch } from '../../src/stores/search/store.ts';
import { openChangingMemoryStore } from '../stores/search/changing-memory.ts';
import { testStore } from '../stores/suite.ts';
import { connect, newPrefix, otherServers, removeIndexes } from './elasticsearch.ts';
import { testAnswers } from './search-answers.ts';

for (const search of otherServers) {
  testAnswers(search, Number(process.env.RUNS ?? 6));
  if (search.missing !== false) {
    test(`memory, searched in ${search.name}`, { skip: search.missing }, () => undefined);
    continue;
  }
  const prefix = newPrefix();
  let opened = 0;
  testStore({
    name: `memory, searched in ${search.name}`,
    open: async (schema) => {
      opened += 1;
      const { server } = await search.open();
      const store = await withSearch(await openChangingMemoryStore(schema), {
        server,
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
    const { send, close } = await connect(search);
    await removeIndexes(send, prefix);
    await close();
  });
}
