/**
 * Databases of format 1, in which SQLite computed the fields' columns: written here as they were then.
 * Seen to fail when broken on purpose: no rebuilding; row numbers that are not kept; indexes that do not come back.
 */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Resource } from '../../../src/model/types.ts';
import type { Filter } from '../../../src/query/types.ts';
import type { Collection } from '../../../src/stores/contract.ts';
import { connect, type Database } from '../../../src/stores/sqlite/driver.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { field, lines, orders, resource } from '../bookstore.ts';
import { none } from '../preconditions.ts';
import { all, isStoreError } from '../suite.ts';
import { assertColumnsFit } from './columns.ts';
import { temporaryFolder } from './folder.ts';

const folder = temporaryFolder();

const books = resource('books', [field('pages', 'integer'), field('isbn', 'string', { unique: true })], {
  links: [{ name: 'shop', resource: 'shops' }],
});

const number = (path: string): string =>
  `CASE json_type("doc", '$."${path}"') WHEN 'integer' THEN ("doc" ->> '$."${path}"') WHEN 'real' THEN ("doc" ->> '$."${path}"') END`;
const string = (path: string): string =>
  `CASE json_type("doc", '$."${path}"') WHEN 'text' THEN ("doc" ->> '$."${path}"') END`;

const tables = [
  {
    name: 'books',
    resource: 'books',
    key: 'text',
    id: 'key',
    columns: [
      { kind: 'link', name: 'link_shop', link: 'shop' },
      { kind: 'field', name: 'pages', path: 'pages', type: 'integer' },
      { kind: 'field', name: 'isbn', path: 'isbn', type: 'string' },
    ],
  },
  {
    name: 'orders',
    resource: 'orders',
    key: 'integer',
    id: 'key',
    columns: [{ kind: 'field', name: 'total', path: 'total', type: 'number' }],
  },
  {
    name: 'lines',
    resource: 'lines',
    key: 'text',
    id: 'integer',
    columns: [
      { kind: 'link', name: 'link_order', link: 'order' },
      { kind: 'field', name: 'amount', path: 'amount', type: 'integer' },
    ],
  },
];

const layout = `
  PRAGMA application_id = ${0x43617274};
  PRAGMA user_version = 1;
  CREATE TABLE "cartouche_meta" ("name" TEXT PRIMARY KEY, "value" TEXT NOT NULL);
  CREATE TABLE "cartouche_sequences" (
    "resource" TEXT PRIMARY KEY,
    "last_id" INTEGER NOT NULL, "removed_revision" INTEGER NOT NULL, "highest_revision" INTEGER NOT NULL
  );
  CREATE TABLE "books" (
    "rid" INTEGER PRIMARY KEY, "key" TEXT NOT NULL UNIQUE, "rev" INTEGER NOT NULL, "doc" TEXT NOT NULL,
    "link_shop" TEXT,
    "pages" GENERATED ALWAYS AS (${number('pages')}) STORED
  );
  ALTER TABLE "books" ADD COLUMN "isbn" GENERATED ALWAYS AS (${string('isbn')}) VIRTUAL;
  CREATE INDEX "books.link_shop" ON "books" ("link_shop", "key");
  CREATE INDEX "books.pages" ON "books" ("pages", "key");
  CREATE UNIQUE INDEX "books.isbn.unique" ON "books" ("isbn");
  CREATE TABLE "orders" (
    "key" INTEGER PRIMARY KEY, "rev" INTEGER NOT NULL, "doc" TEXT NOT NULL,
    "total" GENERATED ALWAYS AS (${number('total')}) STORED
  );
  CREATE INDEX "orders.total" ON "orders" ("total");
  CREATE TABLE "lines" (
    "rid" INTEGER PRIMARY KEY, "key" TEXT NOT NULL UNIQUE, "rev" INTEGER NOT NULL, "doc" TEXT NOT NULL,
    "id" GENERATED ALWAYS AS (CAST(substr("key", instr("key", '/') + 1) AS INTEGER)) STORED,
    "link_order" TEXT,
    "amount" GENERATED ALWAYS AS (${number('amount')}) STORED
  );
  CREATE INDEX "lines.id" ON "lines" ("id", "key");
  CREATE INDEX "lines.link_order" ON "lines" ("link_order", "id", "key");
  CREATE INDEX "lines.amount" ON "lines" ("amount", "id", "key");
  INSERT INTO "books" ("rid", "key", "rev", "doc", "link_shop") VALUES
    (7, 'z', 11, '{ "pages": 3, "isbn": "x" }', 's'), (9, 'a', 12, '{"pages":"3","isbn":"y"}', NULL), (40, 'm', 13, '{}', 't');
  INSERT INTO "orders" ("key", "rev", "doc") VALUES (5, 21, '{"total":2.5}'), (-3, 22, '{"total":1}');
  INSERT INTO "lines" ("key", "rev", "doc", "link_order") VALUES ('5/2', 31, '{"amount":4}', '5'), ('5/10', 32, '{}', '5');
  INSERT INTO "cartouche_sequences" VALUES ('orders', 64, 5, 100), ('books', 0, 0, 100);
  INSERT INTO "cartouche_meta" VALUES ('fingerprint', 'of format 1'), ('tables', '${JSON.stringify(tables)}');
`;

async function writeFormat1(name: string): Promise<string> {
  const file = join(folder, `${name}.db`);
  const database = await connect(file, { readOnly: false });
  database.exec(layout);
  database.close();
  return file;
}

