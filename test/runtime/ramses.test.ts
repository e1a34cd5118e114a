import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import { describe as description, object, ref } from '../model/describe.ts';
import { serve, type TestServer } from './http.ts';

/** RAML without response schemas: Ramses' clients get what they know (ramses-observed.md), without its bugs. */
let server: TestServer;
before(async () => {
  const User = object(
    {
      username: { type: 'string' },
      email: { type: 'string', format: 'email' },
      groups: { type: 'array', items: { type: 'string' } },
      settings: { type: 'object' },
    },
    { required: ['username', 'email'] },
  );
  const Story = object(
    { id: { type: 'integer' }, name: { type: 'string' }, reads: { type: 'integer' } },
    { required: ['id', 'name'] },
  );
  const model = buildModel(
    description(
      {
        '/users': { get: {}, post: { body: ref('User') } },
        '/users/{username}': { get: {}, put: {}, patch: {}, delete: {} },
        '/users/{username}/groups': { get: {}, post: {} },
        '/users/{username}/settings': { get: {}, post: {} },
        '/stories': { get: {}, post: { body: ref('Story') }, patch: {}, delete: {} },
        '/stories/{id}': { get: {}, patch: {}, delete: {} },
      },
      { User, Story },
      'raml-0.8',
    ),
  );
  server = await serve(model);
});
after(() => server.close());

const joe = { username: 'joe', email: 'joe@example.com' };

describe("Ramses' dialect", () => {
  it('create, with _type, _pk, _self and Location', async () => {
    const reply = await server.call('POST /users', joe);
    const self = `http://127.0.0.1:${server.port}/users/joe`;
    assert.deepEqual([reply.status, reply.json], [201, { ...joe, _type: 'User', _pk: 'joe', _self: self }], reply.text);
    assert.equal(reply.headers.location, '/users/joe');
  });

  it('what was read can be written back', async () => {
    const read = await server.call('GET /users/joe');
    const written = await server.call('PUT /users/joe', read.json);
    assert.deepEqual([written.status, written.json], [200, read.json], written.text);
  });

  it('PUT is checked against the resource though it declares no body', async () => {
    assert.equal((await server.call('PUT /users/joe', { groups: [] })).status, 400);
  });

  it('PUT does not create', async () => {
    assert.equal((await server.call('PUT /users/ann', { username: 'ann', email: 'ann@example.com' })).status, 404);
  });

  it('a list attribute: values are added, -value removes', async () => {
    const added = await server.call('POST /users/joe/groups', { admin: null, editor: null });
    assert.deepEqual([added.status, added.json], [201, { data: ['admin', 'editor'], count: 2 }], added.text);
    const removed = await server.call('POST /users/joe/groups', ['-admin', 'author']);
    assert.deepEqual(removed.json, { data: ['editor', 'author'], count: 2 });
    assert.deepEqual((await server.call('GET /users/joe/groups')).json, { data: ['editor', 'author'], count: 2 });
  });

  it('an object attribute: keys are merged, -key removes', async () => {
    await server.call('POST /users/joe/settings', { a: 1, b: 2 });
    const reply = await server.call('POST /users/joe/settings', { '-a': null, c: 3 });
    assert.deepEqual([reply.status, reply.json], [201, { b: 2, c: 3 }], reply.text);
  });

  it('an attribute of nobody', async () => {
    assert.equal((await server.call('GET /users/nobody/groups')).status, 404);
    assert.equal((await server.call('POST /users/nobody/groups', ['a'])).status, 404);
  });

  it('a list in its envelope', async () => {
    for (const name of ['a', 'b', 'c']) await server.call('POST /stories', { name, reads: 1 });
    const { json } = await server.call('GET /stories?_limit=1&_sort=-name&_fields=name');
    assert.deepEqual(json, { data: [{ name: 'c', _type: 'Story' }], start: 0, fields: 'name', total: 3, count: 1 });
    assert.deepEqual((await server.call('GET /stories?_count')).json, { data: 3 });
  });

  it('all that match are changed, or none', async () => {
    const changed = await server.call('PATCH /stories?name=a', { reads: 7 });
    assert.equal(messageOf(changed.json), 'Updated 1 Story(s) objects');
    assert.equal((await server.call('PATCH /stories', { reads: 'many' })).status, 400);
    assert.deepEqual((await server.call('GET /stories?reads=7&_count')).json, { data: 1 });
    assert.equal((await server.call('PATCH /stories', { id: 9 })).status, 400);
  });

  it('DELETE answers with a status object', async () => {
    const reply = await server.call('DELETE /stories/1');
    assert.deepEqual([reply.status, messageOf(reply.json)], [200, 'Deleted']);
    assert.equal(messageOf((await server.call('DELETE /stories?name=b')).json), 'Deleted 1 Story(s) objects');
    assert.deepEqual((await server.call('GET /stories?_count')).json, { data: 1 });
  });
});

function messageOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'message' in json ? json.message : undefined;
}
