import { holding, including, matching, type Scenario } from '../scenario.ts';
import { asProblem, problem } from './common.ts';

/** Collections: pages, order, filters, and parameters that are wrong. */
export const lists: readonly Scenario[] = [
  {
    name: 'pages, order, filters',
    steps: [
      {
        name: 'an author',
        request: { method: 'POST', path: '/authors', json: { name: 'Author {{run}}' } },
        answer: { status: 201 },
        capture: { author: 'body /id' },
      },
      ...[
        { isbn: '0031', title: 'Xylem {{run}}', price: 10, currency: 'KES' },
        { isbn: '0032', title: 'Yarrow', price: 20, currency: 'EUR' },
        { isbn: '0033', title: 'Zinnia', price: 30, currency: 'EUR' },
      ].map((book) => ({
        name: `the book ${book.title}`,
        request: {
          method: 'POST',
          path: '/authors/{{author}}/books',
          json: { ...book, isbn: `978{{run}}${book.isbn}` },
        },
        answer: { status: 201 },
      })),
      {
        name: 'the first page',
        request: { method: 'GET', path: '/authors/{{author}}/books?limit=2&sort=-price' },
        answer: {
          status: 200,
          headers: { Link: matching('/authors/[^>]+/books\\?limit=2&sort=-price&offset=2>; rel="next"') },
          json: { items: [including({ price: 30 }), including({ price: 20 })], total: 3 },
        },
      },
      {
        name: 'the last page',
        request: { method: 'GET', path: '/authors/{{author}}/books?limit=2&sort=-price&offset=2' },
        answer: {
          status: 200,
          headers: { Link: matching('rel="prev"') },
          json: { items: [including({ price: 10 })], total: 3 },
        },
      },
      {
        name: 'beyond the end',
        request: { method: 'GET', path: '/authors/{{author}}/books?offset=100' },
        answer: { status: 200, json: { items: [], total: 3 } },
      },
      {
        name: 'a page of nothing still counts',
        request: { method: 'GET', path: '/authors/{{author}}/books?_limit=0' },
        answer: { status: 200, json: { items: [], total: 3 } },
      },
      {
        name: 'by declared filters',
        request: { method: 'GET', path: '/books?authorId={{author}}&min_price=15&max_price=25&currency=EUR' },
        answer: { status: 200, json: { items: [including({ title: 'Yarrow' })], total: 1 } },
      },
      {
        name: 'by words',
        request: { method: 'GET', path: '/books?q={{run}}' },
        answer: { status: 200, json: including({ items: holding(including({ isbn: '978{{run}}0031' })) }) },
      },
      {
        name: 'by operators on any field',
        request: { method: 'GET', path: '/authors/{{author}}/books?price__gt=10&_sort=price' },
        answer: { status: 200, json: { items: [including({ price: 20 }), including({ price: 30 })], total: 2 } },
      },
      {
        name: 'some properties',
        request: { method: 'GET', path: '/authors/{{author}}/books?_fields=title,price&_sort=price&limit=1' },
        answer: { status: 200, json: { items: [{ title: 'Xylem {{run}}', price: 10 }], total: 3 } },
      },
    ],
  },
  {
    name: 'parameters that are wrong',
    steps: [
      {
        name: 'unknown',
        request: { method: 'GET', path: '/books?lmit=1' },
        answer: {
          status: 400,
          headers: asProblem,
          json: problem('unknown-parameter', {
            hint: matching('"limit"'),
            errors: [including({ in: 'query', parameter: 'lmit' })],
          }),
        },
      },
      {
        name: 'several at once',
        request: { method: 'GET', path: '/books?limit=101&offset=-1' },
        answer: {
          status: 400,
          json: problem('invalid-parameter', {
            errors: holding(including({ parameter: 'limit' }), including({ parameter: 'offset' })),
          }),
        },
      },
      {
        name: 'no number',
        request: { method: 'GET', path: '/books?limit=ten' },
        answer: { status: 400, json: problem('invalid-parameter') },
      },
      {
        name: 'an unknown property to sort by',
        request: { method: 'GET', path: '/books?_sort=shoes' },
        answer: { status: 400, json: problem('invalid-parameter') },
      },
    ],
  },
];
