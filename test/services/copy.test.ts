/** Copies between SQLite and MongoDB, both ways. */
import { join } from 'node:path';
import { test } from 'node:test';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { type Open, testCopy } from '../stores/copy-suite.ts';
import { temporaryFolder } from '../stores/sqlite/folder.ts';
import { batchSize, freshDatabase, noMongo } from './mongo-server.ts';

const folder = temporaryFolder();
let count = 0;

const openSqlite: Open = (schema) => {
  count += 1;
  return openSqliteStore(join(folder, `${count}.db`), schema);
};
const openMongo: Open = (schema) => openMongoStore(freshDatabase(), schema, { batchSize });

if (noMongo === false) {
  testCopy('SQLite to MongoDB', openSqlite, openMongo);
  testCopy('MongoDB to SQLite', openMongo, openSqlite);
  testCopy('MongoDB to MongoDB', openMongo, openMongo);
} else {
  test('copies to and from MongoDB', { skip: noMongo }, () => undefined);
}
