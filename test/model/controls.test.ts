import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlsOf, fieldIndex } from '../../src/model/controls.ts';
import type { JsonSchema, Parameter } from '../../src/model/description.ts';
import { fieldsOf } from '../../src/model/fields.ts';
import { impliedParameter } from '../../src/model/implied-parameter.ts';
import { describe, object } from './describe.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const number = { type: 'number' };

const { fields } = fieldsOf(
  object({
    id: integer,
    title: text,
    authorId: text,
    price: number,
    status: { enum: ['new', 'sold'] },
    tags: { type: 'array', items: text },
    createdAt: { type: 'string', format: 'date-time' },
    updated: { type: 'string', format: 'date-time' },
    address: object({ city: text }),
    labels: { type: 'array', items: object({ id: integer, name: text }) },
    page: integer,
    order: integer,
  }),
  {},
);

/** Parameter, its schema, and what it means. */
const cases: readonly (readonly [string, JsonSchema, string])[] = [
  ['limit', integer, 'limit'],
  ['per_page', integer, 'limit'],
  ['pageSize', integer, 'limit'],
  ['$top', integer, 'limit'],
  ['limit', { type: 'string', default: '10' }, 'limit'],
  ['offset', integer, 'offset'],
  ['skip', integer, 'offset'],
  ['page', integer, 'page'],
  ['page', { type: 'integer', minimum: 0 }, 'page-from-zero'],
  ['page', { type: 'integer', default: 1, minimum: 0 }, 'page'],
  ['pageIndex', { type: 'integer', default: 0 }, 'page-from-zero'],
  ['cursor', text, 'cursor'],
  ['page_token', text, 'cursor'],
  ['starting_after', integer, 'filter id gt'],
  ['since', integer, 'filter id gt'],
  ['since', text, 'none'],
  ['sort', text, 'sort'],
  ['sort_by', text, 'sort'],
  ['orderBy', text, 'sort'],
  ['direction', { enum: ['asc', 'desc'] }, 'order'],
  ['sortOrder', { enum: ['asc', 'desc'] }, 'order'],
  ['order', text, 'filter order eq'],
  ['fields', text, 'fields'],
  ['q', text, 'search'],
  ['query', text, 'search'],
  ['title', text, 'filter title eq'],
  ['labels', { type: 'array', items: text }, 'filter labels.name in'],
  ['labels', { type: 'array', items: integer }, 'filter labels.id in'],
  ['labels', text, 'filter labels.name eq'],
  ['labels', integer, 'filter labels.id eq'],
  ['labels', { type: 'string', example: '7' }, 'filter labels.id eq'],
  ['author_id', text, 'filter authorId eq'],
  ['author', text, 'filter authorId eq'],
  ['tag', text, 'filter tags eq'],
  ['tags', { type: 'array', items: text }, 'filter tags in'],
  ['status', { type: 'array', items: text }, 'filter status in'],
  ['ids', { type: 'array', items: integer }, 'filter id in'],
  ['address.city', text, 'filter address.city eq'],
  ['min_price', number, 'filter price gte'],
  ['maxPrice', number, 'filter price lte'],
  ['price_gte', number, 'filter price gte'],
  ['price[lt]', number, 'filter price lt'],
  ['filter[status]', text, 'filter status eq'],
  ['price[gte]', number, 'filter price gte'],
  ['page[number]', integer, 'page'],
  ['page[size]', integer, 'limit'],
  ['page[offset]', integer, 'offset'],
  ['page[cursor]', text, 'cursor'],
  ['created_after', text, 'filter createdAt gt'],
  ['createdBefore', text, 'filter createdAt lt'],
  ['updated_since', text, 'filter updated gte'],
  ['title_contains', text, 'filter title contains'],
  ['verbose', { type: 'boolean' }, 'none'],
  ['access_token', text, 'none'],
];

const deep = (name: string, schema: JsonSchema): Parameter => ({
  ...impliedParameter(name, { file: 'api.yaml', line: 1, column: 1 }),
  in: 'query',
  required: false,
  style: 'deepObject',
  explode: true,
  schema,
});

/** Objects that are spread over several names, and what each of them means. */
const spread: readonly (readonly [string, Parameter, readonly string[]])[] = [
  [
    'filter[…]',
    deep('filter', object({ status: text, author: text, shoe: text })),
    ['filter[status] filter status eq', 'filter[author] filter authorId eq', 'filter[shoe] none'],
  ],
  [
    'filter[…] with operators',
    deep('filter', object({ min_price: number, created_after: text, page: integer, limit: integer })),
    [
      'filter[min_price] filter price gte',
      'filter[created_after] filter createdAt gt',
      'filter[page] filter page eq',
      'filter[limit] none',
    ],
  ],
  [
    'filter[…][…]',
    deep('filter', object({ price: object({ gte: number, lt: number }), address: object({ city: text }) })),
    [
      'filter[price][gte] filter price gte',
      'filter[price][lt] filter price lt',
      'filter[address][city] filter address.city eq',
    ],
  ],
  [
    'filter[…] of lists',
    deep('filter', object({ tags: { type: 'array', items: text } })),
    ['filter[tags] filter tags in'],
  ],
  ['where[…] with free names', deep('where', { type: 'object', additionalProperties: text }), ['where filters']],
  [
    'filter[…] with some names and free ones',
    deep('filter', { type: 'object', properties: { status: text }, additionalProperties: true }),
    ['filter[status] filter status eq', 'filter filters'],
  ],
  [
    'price[…]',
    deep('price', object({ gte: number, lte: number, max: number })),
    ['price[gte] filter price gte', 'price[lte] filter price lte', 'price[max] filter price lte'],
  ],
  [
    'createdAt[…]',
    deep('createdAt', object({ after: text, before: text })),
    ['createdAt[after] filter createdAt gt', 'createdAt[before] filter createdAt lt'],
  ],
  ['page[…]', deep('page', object({ number: integer, size: integer })), ['page[number] page', 'page[size] limit']],
  [
    'page[…] by cursor',
    deep('page', object({ after: text, limit: integer })),
    ['page[after] cursor', 'page[limit] limit'],
  ],
  [
    'fields[…]',
    deep('fields', object({ books: text, authors: text })),
    ['fields[books] fields', 'fields[authors] none'],
  ],
  [
    'options[…]',
    deep('options', object({ page: integer, depth: integer })),
    ['options[page] none', 'options[depth] none'],
  ],
  [
    'an exploded object',
    { ...deep('query', object({ status: text, limit: integer })), style: 'form' },
    ['status filter status eq', 'limit limit'],
  ],
];

for (const [name, parameter, expected] of spread) {
  test(name, () => {
    const controls = controlsOf([parameter], fieldIndex(fields), 'id', {}, ['books', 'Book']);
    assert.deepEqual(
      controls.map((control) =>
        [control.parameter, control.meaning, control.field, control.operator]
          .filter((part) => part !== undefined)
          .join(' '),
      ),
      expected,
    );
  });
}

for (const [name, schema, expected] of cases) {
  test(`${name} ${JSON.stringify(schema)} is ${expected}`, () => {
    const [path] = describe({ '/x': { get: { query: { [name]: schema } } } }).paths;
    const [control] = controlsOf(path?.operations[0]?.parameters ?? [], fieldIndex(fields), 'id', {});
    const said = [control?.meaning, control?.field, control?.operator].filter((part) => part !== undefined).join(' ');
    assert.equal(said, expected);
  });
}
