/**
 * Resources that nobody has written to have no table, and nobody can tell.
 *
 * Seen to fail when broken on purpose: a table that is added before its transaction is committed; one that is made for the
 * old description after another was adopted; a reader that does not look again; `close` and `adopt` that do not wait for
 * first writes; changes that do not wait for the write before them; names that are taken, but not asked for.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Collection, Store, StoreSchema } from '../../../src/stores/contract.ts';
import { connect } from '../../../src/stores/sqlite/driver.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { books, bookstore, field, resource } from '../bookstore.ts';
import { none } from '../preconditions.ts';
import { all, isStoreError } from '../suite.ts';
import { assertColumnsFit } from './columns.ts';
import { temporaryFolder } from './folder.ts';

const folder = temporaryFolder();
let count = 0;
function newFile(): string {
  count += 1;
  return join(folder, `${count}.db`);
}

/** Names of the tables of resources, as SQLite has them. */
async function tablesIn(file: string): Promise<readonly unknown[]> {
  const database = await connect(file, { readOnly: true });
  const own = `SELECT "name" FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'cartouche_%' ORDER BY 1`;
  const names = database.prepare(own).all().flat();
  database.close();
  return names;
}

const everything = { kind: 'all' } as const;
const must = { kind: 'revision', revisions: [1] } as const;
const keysOf = async (collection: Collection): Promise<readonly string[]> =>
  (await collection.list(all)).documents.map(({ key }) => key);

/** What neither finds nor stores anything, and what it gives. */
const withoutEffect: Readonly<Record<string, readonly [act: (books: Collection) => unknown, expected: unknown]>> = {
  get: [(each) => each.get('a'), undefined],
  list: [(each) => each.list({ ...all, count: 'none' }), { documents: [], more: false }],
  'list with a total': [(each) => each.list({ ...all, count: 'exact' }), { documents: [], total: 0, more: false }],
  listTexts: [(each) => each.listTexts?.({ ...all, count: 'none' }), { texts: '', count: 0, more: false }],
  count: [(each) => each.count(everything), 0],
  update: [(each) => each.update('a', none, () => '{}'), undefined],
  'update with a precondition': [(each) => each.update('a', must, () => '{}'), undefined],
  remove: [(each) => each.remove('a', none), undefined],
  updateMany: [(each) => each.updateMany(everything, () => '{}'), 0],
  removeMany: [(each) => each.removeMany(everything), 0],
};

for (const [name, [act, expected]] of Object.entries(withoutEffect)) {
  test(`${name} of what was never written makes no table`, async () => {
    const file = newFile();
    const store = await openSqliteStore(file, bookstore);
    assert.deepEqual(await act(store.collection('books')), expected);
    await store.close();
    assert.deepEqual(await tablesIn(file), []);
  });
}

/** Writes that are the first ones of `books`, and the keys that are there after them. */
const firstWrites: Readonly<
  Record<string, readonly [write: (books: Collection) => Promise<unknown>, keys: readonly string[]]>
> = {
  create: [(each) => each.create({ key: 'a', text: '{}' }), ['a']],
  createMany: [(each) => each.createMany(['a', 'b'].map((key) => ({ key, text: '{}' }))), ['a', 'b']],
  upsert: [(each) => each.upsert({ key: 'a', text: '{}' }, none), ['a']],
  'several at once': [(each) => Promise.all(['b', 'a'].map((key) => each.create({ key, text: '{}' }))), ['a', 'b']],
  'create, update and remove at once': [
    async (each) => {
      const done = await Promise.all([
        each.create({ key: 'a', text: '{}' }),
        each.create({ key: 'b', text: '{}' }),
        each.update('a', none, () => '{"pages":3}'),
        each.updateMany(everything, ({ text }) => text.replace('3', '4')),
        each.remove('b', none),
      ]);
      assert.deepEqual([done[2]?.text, done[3], done[4]?.key], ['{"pages":3}', 2, 'b']);
    },
    ['a'],
  ],
  'several that are rolled back': [
    async (each) => {
      const twice = [0, 1].map(() => ({ key: 'a', text: '{}' }));
      await assert.rejects(each.createMany(twice), isStoreError('conflict', ['key']));
      assert.equal(await each.get('a'), undefined);
      await each.create({ key: 'b', text: '{}' });
    },
    ['b'],
  ],
  'several that are rolled back, one of which is not': [
    async (each) => {
      const twice = [0, 1].map(() => ({ key: 'a', text: '{}' }));
      const refused = assert.rejects(each.createMany(twice), isStoreError('conflict', ['key']));
      await Promise.all([refused, each.create({ key: 'b', text: '{}' })]);
    },
    ['b'],
  ],
  'one that is no JSON': [
    async (each) => {
      await assert.rejects(each.create({ key: 'a', text: '{' }));
      await each.create({ key: 'b', text: '{}' });
    },
    ['b'],
  ],
  'a unique value twice': [
    async (each) => {
      const [first, second] = ['a', 'b'].map((key) => each.create({ key, text: '{"isbn":"x"}' }));
      await assert.rejects(Promise.all([second, first]), isStoreError('conflict', ['isbn']));
    },
    ['a'],
  ],
};

