import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { isRecord } from '../../src/model/schema.ts';
import { loadValidator } from '../../src/runtime/validation/validator.ts';
import { describe as description, object, ref } from '../model/describe.ts';
import { serve } from './http.ts';

const books = { type: 'array', items: ref('Book') };
const text = { type: 'string' };
const url = { ...text, format: 'uri' };
const nullable = { type: ['string', 'null'] };
const link = object(
  { href: text, templated: { type: 'boolean' } },
  { required: ['href'], additionalProperties: false },
);
const nullableLink = { anyOf: [link, { type: 'null' }] };
const closed = (required: readonly string[]) => ({ required, additionalProperties: false });

/** A list's answer, and what stands for the next page on the last one: `undefined` where nothing does. */
const envelopes: Readonly<Record<string, readonly [JsonSchema, read: (answer: Fields) => unknown, unknown]>> = {
  'next may be null': [object({ items: books, next: nullable }, closed(['items', 'next'])), ({ next }) => next, null],
  'next need not be there': [object({ items: books, next: text }, closed(['items'])), keysOf, ['items']],
  'next must be a text': [object({ items: books, next: text }, closed(['items', 'next'])), ({ next }) => next, ''],
  'next must be a URL': [
    object({ items: books, next: url }, closed(['items', 'next'])),
    ({ next }) => new URL(String(next)).search,
    '?limit=1&offset=2',
  ],
  'next must be a text that is not empty': [
    object({ items: books, next: { ...text, minLength: 1 } }, closed(['items', 'next'])),
    ({ next }) => new URL(String(next)).search,
    '?limit=1&offset=2',
  ],
  'next_cursor must be a text that is not empty': [
    object({ items: books, next_cursor: { ...text, minLength: 1 } }, closed(['items', 'next_cursor'])),
    ({ next_cursor }) => String(next_cursor).length > 1 && 'a cursor',
    'a cursor',
  ],
  'next must be a reference': [
    object({ items: books, next: { ...text, format: 'uri-reference' } }, closed(['items', 'next'])),
    ({ next }) => next,
    '',
  ],
  'has_more and next_cursor': [
    object({ data: books, has_more: { type: 'boolean' }, next_cursor: text }, closed(['data', 'has_more'])),
    keysOf,
    ['data', 'has_more'],
  ],
  'has_more and a next_cursor that may be null': [
    object({ data: books, has_more: { type: 'boolean' }, next_cursor: nullable }, closed(['data', 'next_cursor'])),
    ({ next_cursor }) => next_cursor,
    null,
  ],
  'links of JSON:API': [
    object({ data: books, links: object({ self: text, next: text, prev: text }, closed(['self'])) }, closed(['data'])),
    ({ links }) => keysOf(links),
    ['self', 'prev'],
  ],
  'links of JSON:API that may be null': [
    object({ data: books, links: object({ next: nullable, prev: nullable }, closed(['next', 'prev'])) }),
    ({ links }) => isRecord(links) && links.next,
    null,
  ],
  HAL: [
    object({
      _embedded: object({ books }, closed(['books'])),
      _links: object({ self: link, next: link, prev: link }, closed(['self'])),
    }),
    ({ _links }) => keysOf(_links),
    ['self', 'prev'],
  ],
  'HAL with links that may be null': [
    object({ _embedded: object({ books }), _links: object({ next: nullableLink }, closed(['next'])) }),
    ({ _links }) => isRecord(_links) && _links.next,
    null,
  ],
  'HAL with links that must be there': [
    object({ _embedded: object({ books }), _links: object({ next: link }, closed(['next'])) }),
    ({ _links }) => isRecord(_links) && _links.next,
    { href: '' },
  ],
  'HAL with links that must be there and lead somewhere': [
    object({
      _embedded: object({ books }),
      _links: object({ next: object({ href: url }, { required: ['href'] }) }, closed(['next'])),
    }),
    ({ _links }) => isRecord(_links) && isRecord(_links.next) && new URL(String(_links.next.href)).search,
    '?limit=1&offset=2',
  ],
};

type Fields = Readonly<Record<string, unknown>>;

function keysOf(value: unknown): readonly string[] {
  return Object.keys(isRecord(value) ? value : {});
}

describe('an envelope is valid on every page', () => {
  for (const [title, [schema, read, expected]] of Object.entries(envelopes)) {
    it(title, async () => {
      const Book = object({ id: text, title: text }, { required: ['title'] });
      const query = { limit: { type: 'integer' }, offset: { type: 'integer' } };
      const paths = { '/books': { get: { query, answers: { 200: schema } }, post: { body: ref('Book') } } };
      const model = buildModel(description(paths, { Book }));
      const accepts = (await loadValidator(model)).response(schema);
      const server = await serve(model);
      try {
        for (const each of ['a', 'b', 'c'])
          assert.equal((await server.call('POST /books', { title: each })).status, 201);
        const pages: Fields[] = [];
        for (const offset of [0, 1, 2]) {
          const { json, text: body } = await server.call(`GET /books?limit=1&offset=${offset}`);
          assert.deepEqual(accepts(json), [], body);
          assert.ok(isRecord(json));
          pages.push(json);
        }
        const [first, , last] = pages;
        if (expected !== 'a cursor') assert.notDeepEqual(read(first ?? {}), expected);
        assert.deepEqual(read(last ?? {}), expected);
      } finally {
        await server.close();
      }
    });
  }
});

it('a cursor that must be there leads from the last page to what is created later', async () => {
  const schema = object({ items: books, next_cursor: { ...text, minLength: 1 } }, closed(['items', 'next_cursor']));
  const Book = object({ id: text, title: text }, { required: ['title'] });
  const query = { limit: { type: 'integer' }, cursor: text, offset: { type: 'integer' } };
  const paths = { '/books': { get: { query, answers: { 200: schema } }, post: { body: ref('Book') } } };
  const server = await serve(buildModel(description(paths, { Book })), { checkResponses: 'strict' });
  const page = async (search: string): Promise<{ readonly titles: unknown; readonly next: string }> => {
    const { json, text: body, headers } = await server.call(`GET /books?${search}`);
    assert.ok(isRecord(json) && Array.isArray(json.items), body);
    const link = String(headers.link ?? '');
    return {
      titles: json.items.map((book) => book.title),
      next: `cursor=${json.next_cursor}${/"next"/.test(link) ? '&more' : ''}`,
    };
  };
  const create = (title: string) => server.call('POST /books', { id: title, title });
  try {
    const empty = await page('limit=2');
    assert.deepEqual(empty.titles, []);
    assert.deepEqual((await page(empty.next)).titles, []);
    await create('a');
    const first = await page(empty.next);
    assert.deepEqual(first.titles, ['a']);
    const behind = await page(first.next);
    assert.deepEqual(behind.titles, []);
    await create('b');
    assert.deepEqual((await page(first.next)).titles, ['b']);
    assert.deepEqual((await page(behind.next)).titles, ['b']);
    const beyond = await page('limit=2&offset=2');
    await create('c');
    assert.deepEqual((await page(beyond.next)).titles, ['c']);
  } finally {
    await server.close();
  }
});
