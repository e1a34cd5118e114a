/** Every command of docs/stores.md prints what is shown. */
import { test } from 'node:test';
import { testStoresDocument } from '../docs/stores.ts';
import { elasticsearchUrl, noElasticsearch } from './elasticsearch.ts';
import { freshDatabase, noMongo } from './mongo-server.ts';

const skip = noMongo || noElasticsearch;
if (skip === false) testStoresDocument({ mongo: freshDatabase(), elasticsearch: elasticsearchUrl });
else test('docs/stores.md', { skip }, () => undefined);
