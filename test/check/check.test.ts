/** The check of a server is red for each fault that is put before it, and green without one. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type CheckReply, type CheckRequest, checkService, type Send } from '../../src/check/check.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { createApp } from '../../src/runtime/app.ts';
import { createServer } from '../../src/runtime/server.ts';
import { loadValidator } from '../../src/runtime/validation/validator.ts';
import { readSpec } from '../../src/spec/read.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';

type Fault = (request: CheckRequest, send: Send) => Promise<CheckReply>;

const isItem = ({ path }: CheckRequest) => /^\/(?:books|authors)\/[^/?]+$/.test(path);
const isList = ({ method, path }: CheckRequest) => method === 'GET' && /^\/books(?:\?|$)/.test(path);

/** The faults of the trial of other tools that a description without security can have, and some more. */
const faults: Readonly<Record<string, Fault>> = {
  '200 instead of 201': changed((_, reply) => (reply.status === 201 ? { ...reply, status: 200 } : reply)),
  'a required property is missing': changed((_, reply) => withDocument(reply, ({ title: _title, ...rest }) => rest)),
  'a property is of another type': changed((_, reply) =>
    withDocument(reply, (document) => ('title' in document ? { ...document, title: 1 } : document)),
  ),
  'an undocumented status': changed((request, reply) => (isList(request) ? { ...reply, status: 203 } : reply)),
  '500 for GET of an item': changed((request, reply) =>
    request.method === 'GET' && isItem(request) ? { status: 500, headers: {}, body: '' } : reply,
  ),
  'a list is no array': changed((request, reply) => (isList(request) ? { ...reply, body: '{"none":1}' } : reply)),
  'another media type': changed((_, reply) => ({
    ...reply,
    headers: { ...reply.headers, 'content-type': 'text/html' },
  })),
  'an undeclared property is shown': changed((_, reply) =>
    withDocument(reply, (document) => ('title' in document ? { ...document, secret: 'x' } : document)),
  ),
  'no Location': changed((_, { headers: { location: _location, ...headers }, ...reply }) => ({ ...reply, headers })),
  'PATCH is not kept': async (request, send) => {
    if (request.method !== 'PATCH' || !isItem(request)) return send(request);
    const before = await send({ method: 'GET', path: request.path, headers: {} });
    return withDocument(before, (document) => ({ ...document, ...JSON.parse(request.body ?? '{}') }));
  },
  'DELETE does nothing': async (request, send) =>
    request.method === 'DELETE' && isItem(request) ? { status: 204, headers: {}, body: '' } : send(request),
  'a create is lost': async (request, send) => {
    const reply = await send(request);
    const { location } = reply.headers;
    if (reply.status === 201 && location)
      await send({ method: 'DELETE', path: new URL(location, 'http://a').pathname, headers: {} });
    return reply;
  },
  'a list forgets': changed((request, reply) => (isList(request) ? { ...reply, body: '[]' } : reply)),
  '405 without Allow': changed((_, { headers: { allow: _allow, ...headers }, ...reply }) => ({ ...reply, headers })),
  'any media type is taken': async (request, send) =>
    send({
      ...request,
      headers: { ...request.headers, ...(request.body && { 'content-type': 'application/json' }) },
    }).then((reply) => (request.headers['content-type']?.startsWith('image/') ? { ...reply, status: 201 } : reply)),
  'nothing is negotiated': async ({ headers: { accept: _accept, ...headers }, ...request }, send) =>
    send({ ...request, headers }),
};

for (const file of ['bookstore.openapi.yaml', 'bookstore.raml', 'bookstore-08.raml']) {
  describe(`a server of specs/${file}`, () => {
    let model: ApiModel;
    before(async () => {
      const read = await readSpec(new URL(`../../specs/${file}`, import.meta.url).pathname, { cache: false });
      assert.ok(read.model);
      model = read.model;
    });

    it('is found to do what it says, again and again', async () => {
      await serve(model, async (send) => {
        for (const seed of ['one', 'two']) assert.deepEqual(await findingsOf(model, send, seed), []);
      });
    });

    for (const [title, fault] of Object.entries(file === 'bookstore.openapi.yaml' ? faults : {})) {
      it(`is found out: ${title}`, async () => {
        await serve(model, async (send) => {
          assert.notDeepEqual(await findingsOf(model, (request) => fault(request, send), title), []);
        });
        await serve(model, async (send) => {
          assert.deepEqual(await findingsOf(model, send, title), [], 'by the fault, and not by the requests');
        });
      });
    }
  });
}

async function findingsOf(model: ApiModel, send: Send, seed: string): Promise<readonly string[]> {
  const { findings } = await checkService({ model, validator: await loadValidator(model), send, seed });
  return findings;
}

async function serve(model: ApiModel, use: (send: Send) => Promise<void>): Promise<void> {
  const store = await openSqliteStore(':memory:', model);
  const server = createServer(createApp(model, { store }));
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  const address = server.http.address();
  assert.ok(typeof address === 'object' && address !== null);
  try {
    await use(async ({ method, path, headers, body }) => {
      const init = { method, headers, ...(body !== undefined && { body }) };
      const reply = await fetch(`http://127.0.0.1:${address.port}${path}`, init);
      return { status: reply.status, headers: Object.fromEntries(reply.headers), body: await reply.text() };
    });
  } finally {
    await server.close(0);
    await store.close();
  }
}

function changed(change: (request: CheckRequest, reply: CheckReply) => CheckReply): Fault {
  return async (request, send) => change(request, await send(request));
}

function withDocument(reply: CheckReply, change: (document: Record<string, unknown>) => object): CheckReply {
  if (reply.status >= 300 || !reply.body.startsWith('{')) return reply;
  return { ...reply, body: JSON.stringify(change(JSON.parse(reply.body))) };
}
