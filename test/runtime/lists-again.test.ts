/** A list that is asked for again answers as a server would that has never been asked. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { ApiModel } from '../../src/model/types.ts';
import { createApp } from '../../src/runtime/app.ts';
import { createServer } from '../../src/runtime/server.ts';
import type { Store } from '../../src/stores/contract.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { call, readFixture } from './http.ts';

const lists = [
  '/books',
  '/books?sort=-title&limit=2',
  '/books?title=B',
  '/books?title=%42&title=C',
  '/books?_fields=title',
  '/books?_count',
  '/books?offset=1&limit=1',
  '/books?nothing=1',
  '/books?limit=x',
  '/books?title=%',
  '/books?&&limit=3&',
  '/books/9780000000002/reviews?_limit=1',
];

const writes: readonly (readonly [line: string, body?: unknown])[] = [
  ['POST /books', { isbn: '9780000000002', title: 'B' }],
  ['POST /books', { isbn: '9780000000003', title: 'C' }],
  ['POST /books', { isbn: '9780000000001', title: 'A' }],
  ['POST /books/9780000000002/reviews', { stars: 5, text: 'Good' }],
  ['PATCH /books/9780000000003', { title: 'B' }],
  ['DELETE /books/9780000000001'],
];

const stores = { memory: openMemoryStore, SQLite: (model: ApiModel) => openSqliteStore(':memory:', model) };

describe('a list that is asked for again', () => {
  for (const [name, open] of Object.entries(stores)) {
    it(`shows what was written in between: ${name}`, async (t) => {
      const model = await readFixture('bookstore.yaml');
      const store = await open(model);
      t.after(() => store.close());
      const port = await listen(t, model, store);
      for (const [line, body] of writes) {
        for (const path of lists) await call(port, `GET ${path}`);
        const written = await call(port, line, body);
        assert.ok(written.status < 300, `${line}: ${written.text}`);
        for (const path of lists) {
          const fresh = await listen(t, model, store);
          assert.deepEqual(await shown(port, path), await shown(fresh, path), path);
        }
      }
    });
  }
});

async function listen(t: TestContext, model: ApiModel, store: Store): Promise<number> {
  const server = createServer(createApp(model, { store }));
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  return (server.http.address() as AddressInfo).port;
}

async function shown(port: number, path: string) {
  const { status, headers, text } = await call(port, `GET ${path}`, undefined, { 'X-Request-Id': 'the-same' });
  // Of the connection, and of the moment: no part of the answer.
  const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...others } = headers;
  return { status, headers: others, text };
}
