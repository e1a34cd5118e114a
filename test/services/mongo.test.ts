import { test } from 'node:test';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { testStore } from '../stores/suite.ts';
import { batchSize, freshDatabase, noMongo } from './mongo-server.ts';

if (noMongo === false) {
  testStore({ name: 'MongoDB', open: (schema) => openMongoStore(freshDatabase(), schema, { batchSize }) });
} else {
  test('MongoDB', { skip: noMongo }, () => undefined);
}
