/** `--check-responses strict`: what is refused has not been written, and what every server adds is never missed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiModel } from '../../src/model/types.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { readFixture, serve } from './http.ts';

const writes: readonly (readonly [line: string, body?: unknown])[] = [
  ['PUT /books/1', { id: 1, title: 'changed' }],
  ['PATCH /books/1', { title: 'changed' }],
  ['PATCH /books', { title: 'changed' }],
  ['DELETE /books/1'],
  ['DELETE /books'],
  ['POST /books/1/tags', ['b']],
];

describe('an answer that does not fit the description', () => {
  for (const [line, body] of writes) {
    it(`${line}: nothing is written`, async (t) => {
      const server = await serve(await readFixture('strict.raml'), { checkResponses: 'strict' });
      t.after(() => server.close());
      const book = { id: 1, title: 'kept', tags: ['a'] };
      assert.equal((await server.call('POST /books', book)).status, 201);
      const { etag } = (await server.call('GET /books/1')).headers;
      const refused = await server.call(line, body);
      assert.match(refused.text, /"code":"invalid-response"/);
      assert.equal(refused.status, 500);
      const kept = await server.call('GET /books/1');
      assert.deepEqual(kept.json, book);
      assert.equal(kept.headers.etag, etag);
    });
  }
});

/** The model with these headers required in all of its answers. */
async function requiring(names: readonly string[]): Promise<ApiModel> {
  const model = await readFixture('strict.raml');
  const simple = { style: 'simple', explode: false } as const;
  const schema = { type: 'string' };
  const headers = names.map((name) => ({ name, in: 'header', required: true, schema, ...simple }) as const);
  const paths = model.paths.map((item) => ({
    ...item,
    operations: item.operations.map((operation) => ({
      ...operation,
      responses: operation.responses.map((response) => ({
        ...response,
        headers: headers.map((header) => ({ ...header, examples: [], extensions: [], at: operation.at })),
      })),
    })),
  }));
  return { ...model, paths };
}

it('headers that are added in sending are not missed', async (t) => {
  const model = await requiring(['Content-Length', 'Date', 'X-Request-Id', 'Access-Control-Allow-Origin']);
  const server = await serve(model, { checkResponses: 'strict' });
  t.after(() => server.close());
  assert.equal((await server.call('POST /books', { id: 1, title: 'x' })).status, 201);
  assert.equal((await server.call('GET /books')).status, 200);
});

it('a list whose answer must say when it was last changed says when anything in it was', async (t) => {
  const model = await requiring(['Last-Modified']);
  const store = await openMemoryStore(model);
  const server = await serve(model, { checkResponses: 'strict', store });
  t.after(() => server.close());
  const empty = await server.call('GET /books');
  assert.equal(empty.status, 200);
  assert.match(empty.headers['last-modified'] ?? '', / GMT$/);
  // A billion seconds after 1970.
  await store.collection('books').restore([{ key: '1', revision: 1e15, text: '{"id":1,"title":"x"}', links: {} }]);
  for (const line of ['GET /books', 'GET /books?_count=true', 'GET /books?_aggs.n.count.field=id']) {
    const { status, headers } = await server.call(line);
    assert.equal(status, 200, line);
    assert.equal(headers['last-modified'], 'Sun, 09 Sep 2001 01:46:40 GMT', line);
  }
});
