import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readFixture, serve, type TestServer } from './http.ts';

/** Bad input: each gets a clear error with a code, nothing is stored, and the server goes on serving. */
let server: TestServer;
before(async () => {
  server = await serve(await readFixture('bookstore.yaml'), { bodyLimit: 10_000 });
});
after(() => server.close());

const isbn = '"isbn":"9780143106692"';
const bodies: readonly [name: string, body: string | Buffer, status: number, code: string, detail: RegExp][] = [
  ['nothing at all', '', 400, 'invalid-body', /required/],
  ['spaces only', '  \n ', 400, 'malformed-body', /empty/],
  ['half a document', `{${isbn},`, 400, 'malformed-body', /line 1, column 25/],
  [
    'a missing colon',
    '{\n  "isbn" "x"\n}',
    400,
    'malformed-body',
    /":" was expected after a key. \(line 2, column 10\)/,
  ],
  ['a trailing comma', `{${isbn},}`, 400, 'malformed-body', /"," before "}" is not allowed/],
  ['single quotes', "{'isbn': 1}", 400, 'malformed-body', /a key in quotes was expected/],
  ['two documents', `{${isbn}} {}`, 400, 'malformed-body', /after the end of the document/],
  ['a key that comes twice', `{${isbn},"title":"a","title":"b"}`, 400, 'malformed-body', /"title" comes twice/],
  ['a key that comes twice under another spelling', '{"a":1,"\\u0061":2}', 400, 'malformed-body', /"a" comes twice/],
  ['a lone surrogate', `{${isbn},"title":"\\ud800"}`, 400, 'malformed-body', /surrogate/],
  ['a lone surrogate in a key', '{"\\udc00":1}', 400, 'malformed-body', /surrogate/],
  ['NaN', `{${isbn},"price":NaN}`, 400, 'malformed-body', /JSON has no NaN/],
  ['-Infinity', `{${isbn},"price":-Infinity}`, 400, 'malformed-body', /JSON has no -Infinity/],
  ['1e400', `{${isbn},"price":1e400}`, 400, 'malformed-body', /larger than a 64-bit/],
  ['an integer that would lose digits', '{"pages":12345678901234567890}', 400, 'malformed-body', /would lose digits/],
  ['a leading zero', '{"pages":01}', 400, 'malformed-body', /not a JSON number/],
  ['a control character', '{"title":"a\nb"}', 400, 'malformed-body', /must be escaped/],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400, 'malformed-body', /UTF-8/],
  ['UTF-16', Buffer.from(`{${isbn}}`, 'utf16le'), 400, 'malformed-body', /Unexpected/],
  ['a hundred levels', `${'['.repeat(100)}${']'.repeat(100)}`, 400, 'malformed-body', /deeper than 64 levels/],
  ['five thousand levels', '['.repeat(5_000), 400, 'malformed-body', /deeper than 64 levels/],
  ['a list where an object is due', '[]', 400, 'invalid-body', /must be object/],
  ['null', 'null', 400, 'invalid-body', /must be object/],
  ['a text', '"x"', 400, 'invalid-body', /must be object/],
  ['__proto__ as a key', `{${isbn},"title":"a","__proto__":{"polluted":1}}`, 400, 'invalid-body', /__proto__/],
  ['constructor as a key', `{${isbn},"title":"a","constructor":1}`, 400, 'invalid-body', /constructor/],
];

