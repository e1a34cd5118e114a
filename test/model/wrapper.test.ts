/** Which bodies are objects around a document, and which are documents that hold an object. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { describe as description, listOf, object, ref } from './describe.ts';

const text = { type: 'string' };
const Book = object({ id: text, title: text });
const Data = object({ data: ref('Book') });
const $defs = { Book, Data, Event: object({ type: text, data: ref('Book') }), Empty: object({ data: object({}) }) };

/** The answer of `GET /books/{id}`, and where the document is in it; `''`: it is the document. */
const cases: Readonly<Record<string, readonly [answer: JsonSchema, document: string, cartouche?: object]>> = {
  'the document itself': [ref('Book'), ''],
  'a named wrapper': [ref('Data'), '/data'],
  'an inline wrapper, beside what is about the answer': [
    object({ data: ref('Book'), meta: object({ took: text }), links: object({ self: text }), status: text }),
    '/data',
  ],
  'called after the path': [object({ book: object({ title: text, pages: text }) }), '/book'],
  'any name, if it has the schema of the list': [object({ volume: ref('Book'), count: text }), '/volume'],
  'an odd character': [object({ 'a/b': ref('Book') }), '/a~1b'],
  'not beside an id': [object({ id: text, author: ref('Book') }), ''],
  'not another name that says nothing': [object({ volume: object({ title: text }) }), ''],
  'not an object that says nothing': [ref('Empty'), ''],
  'not two of them': [object({ first: ref('Book'), second: ref('Book') }), ''],
  'the author says where': [object({ id: text, volume: object({ title: text }) }), '/volume', { document: '/volume' }],
  'the author says that it is none': [ref('Data'), '', { document: '' }],
  'the author names what is not there': [ref('Book'), '', { document: '/nowhere' }],
};

describe('the document in an answer', () => {
  for (const [title, [answer, document, cartouche]] of Object.entries(cases)) {
    test(title, () => {
      const model = buildModel(
        description(
          {
            '/books': { get: { answers: { 200: listOf('Book') } }, post: { body: ref('Book') } },
            '/books/{id}': { get: { answers: { 200: answer }, ...(cartouche && { cartouche }) } },
          },
          $defs,
        ),
      );
      const read = model.bindings.find(({ action }) => action.kind === 'read');
      assert.equal(read?.answerWrapper?.document ?? '', document);
      const told = model.inferences.some(
        ({ conclusion }) => conclusion === `the document is at ${document} of the answer`,
      );
      assert.equal(told, document !== '');
    });
  }
});
