import { join } from 'node:path';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { type Open, testCopy } from '../copy-suite.ts';
import { temporaryFolder } from './folder.ts';

const folder = temporaryFolder();
let count = 0;

const openWith =
  (tracked: boolean): Open =>
  (schema) => {
    count += 1;
    return openSqliteStore(join(folder, `${count}.db`), schema, { tracked });
  };

testCopy('SQLite to SQLite', openWith(false), openWith(false));
testCopy('SQLite, tracked, to SQLite, tracked', openWith(true), openWith(true));
