/**
 * SQLite with a real Elasticsearch beside it, as a user runs it: killed, through a bad network, beside the commands that
 * look after its indexes.
 */
import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sqliteContents } from '../../src/stores/sqlite/contents.ts';
import { temporaryFolder } from '../stores/sqlite/folder.ts';
import { elasticsearchUrl, noElasticsearch } from './elasticsearch.ts';
import { calm, startHttpProxy, storm } from './faults/http-proxy.ts';
import { createChance } from './faults/random.ts';
import { bookstore, cartouche, inStep, post, type Served, serve } from './served.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const chance = createChance(seed);
const folder = temporaryFolder();
let files = 0;
const newFile = (): string => {
  files += 1;
  return `${files}.db`;
};

const bookAt = (at: number) => ({ isbn: String(9_780_000_000_000 + at), title: `Volume ${at}`, pages: 1, price: 7.5 });

describe('SQLite, searched in Elasticsearch', { skip: noElasticsearch }, () => {
  const open = (file: string, flags: readonly string[] = []): Promise<Served> =>
    serve(bookstore, ['--data', join(folder, file), '--search', elasticsearchUrl, ...flags]);
  const verify = async (file: string, ...more: readonly string[]) => {
    const flags = ['--data', file, '--search', elasticsearchUrl, '--json', ...more];
    const { status, stdout } = await cartouche(folder, ['verify', bookstore, 'books', ...flags]);
    const [verified = '{}'] = stdout.split('\n');
    return { status, ...JSON.parse(verified) };
  };

  test(`killed again and again in a bad network, it ends up in step, seed ${seed}`, async (context) => {
    const file = newFile();
    const cable = await startHttpProxy(() => elasticsearchUrl, chance);
    context.after(() => cable.close());
    const flags = ['--search', cable.url];
    const start = () => serve(bookstore, ['--data', join(folder, file), ...flags]);
    /** What was acknowledged last, by key; `undefined`: it may be the one or the other. */
    const titles = new Map<string, string | null | undefined>();
    let server = await start();
    await inStep(server);
    for (let round = 0; round < 4; round++) {
      cable.weather = storm;
      let written = 0;
      const writers = [0, 1, 2].map(async (writer) => {
        for (;;) {
          const { isbn, title } = bookAt(writer + 3 * chance.between(0, 10));
          try {
            const wanted = chance.hits(0.3) ? null : `${title} of round ${round}, ${chance.between(0, 10 ** 6)}`;
            titles.set(isbn, undefined);
            if (await write(server.url, isbn, wanted)) titles.set(isbn, wanted);
            written += 1;
          } catch {
            return;
          }
        }
      });
      while (written < 20) await pause(20);
      await pause(chance.between(0, 300));
      await server.kill();
      await Promise.all(writers);
      cable.weather = calm;
      server = await start();
    }
    await inStep(server);
    for (const [isbn, title] of titles) {
      const item = await fetch(`${server.url}/books/${isbn}`);
      const stored = item.status === 404 ? null : String(JSON.parse(await item.text()).title);
      if (title !== undefined) assert.equal(stored, title, isbn);
    }
    assert.deepEqual(await verify(file), { ...clean, documents: await count(server) });
    await server.stop();
    context.diagnostic(JSON.stringify(cable.happened));
  });

  test('what a killed server had not indexed is listed as soon as the next one answers', async (context) => {
    const file = newFile();
    const cable = await startHttpProxy(() => elasticsearchUrl, chance);
    context.after(() => cable.close());
    const start = () => serve(bookstore, ['--data', join(folder, file), '--search', cable.url]);
    const first = await start();
    await inStep(first);
    cable.isAway = true;
    assert.equal((await post(`${first.url}/books`, bookAt(1))).status, 201);
    await first.kill();
    cable.isAway = false;
    const second = await start();
    for (let time = 0; time < 20; time++) {
      const listed = await fetch(`${second.url}/books?title=Volume%201`);
      assert.equal(JSON.parse(await listed.text()).total, 1);
    }
    await inStep(second);
    await second.stop();
  });

  test('an index is built anew while it is served, and no answer is wrong or missing', async () => {
    const file = newFile();
    const server = await open(file);
    await inStep(server);
    for (let at = 0; at < 30; at++) assert.equal((await post(`${server.url}/books`, bookAt(at))).status, 201);
    let going = true;
    let asked = 0;
    const asking = (async () => {
      for (; going; asked++) {
        for (const query of ['q=volume', 'title__prefix=Volume']) {
          const answer = await fetch(`${server.url}/books?${query}&limit=1`);
          assert.equal(answer.status, 200);
          const { total }: { total: number } = JSON.parse(await answer.text());
          assert.ok(total >= 30, `${query}: ${total}`);
        }
      }
    })();
    const writing = (async () => {
      for (let at = 100; going; at++) {
        assert.equal((await post(`${server.url}/books`, bookAt(at))).status, 201);
        await pause(50);
      }
    })();
    const built = await cartouche(folder, [
      'reindex',
      bookstore,
      'books',
      '--data',
      file,
      '--search',
      elasticsearchUrl,
    ]);
    assert.equal(built.status, 0, built.stderr);
    assert.match(built.stdout, /^Built 1 index of \d+\.db anew\./);
    going = false;
    await Promise.all([asking, writing]);
    assert.ok(asked > 5);
    await inStep(server);
    assert.deepEqual(await verify(file), { ...clean, documents: await count(server) });
    await server.stop();
  });

  test('data that was put back is found out, and its index built anew', async () => {
    const file = newFile();
    const first = await open(file);
    await inStep(first);
    await post(`${first.url}/books`, bookAt(1));
    await first.stop();
    cpSync(join(folder, file), join(folder, 'backup.db'));
    const second = await open(file);
    await inStep(second);
    await fetch(`${second.url}/books/${bookAt(1).isbn}`, { method: 'DELETE' });
    await post(`${second.url}/books`, bookAt(2));
    await second.stop();
    cpSync(join(folder, 'backup.db'), join(folder, file));
    const found = await verify(file);
    assert.deepEqual([found.status, found.inStep], [1, false]);
    assert.deepEqual(
      found.differences.map(({ key }: { key: string }) => key),
      [bookAt(1).isbn, bookAt(2).isbn],
    );
    const told = await cartouche(folder, ['verify', bookstore, '--data', file, '--search', elasticsearchUrl]);
    assert.equal(told.status, 1);
    assert.match(told.stdout, /books +1 document +1 not found, 1 found and not stored/);
    assert.match(told.stderr, /--repair/);
    const mended = await verify(file, '--repair');
    assert.deepEqual([mended.status, mended.mended, mended.inStep], [0, 'anew', true]);
    assert.deepEqual(await verify(file), { ...clean, documents: 1 });
  });

  test('a description that has changed at the start has an index of its own', async () => {
    const file = newFile();
    const before = join(folder, 'before.yaml');
    const after = join(folder, 'after.yaml');
    const text = (properties: string) =>
      [
        'openapi: 3.1.0',
        'info: { title: Notes, version: "1" }',
        'paths:',
        '  /notes:',
        '    get: { responses: { "200": { description: All, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Note" } } } } } } }',
        '    post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }, responses: { "201": { description: Made } } }',
        `components: { schemas: { Note: { type: object, properties: { id: { type: string }, ${properties} } } } }`,
      ].join('\n');
    writeFileSync(before, text('title: { type: string }'));
    writeFileSync(after, text('title: { type: string }, body: { type: string }'));
    const flags = ['--data', join(folder, file), '--search', elasticsearchUrl];
    const first = await serve(before, flags);
    await inStep(first);
    assert.equal((await post(`${first.url}/notes`, { title: 'Shopping', body: 'a loaf of bread' })).status, 201);
    await first.stop();
    const verifyWith = async (description: string) =>
      (await cartouche(folder, ['verify', description, '--data', file, '--search', elasticsearchUrl])).status;
    assert.equal(await verifyWith(before), 0);
    assert.equal(await verifyWith(after), 1, 'there is no such index yet');
    const second = await serve(after, flags);
    await inStep(second);
    const found = await fetch(`${second.url}/notes?q=bread`);
    assert.match(await found.text(), /a loaf of bread/);
    await second.stop();
    assert.equal(await verifyWith(after), 0);
  });

  test('served without it for a while, it still catches up; read-only, it is searched', async () => {
    const file = newFile();
    const first = await open(file);
    await inStep(first);
    await post(`${first.url}/books`, bookAt(1));
    await first.stop();
    const without = await serve(bookstore, ['--data', join(folder, file)]);
    await post(`${without.url}/books`, bookAt(2));
    await fetch(`${without.url}/books/${bookAt(1).isbn}`, { method: 'DELETE' });
    const reading = await open(file, ['--read-only']);
    assert.equal((await post(`${reading.url}/books`, bookAt(3))).status, 403);
    await reading.stop();
    await without.stop();
    const again = await open(file);
    await inStep(again);
    const found = await fetch(`${again.url}/books?q=volume`);
    assert.deepEqual(
      JSON.parse(await found.text()).items.map(({ title }: { title: string }) => title),
      ['Volume 2'],
    );
    const reader = await open(file, ['--read-only']);
    await inStep(reader);
    assert.match(await (await fetch(`${reader.url}/books?q=volume`)).text(), /Volume 2/);
    await reader.stop();
    await again.stop();
  });

  test('beside a server that marks nothing, an index cannot be looked after', async () => {
    const file = newFile();
    const server = await serve(bookstore, ['--data', join(folder, file)]);
    await post(`${server.url}/books`, bookAt(1));
    const looking = async (...command: readonly string[]) => {
      const { status, stderr } = await cartouche(folder, [...command, '--data', file, '--search', elasticsearchUrl]);
      assert.equal(status, 2);
      return stderr;
    };
    for (const command of [['reindex'], ['verify', '--repair']]) {
      const said = await looking(...command, bookstore);
      assert.match(said, /keeps no index.*\n.*restart the other process with --search/);
    }
    await server.stop();
    assert.match(await looking('verify', bookstore), /no index was ever made of this data\.\n.*cartouche reindex/);
    assert.equal((await sqliteContents(join(folder, file))).isTracked, false, 'looking begins nothing');
    const built = await cartouche(folder, ['reindex', bookstore, '--data', file, '--search', elasticsearchUrl]);
    assert.equal(built.status, 0, built.stderr);
    assert.deepEqual(await verify(file), { ...clean, documents: 1 });
  });
});

const clean = {
  status: 0,
  event: 'verified',
  resource: 'books',
  isBuilt: true,
  pending: 0,
  refused: [],
  inStep: true,
  differences: [],
  omitted: 0,
};

/** PUT, or DELETE for `null`. Whether it was acknowledged; rejects where nobody is there. */
async function write(url: string, isbn: string, title: string | null): Promise<boolean> {
  const place = `${url}/books/${isbn}`;
  if (title === null) {
    const { status } = await fetch(place, { method: 'DELETE' });
    return status === 204 || status === 404;
  }
  const body = JSON.stringify({ isbn, title, pages: 1, price: 7.5 });
  const headers = { 'Content-Type': 'application/json' };
  const replaced = await fetch(place, { method: 'PUT', headers, body });
  if (replaced.status !== 404) return replaced.ok;
  return (await fetch(`${url}/books`, { method: 'POST', headers, body })).ok;
}

async function count({ url }: Served): Promise<number> {
  return JSON.parse(await (await fetch(`${url}/books?limit=1`)).text()).total;
}
