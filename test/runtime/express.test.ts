import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import express, { type RequestHandler } from 'express';
import { createApp } from '../../src/runtime/app.ts';
import { createServer } from '../../src/runtime/server.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { call, readFixture, serve } from './http.ts';

/** Cartouche is an Express 5 application like any other; its own server only makes it faster. */
describe('Express', () => {
  it('need not swap prototypes on our server', async (t) => {
    const model = await readFixture('bookstore.yaml');
    const store = await openMemoryStore(model);
    const seen: boolean[] = [];
    const look: RequestHandler = (request, response, next) => {
      seen.push(before.request === Object.getPrototypeOf(request), before.response === Object.getPrototypeOf(response));
      seen.push(app.request === before.request, app.response === before.response);
      next();
    };
    const before: { request?: unknown; response?: unknown } = {};
    const app = createApp(model, { store, use: [look] });
    const server = createServer(app);
    t.after(() => server.close());
    // Before Express has seen them.
    server.http.prependListener('request', (request, response) => {
      before.request = Object.getPrototypeOf(request);
      before.response = Object.getPrototypeOf(response);
    });
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    const { port } = server.http.address() as AddressInfo;
    assert.equal((await call(port, 'GET /books')).status, 200);
    assert.deepEqual(seen, [true, true, true, true]);
  });

  it('runs the middleware of the user first, which may answer, add headers, parse bodies and fail', async (t) => {
    const model = await readFixture('bookstore.yaml');
    const server = await serve(model, {
      use: [
        (request, response, next) => {
          response.setHeader('X-Mine', '1');
          if (request.path === '/mine') response.json({ mine: request.query });
          else next();
        },
        express.json(),
        (request, _response, next) => (request.path === '/fail' ? next(new Error('on purpose')) : next()),
      ],
    });
    t.after(() => server.close());
    const mine = await server.call('GET /mine?a=1');
    assert.deepEqual(mine.json, { mine: { a: '1' } });
    const created = await server.call('POST /books', { isbn: '9780143106692', title: 'x' });
    assert.equal(created.status, 201);
    assert.equal(created.headers['x-mine'], '1');
    const broken = await server.call('POST /books', '{"a"');
    assert.deepEqual([broken.status, broken.headers['content-type']], [400, 'application/problem+json']);
    const failed = await server.call('GET /fail');
    assert.equal(failed.status, 500);
    assert.doesNotMatch(failed.text, /on purpose/);
    assert.equal(server.log[0]?.message, 'on purpose');
  });

  it('mounts us beside routes of the user, which get what we do not declare', async (t) => {
    const model = await readFixture('bookstore.yaml');
    const store = await openMemoryStore(model);
    const parent = express();
    const description = [{ path: 'api.yaml', text: 'openapi: 3.0.3\n' }];
    parent.use('/shop', createApp(model, { store, description }));
    parent.get('/shop/other', (_request, response) => {
      response.send('other');
    });
    const http = parent.listen(0);
    t.after(() => http.close());
    const { port } = http.address() as AddressInfo;
    const created = await call(port, 'POST /shop/books', { isbn: '9780143106692', title: 'x' });
    assert.equal(created.status, 201);
    assert.equal(created.headers.location, '/shop/books/9780143106692');
    const link = '</shop/openapi.json>; rel="service-desc", </shop/description>; rel="describedby"';
    assert.equal(created.headers.link, `${link}, </shop/books/9780143106692>; rel="item"`);
    assert.ok(String((await call(port, 'GET /shop/books')).headers.link).endsWith(link));
    assert.match((await call(port, 'GET /shop/books?nothing=1')).text, /"type":"\/shop\/problems\/unknown-parameter"/);
    assert.match((await call(port, 'GET /shop/openapi.json')).text, /"servers":\[\{"url":"\/shop"\}/);
    assert.match((await call(port, 'GET /shop')).text, /"links":\{"openapi":"\/shop\/openapi.json"/);
    const given = await call(port, 'GET /shop/description');
    assert.equal(given.headers['content-location'], '/shop/description/api.yaml');
    assert.equal((await call(port, 'GET /shop/other')).text, 'other');
    assert.equal((await call(port, 'GET /shop/nothing')).status, 404);
  });

  it('listens by itself, as any application', async (t) => {
    const model = await readFixture('bookstore.yaml');
    const http = createApp(model, { store: await openMemoryStore(model) }).listen(0);
    t.after(() => http.close());
    const { port } = http.address() as AddressInfo;
    assert.equal((await call(port, 'GET /books')).status, 200);
    assert.equal((await call(port, 'GET /nothing')).headers['content-type'], 'application/problem+json');
  });
});
