import { join } from 'node:path';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { testStore } from '../suite.ts';
import { temporaryFolder } from './folder.ts';

const folder = temporaryFolder();
let count = 0;

testStore({
  name: 'sqlite, in a file',
  open: (schema) => {
    count += 1;
    return openSqliteStore(join(folder, `${count}.db`), schema);
  },
});

testStore({ name: 'sqlite, in memory', open: (schema) => openSqliteStore(':memory:', schema) });
