import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import express, { type Express, type RequestHandler } from 'express';
import { createApp } from '../../src/runtime/app.ts';
import { createServer } from '../../src/runtime/server.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { call, readFixture } from './http.ts';

/** How often Express itself was entered. */
interface Watched {
  readonly app: Express;
  readonly port: number;
  readonly entered: () => number;
}

describe('the way past Express', () => {
  it('is taken where no middleware comes before ours', async (t) => {
    const { port, entered } = await watch(t, []);
    assert.equal((await call(port, 'GET /books')).status, 200);
    assert.equal((await call(port, 'POST /books', { isbn: '9780143106692', title: 'x' })).status, 201);
    assert.equal((await call(port, 'DELETE /books')).status, 405);
    assert.equal(entered(), 0);
  });

  it('is not taken with middleware of the user', async (t) => {
    const look: RequestHandler = (_request, response, next) => {
      response.setHeader('X-Mine', '1');
      next();
    };
    const { port, entered } = await watch(t, [look]);
    assert.equal((await call(port, 'GET /books')).headers['x-mine'], '1');
    assert.equal(entered(), 1);
  });

  it('leads back to Express for what we do not declare, with all that Express promises', async (t) => {
    const { app, port, entered } = await watch(t, []);
    const parent = express();
    parent.use(app);
    parent.get('/extra', (request, response) => {
      response.json({ query: request.query, locals: response.locals, url: request.originalUrl });
    });
    assert.equal((await call(port, 'GET /extra?a=1')).status, 404);
    assert.equal(entered(), 1);
    const server = createServer(parent);
    t.after(() => server.close());
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    const extra = await call((server.http.address() as AddressInfo).port, 'GET /extra?a=1');
    assert.deepEqual(extra.json, { query: { a: '1' }, locals: {}, url: '/extra?a=1' });
  });

  it('answers the same as the way through Express', async (t) => {
    const past = await watch(t, []);
    const through = await watch(t, [(_request, _response, next) => next()]);
    for (const request of ['GET /books?_limit=1', 'GET /books/1', 'GET /nothing?a=1', 'OPTIONS /books', 'GET /%']) {
      const answers = await Promise.all([past, through].map(({ port }) => call(port, request)));
      const [one, other] = answers.map(({ status, text, headers }) => ({
        status,
        text: text.replaceAll(/"(?:requestId|instance)":"[^"]*"/g, ''),
        headers: Object.keys(headers).sort(),
      }));
      assert.deepEqual(one, other, request);
    }
  });
});

async function watch(t: TestContext, use: readonly RequestHandler[]): Promise<Watched> {
  const model = await readFixture('bookstore.yaml');
  const app = createApp(model, { store: await openMemoryStore(model), use });
  let count = 0;
  const handle = Reflect.get(app, 'handle');
  Reflect.set(app, 'handle', (...parameters: unknown[]) => {
    count += 1;
    return Reflect.apply(handle, app, parameters);
  });
  const server = createServer(app);
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  return { app, port: (server.http.address() as AddressInfo).port, entered: () => count };
}