async function inDatabase<T>(file: string, look: (database: Database) => T): Promise<T> {
  const database = await connect(file, { readOnly: true });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

const rowsOf = (table: string, columns: string) => (database: Database) =>
  database
    .prepare(`SELECT ${columns} FROM "${table}" ORDER BY 1`)
    .all()
    .map((row) => [...row]);
const version = (database: Database): unknown => database.prepare('PRAGMA user_version').get()?.[0];
const indexes = (database: Database): unknown =>
  database
    .prepare(`SELECT "name", "sql" FROM sqlite_master WHERE type = 'index' ORDER BY 1`)
    .all()
    .map((row) => [...row]);
const computed = (database: Database): unknown =>
  ['books', 'orders', 'lines'].flatMap((table) =>
    database.prepare(`SELECT "name" FROM pragma_table_xinfo('${table}') WHERE "hidden" <> 0`).all().flat(),
  );

const pagesAre = (value: number): Filter => ({
  kind: 'compare',
  operand: { kind: 'field', path: 'pages' },
  operator: 'eq',
  value,
});
const keys = async (collection: Collection): Promise<readonly string[]> =>
  (await collection.list(all)).documents.map(({ key }) => key);

const contents = {
  books: 'rid, key, rev, doc, link_shop, pages, isbn',
  orders: 'key, rev, doc, total',
  lines: 'rid, key, rev, doc, id, link_order, amount',
};

for (const [name, resources] of Object.entries<readonly Resource[]>({
  'with all its resources': [books, orders, lines],
  'with resources that the description no longer has': [books],
})) {
  test(`a database of format 1 is rebuilt and keeps everything, ${name}`, async () => {
    const file = await writeFormat1(name);
    const before = await inDatabase(file, (database) => [
      Object.entries(contents).map(([table, columns]) => rowsOf(table, columns)(database)),
      indexes(database),
      rowsOf('cartouche_sequences', '*')(database),
    ]);
    assert.deepEqual(await inDatabase(file, computed), ['pages', 'isbn', 'total', 'id', 'amount']);

    await (await openSqliteStore(file, { resources })).close();

    const after = await inDatabase(file, (database) => [
      Object.entries(contents).map(([table, columns]) => rowsOf(table, columns)(database)),
      indexes(database),
      rowsOf('cartouche_sequences', '*')(database),
    ]);
    assert.deepEqual(after, before);
    assert.deepEqual(await inDatabase(file, computed), ['id']);
    assert.equal(await inDatabase(file, version), 2);
    await assertColumnsFit(file);

    const store = await openSqliteStore(file, { resources: [books, orders, lines] });
    const collection = store.collection('books');
    await collection.update('z', none, () => '{"pages":4,"isbn":"x"}');
    assert.equal(await collection.count(pagesAre(4)), 1);
    assert.equal(await collection.count(pagesAre(3)), 0);
    await assert.rejects(collection.create({ key: 'n', text: '{"isbn":"y"}' }), isStoreError('conflict', ['isbn']));
    await store.collection('orders').create({ key: '7', text: '{"total":9}' });
    assert.deepEqual(await keys(store.collection('orders')), ['-3', '5', '7']);
    assert.deepEqual(await keys(store.collection('lines')), ['5/2', '5/10']);
    assert.equal(await store.collection('orders').nextId(), 65);
    await assertColumnsFit(file);
    await store.close();
  });
}

test('a database of format 1 that is opened read-only is read as it is', async () => {
  const file = await writeFormat1('read-only');
  const store = await openSqliteStore(file, { resources: [books] }, { readOnly: true });
  assert.equal(await store.collection('books').count(pagesAre(3)), 1);
  assert.equal((await store.collection('books').get('z'))?.text, '{ "pages": 3, "isbn": "x" }');
  await store.close();
  assert.equal(await inDatabase(file, version), 1);
});

test('a database of format 1 whose last writes are still in its log loses none of them', async () => {
  const written = await writeFormat1('crashed');
  const writer = await connect(written, { readOnly: false });
  writer.exec('PRAGMA journal_mode = WAL');
  writer.exec(`INSERT INTO "books" ("key", "rev", "doc") VALUES ('late', 14, '{"pages":8}')`);
  const file = join(folder, 'found.db');
  copyFileSync(written, file);
  copyFileSync(`${written}-wal`, `${file}-wal`);
  writer.close();

  const store = await openSqliteStore(file, { resources: [books, orders, lines] });
  assert.equal(await store.collection('books').count(pagesAre(8)), 1);
  assert.deepEqual(await keys(store.collection('books')), ['a', 'late', 'm', 'z']);
  await store.close();
  assert.equal(existsSync(`${file}-wal`), false);
  await assertColumnsFit(file);
});

test('a database of format 1 that is refused stays of format 1', async () => {
  const file = await writeFormat1('refused');
  const before = await inDatabase(file, (database) => rowsOf('sqlite_master', 'name, sql')(database));
  const refused = { ...books, id: { ...books.id, type: 'integer' as const } };
  await assert.rejects(openSqliteStore(file, { resources: [orders, refused] }), isStoreError('schema'));
  assert.deepEqual(await inDatabase(file, (database) => rowsOf('sqlite_master', 'name, sql')(database)), before);
  assert.equal(await inDatabase(file, version), 1);
  await (await openSqliteStore(file, { resources: [books, orders, lines] })).close();
  await assertColumnsFit(file);
});

test('a database of format 1 is rebuilt and migrated at once', async () => {
  const file = await writeFormat1('migrated');
  const more: Resource = { ...books, fields: [...books.fields, field('title', 'string')] };
  const store = await openSqliteStore(
    file,
    { resources: [more, { ...orders, id: { ...orders.id, type: 'string' } }, lines] },
    { acceptSchemaChanges: true },
  );
  await store.collection('books').update('m', none, () => '{"title":"new"}');
  assert.deepEqual(await keys(store.collection('orders')), ['-3', '5']);
  await store.close();
  await assertColumnsFit(file);
});
