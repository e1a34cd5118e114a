/** `cartouche copy`, as a user runs it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Resource } from '../../src/model/types.ts';
import { sqliteContents } from '../../src/stores/sqlite/contents.ts';
import { connect } from '../../src/stores/sqlite/driver.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { books, orders, resource } from '../stores/bookstore.ts';
import { none } from '../stores/preconditions.ts';
import { all } from '../stores/suite.ts';
import { cartouche, emptyFolder, serving } from './cli.ts';

const bookstore = fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url));
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

/** A file with so many books, and an order that was removed. */
async function filled(file: string, count: number, more: readonly Resource[] = []): Promise<void> {
  const store = await openSqliteStore(file, { title: 'Shop', resources: [books, orders, ...more] });
  for (let at = 0; at < count; at += 1000) {
    const some = Array.from({ length: Math.min(1000, count - at) }, (_, more) => String(at + more));
    await store
      .collection('books')
      .createMany(some.map((key) => ({ key, text: `{"title":"Book ${key}","isbn":"${key}"}`, links: { shop: 's' } })));
  }
  await store.collection('orders').create({ key: '7', text: '{"id":7}' });
  await store.collection('orders').remove('7', none);
  for (const { name } of more) await store.collection(name).create({ key: 'x', text: '{}' });
  await store.close();
}

async function rowsOf(file: string): Promise<unknown> {
  const database = await connect(file, { readOnly: true });
  try {
    return database.prepare('SELECT "key", "rev", "doc", "link_shop" FROM "books" ORDER BY "key"').all();
  } finally {
    database.close();
  }
}

test('moves everything, and says how much', async (t) => {
  const folder = emptyFolder(t);
  await filled(join(folder, 'a.db'), 3);
  const copied = await cartouche(folder, ['copy', '--from', 'a.db', '--to', 'b.db']);
  assert.deepEqual([copied.status, copied.stderr], [0, '']);
  assert.match(
    copied.stdout,
    /^Copied 3 documents from a\.db to b\.db\.\n\n {2}books {2}3 {2}checksum [0-9a-f]{12} on both sides\n$/,
  );
  assert.deepEqual(await rowsOf(join(folder, 'b.db')), await rowsOf(join(folder, 'a.db')));
  const store = await openSqliteStore(join(folder, 'b.db'), { title: 'Shop', resources: [books, orders] });
  assert.equal(await store.collection('orders').nextId(), 8, 'an id that was removed is not given out again');
  await store.close();
  const again = await cartouche(folder, ['copy', '--from', 'a.db', '--to', 'b.db']);
  assert.equal(again.status, 2);
  assert.match(again.stderr, /b\.db holds a complete copy of a\.db already/);
});

test('killed in the middle, it goes on, and nobody serves what is there until then', async (t) => {
  const folder = emptyFolder(t);
  const [from, to] = ['a.db', 'b.db'].map((name) => join(folder, name));
  assert(from !== undefined && to !== undefined);
  const count = 20_000;
  await filled(from, count);
  let kills = 0;
  while (kills < 2) {
    const child = spawn(process.execPath, ['--import', tsx, cli, 'copy', '--from', 'a.db', '--to', 'b.db'], {
      cwd: folder,
      stdio: 'ignore',
    });
    t.after(() => child.kill('SIGKILL'));
    const closed = once(child, 'close');
    const before = await reached(to);
    // By what it has done, not by the clock.
    while (child.exitCode === null && (await reached(to)) <= before) await wait(2);
    assert.equal(child.exitCode, null, 'it has ended before it could be killed');
    child.kill('SIGKILL');
    await closed;
    kills += 1;
    assert.ok((await reached(to)) < count);
  }
  const served = await cartouche(folder, ['serve', bookstore, '--data', 'b.db', '--port', '0']);
  assert.equal(served.status, 2);
  assert.match(served.stderr, /a copy into it has not ended/);
  const chained = await cartouche(folder, ['copy', '--from', 'b.db', '--to', 'c.db']);
  assert.equal(chained.status, 2);
  assert.match(chained.stderr, /b\.db is itself a copy that has not ended/);
  await filled(join(folder, 'other.db'), 1);
  const foreign = await cartouche(folder, ['copy', '--from', 'other.db', '--to', 'b.db']);
  assert.equal(foreign.status, 2);
  assert.match(foreign.stderr, /b\.db holds a part of another store/);
  const finished = await cartouche(folder, ['copy', '--from', 'a.db', '--to', 'b.db', '--json']);
  assert.equal(finished.status, 0, finished.stdout);
  const lines = finished.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(lines.at(-1), { event: 'complete', from: 'a.db', to: 'b.db', documents: count });
  assert.deepEqual(await rowsOf(to), await rowsOf(from));
});

/** How many documents have arrived; 0 while there is no table. */
async function reached(file: string): Promise<number> {
  if (!existsSync(file)) return 0;
  try {
    const database = await connect(file, { readOnly: true });
    try {
      return Number(database.prepare('SELECT count(*) FROM "books"').get()?.[0] ?? 0);
    } finally {
      database.close();
    }
  } catch {
    return 0;
  }
}

