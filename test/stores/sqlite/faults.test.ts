/** What can go wrong around a database: other processes, sudden death, other people's files, full disks. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '../../../src/stores/sqlite/driver.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { giveAway, unprivileged } from '../../unprivileged.ts';
import { bookstore } from '../bookstore.ts';
import { none } from '../preconditions.ts';
import { isStoreError } from '../suite.ts';
import { temporaryFolder } from './folder.ts';

const folder = temporaryFolder();
const opener = fileURLToPath(new URL('opener.ts', import.meta.url));
const writer = fileURLToPath(new URL('writer.ts', import.meta.url));

/** Starts `writer.ts`, and resolves when it has opened the database. Whatever it says is collected. */
async function start(file: string, ...more: readonly string[]): Promise<{ child: ChildProcess; said: () => string[] }> {
  const child = spawn(process.execPath, ['--import', 'tsx', writer, file, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  after(() => child.kill('SIGKILL'));
  while (!output.startsWith('open')) {
    assert.equal(child.exitCode, null, 'the writer has ended');
    await wait(10);
  }
  // The last line may be cut off in its middle.
  return { child, said: () => output.split('\n').slice(1, -1) };
}

async function kill(child: ChildProcess): Promise<void> {
  assert.equal(child.exitCode, null, 'the writer has ended by itself');
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

test('a second process is refused, until the first one is gone', async () => {
  const file = join(folder, 'locked.db');
  const { child } = await start(file);
  await assert.rejects(openSqliteStore(file, bookstore), isStoreError('locked'));
  await assert.rejects(openSqliteStore(file, bookstore), /"locked\.db" is in use by another process/);
  const reader = await openSqliteStore(file, bookstore, { readOnly: true });
  assert.equal(await reader.collection('books').count({ kind: 'all' }), 0);
  await reader.close();
  await kill(child);
  await (await openSqliteStore(file, bookstore)).close();
});

test('a second store of the same process is refused too', async () => {
  const file = join(folder, 'twice.db');
  const store = await openSqliteStore(file, bookstore);
  await assert.rejects(openSqliteStore(file, bookstore), isStoreError('locked'));
  await store.close();
  await (await openSqliteStore(file, bookstore)).close();
});

test('kill -9 loses no acknowledged write, and gives no id twice', async () => {
  const file = join(folder, 'killed.db');
  const ids = new Set<string>();
  for (let round = 0; round < 4; round++) {
    const { child, said } = await start(file, 'write', String(round));
    // By what it has done, not by the clock: a busy machine may take long to do anything.
    while (child.exitCode === null && said().length < 100) await wait(5);
    await wait(Math.random() * 200);
    await kill(child);
    const acknowledged = said();

    const database = await connect(file, { readOnly: false });
    assert.deepEqual(database.prepare('PRAGMA integrity_check').get(), ['ok']);
    database.close();
    const store = await openSqliteStore(file, bookstore);
    const books = store.collection('books');
    const last = new Map<string, string>();
    for (const [what = '', key = ''] of acknowledged.map((line) => line.split(' '))) {
      if (what !== 'id') last.set(key, what);
      else {
        assert(!ids.has(key), `the id ${key} was given out twice`);
        ids.add(key);
      }
    }
    for (const [key, what] of last) {
      const text = (await books.get(key))?.text;
      // What was not acknowledged may have happened or not.
      const later = Number(key.split('-')[2]) % 5 === 0;
      if (what === 'removed') assert.equal(text, undefined, key);
      else if (text === undefined) assert(later, `${key} was ${what}, and is gone`);
      else if (what === 'updated') assert.match(text, /"pages":2/, key);
    }
    await store.close();
  }
});

test('a file that is no database', async () => {
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'This is a shopping list, and rather long for one. '.repeat(50));
  await assert.rejects(openSqliteStore(file, bookstore), isStoreError('not-a-database'));
  await assert.rejects(openSqliteStore(file, bookstore, { readOnly: true }), isStoreError('not-a-database'));
});

test('a database of another program is not touched', async () => {
  const file = join(folder, 'other.db');
  const other = await connect(file, { readOnly: false });
  other.exec('CREATE TABLE books (title TEXT)');
  other.close();
  await assert.rejects(openSqliteStore(file, bookstore), /database of another program/);
  const again = await connect(file, { readOnly: false });
  assert.deepEqual(again.prepare('SELECT name FROM sqlite_master').all(), [['books']]);
  again.close();
});

test('a database of a newer version', async () => {
  const file = join(folder, 'newer.db');
  await (await openSqliteStore(file, bookstore)).close();
  const database = await connect(file, { readOnly: false });
  database.exec('PRAGMA user_version = 99');
  database.close();
  await assert.rejects(openSqliteStore(file, bookstore), /newer version/);
});

test('a folder that does not exist', async () => {
  await assert.rejects(openSqliteStore(join(folder, 'no/where.db'), bookstore), /The folder .* does not exist/);
});

test('a folder in place of a file', async () => {
  mkdirSync(join(folder, 'folder.db'));
  await assert.rejects(openSqliteStore(join(folder, 'folder.db'), bookstore), isStoreError('unavailable'));
});

test('read-only means it', async () => {
  const file = join(folder, 'read-only.db');
  await assert.rejects(openSqliteStore(file, bookstore, { readOnly: true }), /does not exist/);
  const store = await openSqliteStore(file, bookstore);
  await store.collection('books').create({ key: 'a', text: '{}' });
  await store.close();
  const reader = await openSqliteStore(file, bookstore, { readOnly: true });
  const books = reader.collection('books');
  assert.equal((await books.get('a'))?.text, '{}');
  for (const write of [
    () => books.create({ key: 'b', text: '{}' }),
    () => books.update('a', none, () => '{}'),
    () => books.remove('a', none),
    () => books.removeMany({ kind: 'all' }),
    () => books.nextId(),
  ]) {
    await assert.rejects(write, isStoreError('read-only'));
  }
  await reader.close();
});

test('a file without the right to write', async () => {
  const guarded = join(folder, 'guarded');
  mkdirSync(guarded);
  chmodSync(folder, 0o755);
  const file = join(guarded, 'guarded.db');
  const open = () =>
    execFileSync(process.execPath, ['--import', 'tsx', opener, file], { ...unprivileged, encoding: 'utf8' });
  await (await openSqliteStore(file, bookstore)).close();
  giveAway(guarded);
  assert.equal(open(), 'opened');
  chmodSync(file, 0o444);
  assert.match(open(), /^read-only: /);
});

const large = JSON.stringify({ notes: 'x'.repeat(60_000) });

/** Writes until nothing fits, then holds that everything acknowledged is there, and that writing goes on after removals. */
async function fillUp(file: string): Promise<void> {
  const store = await openSqliteStore(file, bookstore);
  const books = store.collection('books');
  await books.create({ key: 'small', text: '{}' });
  const stored: string[] = [];
  let refused = 0;
  for (let batch = 0; refused === 0 && batch < 200; batch++) {
    const keys = Array.from({ length: 5 }, (_, at) => `${batch}-${at}`);
    const outcomes = await Promise.allSettled(keys.map((key) => books.create({ key, text: large })));
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') stored.push(outcome.value.key);
      else {
        refused += 1;
        isStoreError('full')(outcome.reason);
        assert.equal(await books.get(keys[at] ?? ''), undefined);
      }
    }
  }
  assert(refused > 0 && stored.length > 0);
  for (const key of stored) assert.equal((await books.get(key))?.text, large);
  assert.equal(await books.count({ kind: 'all' }), stored.length + 1);
  await store.close();
  const database = await connect(file, { readOnly: false });
  assert.deepEqual(database.prepare('PRAGMA integrity_check').get(), ['ok']);
  database.close();
}

/** Removes what is in the way at last, so that the first write to a resource, which makes its table, has to be repeated. */
async function beginOnFullDisk(file: string): Promise<void> {
  const store = await openSqliteStore(file, bookstore);
  const orders = store.collection('orders');
  const filler = `${file}.filler`;
  const left = openSync(filler, 'w');
  assert.throws(() => {
    for (;;) writeSync(left, Buffer.alloc(4096));
  }, /ENOSPC/);
  closeSync(left);
  for (const write of [() => orders.create({ key: '1', text: large }), () => orders.nextId()]) {
    await assert.rejects(write, isStoreError('full'));
    assert.equal(await orders.count({ kind: 'all' }), 0);
  }
  rmSync(filler);
  await orders.create({ key: '1', text: large });
  assert.equal(await store.collection('orders').count({ kind: 'all' }), 1);
  await store.close();
  const again = await openSqliteStore(file, bookstore);
  assert.equal((await again.collection('orders').get('1'))?.text, large);
  await again.close();
}

const onFullDisk: Readonly<Record<string, (file: string) => Promise<void>>> = {
  'what was refused is not there, what was acknowledged is': fillUp,
  'a first write that is refused leaves no table': beginOnFullDisk,
};

for (const [name, act] of Object.entries(onFullDisk)) {
  test(`a full disk: ${name}`, async (context) => {
    const disk = join(folder, act.name);
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      return context.skip('only root may mount a small file system');
    }
    try {
      await act(join(disk, 'full.db'));
    } finally {
      // Lazily: a store that a failed test has left open must not keep it.
      execFileSync('umount', ['--lazy', disk]);
    }
  });
}