for (const [name, [write, keys]] of Object.entries(firstWrites)) {
  for (const asked of ['before', 'again after'] as const) {
    test(`a first write: ${name}; read by a collection that was asked for ${asked} it`, async () => {
      const file = newFile();
      const store = await openSqliteStore(file, bookstore);
      const before = store.collection('books');
      await write(before);
      assert.deepEqual(await keysOf(asked === 'before' ? before : store.collection('books')), keys);
      assert.deepEqual(await tablesIn(file), ['books']);
      await assertColumnsFit(file);
      await store.close();

      const reopened = await openSqliteStore(file, bookstore);
      assert.deepEqual(await keysOf(reopened.collection('books')), keys);
      assert.equal(await reopened.collection('orders').count(everything), 0);
      await reopened.close();
      assert.deepEqual(await tablesIn(file), ['books']);
    });
  }
}

test('a first id is 1, and is not given twice', async () => {
  const file = newFile();
  for (const expected of [1, 2]) {
    const store = await openSqliteStore(file, bookstore);
    assert.equal(await store.collection('orders').nextId(), expected);
    await store.close();
  }
});

test('a table that cannot be made is made by the next write', async () => {
  const file = newFile();
  const store = await openSqliteStore(file, bookstore);
  const collection = store.collection('books');
  const other = await connect(file, { readOnly: false });
  // The last of its indexes is in the way.
  other.exec('CREATE TABLE "x" ("y"); CREATE INDEX "books.changed" ON "x" ("y")');
  await assert.rejects(collection.create({ key: 'a', text: '{}' }), /books\.changed already exists/);
  await assert.rejects(Promise.all([collection.create({ key: 'a', text: '{}' }), collection.remove('a', none)]));
  assert.equal(await collection.get('a'), undefined);
  assert.deepEqual(await tablesIn(file), ['x']);
  other.exec('DROP TABLE "x"');
  other.close();
  await collection.create({ key: 'a', text: '{}' });
  assert.deepEqual(await keysOf(collection), ['a']);
  await store.close();
  await assertColumnsFit(file);
});

test('resources of one name for SQLite, written to at once, have a table each', async () => {
  const file = newFile();
  const names = ['Books', 'books', 'BOOKS'];
  const store = await openSqliteStore(file, { resources: names.map((name) => resource(name, [])) });
  await Promise.all(names.map((name) => store.collection(name).create({ key: name, text: '{}' })));
  for (const name of names) assert.deepEqual(await keysOf(store.collection(name)), [name]);
  await store.close();
  assert.deepEqual(await tablesIn(file), ['books', 'books_2', 'books_3']);
});

const more: StoreSchema = { resources: [{ ...books, fields: [...books.fields, field('other', 'integer')] }] };

/** What may come between a first write and its answer. */
const interruptions: Readonly<Record<string, (store: Store) => Promise<void>>> = {
  close: (store) => store.close(),
  'adopt without the resource': (store) => store.adopt({ resources: [resource('shops', [])] }),
  'adopt with a new field': (store) => store.adopt(more),
  'adopt, then close': async (store) => {
    await store.adopt(bookstore);
    await store.close();
  },
};

