import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import { describe as description, listOf, object, ref } from '../model/describe.ts';
import { readFixture, serve } from './http.ts';

/** What the description declares wins: small descriptions, each for one rule. */
const Note = object(
  {
    id: { type: 'integer' },
    text: { type: 'string' },
    checksum: { type: 'string', readOnly: true },
  },
  { required: ['id', 'text', 'checksum'] },
);

describe('what is declared', () => {
  it('several documents at once: all, or none', async (t) => {
    const paths = {
      '/notes': {
        get: { answers: { 200: listOf('Note') } },
        post: { body: listOf('Note'), answers: { 201: listOf('Note') } },
      },
      '/notes/{id}': { get: { answers: { 200: ref('Note') } } },
    };
    const server = await serve(buildModel(description(paths, { Note })));
    t.after(() => server.close());
    const created = await server.call('POST /notes', [{ text: 'a' }, { text: 'b' }]);
    assert.deepEqual(
      [created.status, created.json],
      [
        201,
        [
          { id: 1, text: 'a' },
          { id: 2, text: 'b' },
        ],
      ],
      created.text,
    );
    const wrong = await server.call('POST /notes', [{ text: 'c' }, { text: 1 }]);
    assert.equal(wrong.status, 400);
    assert.match(wrong.text, /"pointer":"\/1\/text"/);
    const next = await server.call('POST /notes', [{ text: 'c' }]);
    assert.deepEqual(next.json, [{ id: 3, text: 'c' }]);
  });

  it('several documents of which one is taken: none is created', async (t) => {
    const Tag = object({ name: { type: 'string' } }, { required: ['name'] });
    const paths = {
      '/tags': {
        get: { answers: { 200: listOf('Tag') } },
        post: { body: listOf('Tag'), answers: { 201: listOf('Tag') } },
      },
      '/tags/{name}': { get: { answers: { 200: ref('Tag') } } },
    };
    const server = await serve(buildModel(description(paths, { Tag })));
    t.after(() => server.close());
    assert.equal((await server.call('POST /tags', [{ name: 'a' }])).status, 201);
    const taken = await server.call('POST /tags', [{ name: 'b' }, { name: 'a' }, { name: 'c' }]);
    assert.equal(taken.status, 409, taken.text);
    assert.equal((await server.call('GET /tags')).text, '[{"name":"a"}]');
  });

  it('success codes and empty answers', async (t) => {
    const paths = {
      '/notes': { get: { answers: { 200: listOf('Note') } }, post: { body: ref('Note'), answers: { 204: null } } },
      '/notes/{id}': {
        get: { answers: { 200: ref('Note') } },
        patch: { answers: { 200: null } },
        delete: { answers: { 200: ref('Note') } },
      },
    };
    const server = await serve(buildModel(description(paths, { Note })));
    t.after(() => server.close());
    const created = await server.call('POST /notes', { text: 'a' });
    assert.deepEqual([created.status, created.text, created.headers.location], [204, '', '/notes/1']);
    const patched = await server.call('PATCH /notes/1', { text: 'b' });
    assert.deepEqual([patched.status, patched.text], [200, '']);
    const shown = await server.call('PATCH /notes/1', { text: 'c' }, { Prefer: 'return=representation' });
    assert.deepEqual(shown.json, { id: 1, text: 'c' });
    const removed = await server.call('DELETE /notes/1');
    assert.deepEqual([removed.status, removed.json], [200, { id: 1, text: 'c' }]);
  });

  it('an error schema of its own', async (t) => {
    const Failure = object(
      { error: { type: 'string' }, status: { type: 'integer' } },
      { required: ['error', 'status'] },
    );
    const paths = {
      '/notes': {
        get: { answers: { 200: listOf('Note') } },
        post: { body: ref('Note'), answers: { 201: ref('Note'), 400: ref('Failure') } },
      },
      '/notes/{id}': { get: { answers: { 200: ref('Note'), 404: ref('Failure') } } },
    };
    const server = await serve(buildModel(description(paths, { Note, Failure })));
    t.after(() => server.close());
    const missing = await server.call('GET /notes/1');
    assert.deepEqual([missing.status, missing.headers['content-type']], [404, 'application/json']);
    assert.deepEqual(missing.json, { error: 'There is no Note "1".', status: 404 });
  });

  it('an id that is unique only under its parent', async (t) => {
    const server = await serve(await readFixture('bookstore.yaml'));
    t.after(() => server.close());
    for (const isbn of ['9780000000001', '9780000000002']) {
      await server.call('POST /books', { isbn, title: isbn });
      assert.equal((await server.call(`POST /books/${isbn}/reviews`, { id: 5, stars: 1 })).status, 201);
      assert.equal((await server.call(`POST /books/${isbn}/reviews`, { id: 5, stars: 1 })).status, 409);
    }
    assert.equal((await server.call('DELETE /books/9780000000001/reviews/5')).status, 204);
    assert.equal((await server.call('GET /books/9780000000002/reviews/5')).status, 200);
  });

  it('an id that is text in the schema and a number in the path', async (t) => {
    const Gist = object({ id: { type: 'string' }, text: { type: 'string' } }, { required: ['id'] });
    const uri = { id: { type: 'integer' } };
    const paths = {
      '/gists': {
        get: { answers: { 200: listOf('Gist') } },
        post: { body: ref('Gist'), answers: { 201: ref('Gist') } },
      },
      '/gists/{id}': { uri, get: { answers: { 200: ref('Gist') } } },
      '/gists/{id}/forks': { uri, post: { answers: { 204: null } } },
    };
    const server = await serve(buildModel(description(paths, { Gist })));
    t.after(() => server.close());
    const { headers } = await server.call('POST /gists', { id: 'a', text: 'x' });
    assert.equal((await server.call(`GET ${headers.location}`)).status, 200);
    assert.equal((await server.call(`POST ${headers.location}/forks`)).status, 204);
  });

  it('answers are compared with the description', async (t) => {
    const paths = {
      '/notes': {
        get: { answers: { 200: listOf('Note') } },
        post: { body: ref('Note'), answers: { 201: ref('Note') } },
      },
      '/notes/{id}': { get: { answers: { 200: ref('Note') } } },
    };
    const model = buildModel(description(paths, { Note }));
    const warned = await serve(model, { checkResponses: 'warn' });
    t.after(() => warned.close());
    assert.equal((await warned.call('POST /notes', { text: 'a' })).status, 201);
    assert.match(warned.log[0]?.message ?? '', /\/checksum is required/);
    const strict = await serve(model, { checkResponses: 'strict' });
    t.after(() => strict.close());
    const refused = await strict.call('POST /notes', { text: 'a' });
    assert.deepEqual([refused.status, /invalid-response/.test(refused.text)], [500, true]);
  });
});

it('several media types: the best one, and caches are told', async (t) => {
  const model = await readFixture('media-types.yaml');
  const server = await serve(model);
  t.after(() => server.close());
  const plain = await server.call('GET /time', undefined, { Accept: 'text/plain' });
  assert.deepEqual([plain.headers['content-type'], plain.text, plain.headers.vary], ['text/plain', 'noon', 'Accept']);
  const json = await server.call('GET /time', undefined, { Accept: 'text/plain;q=0.1, application/json' });
  assert.deepEqual([json.headers['content-type'], json.json], ['application/json', { time: 'noon' }]);
  assert.equal((await server.call('GET /time', undefined, { Accept: 'image/png' })).status, 406);
});

it('a declared and required If-Match', async (t) => {
  const server = await serve(await readFixture('media-types.yaml'));
  t.after(() => server.close());
  assert.equal((await server.call('POST /time/set', {})).status, 428);
  assert.equal((await server.call('POST /time/set', {}, { 'If-Match': '"1"' })).status, 200);
});
