import { absent, holding, including, matching, present, type Scenario } from './scenario.ts';

/**
 * What every server of `specs/bookstore.raml` must do. A book's ISBN is `978`, the run's digits and four of the scenario's
 * own.
 */
const petals = { title: 'Petals of Blood', price: 14.5 };
const defaults = { currency: 'EUR', inStock: true };
const problem = (code: string, more: Readonly<Record<string, unknown>> = {}) => including({ code, ...more });
const asProblem = { 'Content-Type': 'application/problem+json' };
const strongTag = matching('^"[^"]+"$');

export const scenarios: readonly Scenario[] = [
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
          headers: { ETag: '{{created}}', Link: matching('</books>; rel="collection"') },
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
          headers: { Link: matching('</authors/[^>]+/books\\?limit=2&sort=-price&offset=2>; rel="next"') },
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
  {
    name: 'conditional requests',
    steps: [
      {
        name: 'create only if there is none',
        request: { method: 'PUT', path: '/books/978{{run}}0041', headers: { 'If-None-Match': '*' }, json: petals },
        answer: { status: 201 },
        capture: { first: 'header ETag' },
      },
      {
        name: 'there is one',
        request: { method: 'PUT', path: '/books/978{{run}}0041', headers: { 'If-None-Match': '*' }, json: petals },
        answer: { status: 412, json: problem('precondition-failed') },
      },
      {
        name: 'not modified',
        request: { method: 'GET', path: '/books/978{{run}}0041', headers: { 'If-None-Match': '"x", {{first}}' } },
        answer: { status: 304, headers: { ETag: '{{first}}', 'Content-Type': absent }, text: '' },
      },
      {
        name: 'the change that was based on it',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0041',
          headers: { 'If-Match': '{{first}}' },
          json: { pages: 1 },
        },
        answer: { status: 200 },
        capture: { second: 'header ETag' },
      },
      {
        name: 'another change that was based on it, too late',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0041',
          headers: { 'If-Match': '{{first}}' },
          json: { pages: 2 },
        },
        answer: { status: 412, headers: { ETag: '{{second}}' }, json: problem('precondition-failed') },
      },
      {
        name: 'removal of what was not seen',
        request: { method: 'DELETE', path: '/books/978{{run}}0041', headers: { 'If-Match': '{{first}}' } },
        answer: { status: 412 },
      },
      {
        name: 'nothing was lost',
        request: { method: 'GET', path: '/books/978{{run}}0041' },
        answer: { status: 200, headers: { ETag: '{{second}}' }, json: including({ pages: 1 }) },
      },
      {
        name: 'removal of what was seen',
        request: { method: 'DELETE', path: '/books/978{{run}}0041', headers: { 'If-Match': '{{second}}' } },
        answer: { status: 204 },
      },
      {
        name: 'any document, where there is none',
        request: { method: 'PUT', path: '/books/978{{run}}0041', headers: { 'If-Match': '*' }, json: petals },
        answer: { status: 412 },
      },
    ],
  },
  {
    name: 'kinds of patches',
    steps: [
      {
        name: 'a book',
        request: { method: 'PUT', path: '/books/978{{run}}0051', json: { ...petals, pages: 400, tags: ['a'] } },
        answer: { status: 201 },
      },
      {
        name: 'merge patch by its media type',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0051',
          headers: { 'Content-Type': 'application/merge-patch+json' },
          text: '{"tags":["b"]}',
        },
        answer: { status: 200, json: including({ tags: ['b'], pages: 400 }) },
      },
      {
        name: 'plain JSON is a merge patch',
        request: { method: 'PATCH', path: '/books/978{{run}}0051', json: { pages: null } },
        answer: { status: 200, json: including({ pages: absent, tags: ['b'] }) },
      },
      {
        name: 'JSON Patch',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0051',
          headers: { 'Content-Type': 'application/json-patch+json' },
          text: '[{"op":"test","path":"/title","value":"Petals of Blood"},{"op":"add","path":"/tags/-","value":"c"}]',
        },
        answer: { status: 200, json: including({ tags: ['b', 'c'] }) },
      },
      {
        name: 'a test that fails changes nothing',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0051',
          headers: { 'Content-Type': 'application/json-patch+json' },
          text: '[{"op":"remove","path":"/tags"},{"op":"test","path":"/title","value":"x"}]',
        },
        answer: { status: 409, headers: asProblem, json: problem('patch-failed') },
      },
      {
        name: 'the result must be valid',
        request: { method: 'PATCH', path: '/books/978{{run}}0051', json: { price: -1 } },
        answer: { status: 400, json: problem('invalid-body', { errors: [including({ pointer: '/price' })] }) },
      },
      {
        name: 'it is as it was',
        request: { method: 'GET', path: '/books/978{{run}}0051' },
        answer: { status: 200, json: including({ tags: ['b', 'c'], price: 14.5 }) },
      },
      {
        name: 'no patch at all',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0051',
          headers: { 'Content-Type': 'text/plain' },
          text: 'x',
        },
        answer: {
          status: 415,
          headers: { 'Accept-Patch': matching('application/json-patch\\+json') },
          json: problem('unsupported-media-type'),
        },
      },
    ],
  },
  {
    name: 'preferences',
    steps: [
      {
        name: 'no body after creating',
        request: {
          method: 'POST',
          path: '/books',
          headers: { Prefer: 'return=minimal' },
          json: { isbn: '978{{run}}0061', ...petals },
        },
        answer: {
          status: 201,
          headers: { 'Preference-Applied': 'return=minimal', Location: present, ETag: present },
          text: '',
        },
      },
      {
        name: 'a body after changing',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0061',
          headers: { Prefer: 'return=representation' },
          json: { pages: 2 },
        },
        answer: {
          status: 200,
          headers: { 'Preference-Applied': 'return=representation' },
          json: including({ pages: 2 }),
        },
      },
    ],
  },
  {
    name: 'bodies that are wrong',
    steps: [
      {
        name: 'everything that is wrong, at once',
        request: { method: 'POST', path: '/books', json: { isbn: 'x', title: '', price: 'a' } },
        answer: {
          status: 400,
          headers: asProblem,
          json: problem('invalid-body', {
            type: matching('/problems/invalid-body$'),
            status: 400,
            title: present,
            detail: present,
            hint: present,
            instance: present,
            errors: holding(
              including({ pointer: '/isbn' }),
              including({ pointer: '/title' }),
              including({ pointer: '/price' }),
            ),
          }),
        },
      },
      {
        name: 'what is required',
        request: { method: 'POST', path: '/authors', json: {} },
        answer: { status: 400, json: problem('invalid-body', { errors: [including({ pointer: '/name' })] }) },
      },
      {
        name: 'none',
        request: { method: 'POST', path: '/books' },
        answer: { status: 400, json: problem('invalid-body') },
      },
      {
        name: 'an array',
        request: { method: 'POST', path: '/authors', json: [] },
        answer: { status: 400, json: problem('invalid-body') },
      },
      {
        name: 'no JSON',
        request: { method: 'POST', path: '/books', headers: { 'Content-Type': 'application/json' }, text: '{"isbn":' },
        answer: { status: 400, json: problem('malformed-body', { detail: matching('line 1, column 9') }) },
      },
      {
        name: 'a form',
        request: {
          method: 'POST',
          path: '/books',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          text: 'a=b',
        },
        answer: { status: 415, headers: { Accept: 'application/json' }, json: problem('unsupported-media-type') },
      },
      {
        name: 'too large',
        request: {
          method: 'POST',
          path: '/books',
          headers: { 'Content-Type': 'application/json' },
          text: { repeat: ' ', times: 2_000_000 },
        },
        answer: { status: 413, json: problem('body-too-large') },
      },
      {
        name: 'headers that are too large',
        request: { method: 'GET', path: '/books', headers: { 'X-Long': { repeat: 'x', times: 100_000 } } },
        answer: { status: 431 },
      },
    ],
  },
  {
    name: 'methods and media types',
    steps: [
      {
        name: 'a book',
        request: { method: 'PUT', path: '/books/978{{run}}0071', json: petals },
        answer: { status: 201 },
        capture: { etag: 'header ETag' },
      },
      {
        name: 'HEAD of a document',
        request: { method: 'HEAD', path: '/books/978{{run}}0071' },
        answer: {
          status: 200,
          headers: { ETag: '{{etag}}', 'Content-Type': matching('^application/json'), 'Content-Length': present },
          text: '',
        },
      },
      { name: 'HEAD of a list', request: { method: 'HEAD', path: '/books' }, answer: { status: 200, text: '' } },
      {
        name: 'HEAD of nothing',
        request: { method: 'HEAD', path: '/books/978{{run}}0079' },
        answer: { status: 404, text: '' },
      },
      {
        name: 'OPTIONS',
        request: { method: 'OPTIONS', path: '/books' },
        answer: { status: 204, headers: { Allow: matching('^(?=.*GET)(?=.*POST)(?=.*HEAD)(?=.*OPTIONS)') } },
      },
      {
        name: 'OPTIONS tells the kinds of patches',
        request: { method: 'OPTIONS', path: '/books/978{{run}}0071' },
        answer: { status: 204, headers: { Allow: matching('PATCH'), 'Accept-Patch': matching('merge-patch') } },
      },
      {
        name: 'a method that is not declared',
        request: { method: 'DELETE', path: '/books' },
        answer: {
          status: 405,
          headers: { ...asProblem, Allow: matching('GET, POST') },
          json: problem('method-not-allowed'),
        },
      },
      {
        name: 'a media type that is not declared',
        request: { method: 'GET', path: '/books', headers: { Accept: 'application/xml' } },
        answer: { status: 406, json: problem('not-acceptable') },
      },
      {
        name: 'anything',
        request: { method: 'GET', path: '/books', headers: { Accept: 'text/html, */*;q=0.1' } },
        answer: { status: 200 },
      },
      {
        name: 'a path that is not declared',
        request: { method: 'GET', path: '/shoes' },
        answer: { status: 404, headers: asProblem, json: problem('not-found') },
      },
      {
        name: 'a path that cannot be decoded',
        request: { method: 'GET', path: '/books/%E0%A4%A' },
        answer: { status: 400, json: problem('malformed-path') },
      },
    ],
  },
  {
    name: 'other origins',
    steps: [
      {
        name: 'may read',
        request: { method: 'GET', path: '/books', headers: { Origin: 'https://shop.example' } },
        answer: { status: 200, headers: { 'Access-Control-Allow-Origin': matching('^(\\*|https://shop.example)$') } },
      },
      {
        name: 'may read errors',
        request: { method: 'GET', path: '/shoes', headers: { Origin: 'https://shop.example' } },
        answer: { status: 404, headers: { 'Access-Control-Allow-Origin': matching('^(\\*|https://shop.example)$') } },
      },
      {
        name: 'ask before they write',
        request: {
          method: 'OPTIONS',
          path: '/books',
          headers: {
            Origin: 'https://shop.example',
            'Access-Control-Request-Method': 'POST',
            'Access-Control-Request-Headers': 'content-type',
          },
        },
        answer: {
          status: 204,
          headers: {
            'Access-Control-Allow-Methods': matching('POST'),
            'Access-Control-Allow-Headers': matching('content-type'),
          },
        },
      },
    ],
  },
  {
    name: 'operations that store nothing answer with their example',
    steps: [
      {
        name: 'an order',
        request: { method: 'POST', path: '/books/9780143106692/order' },
        answer: {
          status: 202,
          headers: { 'X-Cartouche-Sample': 'example' },
          json: { order: 'o-1001', isbn: '9780143106692' },
        },
      },
      {
        name: 'figures',
        request: { method: 'GET', path: '/stats' },
        answer: { status: 200, headers: { 'X-Cartouche-Sample': 'example' }, json: { books: 1200, authors: 800 } },
      },
    ],
  },
  {
    name: 'the server describes itself',
    steps: [
      {
        name: 'what there is',
        request: { method: 'GET', path: '/' },
        answer: {
          status: 200,
          headers: { 'Content-Type': matching('^application/json'), Link: matching('rel="service-desc"') },
          json: including({
            title: 'Bookstore',
            resources: holding(including({ name: 'books', href: matching('/books$') })),
            links: {
              openapi: matching('/openapi.json$'),
              description: matching('/description$'),
              health: present,
              readiness: present,
            },
          }),
        },
      },
      {
        name: 'as a page',
        request: { method: 'GET', path: '/', headers: { Accept: 'text/html' } },
        answer: {
          status: 200,
          headers: { 'Content-Type': matching('^text/html') },
          text: matching('^<!doctype html>'),
        },
      },
      {
        name: 'as OpenAPI',
        request: { method: 'GET', path: '/openapi.json' },
        answer: {
          status: 200,
          json: including({ openapi: matching('^3\\.1'), paths: including({ '/books/{isbn}': present }) }),
        },
      },
      {
        name: 'as given',
        request: { method: 'GET', path: '/description' },
        answer: {
          status: 200,
          headers: { 'Content-Type': matching('^application/raml\\+yaml') },
          text: matching('^#%RAML 1.0'),
        },
      },
      { name: 'alive', request: { method: 'GET', path: '/healthz' }, answer: { status: 200 } },
      { name: 'ready', request: { method: 'GET', path: '/readyz' }, answer: { status: 200 } },
      {
        name: 'an error, explained',
        request: { method: 'GET', path: '/problems/conflict' },
        answer: { status: 200, json: including({ code: 'conflict', status: 409 }) },
      },
      {
        name: 'every answer leads there',
        request: { method: 'GET', path: '/books' },
        answer: { status: 200, headers: { Link: matching('rel="service-desc".*rel="describedby"') } },
      },
    ],
  },
];
