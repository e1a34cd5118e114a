/** `cartouche serve` while a server is away: what clients and whoever watches it are told, and that it comes back by itself. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { temporaryFolder } from '../stores/sqlite/folder.ts';
import { elasticsearchUrl, noElasticsearch } from './elasticsearch.ts';
import { type HttpProxy, startHttpProxy } from './faults/http-proxy.ts';
import { createChance } from './faults/random.ts';
import { startTcpProxy, type TcpProxy } from './faults/tcp-proxy.ts';
import { freshDatabase, noMongo } from './mongo-server.ts';
import { bookstore, post, type Served, serve } from './served.ts';

const chance = createChance(1);
const bookAt = (at: number) => ({ isbn: `978000000000${at}`, title: `Volume ${at}`, pages: 100 + at, price: 7.5 });
const pathOf = (at: number): string => `/books/${bookAt(at).isbn}`;

describe('Elasticsearch is away', { skip: noMongo || noElasticsearch }, () => {
  let cable: HttpProxy;
  let service: Served;
  before(async () => {
    cable = await startHttpProxy(() => elasticsearchUrl, chance);
    service = await serve(bookstore, ['--store', freshDatabase(), '--search', cable.url]);
    await until(async () => (await ready()).index === 'in-step');
    assert.equal((await post(`${service.url}/books`, bookAt(0))).status, 201);
    await until(async () => isDeepStrictEqual(await found('volume'), [bookAt(0).isbn]));
    cable.isAway = true;
  });
  after(async () => {
    await service?.stop();
    await cable.close();
  });
  const ready = async (): Promise<{ index?: string; pending?: number }> =>
    JSON.parse(await (await fetch(`${service.url}/readyz`)).text());
  const isbns = async (response: Response): Promise<readonly string[]> => {
    assert.equal(response.status, 200);
    const { items }: { items: readonly { isbn: string }[] } = JSON.parse(await response.text());
    return items.map(({ isbn }) => isbn);
  };
  const found = async (words: string) => isbns(await fetch(`${service.url}/books?q=${words}&sort=isbn`));

  test('writes go on', async () => {
    // Not in the order of their keys.
    for (const at of [3, 1, 2]) assert.equal((await post(`${service.url}/books`, bookAt(at))).status, 201);
    const headers = { 'Content-Type': 'application/merge-patch+json' };
    const patched = await fetch(service.url + pathOf(0), { method: 'PATCH', headers, body: '{"title":"Changed"}' });
    assert.equal(patched.status, 200, await patched.text());
  });

  test('items are read, and lists answered by the database', async () => {
    const item = await fetch(service.url + pathOf(1));
    assert.equal(item.status, 200);
    assert.equal(JSON.parse(await item.text()).title, 'Volume 1');
    const list = await fetch(`${service.url}/books?title__prefix=Volume&sort=isbn`);
    assert.deepEqual(
      await isbns(list),
      [1, 2, 3].map((at) => bookAt(at).isbn),
    );
  });

  test('a search is told why, and when to come again', async () => {
    const searched = await fetch(`${service.url}/books?q=volume`);
    assert.equal(searched.status, 503);
    assert.match(searched.headers.get('Retry-After') ?? '', /^\d+$/);
    const problem: { code: string; detail: string } = JSON.parse(await searched.text());
    assert.equal(problem.code, 'unavailable');
    assert.equal(problem.detail, 'Full-text search is not available now: the search server does not answer.');
  });

  test('it is ready, and says that the index waits', async () => {
    const waits = { status: 'ok', store: 'ok', index: 'pending', search: 'unavailable', pending: 4, refused: 0 };
    // It is counted twice a second at most.
    await until(async () => isDeepStrictEqual(await ready(), waits));
  });

  test('when it is back, it is told everything, the oldest first', async () => {
    const sent: string[] = [];
    cable.onRequest = (path, body) => {
      if (!path.includes('_bulk')) return;
      for (const [, key = ''] of body.matchAll(/"_id":"k([^"]+)"/g)) sent.push(key);
    };
    cable.isAway = false;
    await until(async () => (await ready()).index === 'in-step');
    assert.deepEqual(
      sent,
      [3, 1, 2, 0].map((at) => bookAt(at).isbn),
    );
    // What is indexed is found a moment later.
    const all = [1, 2, 3].map((at) => bookAt(at).isbn);
    await until(async () => isDeepStrictEqual(await found('volume'), all));
    assert.deepEqual(await found('changed'), [bookAt(0).isbn]);
    assert.deepEqual((await ready()).pending, 0);
  });
});

describe('MongoDB is away', { skip: noMongo }, () => {
  const address = new URL(freshDatabase());
  // What an address says goes before our own defaults.
  address.searchParams.set('serverSelectionTimeoutMS', '500');
  const target = { host: address.hostname, port: Number(address.port || 27017) };
  let wire: TcpProxy | undefined;
  let service: Served;
  after(async () => {
    await service?.stop();
    await wire?.close();
  });

  for (const flags of [[], ['--search', 'http://127.0.0.1:9']]) {
    test(`it starts without the server ${flags.join(' ')}`, async () => {
      await service?.stop();
      await wire?.close();
      const free = await startTcpProxy(target, chance);
      await free.close();
      address.port = String(free.port);
      service = await serve(bookstore, ['--store', String(address), ...flags]);
      for (const path of ['/books', pathOf(1)]) await expectAbsence(path);
      const created = await post(`${service.url}/books`, bookAt(1));
      assert.equal(created.status, 503);
      assert.notEqual(created.headers.get('Retry-After'), null);
      const readiness = await fetch(`${service.url}/readyz`);
      assert.equal(readiness.status, 503);
      assert.deepEqual(await readiness.json(), { status: 'unavailable', store: 'unavailable' });
      assert.equal((await fetch(`${service.url}/healthz`)).status, 200);
      wire = await startTcpProxy(target, chance, free.port);
      await until(async () => (await fetch(`${service.url}/readyz`)).ok);
      assert.equal((await fetch(`${service.url}/books`)).status, 200);
    });
  }

  test('it goes and comes back', async () => {
    const own = { ...bookAt(2), isbn: '9780000000099' };
    assert.equal((await post(`${service.url}/books`, own)).status, 201);
    assert.ok(wire !== undefined);
    wire.isAway = true;
    await expectAbsence(`/books/${own.isbn}`);
    assert.equal((await fetch(`${service.url}/readyz`)).status, 503);
    wire.isAway = false;
    await until(async () => (await fetch(`${service.url}/books/${own.isbn}`)).status === 200);
  });

  async function expectAbsence(path: string): Promise<void> {
    const response = await fetch(service.url + path);
    assert.equal(response.status, 503, path);
    assert.match(response.headers.get('Retry-After') ?? '', /^\d+$/);
    const { detail }: { detail: string } = JSON.parse(await response.text());
    assert.equal(detail, 'The store does not answer.');
  }
});

test('documents of the description itself are planted once MongoDB is there', { skip: noMongo }, async (t) => {
  const file = join(temporaryFolder(), 'plans.json');
  const plan = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
  const list = { schema: { type: 'array', items: plan }, example: [{ id: 'a', name: 'Free' }] };
  const answers = (content: object) => ({
    responses: { 200: { description: '', content: { 'application/json': content } } },
  });
  const paths = { '/plans': { get: answers(list) }, '/plans/{id}': { get: answers({ schema: plan }) } };
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'Plans', version: '1' }, paths }));
  const address = new URL(freshDatabase());
  address.searchParams.set('serverSelectionTimeoutMS', '500');
  const target = { host: address.hostname, port: Number(address.port || 27017) };
  const free = await startTcpProxy(target, chance);
  await free.close();
  address.port = String(free.port);
  const service = await serve(file, ['--store', String(address)]);
  t.after(() => service.stop());
  const wire = await startTcpProxy(target, chance, free.port);
  t.after(() => wire.close());
  await until(async () => (await fetch(`${service.url}/plans/a`)).status === 200);
  assert.deepEqual(await (await fetch(`${service.url}/plans`)).json(), [{ id: 'a', name: 'Free' }]);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 90_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, 'it never came to hold');
    await pause(100);
  }
}