describe('a hostile body', () => {
  for (const [name, body, status, code, detail] of bodies) {
    it(name, async () => {
      const reply = await server.call('POST /books', body);
      assert.deepEqual([reply.status, codeOf(reply.json)], [status, code], reply.text);
      assert.match(reply.text.replaceAll('\\"', '"'), detail);
      assert.doesNotMatch(reply.text, /node:|\.ts:|at .*\(/);
      assert.deepEqual((await server.call('GET /books')).json, { items: [], total: 0 });
    });
  }

  it('points to the place', async () => {
    const reply = await server.call('POST /books', '{"tags":["a",{"b":1,"b":2}]}');
    assert.equal(pointersOf(reply.json)[0], '/tags/1/b');
  });

  it('tells all violations at once, as pointers', async () => {
    const book = {
      isbn: 'x',
      title: '',
      price: -1,
      pages: 1.5,
      currency: 'DM',
      tags: [1],
      published: 'soon',
      prize: 1,
    };
    const reply = await server.call('POST /books', book);
    const expected = ['/isbn', '/title', '/price', '/pages', '/currency', '/tags/0', '/published', '/prize'];
    assert.deepEqual([...pointersOf(reply.json)].sort(), expected.sort());
    assert.match(reply.text, /did you mean \\"price\\"\?/);
  });
});

const headers: readonly [
  name: string,
  line: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
  status: number,
  code: string,
][] = [
  ['XML', 'POST /books', '<a/>', { 'Content-Type': 'application/xml' }, 415, 'unsupported-media-type'],
  ['no media type at all', 'POST /books', '{}', { 'Content-Type': 'json' }, 415, 'unsupported-media-type'],
  [
    'another charset',
    'POST /books',
    '{}',
    { 'Content-Type': 'application/json; charset=latin1' },
    415,
    'unsupported-media-type',
  ],
  ['an unknown encoding', 'POST /books', '{}', { 'Content-Encoding': 'zip' }, 415, 'unsupported-media-type'],
  ['a broken encoding', 'POST /books', '{}', { 'Content-Encoding': 'gzip' }, 400, 'malformed-body'],
  ['a body beyond the limit', 'POST /books', 'x'.repeat(10_001), {}, 413, 'body-too-large'],
  [
    'a chunked body beyond the limit',
    'POST /books',
    'x'.repeat(10_001),
    { 'Transfer-Encoding': 'chunked', 'Content-Length': '' },
    413,
    'body-too-large',
  ],
  [
    'a small body that unpacks beyond the limit',
    'POST /books',
    gzipSync('x'.repeat(1_000_000)),
    { 'Content-Encoding': 'gzip' },
    413,
    'body-too-large',
  ],
  [
    'multipart without a boundary',
    'POST /books',
    'x',
    { 'Content-Type': 'multipart/form-data' },
    400,
    'malformed-body',
  ],
  [
    'multipart without an end',
    'POST /books',
    '--x\r\n',
    { 'Content-Type': 'multipart/form-data; boundary=x' },
    400,
    'malformed-body',
  ],
  [
    'a form that is not percent-encoded',
    'POST /books',
    'a=%ff',
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    400,
    'malformed-body',
  ],
  ['an unacceptable Accept', 'GET /books', '', { Accept: 'text/html' }, 406, 'not-acceptable'],
  ['JSON refused by name', 'GET /books', '', { Accept: 'application/json;q=0, */*' }, 406, 'not-acceptable'],
];

describe('hostile headers', () => {
  for (const [name, line, body, sent, status, code] of headers) {
    it(name, async () => {
      const { 'Content-Length': length, ...rest } = sent;
      const type = rest['Content-Type'] ?? 'application/json';
      const all = { 'Content-Type': type, ...rest };
      const reply =
        length === ''
          ? await chunked(server.port, line, body, all)
          : await server.call(line, body === '' ? undefined : body, all);
      assert.deepEqual([reply.status, codeOf(reply.json)], [status, code]);
    });
  }
});

const paths: readonly [name: string, line: string, status: number, code: string][] = [
  ['half an escape', 'GET /books/%f', 400, 'malformed-path'],
  ['escapes that are no UTF-8', 'GET /books/%ff', 400, 'malformed-path'],
  ['steps upwards', 'GET /books/..%2f..%2fetc%2fpasswd', 400, 'invalid-parameter'],
  ['an empty segment', 'GET //books', 404, 'not-found'],
  ['another case', 'GET /BOOKS', 404, 'not-found'],
  ['__proto__', 'GET /__proto__', 404, 'not-found'],
  ['a method that nobody declares', 'DELETE /books', 405, 'method-not-allowed'],
  ['a method that hardly exists', 'PURGE /books', 405, 'method-not-allowed'],
  ['an unknown query parameter', 'GET /books?titel=x', 400, 'unknown-parameter'],
  ['ten thousand query parameters', `GET /books?${'a=1&'.repeat(3_000)}`, 400, 'unknown-parameter'],
  ['a query that is no UTF-8', 'GET /books?title=%ff', 400, 'invalid-parameter'],
  ['a limit that is no number', 'GET /books?limit=abc', 400, 'invalid-parameter'],
  ['a limit beyond the declared one', 'GET /books?limit=101', 400, 'invalid-parameter'],
  ['an id that no document can have', 'GET /books/9780143106692/reviews/x', 400, 'invalid-parameter'],
];

describe('a hostile request line', () => {
  for (const [name, line, status, code] of paths) {
    it(name, async () => {
      const reply = await server.call(line);
      assert.deepEqual([reply.status, codeOf(reply.json)], [status, code], reply.text);
      assert.equal(reply.headers['content-type'], 'application/problem+json');
    });
  }
});

describe('a hostile connection', () => {
  it('headers beyond the limit: 431', async () => {
    const answer = await raw(server.port, `GET /books HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 431 /);
    assert.match(answer, /"code":"headers-too-large"/);
  });

  it('no HTTP: 400', async () => {
    const answer = await raw(server.port, 'HELLO\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
    assert.match(answer, /"code":"malformed-request"/);
  });

  it('a length that promises 50 MB: 413 without waiting for them', async () => {
    const head = `POST /books HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${50 * 1024 * 1024}\r\n\r\n`;
    assert.match(await raw(server.port, `${head}{`, /body-too-large/), /^HTTP\/1\.1 413 /);
  });

  it('400 MB in chunks: 413, and they are not kept', async () => {
    const before = process.memoryUsage().rss;
    const answer = await flood(server.port, 400);
    assert.match(answer, /^HTTP\/1\.1 413 /);
    // Far from both: what is kept until the next garbage collection is tens of megabytes, and differs from version to version.
    assert.ok(process.memoryUsage().rss - before < 200 * 1024 * 1024);
  });

  it('a connection that breaks off in the middle of a body', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      'POST /books HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"',
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.destroy();
    assert.equal((await server.call('GET /books')).status, 200);
  });
});

it('a pattern of the description that needs 2^n steps is stopped', { timeout: 5_000 }, async () => {
  const started = performance.now();
  const reply = await server.call('PUT /settings', { theme: `${'a'.repeat(40)}!` });
  assert.equal(reply.status, 400);
  assert.ok(performance.now() - started < 2_000);
  assert.equal((await server.call('PUT /settings', { theme: 'aaaa' })).status, 200);
});

function codeOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'code' in json ? json.code : undefined;
}

function pointersOf(json: unknown): readonly string[] {
  if (typeof json !== 'object' || json === null || !('errors' in json) || !Array.isArray(json.errors)) return [];
  return json.errors.map(({ pointer }: { pointer: string }) => pointer);
}

/** Sends bytes and reads until the server closes, or until `enough` is seen. */
function raw(port: number, bytes: string, enough?: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (enough?.test(answer)) socket.destroy();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

/** A chunked body of so many megabytes, always the same one, as fast as the server takes them. */
function flood(port: number, megabytes: number): Promise<string> {
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, 0x20), Buffer.from('\r\n')]);
  return new Promise((resolve, reject) => {
    let answer = '';
    let left = megabytes;
    const socket = connect(port, '127.0.0.1');
    const pump = (): void => {
      while (left > 0) {
        left -= 1;
        if (!socket.write(chunk)) return;
      }
      if (left === 0) socket.write('0\r\n\r\n');
      left = -1;
      if (answer !== '') socket.end();
    };
    socket.on('drain', pump);
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      if (left < 0) socket.end();
    });
    socket.write('POST /books HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
    socket.write('Transfer-Encoding: chunked\r\n\r\n');
    pump();
  });
}

async function chunked(port: number, line: string, body: string | Buffer, sent: Readonly<Record<string, string>>) {
  const [method = '', path = ''] = line.split(' ');
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(Buffer.from(body)));
      controller.close();
    },
  });
  const headers = Object.fromEntries(Object.entries(sent).filter(([name]) => name !== 'Transfer-Encoding'));
  const init = { method, headers, body: stream, duplex: 'half' as const };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
  return { status: response.status, json: (await response.json()) as unknown };
}
