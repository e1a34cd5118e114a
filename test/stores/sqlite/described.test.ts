/** A data file knows the API that it belongs to, and lists and objects that are described otherwise now. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { StoreSchema } from '../../../src/stores/contract.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { resource } from '../bookstore.ts';
import { api, forms, owners, shop } from '../described-cases.ts';
import { isStoreError } from '../suite.ts';
import { temporaryFolder } from './folder.ts';

const folder = temporaryFolder();
let files = 0;
const newFile = () => join(folder, `${files++}.db`);

/** Opens, stores one document in each resource of `filled`, and closes. */
async function serveOnce(file: string, schema: StoreSchema, filled: readonly string[]): Promise<void> {
  const store = await openSqliteStore(file, schema);
  for (const name of filled) await store.collection(name).create({ key: `${filled.length}`, text: '{"a":1}' });
  await store.close();
}

describe('whose file it is', () => {
  for (const [name, [after, filled, refused]] of Object.entries(owners)) {
    test(`${name}: ${refused ? 'refused' : 'opens'}`, async () => {
      const file = newFile();
      await serveOnce(file, shop, filled);
      for (const readOnly of refused ? [false, true] : []) {
        await assert.rejects(openSqliteStore(file, after, { readOnly }), (error: Error) => {
          assert.ok(isStoreError('schema')(error));
          assert.match(error.message, new RegExp(`another API, "Shop" \\(.*orders\\), and not of "${after.title}"`));
          assert.match(error.message, /Nothing was changed.*--data.*--accept-schema-changes/);
          return true;
        });
      }
      await serveOnce(file, shop, []);
      const store = await openSqliteStore(file, after, { acceptSchemaChanges: refused });
      await store.close();
      const renamed = await openSqliteStore(file, after);
      await renamed.close();
    });
  }

  test('a description may be renamed while it is served', async () => {
    const file = newFile();
    const store = await openSqliteStore(file, api('Shop', 'users'));
    await store.collection('users').create({ key: '1', text: '{}' });
    await store.adopt(api('Store', 'customers'));
    await store.close();
    await serveOnce(file, api('Store', 'customers'), []);
  });
});

describe('lists and objects that are described otherwise', () => {
  for (const [name, before, document, after, refused] of forms) {
    test(`${name}: ${refused ? 'refused' : 'opens'}`, async () => {
      const file = newFile();
      const first = await openSqliteStore(file, { resources: [resource('books', before)] });
      await first.collection('books').create({ key: '1', text: document });
      await first.close();
      const schema = { resources: [resource('books', after)] };
      if (refused) {
        await assert.rejects(openSqliteStore(file, schema), (error: Error) => {
          assert.ok(isStoreError('schema')(error), error.message);
          assert.match(error.message, refused);
          return true;
        });
        const unharmed = await openSqliteStore(file, { resources: [resource('books', before)] });
        await assert.rejects(unharmed.adopt(schema), refused);
        await unharmed.close();
      }
      const second = await openSqliteStore(file, schema, { acceptSchemaChanges: refused !== undefined });
      assert.equal((await second.collection('books').get('1'))?.text, document);
      await second.close();
    });
  }
});
