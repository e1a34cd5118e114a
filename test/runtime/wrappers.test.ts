/** Documents within the objects that descriptions declare around them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { describe as description, object, type PathLiteral, ref } from '../model/describe.ts';
import { serve } from './http.ts';

const text = { type: 'string' };
const Book = object(
  { id: { type: 'integer' }, title: { ...text, minLength: 1 }, shelf: { ...text, default: 'A' } },
  { required: ['title'], additionalProperties: false },
);
const $defs = { Book };

interface Shape {
  readonly answer: JsonSchema;
  readonly request?: JsonSchema;
  readonly wrap: (document: object) => object;
  readonly send?: (document: object) => object;
  readonly missing?: string;
}

const data = object({ data: ref('Book') }, { required: ['data'] });
const shapes: Readonly<Record<string, Shape>> = {
  '{ data }': { answer: data, request: data, wrap: (data) => ({ data }), missing: '/data' },
  'in answers only': { answer: data, wrap: (data) => ({ data }), send: (book) => book },
  '{ book }, called like the path': {
    answer: object({ book: ref('Book') }),
    request: object({ book: ref('Book') }, { additionalProperties: false }),
    wrap: (book) => ({ book }),
    missing: '/book',
  },
  '{ status, data: { book } }': {
    answer: object(
      { status: { enum: ['success'] }, data: object({ book: ref('Book') }) },
      { required: ['status', 'data'] },
    ),
    wrap: (book) => ({ data: { book }, status: 'success' }),
    send: (book) => book,
  },
};

function pathsOf({ answer, request }: Shape): Readonly<Record<string, PathLiteral>> {
  const body = request ?? ref('Book');
  const answers = { 200: answer };
  return {
    '/books': {
      get: { answers: { 200: object({ data: { type: 'array', items: ref('Book') } }) } },
      post: { body, answers: { 201: answer } },
    },
    '/books/{id}': {
      get: { answers },
      put: { body, answers },
      patch: { body: request ?? object({ title: text }), answers },
      delete: { answers },
    },
  };
}

describe('a document within an object', () => {
  for (const [title, shape] of Object.entries(shapes)) {
    it(title, async (t) => {
      const send = shape.send ?? shape.wrap;
      const model = buildModel(description(pathsOf(shape), $defs));
      const server = await serve(model, { checkResponses: 'strict' });
      t.after(() => server.close());
      const steps: readonly (readonly [line: string, body: unknown, status: number, document: object])[] = [
        ['POST /books', send({ title: 'a' }), 201, { id: 1, title: 'a', shelf: 'A' }],
        ['GET /books/1', undefined, 200, { id: 1, title: 'a', shelf: 'A' }],
        ['PATCH /books/1', send({ title: 'b' }), 200, { id: 1, title: 'b', shelf: 'A' }],
        ['PUT /books/1', send({ title: 'c' }), 200, { id: 1, title: 'c', shelf: 'A' }],
        ['DELETE /books/1', undefined, 200, { id: 1, title: 'c', shelf: 'A' }],
      ];
      for (const [line, body, status, document] of steps) {
        const reply = await server.call(line, body);
        assert.deepEqual([reply.status, reply.json], [status, shape.wrap(document)], `${line} ${reply.text}`);
      }
      const wrong = await server.call('POST /books', send({ title: '' }));
      assert.equal(wrong.status, 400);
      assert.match(wrong.text, new RegExp(`"pointer":"${shape.missing ?? ''}/title"`));
      if (shape.missing === undefined) return;
      const bare = await server.call('POST /books', { title: 'a' });
      assert.match(bare.text, new RegExp(`"pointer":"${shape.missing}","message":"is required"`));
    });
  }

  it('JSON Patch sees what clients see', async (t) => {
    const shape = shapes['{ data }'];
    assert.ok(shape);
    const server = await serve(buildModel(description(pathsOf(shape), $defs)));
    t.after(() => server.close());
    await server.call('POST /books', { data: { title: 'a' } });
    const patch = [{ op: 'replace', path: '/data/title', value: 'z' }];
    const reply = await server.call('PATCH /books/1', patch, { 'Content-Type': 'application/json-patch+json' });
    assert.deepEqual(reply.json, { data: { id: 1, title: 'z', shelf: 'A' } });
  });
});
