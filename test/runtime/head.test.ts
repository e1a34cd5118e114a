/** HEAD is GET without its body, OPTIONS tells the methods, and any other is refused with them, wherever something is. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Reply, readFixture, serve, type TestServer } from './http.ts';

let server: TestServer;
before(async () => {
  server = await serve(await readFixture('bookstore.yaml'), {
    description: [{ path: 'api.yaml', text: 'openapi: 3.0.3\n' }],
  });
  await server.call('POST /books', { isbn: '9780143106692', title: 'Petals of Blood' });
  await server.call('POST /books/9780143106692/reviews', { stars: 5 });
  await server.call('PUT /settings', { size: 2 });
});
after(() => server.close());

const paths = [
  '/',
  '/openapi.json',
  '/description',
  '/description/api.yaml',
  '/problems/not-found',
  '/healthz',
  '/readyz',
  '/books',
  '/books?limit=1&sort=-price',
  '/books/9780143106692',
  '/books/9780143106692/reviews',
  '/books/9780143106692/reviews/1',
  '/settings',
  '/books/1',
  '/books?nothing=1',
  '/nothing',
];

describe('HEAD', () => {
  for (const path of paths) {
    it(path, async () => {
      for (const headers of [{}, { Accept: 'text/html' }, { 'If-None-Match': '*' }]) {
        const [got, head] = [
          await server.call(`GET ${path}`, undefined, headers),
          await server.call(`HEAD ${path}`, undefined, headers),
        ];
        assert.deepEqual(withoutChance(head), withoutChance(got));
        assert.equal(head.text, '');
      }
    });
  }
});

describe('OPTIONS, and a method that is not there', () => {
  for (const path of paths.slice(0, -3)) {
    it(path, async () => {
      const options = await server.call(`OPTIONS ${path}`);
      assert.equal(options.status, 204);
      assert.match(String(options.headers.allow), /GET.*HEAD.*OPTIONS/);
      const refused = await server.call(`PROPFIND ${path}`);
      assert.deepEqual([refused.status, refused.headers.allow], [405, options.headers.allow]);
    });
  }

  it('OPTIONS of nothing', async () => assert.equal((await server.call('OPTIONS /nothing')).status, 404));
});

/** Without what two answers never share: the time, the id of the request, which a problem repeats. */
function withoutChance({ status, headers }: Reply): object {
  const { date: _date, 'x-request-id': id, ...rest } = headers;
  return {
    status,
    ...rest,
    ...(rest['content-type'] === 'application/problem+json' && { 'content-length': String(id).length }),
  };
}
