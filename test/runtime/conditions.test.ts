/** Conditional requests: every header alone, and the order of RFC 9110 section 13.2.2 where several are there. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseHttpDate } from '../../src/runtime/request/http-date.ts';
import { readFixture, serve, type TestServer } from './http.ts';

const past = 'Tue, 01 Jan 1991 00:00:00 GMT';
const future = 'Tue, 01 Jan 2199 00:00:00 GMT';

/** `CURRENT` stands for the ETag of the document. What is sent, and what a read and a write answer. */
const existing: readonly (readonly [headers: Readonly<Record<string, string>>, read: number, write: number])[] = [
  [{}, 200, 200],
  [{ 'If-Match': 'CURRENT' }, 200, 200],
  [{ 'If-Match': '"x", CURRENT' }, 200, 200],
  [{ 'If-Match': '*' }, 200, 200],
  [{ 'If-Match': '"x"' }, 412, 412],
  [{ 'If-Match': 'W/CURRENT' }, 412, 412],
  [{ 'If-Match': '"0CURRENT' }, 412, 412],
  [{ 'If-Match': 'CURRENT', 'If-Unmodified-Since': past }, 200, 200],
  [{ 'If-Match': '"x"', 'If-Unmodified-Since': future }, 412, 412],
  [{ 'If-Unmodified-Since': past }, 412, 412],
  [{ 'If-Unmodified-Since': future }, 200, 200],
  [{ 'If-Unmodified-Since': 'yesterday' }, 200, 200],
  [{ 'If-Unmodified-Since': '1991' }, 200, 200],
  [{ 'If-None-Match': 'CURRENT' }, 304, 412],
  [{ 'If-None-Match': 'W/CURRENT' }, 304, 412],
  [{ 'If-None-Match': '"x", CURRENT' }, 304, 412],
  [{ 'If-None-Match': '*' }, 304, 412],
  [{ 'If-None-Match': '"x"' }, 200, 200],
  [{ 'If-None-Match': '"x"', 'If-Modified-Since': future }, 200, 200],
  [{ 'If-None-Match': 'CURRENT', 'If-Modified-Since': past }, 304, 412],
  [{ 'If-Modified-Since': future }, 304, 200],
  [{ 'If-Modified-Since': past }, 200, 200],
  [{ 'If-Modified-Since': '2199' }, 200, 200],
  [{ 'If-Match': 'CURRENT', 'If-None-Match': 'CURRENT' }, 304, 412],
  [{ 'If-Match': 'CURRENT', 'If-None-Match': '"x"' }, 200, 200],
  [{ 'If-Match': '"x"', 'If-None-Match': 'CURRENT' }, 412, 412],
  [{ 'If-Match': '*', 'If-None-Match': '*' }, 304, 412],
  [{ 'If-Unmodified-Since': past, 'If-None-Match': 'CURRENT' }, 412, 412],
  [{ 'If-Unmodified-Since': future, 'If-None-Match': 'CURRENT' }, 304, 412],
  [{ 'If-Unmodified-Since': future, 'If-Modified-Since': future }, 304, 200],
];

const reads = ['GET /books/1', 'HEAD /books/1', 'GET /settings'];
const writes: readonly (readonly [line: string, body?: unknown])[] = [
  ['PATCH /books/1', { price: 2 }],
  ['PUT /books/1', { title: 'x' }],
  ['DELETE /books/1'],
  ['PUT /settings', { size: 3 }],
  ['PATCH /settings', { size: 4 }],
];

const id = '9780143106692';
let server: TestServer;
before(async () => {
  server = await serve(await readFixture('bookstore.yaml'));
});
after(() => server.close());

describe('of something that exists', () => {
  for (const [headers, read, write] of existing) {
    for (const [line, body] of [...reads.map((each) => [each] as const), ...writes]) {
      const expected = reads.includes(line) ? read : write;
      it(`${line} ${JSON.stringify(headers)}: ${expected}`, async () => {
        await server.call(`PUT /books/${id}`, { title: 'Petals of Blood', price: 1 });
        await server.call('PUT /settings', { size: 2 });
        const at = line.replace('/books/1', `/books/${id}`);
        const { etag = '' } = (await server.call(at.replace(/^\w+/, 'GET'))).headers;
        const filled = Object.entries(headers).map(([name, value]) => [
          name,
          value.replace('"0CURRENT', `"0${etag.slice(1)}`).replace('CURRENT', etag),
        ]);
        const { status, text } = await server.call(at, body, Object.fromEntries(filled));
        assert.equal(status === 204 ? 200 : status, expected, text);
        if (expected !== 412 || line.startsWith('HEAD')) return;
        assert.match(text, /"code":"precondition-failed"/);
        assert.equal((await server.call(at.replace(/^\w+/, 'GET'))).headers.etag, etag);
      });
    }
  }
});

describe('of nothing', () => {
  const missing: readonly (readonly [line: string, headers: Readonly<Record<string, string>>, status: number])[] = [
    ['GET', { 'If-Match': '*' }, 404],
    ['GET', { 'If-None-Match': '*' }, 404],
    ['PATCH', { 'If-Match': '"x"' }, 404],
    ['PATCH', { 'If-None-Match': '*' }, 404],
    ['DELETE', { 'If-Match': '*' }, 404],
    ['PUT', { 'If-Match': '*' }, 412],
    ['PUT', { 'If-Match': '"x"' }, 412],
    ['PUT', { 'If-None-Match': '*' }, 201],
    ['PUT', { 'If-None-Match': '"x"' }, 201],
    ['PUT', { 'If-Unmodified-Since': past }, 201],
  ];
  for (const [method, headers, status] of missing) {
    it(`${method} ${JSON.stringify(headers)}: ${status}`, async () => {
      await server.call('DELETE /books/9780000000009');
      const body = method === 'PUT' || method === 'PATCH' ? { title: 'x' } : undefined;
      assert.equal((await server.call(`${method} /books/9780000000009`, body, headers)).status, status);
    });
  }
});

it('a write to a collection, whose ETag is weak, under the condition of one', async () => {
  const book = { isbn: '9780000000008', title: 'x' };
  assert.equal((await server.call('POST /books', book, { 'If-Match': '"x"' })).status, 412);
  assert.equal((await server.call('POST /books', book, { 'If-Match': '*' })).status, 201);
});

describe('an HTTP date', () => {
  const dates: readonly (readonly [text: string, milliseconds: number | undefined])[] = [
    ['Sun, 06 Nov 1994 08:49:37 GMT', 784_111_777_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 784_111_777_000],
    ['Sun Nov  6 08:49:37 1994', 784_111_777_000],
    ['Sun, 06 Nov 1994 08:49:37', undefined],
    ['Sun, 06 Nov 1994 28:49:37 GMT', undefined],
    ['1994-11-06T08:49:37Z', undefined],
    ['1994', undefined],
    ['', undefined],
  ];
  for (const [text, milliseconds] of dates) {
    it(text || 'nothing', () => assert.equal(parseHttpDate(text), milliseconds));
  }
});
