/** The marks of an index: what they promise, how they outlive everything, and that they cost nothing without an index. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareText } from '../../../src/query/values.ts';
import { connect } from '../../../src/stores/sqlite/driver.ts';
import { openBeside, openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { bookstore } from '../bookstore.ts';
import { testChangeLog } from '../change-log.ts';
import { none } from '../preconditions.ts';
import { isStoreError, testStore } from '../suite.ts';
import { temporaryFolder } from './folder.ts';

const folder = temporaryFolder();
let count = 0;
const newFile = (): string => {
  count += 1;
  return join(folder, `${count}.db`);
};

testChangeLog('sqlite, in a file', (schema) => openSqliteStore(newFile(), schema, { tracked: true }));
testChangeLog('sqlite, in memory', (schema) => openSqliteStore(':memory:', schema, { tracked: true }));
testStore({ name: 'sqlite, marked', open: (schema) => openSqliteStore(newFile(), schema, { tracked: true }) });

const later = (): Date => new Date(Date.now() + 1000);

test('without an index nothing is marked, and the file has no place for marks', async () => {
  const file = newFile();
  const store = await openSqliteStore(file, bookstore);
  assert.equal(store.changes, undefined);
  await store.collection('books').create({ key: 'a', text: '{}' });
  await store.close();
  const database = await connect(file, { readOnly: true });
  const tables = database.prepare(`SELECT "name" FROM sqlite_master WHERE "name" LIKE 'cartouche%'`).all();
  assert.deepEqual(tables.flat().toSorted(), ['cartouche_meta', 'cartouche_sequences']);
  assert.deepEqual(database.prepare('PRAGMA user_version').get(), [2]);
  database.close();
});

test('once begun, marks go on, so that an index can catch up with what was written without it', async () => {
  const file = newFile();
  const first = await openSqliteStore(file, bookstore, { tracked: true });
  await first.collection('books').create({ key: 'a', text: '{}' });
  await first.changes?.confirm('books', await first.changes.scan('books', undefined, 10));
  await first.close();
  const without = await openSqliteStore(file, bookstore);
  assert.equal(without.changes, undefined);
  await without.collection('books').create({ key: 'b', text: '{}' });
  await without.collection('books').remove('a', none);
  await without.adopt(bookstore);
  await without.collection('books').create({ key: 'c', text: '{}' });
  await without.close();
  const again = await openSqliteStore(file, bookstore, { tracked: true });
  assert.deepEqual((await again.changes?.pending('books', 10, later()))?.toSorted(), ['a', 'b', 'c']);
  await again.close();
});

test('read-only, marks are read', async () => {
  const file = newFile();
  const unmarked = await openSqliteStore(file, bookstore);
  await unmarked.collection('books').create({ key: 'a', text: '{}' });
  await assert.rejects(
    openSqliteStore(file, bookstore, { tracked: true, readOnly: true }),
    isStoreError('unsupported'),
  );
  await assert.rejects(openBeside(file, bookstore), isStoreError('unsupported'));
  await unmarked.close();
  const marked = await openSqliteStore(file, bookstore, { tracked: true });
  await marked.collection('books').create({ key: 'b', text: '{}' });
  const reader = await openSqliteStore(file, bookstore, { tracked: true, readOnly: true });
  assert.deepEqual(await reader.changes?.pending('books', 10, later()), ['b']);
  await assert.rejects(async () => reader.changes?.mark('books', 'all'), isStoreError('read-only'));
  await reader.close();
  await marked.close();
});

test('beside the process that serves it, marks are written and documents are not', async () => {
  const file = newFile();
  const server = await openSqliteStore(file, bookstore, { tracked: true });
  await server.collection('books').create({ key: 'a', text: '{}' });
  const { store, isAlone } = await openBeside(file, bookstore);
  assert.equal(isAlone, false);
  await assert.rejects(store.collection('books').create({ key: 'b', text: '{}' }), isStoreError('read-only'));
  await store.changes?.confirm('books', await store.changes.read('books', ['a']));
  assert.deepEqual(await server.changes?.pending('books', 10, later()), []);
  assert.equal(await store.changes?.writeControl('x', 0, 1), true);
  assert.equal(await server.changes?.writeControl('x', 0, 2), false);
  await server.collection('orders').create({ key: '1', text: '{}' });
  assert.equal((await store.changes?.scan('orders', undefined, 10))?.length, 1);
  await store.close();
  await server.collection('books').create({ key: 'c', text: '{}' });
  await server.close();
  const alone = await openBeside(file, bookstore);
  assert.equal(alone.isAlone, true);
  await assert.rejects(openSqliteStore(file, bookstore), isStoreError('locked'));
  await alone.store.close();
});

test('a document that comes back as it once was is newer than its removal to an index', async () => {
  const store = await openSqliteStore(newFile(), bookstore, { tracked: true });
  const { changes } = store;
  const collection = store.collection('books');
  const once = await collection.create({ key: 'a', text: '{}' });
  await collection.remove('a', none);
  const [removal] = (await changes?.read('books', ['a'])) ?? [];
  await collection.restore([once]);
  assert.deepEqual(await collection.get('a'), once);
  const [state] = (await changes?.read('books', ['a'])) ?? [];
  assert(removal !== undefined && state !== undefined);
  assert(state.revision > removal.revision && !state.removed && state.document.revision === once.revision);
  await changes?.confirm('books', [state]);
  assert.deepEqual(await changes?.scan('books', undefined, 10), [state], 'so it stays');
  assert.deepEqual(await changes?.pending('books', 10, later()), []);
  await store.close();
});

test('integer keys come in the order of their texts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }), { maxLength: 40 }),
      fc.uniqueArray(fc.integer({ min: -30, max: 300 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      async (large, small, size) => {
        const store = await openSqliteStore(':memory:', bookstore, { tracked: true });
        const keys = [...new Set([...large, ...small].map(String))];
        await store.collection('orders').createMany(keys.map((key) => ({ key, text: '{}' })));
        const found: string[] = [];
        for (let after: string | undefined; ; after = found.at(-1)) {
          const page = (await store.changes?.scan('orders', after, size)) ?? [];
          found.push(...page.map(({ key }) => key));
          if (page.length < size) break;
        }
        assert.deepEqual(found, keys.toSorted(compareText));
        await store.close();
      },
    ),
    { numRuns: 100 },
  );
});
