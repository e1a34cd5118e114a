import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { describe as description } from '../model/describe.ts';
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

describe('an answer that cannot be checked', () => {
  const modes = [
    ['off', 200, []],
    ['warn', 200, [['warning', 'GET /books', 'a schema cannot be used: type must be JSONType or JSONType[]: strange']]],
    ['strict', 500, [['error', 'GET /books', 'a schema cannot be used: type must be JSONType or JSONType[]: strange']]],
  ] as const;
  for (const [checkResponses, expected, logged] of modes) {
    it(`--check-responses ${checkResponses}: ${expected}, logged once`, async () => {
      const server = await serve(withOddBook(await readFixture('bookstore.yaml')), { checkResponses });
      try {
        for (const _ of [1, 2]) assert.equal((await server.call('GET /books')).status, expected);
        assert.deepEqual(
          server.log.map(({ level, request, message }) => [level, request, message]),
          logged,
        );
      } finally {
        await server.close();
      }
    });
  }
});

describe('a schema that is made of itself', () => {
  const circular = { allOf: [{ $ref: '#/$defs/Book' }] };
  it('is unusable, and no internal error', async () => {
    const model = await readFixture('bookstore.yaml');
    const server = await serve({ ...model, $defs: { ...model.$defs, Book: circular } });
    try {
      const { status, json } = await server.call('POST /books', { isbn: '9780143106692', title: 'a' });
      assert.equal(status, 500);
      assert.match(JSON.stringify(json), /unusable-schema/);
    } finally {
      await server.close();
    }
  });
});

describe('a sample of what cannot be checked', () => {
  it('is made as well as can be', async () => {
    const get = { query: {}, answers: { 200: { type: 'object', properties: { n: { type: 'strange' } } } } };
    const server = await serve(buildModel(description({ '/stats': { get } })));
    try {
      const { status, headers } = await server.call('GET /stats');
      assert.deepEqual([status, headers['x-cartouche-sample']], [200, 'generated']);
    } finally {
      await server.close();
    }
  });
});

function withOddBook(model: ApiModel): ApiModel {
  return { ...model, $defs: Object.fromEntries(Object.keys(model.$defs).map((name) => [name, odd])) };
}
