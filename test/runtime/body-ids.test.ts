/** Documents that are named, or changed, by other means than a path with an id and a body: as the well-known pet store does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import { describe as description, listOf, object, ref } from '../model/describe.ts';
import { serve } from './http.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const $defs = {
  Pet: object(
    {
      id: integer,
      name: text,
      status: { type: 'string', enum: ['available', 'sold'] },
      tags: { type: 'array', items: object({ id: integer, name: text }) },
    },
    { required: ['name'] },
  ),
  User: object({ username: text, email: text }),
  Answer: object({ message: text }),
};
const paths = {
  '/pet': {
    post: { body: ref('Pet'), answers: { 200: ref('Pet') } },
    put: { body: ref('Pet'), answers: { 200: ref('Pet') } },
    patch: { body: ref('Pet'), answers: { 200: ref('Pet') } },
    delete: { body: object({ id: integer }), answers: { 204: null } },
  },
  '/pet/findByTags': { get: { query: { tags: { type: 'array', items: text } }, answers: { 200: listOf('Pet') } } },
  '/pet/{petId}': {
    get: { answers: { 200: ref('Pet') } },
    post: { query: { name: text, status: text } },
  },
  '/pet/{petId}/uploadImage': {
    post: {
      body: { type: 'string', format: 'binary' },
      bodyType: 'application/octet-stream',
      answers: { 200: ref('Answer') },
    },
  },
  '/user': {
    post: { body: ref('User'), answers: { 201: ref('User') } },
    put: { body: ref('User'), answers: { 200: ref('User'), 201: ref('User') } },
  },
  '/user/createWithList': { post: { body: listOf('User'), answers: { 200: ref('User') } } },
  '/user/{username}': { get: { answers: { 200: ref('User') } } },
};
const model = buildModel(description(paths, $defs));
const rex = {
  id: 1,
  name: 'Rex',
  status: 'available',
  tags: [
    { id: 1, name: 'red' },
    { id: 2, name: 'big' },
  ],
};
const form = { 'Content-Type': 'application/json-patch+json' };

/** Request, body, status, what the answer must show, headers. Each row meets the one pet `rex`. */
const cases: readonly (readonly [
  line: string,
  body: unknown,
  status: number,
  shown: RegExp,
  headers?: Readonly<Record<string, string>>,
])[] = [
  ['PUT /pet', { id: 1, name: 'Max' }, 200, /^\{"id":1,"name":"Max"\}$/],
  ['PUT /pet', { id: 9, name: 'Max' }, 404, /There is no Pet \\"9\\"/],
  ['PUT /pet', { name: 'Max' }, 400, /"pointer":"\/id","message":"is required"/],
  ['PUT /pet', { id: null, name: 'Max' }, 400, /"pointer":"\/id","message":"is required"/],
  ['PUT /pet', { id: 'one', name: 'Max' }, 400, /"pointer":"\/id","message":"must be integer"/],
  ['PUT /pet', { id: [1], name: 'Max' }, 400, /"pointer":"\/id","message":"must be integer"/],
  ['PUT /pet', { id: 1 }, 400, /"pointer":"\/name"/],
  ['PUT /pet', [], 400, /"code":"invalid-body"/],
  ['PUT /pet', { id: 1, name: 'Max' }, 412, /precondition-failed/, { 'If-Match': '"old"' }],
  ['PATCH /pet', { id: 1, status: 'sold' }, 200, /"name":"Rex","status":"sold"/],
  ['PATCH /pet', { id: 2, status: 'sold' }, 404, /not-found/],
  ['PATCH /pet', { status: 'sold' }, 400, /"pointer":"\/id","message":"is required"/],
  ['PATCH /pet', [{ op: 'remove', path: '/status' }], 400, /"pointer":"\/id","message":"is required"/, form],
  ['DELETE /pet', { id: 1 }, 204, /^$/],
  ['DELETE /pet', { id: 2 }, 404, /not-found/],
  ['DELETE /pet', {}, 400, /"pointer":"\/id","message":"is required"/],
  ['POST /pet/1?name=Max&status=sold', undefined, 200, /"name":"Max","status":"sold"/],
  ['POST /pet/1?status=sold', undefined, 200, /"name":"Rex","status":"sold"/],
  ['POST /pet/1?status=lost', undefined, 400, /must be one of/],
  ['POST /pet/1?stats=sold', undefined, 400, /did you mean \\"status\\"/],
  ['POST /pet/2?status=sold', undefined, 404, /not-found/],
  ['GET /pet/findByTags?tags=red', undefined, 200, /"Rex"/],
  ['GET /pet/findByTags?tags=blue', undefined, 200, /^\[\]$/],
  ['GET /pet/findByTags?tags=blue&tags=red', undefined, 200, /"Rex"/],
  ['GET /pet/findByTags?tags=blue,red', undefined, 200, /"Rex"/],
  ['POST /pet/1/uploadImage', 'bytes', 200, /"message"/, { 'Content-Type': 'application/octet-stream' }],
  ['POST /pet/1/uploadImage', 'bytes', 415, /unsupported/, { 'Content-Type': 'image/png' }],
  ['PUT /user', { username: 'ann', email: 'a@b' }, 201, /"ann"/],
  ['POST /user/createWithList', [{ username: 'ann' }, { username: 'bob' }], 200, /^\{"username":"bob"\}$/],
  ['POST /user/createWithList', [], 400, /at least 1 item/],
];

describe('ids in bodies, changes in queries', () => {
  for (const [line, body, status, shown, headers] of cases) {
    it(`${line} ${JSON.stringify(body) ?? ''} → ${status}`, async (t) => {
      const server = await serve(model);
      t.after(() => server.close());
      assert.equal((await server.call('POST /pet', rex)).status, 200);
      const reply = await server.call(line, body, headers);
      assert.equal(reply.status, status, reply.text);
      assert.match(reply.text, shown);
    });
  }

  it('a refused request changes nothing, and a created user can be read and replaced', async (t) => {
    const server = await serve(model);
    t.after(() => server.close());
    await server.call('POST /pet', rex);
    await server.call('PUT /pet', { id: 1 });
    await server.call('PATCH /pet', { status: 'sold' });
    assert.deepEqual((await server.call('GET /pet/1')).json, rex);
    assert.equal((await server.call('PUT /user', { username: 'ann' })).headers.location, '/user/ann');
    assert.equal((await server.call('PUT /user', { username: 'ann', email: 'x@y' })).status, 200);
    assert.deepEqual((await server.call('GET /user/ann')).json, { username: 'ann', email: 'x@y' });
  });
});

it('is told by inspect', () => {
  const said = model.inferences.map(({ subject, conclusion }) => `${subject} ${conclusion}`);
  assert.ok(said.includes('PUT /pet is about the document whose id is in the body'));
  assert.ok(said.includes('POST /pet/{petId} the query parameters "name", "status" are the change'));
});

it('/openapi.json offers no JSON Patch where the body must carry the id', async (t) => {
  const server = await serve(model);
  t.after(() => server.close());
  const { text: document } = await server.call('GET /openapi.json');
  const { paths: described }: { paths: Record<string, { patch?: { requestBody: { content: object } } }> } =
    JSON.parse(document);
  assert.deepEqual(Object.keys(described['/pet']?.patch?.requestBody.content ?? {}).toSorted(), [
    'application/json',
    'application/merge-patch+json',
  ]);
});
