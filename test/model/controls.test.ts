import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlsOf, fieldIndex } from '../../src/model/controls.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { fieldsOf } from '../../src/model/fields.ts';
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
  ['created_after', text, 'filter createdAt gt'],
  ['createdBefore', text, 'filter createdAt lt'],
  ['updated_since', text, 'filter updated gte'],
  ['title_contains', text, 'filter title contains'],
  ['verbose', { type: 'boolean' }, 'none'],
  ['access_token', text, 'none'],
];

for (const [name, schema, expected] of cases) {
  test(`${name} ${JSON.stringify(schema)} is ${expected}`, () => {
    const [path] = describe({ '/x': { get: { query: { [name]: schema } } } }).paths;
    const [control] = controlsOf(path?.operations[0]?.parameters ?? [], fieldIndex(fields), 'id', {});
    const said = [control?.meaning, control?.field, control?.operator].filter((part) => part !== undefined).join(' ');
    assert.equal(said, expected);
  });
}
