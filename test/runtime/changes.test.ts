/** What changes are held to, and what the server adds to them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { describe as description, listOf, object, type PathLiteral, ref } from '../model/describe.ts';
import { serve } from './http.ts';

const text = { type: 'string' };
const nothing = { type: 'null' };

interface Case {
  /** What answers show; what creates; what changes. */
  readonly shown: JsonSchema;
  readonly created?: JsonSchema;
  readonly changed?: JsonSchema;
  readonly first: object;
  /** Bodies of PATCH, each with the status that answers it. */
  readonly changes: readonly (readonly [body: unknown, status: number])[];
}

const cases: Readonly<Record<string, Case>> = {
  'answers described by an example in which a property was null': {
    shown: object({ id: text, note: nothing }, { required: ['id', 'note', 'extra'] }),
    created: object({ name: text, note: text }),
    first: { name: 'a', note: 'x' },
    changes: [
      [{ note: 'y' }, 200],
      [{ note: 5 }, 400],
      [{ name: null }, 200],
    ],
  },
  'what creates is required, and must stay': {
    shown: object({ id: text, name: text, size: { type: 'integer' } }),
    created: object({ name: { ...text, minLength: 1 } }, { required: ['name'], additionalProperties: false }),
    first: { name: 'a' },
    changes: [
      [{ name: null }, 400],
      [{ name: '' }, 400],
      [{ colour: 'red' }, 400],
      [{ name: 'b' }, 200],
    ],
  },
  'a change has a schema of its own': {
    shown: object({ id: text, name: text, state: text }),
    created: object({ name: text, state: { enum: ['new'] } }),
    changed: object({ state: { enum: ['done'] }, reason: text }, { required: ['reason'], additionalProperties: false }),
    first: { name: 'a', state: 'new' },
    changes: [
      [{ state: 'done', reason: 'r' }, 200],
      [{ state: 'done' }, 400],
      [{ reason: 'r', name: 'b' }, 400],
      [{ state: 'gone', reason: 'r' }, 400],
    ],
  },
  'one schema for everything: required of documents, not of changes': {
    shown: object({ id: text, name: text, size: text }, { required: ['name'] }),
    first: { name: 'a' },
    changes: [
      [{ size: 'l' }, 200],
      [{ name: null }, 400],
    ],
  },
  'two ways to create: either is good, and required is what both require': {
    shown: object({ id: text }),
    created: {
      oneOf: [object({ name: text }, { required: ['name'] }), object({ nick: text }, { required: ['nick'] })],
    },
    first: { name: 'a' },
    changes: [
      [{ nick: 'n', name: null }, 200],
      [{ nick: 1 }, 400],
    ],
  },
};

describe('changes', () => {
  for (const [title, { shown, created, changed, first, changes }] of Object.entries(cases)) {
    it(title, async (t) => {
      const paths: Readonly<Record<string, PathLiteral>> = {
        '/things': {
          get: { answers: { 200: listOf('Thing') } },
          post: { body: created ?? ref('Thing'), answers: { 201: ref('Thing') } },
        },
        '/things/{id}': {
          get: { answers: { 200: ref('Thing') } },
          patch: { body: changed ?? created ?? ref('Thing'), answers: { 200: ref('Thing') } },
        },
      };
      const server = await serve(buildModel(description(paths, { Thing: shown })));
      t.after(() => server.close());
      const { headers } = await server.call('POST /things', first);
      for (const [body, status] of changes) {
        const reply = await server.call(`PATCH ${headers.location}`, body);
        assert.equal(reply.status, status, `${JSON.stringify(body)} ${reply.text}`);
      }
    });
  }
});

const moment = { type: 'string', format: 'date-time' };

describe('timestamps', () => {
  it('are filled and kept by the server', async (t) => {
    const Post = object(
      {
        id: { type: 'integer' },
        title: text,
        created_at: { ...moment, readOnly: true },
        updatedAt: moment,
        day: moment,
      },
      { required: ['created_at', 'updatedAt'] },
    );
    const paths = {
      '/posts': {
        get: { answers: { 200: listOf('Post') } },
        post: { body: object({ title: text, day: moment }), answers: { 201: ref('Post') } },
      },
      '/posts/{id}': {
        get: { answers: { 200: ref('Post') } },
        put: { body: object({ title: text }), answers: { 200: ref('Post') } },
        patch: { body: object({ title: text }), answers: { 200: ref('Post') } },
      },
    };
    const server = await serve(buildModel(description(paths, { Post })), { checkResponses: 'strict' });
    t.after(() => server.close());
    const before = new Date().toISOString();
    const created = await server.call('POST /posts', { title: 'a', created_at: '1999-01-01T00:00:00Z' });
    const stamps = timesOf(created.json);
    assert.ok(stamps.created_at >= before && stamps.updatedAt === stamps.created_at, created.text);
    const idle = timesOf((await server.call('PATCH /posts/1', { title: 'a' })).json);
    assert.deepEqual(idle, stamps, 'nothing changed');
    await new Promise((resolve) => setTimeout(resolve, 5));
    const patched = timesOf((await server.call('PATCH /posts/1', { title: 'b' })).json);
    assert.equal(patched.created_at, stamps.created_at);
    assert.ok(patched.updatedAt > stamps.updatedAt);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const replaced = timesOf((await server.call('PUT /posts/1', { title: 'c' })).json);
    assert.equal(replaced.created_at, stamps.created_at);
    assert.ok(replaced.updatedAt > patched.updatedAt);
  });
});

function timesOf(document: unknown): { readonly created_at: string; readonly updatedAt: string } {
  assert.ok(typeof document === 'object' && document !== null && 'created_at' in document && 'updatedAt' in document);
  return { created_at: String(document.created_at), updatedAt: String(document.updatedAt) };
}

it('strict checking refuses before anything is stored', async (t) => {
  const Note = object(
    { id: { type: 'integer' }, text: { type: 'string', maxLength: 3 } },
    { required: ['id', 'text'] },
  );
  const body = object({ text: {} });
  const paths = {
    '/notes': { get: { answers: { 200: listOf('Note') } }, post: { body, answers: { 201: ref('Note') } } },
    '/notes/{id}': {
      get: { answers: { 200: ref('Note') } },
      put: { body, answers: { 200: ref('Note') } },
      patch: { body, answers: { 200: ref('Note') } },
    },
    '/batch': { post: { body: { type: 'array', items: body }, answers: { 201: listOf('Note') } } },
  };
  const server = await serve(buildModel(description(paths, { Note })), { checkResponses: 'strict' });
  t.after(() => server.close());
  const refused = ['POST /notes', 'PUT /notes/1', 'PATCH /notes/1'];
  assert.equal((await server.call('POST /notes', { text: 'a' })).status, 201);
  for (const line of refused) {
    const reply = await server.call(line, { text: 'too long' });
    assert.deepEqual([reply.status, /invalid-response/.test(reply.text)], [500, true], `${line} ${reply.text}`);
    assert.equal((await server.call('GET /notes')).text, '[{"id":1,"text":"a"}]', line);
  }
});
