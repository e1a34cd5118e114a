import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonSchema } from '../../src/model/description.ts';
import { listShapeOf } from '../../src/model/envelope.ts';
import { listOf, object, ref } from './describe.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const books = listOf('Book');
const $defs = { Book: object({ id: text }), Page: object({ total: integer, limit: integer, offset: integer }) };

/** Schema, where the array is, and what the other properties mean. */
const cases: Readonly<Record<string, readonly [JsonSchema, string | undefined, Readonly<Record<string, string>>?]>> = {
  'a bare array': [books, ''],
  'items and total': [object({ items: books, total: integer }), '/items', { '/total': 'total' }],
  'snake case': [
    object({ data: books, total_count: integer, has_more: { type: 'boolean' } }),
    '/data',
    { '/total_count': 'total', '/has_more': 'has-more' },
  ],
  'called after the thing': [object({ books, totalRecords: integer }), '/books', { '/totalRecords': 'total' }],
  'Django REST framework': [
    object({ count: integer, next: text, previous: text, results: books }),
    '/results',
    { '/count': 'total', '/next': 'next', '/previous': 'previous' },
  ],
  'Spring Data': [
    object({
      content: books,
      totalElements: integer,
      totalPages: integer,
      size: integer,
      number: integer,
      numberOfElements: integer,
    }),
    '/content',
    {
      '/totalElements': 'total',
      '/totalPages': 'pages',
      '/size': 'limit',
      '/number': 'page',
      '/numberOfElements': 'count',
    },
  ],
  HAL: [
    object({
      _embedded: object({ books }),
      _links: object({ self: object({ href: text }), next: object({ href: text }) }),
      page: object({ totalElements: integer, size: integer }),
    }),
    '/_embedded/books',
    { '/_links/self/href': 'self', '/_links/next/href': 'next', '/page/totalElements': 'total', '/page/size': 'limit' },
  ],
  'JSON:API': [
    object({
      data: books,
      meta: object({ total: integer }),
      links: object({ next: text, prev: text, first: text, last: text }),
    }),
    '/data',
    {
      '/meta/total': 'total',
      '/links/next': 'next',
      '/links/prev': 'previous',
      '/links/first': 'first',
      '/links/last': 'last',
    },
  ],
  'a page token': [object({ items: books, nextPageToken: text }), '/items', { '/nextPageToken': 'cursor' }],
  'nested in a result': [
    object({ result: object({ items: books, total: integer }) }),
    '/result/items',
    { '/result/total': 'total' },
  ],
  'by allOf': [
    { allOf: [ref('Page'), object({ items: books })] },
    '/items',
    { '/total': 'total', '/limit': 'limit', '/offset': 'offset' },
  ],
  'links beside the list are no list': [
    object({
      links: { type: 'array', items: object({ href: text }) },
      collection: object({ size: integer, items: books }),
    }),
    '/collection/items',
    { '/collection/size': 'count' },
  ],
  'an object without an array': [object({ total: integer }), undefined],
  'a map': [{ type: 'object', additionalProperties: ref('Book') }, undefined],
  'two arrays of things': [object({ books, authors: listOf('Author') }), '/books'],
  'a name with a slash': [object({ 'a/b~c': books }), '/a~1b~0c'],
};

for (const [name, [schema, items, slots = {}]] of Object.entries(cases)) {
  test(name, () => {
    const list = listShapeOf(schema, { ...$defs, Author: object({ id: text }) }, { key: '#Book', noun: 'books' });
    assert.equal(list?.envelope.items, items);
    assert.deepEqual(
      Object.fromEntries((list?.envelope.slots ?? []).map(({ pointer, meaning }) => [pointer, meaning])),
      slots,
    );
  });
}

test('links beside a list are not the list, though nothing tells what the list is about', () => {
  const links = { type: 'array', items: object({ href: text }) };
  assert.equal(listShapeOf(object({ links, stuff: books }), $defs)?.envelope.items, '/stuff');
  assert.equal(listShapeOf(object({ links }), $defs), undefined);
  assert.equal(listShapeOf(object({ links }), $defs, { noun: 'links' })?.envelope.items, '/links');
});

test('required properties without a meaning get a value that fits', () => {
  const schema = object(
    {
      items: books,
      object: { const: 'list' },
      status: { enum: ['ok', 'failed'] },
      took: { type: 'integer', minimum: 1 },
      at: { type: 'string', format: 'date-time' },
      optional: text,
      meta: object({ source: { type: 'string', default: 'db' }, total: integer }, { required: ['source', 'total'] }),
    },
    { required: ['items', 'object', 'status', 'took', 'at', 'meta'] },
  );
  const list = listShapeOf(schema, $defs, { noun: 'books' });
  assert.deepEqual(list?.envelope.constants, [
    { pointer: '/object', value: 'list' },
    { pointer: '/status', value: 'ok' },
    { pointer: '/took', value: 1 },
    { pointer: '/at', value: '1970-01-01T00:00:00Z' },
    { pointer: '/meta/source', value: 'db' },
  ]);
});
