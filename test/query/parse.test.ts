import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../src/errors.ts';
import type { Control } from '../../src/model/types.ts';
import { createCursors } from '../../src/query/cursor.ts';
import { decodeQuery } from '../../src/query/decode.ts';
import { type ParseContext, parseQuery } from '../../src/query/parse.ts';
import type { Filter, Operand } from '../../src/query/types.ts';
import { books, field, resource } from '../stores/bookstore.ts';

const texts = books.fields.map((each) => ({ ...each, text: each.path === 'title' }));
const vault = resource('vaults', [...texts, field('pin', 'string'), field('owner.password', 'string')], {
  secrets: ['pin', 'owner'],
  id: { property: 'code', type: 'integer', generate: 'sequence', clientMayChoose: false, scope: 'global' },
});

const usual: ParseContext = { resource: vault, controls: [], dialect: 'plain', purpose: 'list' };

function parse(query: string, more: Partial<ParseContext> = {}) {
  return parseQuery(decodeQuery(query), { ...usual, ...more });
}

const of = (path: string): Operand => ({ kind: 'field', path });
const eq = (path: string, value: string | number | boolean): Filter => compare(path, 'eq', value);
const compare = (path: string, operator: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte', value: string | number | boolean) =>
  ({ kind: 'compare', operand: of(path), operator, value }) as const;
const day = {
  from: { value: '2015-01-05T00:00:00.000Z', inclusive: true },
  to: { value: '2015-01-06T00:00:00.000Z', inclusive: false },
};

const filterCases: readonly (readonly [query: string, filter: Filter])[] = [
  ['', { kind: 'all' }],
  ['title=Emma', eq('title', 'Emma')],
  ['title=', eq('title', '')],
  ['title=War%2C+and+peace', eq('title', 'War, and peace')],
  ['title=%3E5', eq('title', '>5')],
  ['title=a&title=b', { kind: 'in', operand: of('title'), values: ['a', 'b'] }],
  ['title=a&pages=3', { kind: 'and', filters: [eq('title', 'a'), eq('pages', 3)] }],
  ['author.name=Austen', eq('author.name', 'Austen')],
  ['tags=x', eq('tags', 'x')],
  ['inStock=yes', eq('inStock', true)],
  ['inStock=True', eq('inStock', true)],
  ['inStock=0', eq('inStock', false)],
  ['price__gte=1.5', compare('price', 'gte', 1.5)],
  ['price%5Bgte%5D=1.5', compare('price', 'gte', 1.5)],
  ['price[lt]=-2e3', compare('price', 'lt', -2000)],
  ['price__ne=2', compare('price', 'ne', 2)],
  ['pages__in=1,2', { kind: 'in', operand: of('pages'), values: [1, 2] }],
  ['pages=1,2', { kind: 'in', operand: of('pages'), values: [1, 2] }],
  ['pages__nin=1,2', { kind: 'not', filter: { kind: 'in', operand: of('pages'), values: [1, 2] } }],
  [
    'pages__between=1,2',
    { kind: 'range', operand: of('pages'), from: { value: 1, inclusive: true }, to: { value: 2, inclusive: true } },
  ],
  ['changed__between=2015-01-05,2015-01-05', { kind: 'range', operand: of('changed'), ...day }],
  ['_or=title%3DEmma%26pages__gt%3D300', { kind: 'or', filters: [eq('title', 'Emma'), compare('pages', 'gt', 300)] }],
  ['_or=pages%3D1%26pages%3D2', { kind: 'or', filters: [eq('pages', 1), eq('pages', 2)] }],
  ['_not=title%3DEmma', { kind: 'not', filter: { kind: 'and', filters: [eq('title', 'Emma')] } }],
  [
    '_or=title%3DEmma%26_and%3Dpages%253D3%2526price%253D1',
    { kind: 'or', filters: [eq('title', 'Emma'), { kind: 'and', filters: [eq('pages', 3), eq('price', 1)] }] },
  ],
  ['pages__exists=', { kind: 'exists', operand: of('pages') }],
  ['pages__exists=false', { kind: 'not', filter: { kind: 'exists', operand: of('pages') } }],
  ['title__prefix=Em', { kind: 'prefix', operand: of('title'), value: 'Em', ignoreCase: false }],
  ['title__icontains=mm', { kind: 'contains', operand: of('title'), value: 'mm', ignoreCase: true }],
  ['pages=>30', compare('pages', 'gt', 30)],
  ['pages=>=30', compare('pages', 'gte', 30)],
  ['pages=<30', compare('pages', 'lt', 30)],
  [
    'pages=[30+TO+50]',
    { kind: 'range', operand: of('pages'), from: { value: 30, inclusive: true }, to: { value: 50, inclusive: true } },
  ],
  ['pages={30+TO+*]', { kind: 'range', operand: of('pages'), from: { value: 30, inclusive: false } }],
  [
    'pages=3&pages=>30',
    { kind: 'or', filters: [{ kind: 'in', operand: of('pages'), values: [3] }, compare('pages', 'gt', 30)] },
  ],
  ['published=2015-01-05', eq('published', '2015-01-05')],
  ['changed=2015-01-05', { kind: 'range', operand: of('changed'), ...day }],
  ['changed=[2015-01-05+TO+2015-01-05]', { kind: 'range', operand: of('changed'), ...day }],
  ['changed__gt=2015-01-05', compare('changed', 'gte', '2015-01-06T00:00:00.000Z')],
  ['changed__lte=2015-01-05', compare('changed', 'lt', '2015-01-06T00:00:00.000Z')],
  ['changed__lt=2015-01-05T10:00:00%2B02:00', compare('changed', 'lt', '2015-01-05T08:00:00.000Z')],
  ['changed__lt=2015-01-05T10:00:00+02:00', compare('changed', 'lt', '2015-01-05T08:00:00.000Z')],
  ['code=7', { kind: 'compare', operand: { kind: 'id' }, operator: 'eq', value: 7 }],
  ['_pk=7', { kind: 'compare', operand: { kind: 'id' }, operator: 'eq', value: 7 }],
];

for (const [query, filter] of filterCases) {
  test(`?${query}`, () => assert.deepEqual(parse(query).query.filter, filter));
}

for (const [query, limit, offset] of [
  ['', 20, 0],
  ['_limit=5&_start=10', 5, 10],
  ['_limit=0', 0, 0],
  ['_limit=1000', 1000, 0],
  ['_page=3', 20, 60],
  ['_page=2&_limit=7', 7, 14],
] as const) {
  test(`?${query} is ${limit} from ${offset}`, () => {
    const parsed = parse(query);
    assert.deepEqual([parsed.query.limit, parsed.query.offset], [limit, offset]);
  });
}

const descending = (operand: Operand) => ({ operand, direction: 'descending' }) as const;
const ascending = (operand: Operand) => ({ operand, direction: 'ascending' }) as const;

for (const [query, sort] of [
  ['_sort=-price,title', [descending(of('price')), ascending(of('title'))]],
  ['_sort=%2Bprice', [ascending(of('price'))]],
  ['_sort=code', [ascending({ kind: 'id' })]],
] as const) {
  test(`?${query}`, () => assert.deepEqual(parse(query).query.sort, sort));
}

test('?_fields=title,author.name&_fields=price selects', () => {
  assert.deepEqual(parse('_fields=title,author.name&_fields=price').selection, ['title', 'author.name', 'price']);
});

test('without known properties, a selected secret is a property that no document has', () => {
  assert.deepEqual(parse('_fields=title,pin,zzz').selection, ['title', 'zzz']);
});

test('?_count asks for the number only', () => {
  assert.equal(parse('_count').countOnly, true);
  assert.equal(parse('_count=false').countOnly, false);
});

const words = (found: string, ...fields: readonly (readonly [string, number])[]): Filter => ({
  kind: 'words',
  words: [found],
  prefix: false,
  fields: fields.map(([path, weight]) => ({ path, weight })),
});

for (const [query, filter] of [
  ['q=Emma', words('emma', ['title', 1])],
  ['q=emma&_search_fields=title,notes', words('emma', ['title', 2], ['notes', 1])],
  ['q=emma&_search_fields=title,notes^4', words('emma', ['title', 1], ['notes', 4])],
  ['q=jane+emma', { kind: 'and', filters: [words('jane', ['title', 1]), words('emma', ['title', 1])] }],
  ['q=emma&pages=3', { kind: 'and', filters: [eq('pages', 3), words('emma', ['title', 1])] }],
  // A secret is a name like any other that means nothing.
  ['q=pin:1234', { ...words('pin', ['title', 1]), words: ['pin', '1234'] }],
  ['q=_exists_:pin', { ...words('exists', ['title', 1]), words: ['exists', 'pin'] }],
] as const) {
  test(`?${query}, the best matches first`, () => {
    assert.deepEqual(parse(query).query.filter, filter);
    assert.equal(parse(query).query.ranked, true);
  });
}

test('what only must not be there, or is sorted, is not ranked', () => {
  for (const query of ['q=-emma', 'q=pages:3', 'q=', 'q=emma&_sort=title']) {
    assert.equal(parse(query).query.ranked, undefined, query);
  }
});

const cursors = createCursors(() => 'secret');

test('a cursor leads behind the last document of the same query', () => {
  const scope = { resource: 'vaults', filter: eq('pages', 3), sort: [descending(of('price'))] };
  const position = { values: [2.5], key: '7' };
  const cursor = cursors.write(position, scope);
  assert.match(cursor, /^[\w-]+$/);
  const parsed = parse(`pages=3&_sort=-price&_cursor=${cursor}`, { cursors });
  assert.deepEqual(parsed.query.after, position);
  assert.deepEqual(parsed.cursorScope, scope);
  assert.deepEqual(parse('pages=3&_cursor=', { cursors }).query.after, undefined);
  const other = cursor.slice(0, -1) + (cursor.endsWith('A') ? 'Q' : 'A');
  for (const query of [
    `pages=4&_sort=-price&_cursor=${cursor}`,
    `pages=3&_sort=price&_cursor=${cursor}`,
    `pages=3&_sort=-price&_cursor=${other}`,
    `pages=3&_sort=-price&_cursor=${cursor}=`,
    'pages=3&_sort=-price&_cursor=x',
  ]) {
    assert.throws(() => parse(query, { cursors }), ApiError, query);
  }
});

const declared: readonly Control[] = [
  { parameter: 'per_page', meaning: 'limit' },
  { parameter: 'page', meaning: 'page' },
  { parameter: 'offset', meaning: 'offset' },
  { parameter: 'sort', meaning: 'sort' },
  { parameter: 'direction', meaning: 'order' },
  { parameter: 'fields', meaning: 'fields' },
  { parameter: 'search', meaning: 'search' },
  { parameter: 'include_total', meaning: 'count' },
  { parameter: 'min_price', meaning: 'filter', field: 'price', operator: 'gte' },
  { parameter: 'label', meaning: 'filter', field: 'tags', operator: 'eq' },
  { parameter: 'named', meaning: 'filter', field: 'title', operator: 'contains' },
  { parameter: 'secretly', meaning: 'filter', field: 'pin', operator: 'eq' },
  { parameter: 'pretty', meaning: 'none' },
  { parameter: 'after', meaning: 'cursor' },
];

for (const [query, expected] of [
  ['page=1', { offset: 0 }],
  ['page=3&per_page=10', { offset: 20, limit: 10 }],
  ['sort=price&direction=desc', { sort: [descending(of('price'))] }],
  ['sort=price:desc', { sort: [descending(of('price'))] }],
  ['sort=author_name', { sort: [ascending(of('author.name'))] }],
  ['direction=desc', { sort: [descending({ kind: 'id' })] }],
  ['sort=stars', { sort: [] }],
  ['min_price=3', { filter: compare('price', 'gte', 3) }],
  ['label=a&label=b', { filter: { kind: 'in', operand: of('tags'), values: ['a', 'b'] } }],
  ['named=mm', { filter: { kind: 'contains', operand: of('title'), value: 'mm', ignoreCase: true } }],
  ['pretty=anything', { filter: { kind: 'all' } }],
  ['include_total=true', { count: 'exact' }],
  ['after=', { offset: 0 }],
] as const) {
  test(`declared ?${query}`, () => {
    const { query: parsed } = parse(query, { controls: declared, enumerated: new Set(['sort']) });
    assert.deepEqual({ ...parsed, ...expected }, parsed);
  });
}

function nested(depth: number): string {
  let query = 'pages=3';
  for (let level = 0; level < depth; level++) query = `_not=${encodeURIComponent(query)}`;
  return query;
}

const refusals: readonly (readonly [query: string, code: string, message: RegExp, more?: Partial<ParseContext>])[] = [
  ['titel=x', 'unknown-parameter', /did you mean "title"/],
  ['pric__gte=3', 'unknown-parameter', /did you mean "price__gte"/],
  ['price__near=3', 'unknown-parameter', /not known/],
  ['_limt=3', 'unknown-parameter', /did you mean "_limit"/],
  ['__proto__=1', 'unknown-parameter', /not known/],
  ['constructor[gte]=1', 'unknown-parameter', /not known/],
  ['pin=1234', 'unknown-parameter', /^is not known$/],
  ['owner.password=x', 'unknown-parameter', /^is not known$/],
  ['secretly=1234', 'unknown-parameter', /^is not known$/, { controls: declared }],
  ['pages=abc', 'invalid-parameter', /integer/],
  ['pages=', 'invalid-parameter', /integer/],
  ['pages=1,x', 'invalid-parameter', /each value must be an integer/],
  ['pages__between=1', 'invalid-parameter', /two values/],
  ['pages__between=1,2,3', 'invalid-parameter', /two values/],
  ['_or=', 'invalid-parameter', /must hold conditions/],
  ['_or=titel%3D1', 'unknown-parameter', /did you mean "title"/],
  ['_not=pin%3D1234', 'unknown-parameter', /^is not known$/],
  ['_or=_limit%3D3', 'invalid-parameter', /cannot hold "_limit"/],
  [nested(5), 'invalid-parameter', /nested at most 4/],
  ['q=pages:many', 'invalid-parameter', /"pages" must be an integer/],
  ['_cursor=a', 'invalid-parameter', /no cursor of this server/],
  ['pages=1.5', 'invalid-parameter', /integer/],
  ['pages=9007199254740993', 'invalid-parameter', /integer/],
  ['price=1e400', 'invalid-parameter', /number/],
  ['price=NaN', 'invalid-parameter', /number/],
  ['price=0x10', 'invalid-parameter', /number/],
  ['inStock=maybe', 'invalid-parameter', /true or false/],
  ['published=2015-02-30', 'invalid-parameter', /date/],
  ['changed=yesterday', 'invalid-parameter', /date-time/],
  ['pages=[1+TO+x]', 'invalid-parameter', /integer/],
  ['pages__contains=3', 'invalid-parameter', /no text/],
  ['pages__in=1,x', 'invalid-parameter', /each value must be an integer/],
  [`pages__in=${Array(1001).fill(1).join(',')}`, 'invalid-parameter', /at most 1000/],
  ['_limit=1001', 'invalid-parameter', /0 to 1000/],
  ['_limit=51', 'invalid-parameter', /0 to 50/, { maximumLimit: 50 }],
  ['_limit=-1', 'invalid-parameter', /integer/],
  ['_limit=2.5', 'invalid-parameter', /integer/],
  ['_limit=', 'invalid-parameter', /integer/],
  ['_start=x', 'invalid-parameter', /integer/],
  ['_limit=1&_limit=2', 'invalid-parameter', /once/],
  ['_start=1&_page=2', 'invalid-parameter', /cannot be combined with _start/],
  ['_page=9007199254740991', 'invalid-parameter', /too large/],
  ['page=0', 'invalid-parameter', /at least 1/, { controls: declared }],
  ['after=abc', 'invalid-parameter', /no cursor/, { controls: declared }],
  ['direction=up', 'invalid-parameter', /asc/, { controls: declared }],
  ['sort=stars', 'invalid-parameter', /no field/, { controls: declared }],
  ['_sort=nosuch', 'invalid-parameter', /no field/],
  ['_sort=titel', 'invalid-parameter', /did you mean "title"/],
  ['_sort=pin', 'invalid-parameter', /no field to sort by$/],
  ['_sort=a,', 'invalid-parameter', /no field/],
  ['_sort=-', 'invalid-parameter', /must name a field/],
  ['_sort=tags', 'invalid-parameter', /list/],
  [`_sort=${Array(11).fill('title').join(',')}`, 'invalid-parameter', /at most 10/],
  ['_fields=pin', 'invalid-parameter', /no property/, { properties: ['title', 'pin'] }],
  ['_fields=titel', 'invalid-parameter', /did you mean "title"/, { properties: ['title'] }],
  ['_fields=', 'invalid-parameter', /list of properties/],
  ['_search_fields=title', 'invalid-parameter', /without "q"/],
  ['q=x&_search_fields=pin', 'invalid-parameter', /no text/],
  ['_limit=3', 'unknown-parameter', /not known/, { purpose: 'many' }],
  ['per_page=3', 'invalid-parameter', /cannot be used here/, { purpose: 'many', controls: declared }],
  [Array.from({ length: 201 }, (_, at) => `price__gt=${at}`).join('&'), 'invalid-parameter', /at most 200 conditions/],
];

for (const [query, code, message, more] of refusals) {
  test(`?${query.slice(0, 60)} is refused: ${code}`, () => {
    assert.throws(
      () => parse(query, more),
      (error) => {
        assert(error instanceof ApiError);
        assert.equal(error.code, code);
        assert.match(error.violations[0]?.message ?? '', message);
        return true;
      },
    );
  });
}

test('a secret and a name that does not exist get the same answer', () => {
  const answer = (query: string, name: string) => {
    try {
      parse(query, { properties: ['title', 'pin'] });
    } catch (error) {
      if (error instanceof ApiError)
        return JSON.stringify([error.code, error.detail, error.hint, error.violations]).replaceAll(name, 'N');
    }
    return assert.fail();
  };
  for (const shape of [
    (n: string) => `${n}=1`,
    (n: string) => `${n}__gte=1`,
    (n: string) => `_sort=${n}`,
    (n: string) => `_fields=title,${n}`,
  ]) {
    assert.equal(answer(shape('pin'), 'pin'), answer(shape('zzz'), 'zzz').replace(/"zzz"/g, '"N"'));
  }
});

test('Ramses: any, and nothing to refresh', () => {
  const parsed = parse('title=_all&_refresh_index=true', { dialect: 'ramses' });
  assert.deepEqual(parsed.query.filter, { kind: 'all' });
  assert.throws(() => parse('_refresh_index=true'), { code: 'unknown-parameter' });
});

test('the scope of a nested collection holds besides', () => {
  const within: Filter = { kind: 'compare', operand: { kind: 'link', name: 'shop' }, operator: 'eq', value: '1' };
  assert.deepEqual(parse('', { within }).query.filter, within);
  assert.deepEqual(parse('title=a', { within }).query.filter, { kind: 'and', filters: [within, eq('title', 'a')] });
});

for (const [name, query] of [
  ['unknown', Array.from({ length: 10_000 }, (_, at) => `x${at}=1`).join('&')],
  ['repeated', Array(10_000).fill('title=a').join('&')],
  ['not castable', Array(10_000).fill('pages=a').join('&')],
  ['malformed', Array(10_000).fill('pages=%').join('&')],
] as const) {
  test(`10,000 parameters, ${name}, are refused at once`, () => {
    const start = performance.now();
    assert.throws(
      () => parse(query),
      (error) => error instanceof ApiError && error.violations.length <= 20,
    );
    assert(performance.now() - start < 500);
  });
}

for (const [query, expected] of [
  [
    'a=1&b=2&a=3',
    [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ],
  ],
  ['a', [['a', '']]],
  ['a=b=c&&', [['a', 'b=c']]],
  ['%C3%A9+x=%26', [['é x', '&']]],
] as const) {
  test(`decodes ?${query}`, () => assert.deepEqual(decodeQuery(query), expected));
}

for (const query of ['a=%', 'a=%zz', '%E9=1', 'a=%F0%9F']) {
  test(`?${query} cannot be decoded`, () => assert.throws(() => decodeQuery(query), { code: 'invalid-parameter' }));
}
