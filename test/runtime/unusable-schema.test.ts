import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ApiModel } from '../../src/model/types.ts';
import { readFixture, serve, type TestServer } from './http.ts';

/** No reader lets such a schema through that it knows of; ajv throws for it when it is first used. */
const odd = { type: 'object', properties: { title: { type: 'strange' } } };

describe('a schema that no check can be made from', () => {
  let server: TestServer;
  before(async () => {
    server = await serve(withOddBook(await readFixture('bookstore.yaml')));
  });
  after(() => server.close());

  it('is a problem that names the operation, logged once', async () => {
    for (const _ of [1, 2, 3]) {
      const { status, text, json } = await server.call('POST /books', { isbn: '9780143106692', title: 'a' });
      assert.equal(status, 500);
      assert.match(JSON.stringify(json), /unusable-schema/);
      assert.match(text, /The operation POST \/books has a schema that cannot be used/);
      assert.doesNotMatch(text, /node_modules|ajv|\.ts:|at .*\(/);
    }
    assert.deepEqual(
      server.log.map(({ request, message }) => [request, message]),
      [['POST /books', 'a schema cannot be used: type must be JSONType or JSONType[]: strange']],
    );
  });
  it('concerns no other operation', async () => {
    assert.equal((await server.call('GET /books')).status, 200);
  });
});

function withOddBook(model: ApiModel): ApiModel {
  return { ...model, $defs: Object.fromEntries(Object.keys(model.$defs).map((name) => [name, odd])) };
}
