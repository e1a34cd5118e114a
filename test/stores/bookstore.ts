import type { Field, Resource } from '../../src/model/types.ts';
import type { StoreSchema } from '../../src/stores/contract.ts';

/** A field with the usual answers; `more` changes them. */
export function field(path: string, type: Field['type'], more: Partial<Field> = {}): Field {
  return { path, type, array: false, unique: false, indexed: true, text: type === 'string', ...more };
}

/** A resource with text ids and no links; `more` changes it. */
export function resource(name: string, fields: readonly Field[], more: Partial<Resource> = {}): Resource {
  return {
    name,
    typeName: name,
    kind: 'collection',
    path: `/${name}`,
    itemPath: `/${name}/{id}`,
    schema: true,
    id: { type: 'string', generate: 'uuid', clientMayChoose: true, scope: 'global' },
    fields,
    links: [],
    secrets: [],
    seeds: [],
    at: { file: 'test.raml', line: 1, column: 1 },
    ...more,
  };
}

export const books = resource(
  'books',
  [
    field('title', 'string'),
    field('isbn', 'string', { unique: true }),
    field('pages', 'integer'),
    field('price', 'number'),
    field('inStock', 'boolean'),
    field('published', 'date'),
    field('changed', 'datetime'),
    field('author.name', 'string'),
    field('notes', 'string', { indexed: false }),
    field('tags', 'string', { array: true }),
    field('ratings', 'integer', { array: true }),
    field('reviews.stars', 'integer', { array: true }),
    field('reviews.words', 'string', { array: true }),
    field('changes', 'datetime', { array: true }),
  ],
  { links: [{ name: 'shop', resource: 'shops' }] },
);

/** Integer ids, given out in sequence. */
export const orders = resource('orders', [field('total', 'number')], {
  id: { property: 'id', type: 'integer', generate: 'sequence', clientMayChoose: true, scope: 'global' },
});

/** Integer ids that are unique only under their parent. */
export const lines = resource('lines', [field('amount', 'integer')], {
  id: { property: 'number', type: 'integer', generate: 'none', clientMayChoose: true, scope: 'parent' },
  links: [{ name: 'order', resource: 'orders' }],
});

export const bookstore: StoreSchema = { resources: [books, orders, lines] };
