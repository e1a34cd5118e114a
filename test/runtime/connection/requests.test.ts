/** Requests as no client library sends them: each is answered in words, and none is misread. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { readFixture, serve, type TestServer } from '../http.ts';
import { raw } from '../raw.ts';

let server: TestServer;
before(async () => {
  server = await serve(await readFixture('bookstore.yaml'), { bodyLimit: 10_000 });
});
after(() => server.close());

const close = 'Host: x\r\nConnection: close\r\n';
const json = `${close}Content-Type: application/json\r\n`;
const long = 'a'.repeat(20_000);
const chunked = `${json}Transfer-Encoding: chunked\r\n\r\n`;

/** What is sent, and what the whole answer must match. */
const answers: Readonly<Record<string, readonly [sent: string, answer: RegExp]>> = {
  'HTTP/1.0': ['GET /healthz HTTP/1.0\r\n\r\n', /^HTTP\/1\.1 200 [\s\S]+\{"status":"ok"\}$/],
  'no Host': ['GET /books HTTP/1.1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 [\s\S]+Host is missing/],
  'an empty Host': ['GET /books HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 200 /],
  'two Hosts': [`GET /books HTTP/1.1\r\nHost: y\r\n${close}\r\n`, /^HTTP\/1\.1 400 [\s\S]+does not name one host/],
  'a Host that is none': ['GET / HTTP/1.1\r\nHost: a"><b>\r\n\r\n', /^HTTP\/1\.1 400 [\s\S]+does not name one host/],
  'an IPv6 Host': ['GET /healthz HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 200 /],
  'OPTIONS *': [
    `OPTIONS * HTTP/1.1\r\n${close}\r\n`,
    /^HTTP\/1\.1 204 [\s\S]+Allow: GET, HEAD, OPTIONS, POST, PUT, PATCH, D/,
  ],
  'GET *': [`GET * HTTP/1.1\r\n${close}\r\n`, /^HTTP\/1\.1 400 [\s\S]+\nConnection: close\r\n[\s\S]+Only OPTIONS/],
  'the absolute form': [`GET http://x/healthz HTTP/1.1\r\n${close}\r\n`, /^HTTP\/1\.1 200 /],
  'the absolute form without a path': [`GET http://x HTTP/1.1\r\n${close}\r\n`, /^HTTP\/1\.1 200 /],
  'a path without a slash': [`GET books HTTP/1.1\r\n${close}\r\n`, /^HTTP\/1\.1 400 [\s\S]+malformed-request/],
  'a method that nobody knows': [
    `BREW /books HTTP/1.1\r\n${close}\r\n`,
    /^HTTP\/1\.1 501 [\s\S]+method BREW is not known/,
  ],
  CONNECT: [`CONNECT a:443 HTTP/1.1\r\n${close}\r\n`, /^HTTP\/1\.1 501 [\s\S]+CONNECT is for proxies/],
  TRACE: [`TRACE /books HTTP/1.1\r\n${close}\r\n`, /^HTTP\/1\.1 405 [\s\S]+Allow: GET, POST, HEAD, OPTIONS/],
  'TLS on a plain port': ['\x16\x03\x01\x02\0\x01\0\x01\xfc', /^HTTP\/1\.1 400 [\s\S]+malformed-request/],
  'HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1\.1 400 /],
  'an upgrade that nobody offers': [
    `GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`,
    /^HTTP\/1\.1 200 /,
  ],
  'two lengths': [
    `POST /books HTTP/1.1\r\n${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    /^HTTP\/1\.1 400 /,
  ],
  'a length and chunks': [
    `POST /books HTTP/1.1\r\n${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    /^HTTP\/1\.1 400 /,
  ],
  'a negative length': [`POST /books HTTP/1.1\r\n${json}Content-Length: -2\r\n\r\n{}`, /^HTTP\/1\.1 400 /],
  'two media types': [
    `POST /books HTTP/1.1\r\nContent-Type: text/csv\r\n${json}Content-Length: 2\r\n\r\n{}`,
    /^HTTP\/1\.1 415 /,
  ],
  'a line that is folded': [`GET /books HTTP/1.1\r\n${close}X-A: b\r\n c\r\n\r\n`, /^HTTP\/1\.1 400 /],
  'lines without a return': ['GET /books HTTP/1.1\nHost: x\n\n', /^HTTP\/1\.1 400 /],
  'a long header': [
    `GET /books HTTP/1.1\r\n${close}X-A: ${long}\r\n\r\n`,
    /^HTTP\/1\.1 431 [\s\S]+\nDate: [\s\S]+headers-too-large/,
  ],
  'a long path': [`GET /${long} HTTP/1.1\r\n${close}\r\n`, /^HTTP\/1\.1 431 /],
  'a header of 5 MB, of which the answer is not lost': [
    `GET / HTTP/1.1\r\n${close}X: ${'a'.repeat(5_000_000)}\r\n\r\n`,
    /^HTTP\/1\.1 431 /,
  ],
  'a condition behind 2,000 headers': [
    `DELETE /settings HTTP/1.1\r\n${close}${'a:\r\n'.repeat(2_100)}Expect: x\r\n\r\n`,
    /^HTTP\/1\.1 417 /,
  ],
  chunks: [
    `POST /books HTTP/1.1\r\n${chunked}1;x=y\r\n{\r\n1\r\n}\r\n0\r\nX-A: trailer\r\n\r\n`,
    /^HTTP\/1\.1 400 [\s\S]+\/isbn/,
  ],
  'chunks that are none': [
    `POST /books HTTP/1.1\r\n${chunked}zz\r\n{}\r\n0\r\n\r\n`,
    /^HTTP\/1\.1 400 [\s\S]+malformed-request/,
  ],
  'chunks without end': [
    `POST /books HTTP/1.1\r\n${chunked}${`1000\r\n${' '.repeat(4096)}\r\n`.repeat(3)}`,
    /^HTTP\/1\.1 413 /,
  ],
  'two requests at once': [
    `GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\n${close}\r\n`,
    /^HTTP\/1\.1 200 [\s\S]+HTTP\/1\.1 404 [\s\S]+\nConnection: close\r\n/,
  ],
  'an expectation that nobody knows': [
    `GET /books HTTP/1.1\r\n${close}Expect: x\r\n\r\n`,
    /^HTTP\/1\.1 417 [\s\S]+expectation-failed/,
  ],
};

describe('a request over a bare connection', () => {
  for (const [name, [sent, answer]] of Object.entries(answers)) {
    it(name, async () => {
      const { text, closed } = await raw(server.port, sent);
      assert.match(text, answer);
      assert.equal(closed, text.includes('\nConnection: close\r\n'), text);
      assert.doesNotMatch(text, /node:|\.ts:|at .*\(/);
    });
  }
});

describe('Expect: 100-continue', () => {
  const expecting = `Host: x\r\nExpect: 100-continue\r\n`;
  const refused: Readonly<Record<string, readonly [sent: string, status: number]>> = {
    'a body that is too large': [
      `POST /books HTTP/1.1\r\n${expecting}Content-Type: application/json\r\nContent-Length: 99999\r\n\r\n`,
      413,
    ],
    'a media type that is not taken': [
      `POST /books HTTP/1.1\r\n${expecting}Content-Type: text/csv\r\nContent-Length: 9\r\n\r\n`,
      415,
    ],
    'an encoding that is not taken': [
      `POST /books HTTP/1.1\r\n${expecting}Content-Encoding: zstd\r\nContent-Length: 9\r\n\r\n`,
      415,
    ],
    'a path that is not there': [`POST /nothing HTTP/1.1\r\n${expecting}Content-Length: 9\r\n\r\n`, 404],
    'a method that is not there': [`PATCH /books HTTP/1.1\r\n${expecting}Content-Length: 9\r\n\r\n`, 405],
  };
  for (const [name, [sent, status]] of Object.entries(refused)) {
    it(`${name} is refused before it is sent, and the connection closes`, async () => {
      const { text, closed } = await raw(server.port, sent);
      assert.match(text, new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]+\nConnection: close\r\n`));
      assert.ok(closed);
    });
  }

  it('a body that is wanted is asked for, and the connection stays', async () => {
    const sent = `POST /books HTTP/1.1\r\n${expecting}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;
    const { text, closed } = await raw(server.port, sent);
    assert.match(text, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 400 [\s\S]+\nConnection: keep-alive\r\n/);
    assert.equal(closed, false);
  });

  it('a middleware of the user that reads bodies by iteration', async (t) => {
    const reading = await serve(await readFixture('bookstore.yaml'), {
      use: [
        async (request, response) => {
          let text = '';
          for await (const chunk of request) text += String(chunk);
          response.send(text);
        },
      ],
    });
    t.after(() => reading.close());
    const { text } = await raw(reading.port, `POST /x HTTP/1.1\r\n${expecting}Content-Length: 2\r\n\r\nhi`);
    assert.match(text, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 [\s\S]+hi$/);
  });
});

describe('Content-Encoding', () => {
  const book = JSON.stringify({ isbn: '9780143106692', title: 'Petals of Blood' });
  const bomb = Buffer.alloc(1_000_000, 0x20);
  const encodings: readonly (readonly [name: string, encode: (bytes: Buffer) => Buffer])[] = [
    ['identity', (bytes) => bytes],
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ];
  for (const [name, encode] of encodings) {
    it(`${name}: read, with a limit of what comes out`, async () => {
      const headers = { 'Content-Encoding': name };
      const created = await server.call('POST /books', encode(Buffer.from(book)), headers);
      assert.equal(created.status, 201, created.text);
      await server.call('DELETE /books/9780143106692');
      assert.equal((await server.call('POST /books', encode(bomb), headers)).status, 413);
    });
  }

  for (const name of ['zstd', 'gzip, br']) {
    it(`${name}: 415 with what is taken`, async () => {
      const refused = await server.call('POST /books', book, { 'Content-Encoding': name });
      assert.deepEqual([refused.status, refused.headers['accept-encoding']], [415, 'identity, gzip, deflate, br']);
    });
  }
});
