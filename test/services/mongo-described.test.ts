/** A database knows the API that it belongs to, and what is described otherwise now: as a file of SQLite does. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Store, StoreSchema } from '../../src/stores/contract.ts';
import { type MongoOptions, openMongoStore } from '../../src/stores/mongo/store.ts';
import { books, resource } from '../stores/bookstore.ts';
import { api, forms, owners, shop } from '../stores/described-cases.ts';
import { isStoreError } from '../stores/suite.ts';
import { batchSize, freshDatabase, noMongo } from './mongo-server.ts';

const open = (address: string, schema: StoreSchema, options: MongoOptions = {}): Promise<Store> =>
  openMongoStore(address, schema, { batchSize, ...options });

/** Opens, stores one document in each resource of `filled`, and closes. */
async function serveOnce(address: string, schema: StoreSchema, filled: readonly string[]): Promise<void> {
  const store = await open(address, schema);
  for (const name of filled) await store.collection(name).create({ key: `${filled.length}`, text: '{"a":1}' });
  await store.close();
}

describe('whose database it is', { skip: noMongo }, () => {
  for (const [name, [after, filled, refused]] of Object.entries(owners)) {
    test(`${name}: ${refused ? 'refused' : 'opens'}`, async () => {
      const address = freshDatabase();
      await serveOnce(address, shop, filled);
      if (refused) {
        await assert.rejects(open(address, after), (error: Error) => {
          assert.ok(isStoreError('schema')(error));
          assert.match(error.message, new RegExp(`another API, "Shop" \\(.*orders.*\\), and not of "${after.title}"`));
          assert.match(error.message, /Nothing was changed.*another database.*--accept-schema-changes/);
          return true;
        });
      }
      await serveOnce(address, shop, []);
      await (await open(address, after, { acceptSchemaChanges: refused })).close();
      await (await open(address, after)).close();
    });
  }

  test('a description may be renamed while it is served', async () => {
    const address = freshDatabase();
    const store = await open(address, api('Shop', 'users'));
    await store.collection('users').create({ key: '1', text: '{}' });
    await store.adopt(api('Store', 'customers'));
    await store.close();
    await serveOnce(address, api('Store', 'customers'), []);
  });

  test('documents that were removed are nobody’s', async () => {
    const address = freshDatabase();
    const store = await open(address, shop);
    await store.collection('users').create({ key: '1', text: '{}' });
    await store.collection('users').removeMany({ kind: 'all' });
    await store.close();
    await serveOnce(address, api('Zoo', 'animals'), []);
  });
});

describe('lists and objects that are described otherwise', { skip: noMongo }, () => {
  for (const [name, before, document, after, refused] of forms) {
    // FerretDB, which stands in for MongoDB, makes no index over such a name.
    const skip = before.some(({ path }) => path.includes('"')) && 'FerretDB takes no quotation mark in an index';
    test(`${name}: ${refused ? 'refused' : 'opens'}`, { skip }, async () => {
      const address = freshDatabase();
      const first = await open(address, { resources: [resource('books', before)] });
      await first.collection('books').create({ key: '1', text: document });
      await first.close();
      const schema = { resources: [resource('books', after)] };
      if (refused) {
        await assert.rejects(open(address, schema), (error: Error) => {
          assert.ok(isStoreError('schema')(error), error.message);
          assert.match(error.message, refused);
          return true;
        });
        const unharmed = await open(address, { resources: [resource('books', before)] });
        await assert.rejects(unharmed.adopt(schema), refused);
        await unharmed.close();
      }
      const second = await open(address, schema, { acceptSchemaChanges: refused !== undefined });
      assert.equal((await second.collection('books').get('1'))?.text, document);
      await second.close();
    });
  }

  test('a value that repeats and must not, accepted: it goes unpunished until it is corrected', async () => {
    const address = freshDatabase();
    const plain = { resources: [{ ...books, fields: books.fields.map((each) => ({ ...each, unique: false })) }] };
    const first = await open(address, plain);
    for (const key of ['1', '2']) await first.collection('books').create({ key, text: '{"isbn":"x"}' });
    await first.close();
    const unique = { resources: [books] };
    await assert.rejects(open(address, unique), /"isbn" of "books" is unique now.*--accept-schema-changes/);
    const accepting = await open(address, unique, { acceptSchemaChanges: true });
    await accepting.collection('books').create({ key: '3', text: '{"isbn":"x"}' });
    for (const key of ['1', '2']) await accepting.collection('books').remove(key, { kind: 'none' });
    await accepting.close();
    const strict = await open(address, unique);
    const again = strict.collection('books').create({ key: '4', text: '{"isbn":"x"}' });
    await assert.rejects(again, isStoreError('conflict', ['isbn']));
    await strict.close();
  });
});
