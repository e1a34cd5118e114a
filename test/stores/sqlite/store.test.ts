import { join } from 'node:path';
import { test } from 'node:test';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { testStore } from '../suite.ts';
import { assertColumnsFit } from './columns.ts';
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

test('columns fit the documents after all of that', async () => {
  for (let each = 1; each <= count; each++) await assertColumnsFit(join(folder, `${each}.db`));
});

testStore({ name: 'sqlite, in memory', open: (schema) => openSqliteStore(':memory:', schema) });
