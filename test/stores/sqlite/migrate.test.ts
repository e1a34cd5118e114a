import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fieldPath } from '../../../src/model/field-path.ts';
import type { Resource } from '../../../src/model/types.ts';
import type { Filter } from '../../../src/query/types.ts';
import type { Collection } from '../../../src/stores/contract.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { field, resource } from '../bookstore.ts';
import { none } from '../preconditions.ts';
import { all, isStoreError } from '../suite.ts';
import { temporaryFolder } from './folder.ts';

const folder = temporaryFolder();
const documents = { 1: '{"isbn":"a","pages":3}', 2: '{"isbn":"b","pages":4}', 10: '{"isbn":"b","pages":5}' };

const plain = resource('books', [field('pages', 'integer')]);
const integerId = { type: 'integer', generate: 'sequence', clientMayChoose: true, scope: 'global' } as const;
const parentId = { type: 'string', generate: 'uuid', clientMayChoose: true, scope: 'parent' } as const;
const is = (path: string, value: string | number): Filter => ({
  kind: 'compare',
  operand: { kind: 'field', path },
  operator: 'eq',
  value,
});

interface Migration {
  readonly from?: Resource;
  readonly to: Resource;
  /** `opens`, or what the refusal says. */
  readonly outcome: 'opens' | RegExp;
  readonly withFlag?: 'opens' | RegExp;
  /** What must be true after it has opened. */
  readonly check?: (collection: Collection) => Promise<void>;
}

const migrations: Readonly<Record<string, Migration>> = {
  'nothing changed': { to: plain, outcome: 'opens' },
  'a field was added': {
    to: resource('books', [...plain.fields, field('isbn', 'string')]),
    outcome: 'opens',
    check: async (books) => assert.equal(await books.count(is('isbn', 'b')), 2),
  },
  'a field was removed': { to: resource('books', []), outcome: 'opens' },
  'a field has another type, which all values fit': {
    to: resource('books', [field('pages', 'number')]),
    outcome: 'opens',
    check: async (books) => assert.equal(await books.count(is('pages', 4)), 1),
  },
  'a field has another type': {
    to: resource('books', [field('pages', 'string')]),
    outcome: /"pages" of "books" was of type integer and is of type string now, which 3 stored documents do not fit/,
    withFlag: 'opens',
    check: async (books) =>
      assert.equal(await books.count({ kind: 'exists', operand: { kind: 'field', path: 'pages' } }), 0),
  },
  'a link was added': {
    to: { ...plain, links: [{ name: 'shop', resource: 'shops' }] },
    outcome: 'opens',
    check: async (books) => assert.deepEqual((await books.get('1'))?.links, {}),
  },
  '300 fields were added': {
    to: resource(
      'books',
      Array.from({ length: 300 }, (_, at) => field(at === 0 ? 'pages' : `f${at}`, 'integer')),
    ),
    outcome: 'opens',
    check: async (books) => {
      await books.update('1', none, () => '{"f299":7,"pages":3}');
      assert.equal(await books.count(is('f299', 7)), 1);
    },
  },
  'a field is unique now': {
    to: resource('books', [field('pages', 'integer', { unique: true })]),
    outcome: 'opens',
    check: (books) =>
      assert.rejects(books.create({ key: '11', text: '{"pages":3}' }), isStoreError('conflict', ['pages'])),
  },
  'a field is unique now, and its values repeat': {
    to: resource('books', [field('isbn', 'string', { unique: true })]),
    outcome: /"isbn" of "books" is unique now, but 2 stored documents share/,
    withFlag: 'opens',
  },
  'a field is no longer unique': {
    from: resource('books', [field('pages', 'integer', { unique: true })]),
    to: plain,
    outcome: 'opens',
    check: async (books) => void (await books.create({ key: '11', text: '{"pages":3}' })),
  },
  'the id is an integer now': {
    to: { ...plain, id: integerId },
    outcome: /All 3 stored documents fit. Start with --accept-schema-changes/,
    withFlag: 'opens',
    check: async (books) =>
      assert.deepEqual(
        (await books.list(all)).documents.map(({ key }) => key),
        ['1', '2', '10'],
      ),
  },
  'the id is a text now': {
    from: { ...plain, id: integerId },
    to: plain,
    outcome: /was an integer and is a text now/,
    withFlag: 'opens',
    check: async (books) =>
      assert.deepEqual(
        (await books.list(all)).documents.map(({ key }) => key),
        ['1', '10', '2'],
      ),
  },
  'the id is unique only under its parent now': {
    to: { ...plain, id: parentId },
    outcome: /which 3 of 3 stored documents do not fit/,
    withFlag: /which 3 of 3 stored documents do not fit/,
  },
};

