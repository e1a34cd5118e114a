/** What a request wrote is undone, on every store that needs no server, and what others wrote meanwhile stays. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Filter } from '../../../src/query/types.ts';
import { Journal } from '../../../src/runtime/hooks/journal.ts';
import type { Collection, Store } from '../../../src/stores/contract.ts';
import { openMemoryStore } from '../../../src/stores/memory.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { bookstore } from '../../stores/bookstore.ts';

const stores: Readonly<Record<string, () => Promise<Store>>> = {
  memory: () => openMemoryStore(bookstore),
  SQLite: () => openSqliteStore(':memory:', bookstore),
};

const none = { kind: 'none' } as const;
const all: Filter = { kind: 'all' };
const everything = { filter: all, sort: [], limit: 100, offset: 0, count: 'none' } as const;
const first = ['a', '{"isbn":"a","title":"A"}'] as const;
const second = ['b', '{"isbn":"b","title":"B"}'] as const;

/** Each begins with the documents a and b, and ends with them. */
const writes: Readonly<Record<string, (written: Collection) => Promise<unknown>>> = {
  create: (books) => books.create({ key: 'c', text: '{"isbn":"c"}' }),
  'create many': (books) =>
    books.createMany([
      { key: 'c', text: '{"isbn":"c"}' },
      { key: 'd', text: '{"isbn":"d"}' },
    ]),
  update: (books) => books.update('a', none, () => '{"isbn":"a","title":"changed"}'),
  'update without a change': (books) => books.update('a', none, () => undefined),
  'update twice': async (books) => {
    await books.update('a', none, () => '{"isbn":"a","title":"once"}');
    await books.update('a', none, () => '{"isbn":"a","title":"twice"}');
  },
  remove: (books) => books.remove('a', none),
  'create, update, remove': async (books) => {
    await books.create({ key: 'c', text: '{"isbn":"c"}' });
    await books.update('c', none, () => '{"isbn":"c","title":"C"}');
    await books.remove('c', none);
  },
  'update, remove, create again': async (books) => {
    await books.update('a', none, () => '{"isbn":"a","title":"changed"}');
    await books.remove('a', none);
    await books.create({ key: 'a', text: '{"isbn":"a","title":"anew"}' });
  },
  'update many': (books) => books.updateMany(all, ({ text }) => text.replace('"title":"', '"title":"new ')),
  'remove many': (books) => books.removeMany(all),
  'nobody waits for it': async (books) => {
    void books.remove('a', none);
  },
};

for (const [name, open] of Object.entries(stores)) {
  const begin = async () => {
    const store = await open();
    const books = store.collection('books');
    for (const [key, text] of [first, second]) await books.create({ key, text });
    const texts = async () => (await books.list(everything)).documents.map(({ key, text }) => [key, text]);
    return { store, books, texts };
  };

  for (const [what, write] of Object.entries(writes)) {
    test(`${name}: ${what} is undone`, async () => {
      const { store, books, texts } = await begin();
      const journal = new Journal();
      await write(journal.recording(books));
      assert.deepEqual(await journal.undo(), []);
      assert.deepEqual(await texts(), [first, second]);
      await store.close();
    });
  }

  test(`${name}: what others changed meanwhile stays, the rest is undone`, async () => {
    const { store, books, texts } = await begin();
    const journal = new Journal();
    const written = journal.recording(books);
    await written.update('a', none, () => '{"isbn":"a","title":"mine"}');
    await written.remove('b', none);
    await written.create({ key: 'c', text: '{"isbn":"c"}' });
    await written.create({ key: 'd', text: '{"isbn":"d"}' });
    await books.update('a', none, () => '{"isbn":"a","title":"theirs"}');
    await books.create({ key: 'b', text: '{"isbn":"b","title":"theirs"}' });
    await books.remove('c', none);
    const left = await journal.undo();
    assert.deepEqual(
      left.map(({ key, changedByOthers }) => [key, changedByOthers]),
      [
        ['c', true],
        ['b', true],
        ['a', true],
      ],
    );
    assert.deepEqual(await texts(), [
      ['a', '{"isbn":"a","title":"theirs"}'],
      ['b', '{"isbn":"b","title":"theirs"}'],
    ]);
    await store.close();
  });

  test(`${name}: a request that has been answered writes no more`, async () => {
    const { store, books, texts } = await begin();
    const journal = new Journal();
    const written = journal.recording(books);
    void written.create({ key: 'c', text: '{"isbn":"c"}' });
    await journal.settle();
    assert.equal((await texts()).length, 3, 'what was begun is waited for');
    await assert.rejects(written.remove('a', none), /has been answered/);
    await store.close();
  });

  test(`${name}: a write that fails, and that nobody waits for, fails the request`, async () => {
    const { store, books } = await begin();
    const journal = new Journal();
    void journal.recording(books).create({ key: 'a', text: '{}' });
    await assert.rejects(journal.settle(), { kind: 'conflict' });
    await store.close();
  });
}