test('a copy of data that is being served arrives whole', async (t) => {
  const folder = emptyFolder(t);
  const server = await serving(t, folder, [bookstore]);
  const post = (isbn: number) =>
    fetch(`${server.url}/books`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ isbn: String(isbn), title: 'A book', pages: 1, price: 1 }),
    });
  for (let at = 0; at < 50; at++) assert.equal((await post(9_780_000_000_000 + at)).status, 201);
  let writing = true;
  const writer = (async () => {
    for (let at = 100; writing; at++) {
      await post(9_780_000_000_000 + at);
      await wait(20);
    }
  })();
  const copied = await cartouche(folder, ['copy', '--from', 'bookstore.db', '--to', 'b.db', '--json']);
  writing = false;
  await writer;
  assert.ok(copied.status === 0 || copied.status === 1, copied.stdout);
  await server.stop();
  // Whatever came too late comes with the second run, if the first one was not complete.
  const again = await cartouche(folder, ['copy', '--from', 'bookstore.db', '--to', 'b.db']);
  assert.equal(again.status, copied.status === 0 ? 2 : 0, again.stderr);
});

test('all data moves, even of what is no longer described', async (t) => {
  const folder = emptyFolder(t);
  const file = join(folder, 'a.db');
  await filled(file, 2, [resource('authors', [])]);
  const store = await openSqliteStore(file, { title: 'Shop', resources: [books, orders] });
  await store.close();
  const copied = await cartouche(folder, ['copy', '--from', 'a.db', '--to', 'b.db', '--json']);
  assert.equal(copied.status, 0, copied.stdout);
  assert.match(copied.stdout, /"documents":3/);
  const copy = await openSqliteStore(join(folder, 'b.db'), { resources: [resource('authors', [])] });
  assert.equal((await copy.collection('authors').list(all)).documents.length, 1);
  await copy.close();
});

test('refusals say what to do', async (t) => {
  const folder = emptyFolder(t);
  await filled(join(folder, 'a.db'), 2);
  await filled(join(folder, 'full.db'), 1);
  copyFileSync(join(folder, 'a.db'), join(folder, 'twin.db'));
  writeFileSync(join(folder, 'text.db'), 'not a database, and long enough to be told from one '.repeat(100));
  const old = await connect(join(folder, 'twin.db'), { readOnly: false });
  old.exec(`DELETE FROM "cartouche_meta" WHERE "name" = 'described'`);
  old.close();
  const before = await rowsOf(join(folder, 'full.db'));
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--from', 'none.db', '--to', 'b.db'], /none\.db does not exist/],
    [['--from', 'a.db', '--to', 'full.db'], /full\.db holds documents already\.\n.*copy to an empty store/],
    [['--from', 'a.db', '--to', 'a.db'], /a\.db would be copied to itself/],
    [['--from', 'a.db', '--to', './a.db'], /a\.db would be copied to itself/],
    [['--from', 'text.db', '--to', 'b.db'], /text\.db: The file is no SQLite database/],
    [['--from', 'a.db', '--to', 'none/b.db'], /The folder "none" does not exist/],
    [['--from', 'a.db', '--to', ':memory:'], /:memory: is no store that keeps anything/],
    [['--from', 'a.db', '--to', 'postgres://x/y'], /postgres:\/\/x\/y is no store.*\n.*mongodb:\/\//],
    [['--from', 'mongodb://me:secret@127.0.0.1:1/x', '--to', 'b.db'], /mongodb:\/\/127\.0\.0\.1:1\/x: /],
    [
      ['--from', 'twin.db', '--to', 'b.db'],
      /twin\.db does not remember what it was served by\.\n.*name the description/,
    ],
    [['--to', 'b.db'], /--from/],
  ];
  for (const [args, message] of cases) {
    const { status, stderr } = await cartouche(folder, ['copy', ...args]);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /secret|defect/);
  }
  assert.equal(existsSync(join(folder, 'b.db')), false, 'nothing was begun');
  assert.deepEqual(await rowsOf(join(folder, 'full.db')), before);
  assert.equal((await sqliteContents(join(folder, 'full.db'))).copy, undefined);
});

test('a file that remembers nothing is copied with its description', async (t: TestContext) => {
  const folder = emptyFolder(t);
  const server = await serving(t, folder, [bookstore]);
  const created = await fetch(`${server.url}/books`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ isbn: '9780141439587', title: 'Emma', pages: 474, price: 7.5 }),
  });
  assert.equal(created.status, 201);
  await server.stop();
  const database = await connect(join(folder, 'bookstore.db'), { readOnly: false });
  database.exec(`DELETE FROM "cartouche_meta" WHERE "name" = 'described'`);
  database.close();
  const copied = await cartouche(folder, ['copy', bookstore, '--from', 'bookstore.db', '--to', 'b.db']);
  assert.equal(copied.status, 0, copied.stderr);
  const second = await serving(t, folder, [bookstore, '--data', 'b.db']);
  const answer = await fetch(`${second.url}/books/9780141439587`);
  assert.equal(answer.headers.get('etag'), created.headers.get('etag'));
  await second.stop();
});
