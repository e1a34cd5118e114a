import { testStore } from '../stores/suite.ts';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { freshDatabase, noMongo } from './mongo-server.ts';

if (noMongo === false) {
  testStore({ name: 'MongoDB', open: (schema) => openMongoStore(freshDatabase(), schema) });
} 
