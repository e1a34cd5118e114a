import { absent, including, matching, present, type Scenario } from '../scenario.ts';
import { asProblem, defaults, petals, problem, strongTag } from './common.ts';

/** Single documents: their life, their ids, their parents. */
export const documents: readonly Scenario[] = [
  {
    name: 'a document from its creation to its end',
    steps: [
      {
        name: 'create',
        request: { method: 'POST', path: '/books', json: { isbn: '978{{run}}0001', ...petals } },
        answer: {
          status: 201,
          headers: {
            Location: matching('/books/978{{run}}0001$'),
            ETag: strongTag,
            'Last-Modified': matching(' GMT$'),
            'Content-Type': matching('^application/json'),
            Link: matching('rel="item"'),
          },
          json: { isbn: '978{{run}}0001', ...petals, ...defaults },
        },
        capture: { created: 'header ETag' },
      },
      {
        name: 'read',
        request: { method: 'GET', path: '/books/978{{run}}0001' },
        answer: {
          status: 200,
          headers: { ETag: '{{created}}', Link: matching('/books>; rel="collection"') },
          json: { isbn: '978{{run}}0001', ...petals, ...defaults },
        },
      },
      {
        name: 'find it in the list',
        request: { method: 'GET', path: '/books?isbn=978{{run}}0001' },
        answer: { status: 200, json: { items: [including({ isbn: '978{{run}}0001' })], total: 1 } },
      },
      {
        name: 'replace: what is not sent is gone, defaults come back',
        request: {
          method: 'PUT',
          path: '/books/978{{run}}0001',
          json: { title: 'Weep Not, Child', price: 9, pages: 144 },
        },
        answer: {
          status: 200,
          json: { isbn: '978{{run}}0001', title: 'Weep Not, Child', price: 9, pages: 144, ...defaults },
        },
        capture: { replaced: 'header ETag' },
      },
      {
        name: 'change',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0001',
          headers: { 'Content-Type': 'application/merge-patch+json' },
          text: '{"pages":null,"tags":["novel"]}',
        },
        answer: { status: 200, json: including({ title: 'Weep Not, Child', tags: ['novel'], pages: absent }) },
      },
      {
        name: 'the tag is another one now',
        request: { method: 'GET', path: '/books/978{{run}}0001', headers: { 'If-None-Match': '{{replaced}}' } },
        answer: { status: 200 },
      },
      {
        name: 'remove',
        request: { method: 'DELETE', path: '/books/978{{run}}0001' },
        answer: { status: 204, text: '' },
      },
      {
        name: 'it is gone, and the description’s own error says so',
        request: { method: 'GET', path: '/books/978{{run}}0001' },
        answer: {
          status: 404,
          headers: { 'Content-Type': matching('^application/json') },
          json: { status: 404, code: 'not-found', title: 'Not found', detail: present },
        },
      },
      {
        name: 'it cannot be removed twice',
        request: { method: 'DELETE', path: '/books/978{{run}}0001' },
        answer: { status: 404 },
      },
    ],
  },
  {
    name: 'ids',
    steps: [
      {
        name: 'given by the server',
        request: { method: 'POST', path: '/authors', json: { name: 'Ngũgĩ wa Thiong’o {{run}}' } },
        answer: {
          status: 201,
          json: including({ id: matching('^[0-9a-f-]{36}$'), name: 'Ngũgĩ wa Thiong’o {{run}}' }),
        },
        capture: { author: 'body /id', location: 'header Location' },
      },
      {
        name: 'Location leads to it',
        request: { method: 'GET', path: '/authors/{{author}}' },
        answer: { status: 200, json: including({ id: '{{author}}' }) },
      },
      {
        name: 'chosen by the client',
        request: { method: 'PUT', path: '/books/978{{run}}0011', json: petals },
        answer: {
          status: 201,
          headers: { Location: matching('/books/978{{run}}0011$') },
          json: including({ isbn: '978{{run}}0011' }),
        },
      },
      {
        name: 'PUT where creation is not declared',
        request: { method: 'PUT', path: '/authors/nobody-{{run}}', json: { name: 'Nobody' } },
        answer: { status: 404, headers: asProblem, json: problem('not-found') },
      },
      {
        name: 'taken',
        request: { method: 'POST', path: '/books', json: { isbn: '978{{run}}0011', ...petals } },
        answer: { status: 409, json: including({ status: 409, code: 'conflict', detail: matching('isbn') }) },
      },
      {
        name: 'a body that contradicts its path',
        request: { method: 'PUT', path: '/books/978{{run}}0011', json: { isbn: '978{{run}}0012', ...petals } },
        answer: {
          status: 400,
          headers: asProblem,
          json: problem('id-mismatch', { errors: [including({ pointer: '/isbn' })] }),
        },
      },
      {
        name: 'a path that cannot be an id',
        request: { method: 'GET', path: '/books/abc' },
        answer: {
          status: 400,
          json: problem('invalid-parameter', { errors: [including({ in: 'path', parameter: 'isbn' })] }),
        },
      },
    ],
  },
  {
    name: 'nesting',
    steps: [
      {
        name: 'an author',
        request: { method: 'POST', path: '/authors', json: { name: 'Author {{run}}' } },
        answer: { status: 201 },
        capture: { author: 'body /id' },
      },
      {
        name: 'a book of theirs is linked to them',
        request: { method: 'POST', path: '/authors/{{author}}/books', json: { isbn: '978{{run}}0021', ...petals } },
        answer: { status: 201, json: including({ isbn: '978{{run}}0021', authorId: '{{author}}' }) },
      },
      {
        name: 'a book of nobody',
        request: { method: 'POST', path: '/books', json: { isbn: '978{{run}}0022', ...petals } },
        answer: { status: 201 },
      },
      {
        name: 'the nested list has only theirs',
        request: { method: 'GET', path: '/authors/{{author}}/books' },
        answer: {
          status: 200,
          headers: { Link: matching('rel="up"') },
          json: { items: [including({ isbn: '978{{run}}0021' })], total: 1 },
        },
      },
      {
        name: 'a parent that is missing',
        request: { method: 'GET', path: '/authors/nobody-{{run}}/books' },
        answer: { status: 404, json: problem('parent-not-found') },
      },
      {
        name: 'nothing is created under a missing parent',
        request: { method: 'POST', path: '/authors/nobody-{{run}}/books', json: { isbn: '978{{run}}0023', ...petals } },
        answer: { status: 404, json: problem('parent-not-found') },
      },
      { name: 'really nothing', request: { method: 'GET', path: '/books/978{{run}}0023' }, answer: { status: 404 } },
      {
        name: 'a review, whose id is a number of the server',
        request: { method: 'POST', path: '/books/978{{run}}0021/reviews', json: { stars: 5 } },
        answer: {
          status: 201,
          headers: { Location: matching('/books/978{{run}}0021/reviews/\\d+$') },
          json: including({ stars: 5, id: present }),
        },
        capture: { review: 'body /id' },
      },
      {
        name: 'a bare array, as declared',
        request: { method: 'GET', path: '/books/978{{run}}0021/reviews' },
        answer: { status: 200, json: [including({ stars: 5 })] },
      },
      {
        name: 'at its place',
        request: { method: 'GET', path: '/books/978{{run}}0021/reviews/{{review}}' },
        answer: { status: 200 },
      },
      {
        name: 'not below another book',
        request: { method: 'GET', path: '/books/978{{run}}0022/reviews/{{review}}' },
        answer: { status: 404 },
      },
      {
        name: 'cannot be removed from there',
        request: { method: 'DELETE', path: '/books/978{{run}}0022/reviews/{{review}}' },
        answer: { status: 404 },
      },
      {
        name: 'removed',
        request: { method: 'DELETE', path: '/books/978{{run}}0021/reviews/{{review}}' },
        answer: { status: 204 },
      },
      {
        name: 'an empty list',
        request: { method: 'GET', path: '/books/978{{run}}0021/reviews' },
        answer: { status: 200, json: [] },
      },
    ],
  },
];
