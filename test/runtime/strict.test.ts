/** `--check-responses strict`: what is refused has not been written, and what every server adds is never missed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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

it('headers that are added in sending are not missed', async (t) => {
  const model = await readFixture('strict.raml');
  const simple = { style: 'simple', explode: false } as const;
  const header = (name: string) =>
    ({
      name,
      in: 'header',
      required: true,
      schema: { type: 'string' },
      examples: [],
      extensions: [],
      ...simple,
    }) as const;
  const own = ['Content-Length', 'Date', 'X-Request-Id', 'Access-Control-Allow-Origin'].map(header);
  const paths = model.paths.map((item) => ({
    ...item,
    operations: item.operations.map((operation) => ({
      ...operation,
      responses: operation.responses.map((response) => ({
        ...response,
        headers: own.map((parameter) => ({ ...parameter, at: operation.at })),
      })),
    })),
  }));
  const server = await serve({ ...model, paths }, { checkResponses: 'strict' });
  t.after(() => server.close());
  assert.equal((await server.call('POST /books', { id: 1, title: 'x' })).status, 201);
  assert.equal((await server.call('GET /books')).status, 200);
});
