import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import { describe, listOf, object, ref } from './describe.ts';
import { showBindings, showResource } from './show.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };

test('a bookstore: nested, linked by property and invisibly, ids of three kinds', () => {
  const page = (name: string) => object({ items: listOf(name), total: integer }, { required: ['items', 'total'] });
  const one = (name: string) => ({ answers: { 200: ref(name) } });
  const model = buildModel(
    describe(
      {
        '/authors': { get: { answers: { 200: page('Author') } }, post: { body: ref('Author') } },
        '/authors/{authorId}': { get: one('Author'), patch: one('Author'), delete: { answers: { 204: null } } },
        '/authors/{authorId}/books': { get: { answers: { 200: page('Book') } }, post: { body: ref('Book') } },
        '/books': { get: { answers: { 200: page('Book') } }, post: { body: ref('Book') } },
        '/books/{isbn}': {
          get: one('Book'),
          put: { body: ref('Book'), answers: { 200: ref('Book'), 201: ref('Book') } },
        },
        '/books/{isbn}/reviews': { get: { answers: { 200: listOf('Review') } }, post: { body: ref('Review') } },
        '/books/{isbn}/reviews/{reviewId}': { uri: { reviewId: integer }, get: one('Review'), delete: {} },
        '/books/{isbn}/order': { post: { answers: { 202: object({ order: text }) } } },
        '/stats': { get: { answers: { 200: object({ books: integer }) } } },
      },
      {
        Author: object({ id: text, name: text }, { required: ['id', 'name'] }),
        Book: object({ isbn: { type: 'string', pattern: '^[0-9]{13}$' }, title: text, authorId: text }),
        Review: object({ id: integer, stars: integer }, { required: ['id'] }),
      },
    ),
  );
  assert.deepEqual(model.resources.map(showResource), [
    'authors Author collection id:string uuid|client',
    'books Book collection isbn:string client ^author=authorId',
    'reviews Review collection id:integer sequence|client parent ^book',
  ]);
  assert.deepEqual(showBindings(model), [
    'GET /authors 200 list authors',
    'POST /authors 201 create authors',
    'GET /authors/{authorId} 200 read authors by authorId',
    'PATCH /authors/{authorId} 200 update authors by authorId',
    'DELETE /authors/{authorId} 204 remove authors by authorId',
    'GET /authors/{authorId}/books 200 list books under authorId:authors(author)',
    'POST /authors/{authorId}/books 201 create books under authorId:authors(author)',
    'GET /books 200 list books',
    'POST /books 201 create books',
    'GET /books/{isbn} 200 read books by isbn',
    'PUT /books/{isbn} 200 upsert books by isbn',
    'GET /books/{isbn}/reviews 200 list reviews under isbn:books(book)',
    'POST /books/{isbn}/reviews 201 create reviews under isbn:books(book)',
    'GET /books/{isbn}/reviews/{reviewId} 200 read reviews by reviewId under isbn:books(book)',
    'DELETE /books/{isbn}/reviews/{reviewId} 204 remove reviews by reviewId under isbn:books(book)',
    'POST /books/{isbn}/order 202 sample',
    'GET /stats 200 sample',
  ]);
});
