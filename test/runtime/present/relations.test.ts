import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Binding } from '../../../src/model/types.ts';
import { compileRelations } from '../../../src/runtime/present/relations.ts';
import { binding, model } from './pieces.ts';

const scope: Binding['action'] & { readonly kind: 'list' } = {
  kind: 'list',
  resource: 'books',
  scope: [],
  envelope: { kind: 'array', items: '', slots: [], constants: [] },
  controls: [],
};
const item = { resource: 'books', scope: [], idParameter: 'isbn' };
const list = binding('/books', 'get', scope);
const create = binding('/books', 'post', { kind: 'create', resource: 'books', scope: [], many: false });
const read = binding('/books/{isbn}', 'get', { kind: 'read', ...item });
const reviews = binding('/books/{isbn}/reviews', 'get', { ...scope, resource: 'reviews' });
const order = binding('/books/{isbn}/order', 'post', { kind: 'sample', why: '' });
const lost = binding('/lost/{isbn}', 'get', { kind: 'read', ...item });
const best = binding('/books/best', 'get', { kind: 'sample', why: '' });
const shop = model({ bindings: [list, create, read, reviews, order, lost] });

const both = { openapi: '/openapi.json', description: '/description' };
const described = '</api/openapi.json>; rel="service-desc", </api/description>; rel="describedby"';

const cases: readonly [
  title: string,
  Binding,
  typeof both | object,
  pathname: string,
  created: string | undefined,
  header: string,
][] = [
  ['a collection', list, both, '/api/books', undefined, described],
  ['an item', read, both, '/api/books/1', undefined, `${described}, </api/books>; rel="collection"`],
  [
    'what hangs below an item',
    reviews,
    both,
    '/api/books/1/reviews',
    undefined,
    `${described}, </api/books/1>; rel="up"`,
  ],
  ['an action', order, {}, '/books/1/order', undefined, '</books/1>; rel="up"'],
  ['a created document', create, both, '/api/books', '/api/books/1', `${described}, </api/books/1>; rel="item"`],
  ['no item, although below a collection', best, {}, '/books/best', undefined, '</books>; rel="up"'],
  ['a trailing slash', read, {}, '/books/1/', undefined, '</books>; rel="collection"'],
  ['a parent that cannot be read', lost, {}, '/lost/1', undefined, ''],
];

describe('Link relations of an answer', () => {
  for (const [title, of, paths, pathname, created, header] of cases) {
    test(title, () => assert.equal(compileRelations(shop, of, paths)({ pathname, base: '/api' }, created), header));
  }
});
