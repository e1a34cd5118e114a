import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { call, type Reply, readFixture, serve, type TestServer } from './http.ts';

/** HTTP as the description declares it, on a store that begins with two books and a review. */
let server: TestServer;
before(async () => {
  server = await serve(await readFixture('bookstore.yaml'));
  await server.call('POST /books', { isbn: first, title: 'Petals of Blood', price: 14.5, secret: 'cellar' });
  await server.call('POST /books', { isbn: second, title: 'A Grain of Wheat', price: 9 });
  await server.call(`POST /books/${first}/reviews`, { stars: 5 });
});
after(() => server.close());

const first = '9780143106692';
const second = '9780141186993';

interface Step {
  readonly line: string;
  readonly body?: unknown;
  /** `ETAG` stands for the ETag of the first book, `OLD` for one that it had. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly json?: unknown;
  readonly sent?: Readonly<Record<string, string | RegExp | undefined>>;
}

const book = `/books/${first}`;
const petals = { isbn: first, title: 'Petals of Blood', price: 14.5, currency: 'EUR', inStock: true };
const grain = { isbn: second, title: 'A Grain of Wheat', price: 9, currency: 'EUR', inStock: true };
const merge = { 'Content-Type': 'application/merge-patch+json' };
const json = { 'Content-Type': 'application/json-patch+json' };

const steps: Readonly<Record<string, Step>> = {
  'a list comes in the declared envelope, counted, with links': {
    line: 'GET /books?limit=1',
    status: 200,
    json: { items: [grain], total: 2 },
    sent: { 'x-total-count': '2', link: /<\/books\?limit=1&offset=1>; rel="next"/ },
  },
  'filters and sorting by declared names': {
    line: 'GET /books?min_price=10&sort=-price',
    status: 200,
    json: { items: [petals], total: 1 },
  },
  'an item, without what is writeOnly': {
    line: `GET ${book}`,
    status: 200,
    json: petals,
    sent: {
      etag: /^"[0-9a-z]+"$/,
      'last-modified': / GMT$/,
      'content-type': 'application/json',
      link: /<\/books>; rel="collection"/,
      'x-request-id': /./,
      'access-control-allow-origin': '*',
    },
  },
  'a request id that the client gives': {
    line: `GET ${book}`,
    headers: { 'X-Request-Id': 'mine-1' },
    status: 200,
    sent: { 'x-request-id': 'mine-1' },
  },
  'a request id that would break a log': {
    line: `GET ${book}`,
    headers: { 'X-Request-Id': 'a b' },
    status: 200,
    sent: { 'x-request-id': /^[\w-]+$/ },
  },
  'a trailing slash is of no account': { line: `GET ${book}/`, status: 200 },
  'HEAD is GET without a body': {
    line: `HEAD ${book}`,
    status: 200,
    sent: { 'content-length': String(JSON.stringify(petals).length) },
  },
  'If-None-Match with the ETag': {
    line: `GET ${book}`,
    headers: { 'If-None-Match': 'ETAG' },
    status: 304,
    sent: { etag: /./ },
  },
  'If-None-Match, weakened and among others': {
    line: `GET ${book}`,
    headers: { 'If-None-Match': '"x", W/ETAG' },
    status: 304,
  },
  'If-None-Match: *': { line: `GET ${book}`, headers: { 'If-None-Match': '*' }, status: 304 },
  'If-None-Match with another': { line: `GET ${book}`, headers: { 'If-None-Match': '"x"' }, status: 200 },
  'If-Modified-Since tomorrow': {
    line: `GET ${book}`,
    headers: { 'If-Modified-Since': 'Tue, 01 Jan 2199 00:00:00 GMT' },
    status: 304,
  },
  'If-Modified-Since long ago': {
    line: `GET ${book}`,
    headers: { 'If-Modified-Since': 'Tue, 01 Jan 1991 00:00:00 GMT' },
    status: 200,
  },
  'If-Modified-Since that is no date': {
    line: `GET ${book}`,
    headers: { 'If-Modified-Since': 'yesterday' },
    status: 200,
  },
  'OPTIONS says what is allowed': {
    line: `OPTIONS ${book}`,
    status: 204,
    sent: { allow: 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS', 'accept-patch': /json-patch/ },
  },
  'a preflight request': {
    line: 'OPTIONS /books',
    headers: {
      Origin: 'http://a.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'x-a',
    },
    status: 204,
    sent: { 'access-control-allow-methods': /POST/, 'access-control-allow-headers': 'x-a' },
  },
  'an undeclared method': { line: 'PATCH /books', status: 405, sent: { allow: 'GET, POST, HEAD, OPTIONS' } },
  'an unsupported media type for PATCH': {
    line: `PATCH ${book}`,
    body: 'x',
    headers: { 'Content-Type': 'text/csv' },
    status: 415,
    sent: { 'accept-patch': /merge-patch/ },
  },
  'a form': {
    line: 'POST /books',
    body: 'isbn=9780000000001&title=Form&price=1.5&inStock=false&tags=a&tags=b',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    status: 201,
    json: { isbn: '9780000000001', title: 'Form', price: 1.5, inStock: false, tags: ['a', 'b'], currency: 'EUR' },
    sent: { location: '/books/9780000000001' },
  },
  'a multipart form': {
    line: 'POST /books',
    body: '--b\r\nContent-Disposition: form-data; name="isbn"\r\n\r\n9780000000002\r\n--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nMulti\r\n--b--',
    headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
    status: 201,
    json: { isbn: '9780000000002', title: 'Multi', currency: 'EUR', inStock: true },
  },
  'Prefer: return=minimal': {
    line: 'POST /books',
    body: { isbn: '9780000000003', title: 'Small' },
    headers: { Prefer: 'return=minimal' },
    status: 201,
    json: undefined,
    sent: { 'preference-applied': 'return=minimal', location: '/books/9780000000003', 'content-length': '0' },
  },
  'a taken id': { line: 'POST /books', body: petals, status: 409 },
  'PUT creates': {
    line: 'PUT /books/9780000000004',
    body: { title: 'New' },
    status: 201,
    sent: { location: '/books/9780000000004' },
  },
  'PUT replaces the whole': {
    line: 'PUT /books/9780000000004',
    body: { title: 'Newer', pages: 3 },
    status: 200,
    json: { isbn: '9780000000004', title: 'Newer', pages: 3, currency: 'EUR', inStock: true },
  },
  'PUT with If-None-Match: * creates only': {
    line: 'PUT /books/9780000000004',
    body: { title: 'x' },
    headers: { 'If-None-Match': '*' },
    status: 412,
  },
  'PUT with If-Match of nothing': {
    line: 'PUT /books/9780000000009',
    body: { title: 'x' },
    headers: { 'If-Match': '*' },
    status: 412,
  },
  'PUT with another id in the body': {
    line: 'PUT /books/9780000000004',
    body: { isbn: first, title: 'x' },
    status: 400,
  },
  'a merge patch': {
    line: `PATCH ${book}`,
    body: { pages: 432, price: null },
    headers: merge,
    status: 200,
    json: { ...without(petals, 'price'), pages: 432 },
  },
  'plain JSON is a merge patch': { line: `PATCH ${book}`, body: { price: 14.5 }, status: 200, sent: { etag: /./ } },
  'a patch that changes nothing keeps the ETag': {
    line: `PATCH ${book}`,
    body: { price: 14.5 },
    headers: { 'If-Match': 'ETAG' },
    status: 200,
    sent: { etag: 'ETAG' },
  },
  'a patch with an old ETag': {
    line: `PATCH ${book}`,
    body: { price: 1 },
    headers: { 'If-Match': 'OLD' },
    status: 412,
    sent: { etag: 'ETAG' },
  },
  'a weak ETag never matches a write': {
    line: `PATCH ${book}`,
    body: { price: 1 },
    headers: { 'If-Match': 'W/ETAG' },
    status: 412,
  },
  'If-Unmodified-Since long ago': {
    line: `PATCH ${book}`,
    body: { price: 1 },
    headers: { 'If-Unmodified-Since': 'Tue, 01 Jan 1991 00:00:00 GMT' },
    status: 412,
  },
  'a JSON Patch': {
    line: `PATCH ${book}`,
    body: [
      { op: 'test', path: '/pages', value: 432 },
      { op: 'remove', path: '/pages' },
      { op: 'add', path: '/tags', value: ['a'] },
      { op: 'add', path: '/tags/-', value: 'b' },
    ],
    headers: json,
    status: 200,
    json: { ...without(petals, 'price'), price: 14.5, tags: ['a', 'b'] },
  },
  'a JSON Patch whose test fails changes nothing': {
    line: `PATCH ${book}`,
    body: [
      { op: 'replace', path: '/title', value: 'x' },
      { op: 'test', path: '/title', value: 'y' },
    ],
    headers: json,
    status: 409,
  },
  'a JSON Patch of a place that is not there': {
    line: `PATCH ${book}`,
    body: [{ op: 'remove', path: '/nothing' }],
    headers: json,
    status: 409,
  },
  'a JSON Patch that is none': { line: `PATCH ${book}`, body: [{ op: 'inc', path: 'x' }], headers: json, status: 400 },
  'a JSON Patch towards a prototype': {
    line: `PATCH ${book}`,
    body: [{ op: 'add', path: '/__proto__/x', value: 1 }],
    headers: json,
    status: 409,
  },
  'a patch whose result does not fit': { line: `PATCH ${book}`, body: { title: null }, status: 400 },
  'a patch of the id': { line: `PATCH ${book}`, body: { isbn: second }, status: 400 },
  'a patch of what is readOnly has no effect': {
    line: `PATCH ${book}`,
    body: { addedBy: 'me' },
    status: 200,
    sent: { etag: 'ETAG' },
  },
  'what is writeOnly survives a patch': {
    line: `PATCH ${book}`,
    body: [{ op: 'test', path: '/secret', value: 'cellar' }],
    headers: json,
    status: 200,
  },
  'a nested list': { line: `GET ${book}/reviews`, status: 200, json: [{ id: 1, stars: 5 }] },
  'a nested list of another parent': { line: `GET /books/${second}/reviews`, status: 200, json: [] },
  'a nested list without its parent': { line: 'GET /books/1/reviews', status: 404 },
  'a nested create without its parent': { line: 'POST /books/1/reviews', body: { stars: 1 }, status: 404 },
  'a nested item': {
    line: `GET ${book}/reviews/1`,
    status: 200,
    json: { id: 1, stars: 5 },
    sent: { link: new RegExp(`<${book}/reviews>; rel="collection"`) },
  },
  'a nested item of another parent': { line: `GET /books/${second}/reviews/1`, status: 404 },
  'removing a nested item of another parent': { line: `DELETE /books/${second}/reviews/1`, status: 404 },
  'a nested create gets the next id': {
    line: `POST ${book}/reviews`,
    body: { stars: 4 },
    status: 201,
    json: { id: 2, stars: 4 },
    sent: { location: `${book}/reviews/2` },
  },
  'no singleton yet': { line: 'GET /settings', status: 404 },
  'a singleton is written': { line: 'PUT /settings', body: { size: 2 }, status: 200, json: { size: 2 } },
  'and read': { line: 'GET /settings', status: 200, json: { size: 2 } },
  'and patched': { line: 'PATCH /settings', body: { theme: 'aa' }, status: 200, json: { size: 2, theme: 'aa' } },
  'what is no CRUD action answers with its example': {
    line: 'POST /books/1/order?copies=1',
    status: 202,
    json: { order: 'o-1' },
    sent: { 'x-cartouche-sample': 'example' },
  },
  'another example by name': {
    line: 'POST /books/1/order?copies=1',
    headers: { Prefer: 'example=second' },
    status: 202,
    json: { order: 'o-2' },
  },
  'all styles of parameters': {
    line: 'POST /books/1/order?copies=1&tags=1|2&where[floor]=3',
    headers: { 'X-Shop': 'north', Cookie: 'visits=4' },
    status: 202,
  },
  'a missing parameter': { line: 'POST /books/1/order', status: 400 },
  'a wrong item of an array parameter': { line: 'POST /books/1/order?copies=1&tags=1|x', status: 400 },
  'a wrong member of an object parameter': { line: 'POST /books/1/order?copies=1&where[floor]=x', status: 400 },
  'a wrong header': { line: 'POST /books/1/order?copies=1', headers: { 'X-Shop': 'west' }, status: 400 },
  'a wrong cookie': { line: 'POST /books/1/order?copies=1', headers: { Cookie: 'a=1; visits=x' }, status: 400 },
  'DELETE with an old ETag': { line: `DELETE ${book}`, headers: { 'If-Match': 'OLD' }, status: 412 },
  DELETE: { line: `DELETE ${book}`, headers: { 'If-Match': 'ETAG' }, status: 204, json: undefined },
  'and again': { line: `DELETE ${book}`, status: 404 },
  'and read ': { line: `GET ${book}`, status: 404 },
};

describe('HTTP, step by step', () => {
  let old = '""';
  for (const [name, step] of Object.entries(steps)) {
    it(name, async () => {
      const { etag = '""' } = (await server.call(`GET ${book}`)).headers;
      const fill = (text: string): string => text.replace('ETAG', etag).replace('OLD', old);
      const headers = Object.fromEntries(Object.entries(step.headers ?? {}).map(([key, value]) => [key, fill(value)]));
      const reply = await server.call(step.line, step.body, headers);
      assert.equal(reply.status, step.status, reply.text);
      if ('json' in step) assert.deepEqual(reply.json, step.json);
      for (const [header, value] of Object.entries(step.sent ?? {})) check(reply, header, value, fill);
      if (old === '""' && step.line.startsWith('PATCH') && reply.status === 200) old = etag;
    });
  }
});

function check(
  reply: Reply,
  header: string,
  expected: string | RegExp | undefined,
  fill: (text: string) => string,
): void {
  const value = reply.headers[header];
  if (expected instanceof RegExp) assert.match(String(value), expected, header);
  else assert.equal(value, expected && fill(expected), header);
}

function without(value: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

describe('settings of an application', () => {
  it('read-only: reads answer, writes are refused, samples answer', async () => {
    const readOnly = await serve(await readFixture('bookstore.yaml'), { readOnly: true });
    assert.equal((await readOnly.call('GET /books')).status, 200);
    assert.equal((await readOnly.call('POST /books', { isbn: first, title: 'x' })).status, 403);
    assert.equal((await readOnly.call('POST /books/1/order?copies=1')).status, 202);
    await readOnly.close();
  });

  it('a base path is part of every path and link', async () => {
    const based = await serve(await readFixture('bookstore.yaml'), { basePath: '/api/' });
    const beside = await based.call('GET /books/1');
    assert.equal(beside.status, 404);
    assert.match(beside.text, /All is below \\"\/api\\"\./);
    assert.equal((await based.call('GET /apibooks')).status, 404);
    const created = await based.call('POST /api/books', { isbn: first, title: 'x' });
    assert.equal(created.headers.location, `/api/books/${first}`);
    const read = await based.call(`GET /api/books/${first}`);
    assert.match(String(read.headers.link), /<\/api\/books>; rel="collection"/);
    assert.match((await based.call('GET /api/books/1')).text, /"type":"\/api\/problems\/invalid-parameter"/);
    await based.close();
  });

  it('CORS off, and for one origin', async () => {
    const model = await readFixture('bookstore.yaml');
    const off = await serve(model, { cors: false });
    assert.equal((await off.call('GET /books')).headers['access-control-allow-origin'], undefined);
    await off.close();
    const one = await serve(model, { cors: ['http://a.example'] });
    const ours = await one.call('GET /books', undefined, { Origin: 'http://a.example' });
    assert.equal(ours.headers['access-control-allow-origin'], 'http://a.example');
    assert.equal(ours.headers['access-control-allow-credentials'], 'true');
    const other = await one.call('GET /books', undefined, { Origin: 'http://b.example' });
    assert.equal(other.headers['access-control-allow-origin'], undefined);
    assert.equal(other.headers.vary, 'Origin');
    await one.close();
  });

  it('a store that fails: 500 with a request id, the reason only in the log', async () => {
    const model = await readFixture('bookstore.yaml');
    const broken = await serve(model, { store: brokenStore('/home/secret.db is gone') });
    const reply = await call(broken.port, 'GET /books');
    assert.equal(reply.status, 500);
    assert.doesNotMatch(reply.text, /secret/);
    assert.equal(broken.log[0]?.message, '/home/secret.db is gone');
    assert.equal(broken.log[0]?.requestId, reply.headers['x-request-id']);
    await broken.close();
  });
});

function brokenStore(message: string) {
  const fail = (): never => {
    throw new Error(message);
  };
  const collection = {
    get: fail,
    list: fail,
    count: fail,
    create: fail,
    nextId: fail,
    update: fail,
    aggregate: fail,
    restore: fail,
    lastId: fail,
    createMany: fail,
    upsert: fail,
    remove: fail,
    updateMany: fail,
    removeMany: fail,
  };
  return {
    description: 'broken',
    secret: 'secret',
    collection: () => collection,
    ping: fail,
    adopt: fail,
    close: async () => undefined,
  };
}