let count = 0;
for (const [name, { from = plain, to, outcome: usual, withFlag, check }] of Object.entries(migrations)) {
  test(name, async () => {
    count += 1;
    const file = join(folder, `${count}.db`);
    const before = await openSqliteStore(file, { resources: [from] });
    for (const [key, text] of Object.entries(documents)) await before.collection('books').create({ key, text });
    await before.close();

    for (const [acceptSchemaChanges, outcome] of [
      [false, usual],
      [true, withFlag],
    ] as const) {
      if (outcome === undefined) continue;
      const opening = openSqliteStore(file, { resources: [to] }, { acceptSchemaChanges });
      if (outcome === 'opens') {
        const store = await opening;
        const books = store.collection('books');
        for (const [key, text] of Object.entries(documents)) assert.equal((await books.get(key))?.text, text);
        await check?.(books);
        await store.close();
      } else {
        await assert.rejects(opening, (error) => isStoreError('schema')(error) && outcome.test(String(error)));
        const unharmed = await openSqliteStore(file, { resources: [from] });
        assert.equal(await unharmed.collection('books').count({ kind: 'all' }), 3);
        await unharmed.close();
      }
    }
  });
}

test('a refused field of a resource with text ids that are no integers', async () => {
  const file = join(folder, 'texts.db');
  const store = await openSqliteStore(file, { resources: [plain] });
  for (const key of ['1', '01', 'x', '1e3']) await store.collection('books').create({ key, text: '{}' });
  await store.close();
  const opening = openSqliteStore(file, { resources: [{ ...plain, id: integerId }] }, { acceptSchemaChanges: true });
  await assert.rejects(opening, /which 3 of 4 stored documents do not fit/);
});

test('names from a description are quoted, and differ where SQLite would not', async () => {
  const names = [
    'rid',
    'KEY',
    'doc',
    'a"b',
    "a'b",
    'a b',
    'a_b',
    'A_B',
    'select',
    '__proto__',
    'é',
    'x'.repeat(200),
    '$',
    '[0]',
    'a\\b',
    '"',
    '\n',
  ];
  const odd = resource(
    'sqlite_"; DROP TABLE x; --',
    names.map((name) => field(fieldPath([name]), 'string')),
  );
  const store = await openSqliteStore(join(folder, 'names.db'), {
    resources: [odd, resource('Books', []), resource('books', [])],
  });
  const collection = store.collection(odd.name);
  for (const [at, name] of names.entries()) {
    await collection.create({ key: `${at}`, text: `{${JSON.stringify(name)}:${JSON.stringify(name)}}` });
  }
  for (const [at, name] of names.entries()) {
    const { documents: found } = await collection.list({
      ...all,
      filter: is(fieldPath([name]), name),
      sort: [{ operand: { kind: 'field', path: fieldPath([name]) }, direction: 'ascending' }],
    });
    assert.deepEqual(
      found.map(({ key }) => key),
      [`${at}`],
      name,
    );
  }
  await store.close();
});

test('integer ids go on after a restart', async () => {
  const file = join(folder, 'ids.db');
  const orders = { resources: [resource('orders', [], { id: integerId })] };
  const given: number[] = [];
  for (let round = 0; round < 3; round++) {
    const store = await openSqliteStore(file, orders);
    for (let each = 0; each < 3; each++) given.push(await store.collection('orders').nextId());
    await store.collection('orders').removeMany({ kind: 'all' });
    await store.close();
  }
  assert.deepEqual(given, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
