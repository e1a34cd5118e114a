/** A data file knows the API that it belongs to, and lists and objects that are described otherwise now. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Field } from '../../../src/model/types.ts';
import type { StoreSchema } from '../../../src/stores/contract.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { field, resource } from '../bookstore.ts';
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

const api = (title: string | undefined, ...names: readonly string[]): StoreSchema => ({
  ...(title !== undefined && { title }),
  resources: names.map((name) => resource(name, [])),
});

describe('whose file it is', () => {
  const shop = api('Shop', 'users', 'orders');
  const cases: Readonly<Record<string, readonly [after: StoreSchema, filled: readonly string[], refused: boolean]>> = {
    'the same API': [shop, ['users', 'orders'], false],
    'the same API with other resources': [api('Shop', 'customers'), ['users', 'orders'], false],
    'another title': [api('My shop', 'users', 'orders', 'carts'), ['users', 'orders'], false],
    'another title, and no document that would not be served': [api('My shop', 'users'), ['users'], false],
    'another title, and no document at all': [api('Zoo', 'animals'), [], false],
    'a store without a title': [api(undefined, 'animals'), ['users', 'orders'], false],
    'another API': [api('Zoo', 'animals'), ['users', 'orders'], true],
    'another API that has users, too': [api('Blog', 'users', 'posts'), ['users', 'orders'], true],
  };
  for (const [name, [after, filled, refused]] of Object.entries(cases)) {
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
  const list = (path: string, type: Field['type']) => field(path, type, { array: true });
  const tags = [list('tags', 'string')];
  const cases: readonly (readonly [
    name: string,
    before: readonly Field[],
    document: string,
    after: readonly Field[],
    refused?: RegExp,
  ])[] = [
    ['nothing changed', tags, '{"tags":["a"]}', tags],
    [
      'items of another type',
      tags,
      '{"tags":["a"]}',
      [list('tags', 'integer')],
      /"tags" of "books" was a list of type string and is a list of type integer now, which 1 stored documents/,
    ],
    ['items of another type, which fit', [list('tags', 'integer')], '{"tags":[1,2]}', [list('tags', 'number')]],
    ['items of another type, and none there', tags, '{"tags":[]}', [list('tags', 'integer')]],
    ['items that are null', tags, '{"tags":[null]}', [list('tags', 'integer')]],
    ['a list that is null', tags, '{"tags":null}', [list('tags', 'integer')]],
    [
      'a list that was a text',
      [field('tags', 'string')],
      '{"tags":"a"}',
      tags,
      /was of type string and is a list of type string now/,
    ],
    [
      'a text that was a list',
      tags,
      '{"tags":["a"]}',
      [field('tags', 'string')],
      /was a list of type string and is of type string now/,
    ],
    ['a text that was a list, and is not there', tags, '{}', [field('tags', 'string')]],
    [
      'an object that was a text',
      [field('author', 'string')],
      '{"author":"Ng"}',
      [field('author.name', 'string')],
      /"author" of "books" was of type string and is an object now/,
    ],
    [
      'a text that was an object',
      [field('author.name', 'string')],
      '{"author":{"name":"Ng"}}',
      [field('author', 'string')],
      /"author" of "books" was an object and is of type string now/,
    ],
    [
      'objects that were texts',
      tags,
      '{"tags":["a"]}',
      [list('tags.name', 'string')],
      /"tags" of "books" was a list of type string and is an object now/,
    ],
    [
      'texts that were objects',
      [list('tags.name', 'string')],
      '{"tags":[{"name":"a"}]}',
      tags,
      /is a list of type string now/,
    ],
    [
      'one object that was a list of them',
      [list('tags.name', 'string')],
      '{"tags":[{"name":"a"}]}',
      [field('tags.name', 'string')],
      /"tags.name" of "books" was a list/,
    ],
    [
      'items of objects of another type',
      [list('tags.id', 'string')],
      '{"tags":[{"id":"a"},{}]}',
      [list('tags.id', 'integer')],
      /"tags.id" of "books"/,
    ],
    [
      'a list of objects that was one object',
      [field('tags.name', 'string')],
      '{"tags":{"name":"a"}}',
      [list('tags.name', 'string')],
      /"tags.name" of "books" was of type string/,
    ],
    [
      'names with dots and quotes',
      [list('a\\.b"c', 'string')],
      '{"a.b\\"c":["a"]}',
      [list('a\\.b"c', 'integer')],
      /was a list of type string/,
    ],
  ];
  for (const [name, before, document, after, refused] of cases) {
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
