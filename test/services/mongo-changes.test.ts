import { test } from 'node:test';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { testChangeLog } from '../stores/change-log.ts';
import { batchSize, freshDatabase, noMongo } from './mongo-server.ts';

if (noMongo === false) {
  testChangeLog('MongoDB', (schema) => openMongoStore(freshDatabase(), schema, { batchSize, tracked: true }));
} else {
  test('MongoDB: changes', { skip: noMongo }, () => undefined);
}