for (const [name, interrupt] of Object.entries(interruptions)) {
  test(`a first write that is followed by ${name} is kept`, async () => {
    const file = newFile();
    const store = await openSqliteStore(file, bookstore);
    const writes = [
      store.collection('books').create({ key: 'a', text: '{"other":3}' }),
      store.collection('orders').nextId(),
      store.collection('books').update('a', none, ({ text }) => text),
    ];
    await interrupt(store);
    await Promise.all(writes);
    await store.close();
    const reopened = await openSqliteStore(file, bookstore);
    assert.deepEqual(await keysOf(reopened.collection('books')), ['a']);
    await reopened.close();
    await assertColumnsFit(file);
  });
}

test('a closed store refuses what was never written like everything else', async () => {
  const store = await openSqliteStore(newFile(), bookstore);
  const collection = store.collection('books');
  await store.close();
  assert.throws(() => collection.get('a'), isStoreError('unavailable'));
  assert.throws(() => store.collection('orders'), isStoreError('unavailable'));
  for (const [write] of Object.values(firstWrites).slice(0, 3)) {
    await assert.rejects(write(collection), isStoreError('unavailable'));
  }
  await assert.rejects(async () => collection.update('a', none, () => '{}'), isStoreError('unavailable'));
});

const otherIs = { kind: 'compare', operand: { kind: 'field', path: 'other' }, operator: 'eq', value: 3 } as const;

/** Ways from a description to a changed one, with nothing written in between. */
const changes: Readonly<Record<string, (file: string) => Promise<readonly [store: Store, collection: Collection]>>> = {
  'opened again': async (file) => {
    await (await openSqliteStore(file, bookstore)).close();
    const store = await openSqliteStore(file, more);
    return [store, store.collection('books')];
  },
  adopted: async (file) => {
    const store = await openSqliteStore(file, bookstore);
    await store.adopt(more);
    return [store, store.collection('books')];
  },
  'adopted, and written to by who asked before': async (file) => {
    const store = await openSqliteStore(file, bookstore);
    const before = store.collection('books');
    await store.adopt(more);
    return [store, before];
  },
};

for (const [name, change] of Object.entries(changes)) {
  test(`the table is that of the present description: ${name}`, async () => {
    const file = newFile();
    const [store, collection] = await change(file);
    await collection.create({ key: 'a', text: '{"other":3}' });
    assert.equal(await store.collection('books').count(otherIs), 1);
    await store.close();
    const database = await connect(file, { readOnly: true });
    assert.deepEqual(database.prepare('SELECT "key", "other" FROM "books"').all(), [['a', 3]]);
    assert.ok(database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'books.other'`).get());
    database.close();
    await assertColumnsFit(file);
  });
}

test('who only reads finds what another process has begun to write', async () => {
  const file = newFile();
  await (await openSqliteStore(file, bookstore)).close();
  const reader = await openSqliteStore(file, bookstore, { readOnly: true });
  const collection = reader.collection('books');
  assert.equal(await collection.count(everything), 0);
  assert.equal(await collection.get('0-0-1'), undefined);
  await assert.rejects(collection.create({ key: 'a', text: '{}' }), isStoreError('read-only'));
  await assert.rejects(async () => collection.remove('a', none), isStoreError('read-only'));
  const script = fileURLToPath(new URL('writer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, file, 'write'], { stdio: 'ignore' });
  const closed = once(child, 'close');
  try {
    const deadline = performance.now() + 20_000;
    while ((await collection.get('0-0-1')) === undefined && performance.now() < deadline) await wait(5);
    assert.equal((await collection.get('0-0-1'))?.key, '0-0-1');
    assert.ok(Number(await reader.collection('books').count(everything)) > 0);
    // Nobody writes to these.
    assert.deepEqual(await keysOf(reader.collection('lines')), []);
  } finally {
    child.kill('SIGKILL');
    await closed;
    await reader.close();
  }
});

test('who only reads finds no table in a database of an older description, and reads on', async () => {
  const file = newFile();
  const store = await openSqliteStore(file, { resources: [books] });
  await store.collection('books').create({ key: 'a', text: '{}' });
  await store.close();
  const reader = await openSqliteStore(file, bookstore, { readOnly: true });
  assert.deepEqual(await keysOf(reader.collection('books')), ['a']);
  assert.deepEqual(await keysOf(reader.collection('orders')), []);
  assert.throws(() => reader.collection('shops'), isStoreError('unknown-resource'));
  await reader.close();
});
