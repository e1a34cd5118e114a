/** Who chooses ids: what a client sends is kept, or refused in words, and never silently replaced. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { describe as description, listOf, object, ref } from '../model/describe.ts';
import { serve } from './http.ts';

const integer = { type: 'integer' };
const text = { type: 'string' };

interface Case {
  readonly thing: JsonSchema;
  readonly created?: JsonSchema;
  /** Bodies sent one after the other, each with what is answered: a document, or a status. */
  readonly posts: readonly (readonly [body: unknown, answer: object | number])[];
}

const cases: Readonly<Record<string, Case>> = {
  'an ordinary property: kept when free, 409 when taken, and the sequence goes on above': {
    thing: object({ id: integer, name: text }),
    posts: [
      [
        { id: 5, name: 'a' },
        { id: 5, name: 'a' },
      ],
      [{ id: 5, name: 'b' }, 409],
      [{ name: 'c' }, { id: 6, name: 'c' }],
    ],
  },
  'required, and listed for requests too': {
    thing: object({ id: integer, name: text }, { required: ['id'] }),
    posts: [
      [{ id: 2 }, { id: 2 }],
      [{}, { id: 3 }],
    ],
  },
  'no property of that name is declared': {
    thing: object({ name: text }),
    posts: [
      [
        { id: 'mine', name: 'a' },
        { id: 'mine', name: 'a' },
      ],
    ],
  },
  'readOnly: left out, like all that is readOnly': {
    thing: object({ id: { ...integer, readOnly: true } }),
    posts: [[{ id: 5 }, { id: 1 }]],
  },
  'a request without it, beside documents with it: the server chooses': {
    thing: object({ id: integer, name: text }),
    created: object({ name: text }),
    posts: [
      [{ id: 5, name: 'a' }, 400],
      [{ name: 'a' }, { id: 1, name: 'a' }],
    ],
  },
};

describe('ids that clients send', () => {
  for (const [title, { thing, created, posts }] of Object.entries(cases)) {
    it(title, async (t) => {
      const paths = {
        '/things': {
          get: { answers: { 200: listOf('Thing') } },
          post: { body: created ?? ref('Thing'), answers: { 201: ref('Thing') } },
        },
        '/things/{id}': { get: { answers: { 200: ref('Thing') } } },
      };
      const server = await serve(buildModel(description(paths, { Thing: thing })));
      t.after(() => server.close());
      for (const [body, answer] of posts) {
        const reply = await server.call('POST /things', body);
        assert.deepEqual(typeof answer === 'number' ? reply.status : reply.json, answer, reply.text);
        if (answer === 400)
          assert.match(reply.text, /"pointer":"\/id","message":"is chosen by the server; leave it out"/);
      }
    });
  }
});
