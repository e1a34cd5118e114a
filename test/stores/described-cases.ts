/** What a store that outlives the process must tell apart: other APIs, and lists and objects that are described otherwise. */
import type { Field } from '../../src/model/types.ts';
import type { StoreSchema } from '../../src/stores/contract.ts';
import { field, resource } from './bookstore.ts';

export const api = (title: string | undefined, ...names: readonly string[]): StoreSchema => ({
  ...(title !== undefined && { title }),
  resources: names.map((name) => resource(name, [])),
});

export const shop = api('Shop', 'users', 'orders');
export const owners: Readonly<
  Record<string, readonly [after: StoreSchema, filled: readonly string[], refused: boolean]>
> = {
  'the same API': [shop, ['users', 'orders'], false],
  'the same API with other resources': [api('Shop', 'customers'), ['users', 'orders'], false],
  'another title': [api('My shop', 'users', 'orders', 'carts'), ['users', 'orders'], false],
  'another title, and no document that would not be served': [api('My shop', 'users'), ['users'], false],
  'another title, and no document at all': [api('Zoo', 'animals'), [], false],
  'a store without a title': [api(undefined, 'animals'), ['users', 'orders'], false],
  'another API': [api('Zoo', 'animals'), ['users', 'orders'], true],
  'another API that has users, too': [api('Blog', 'users', 'posts'), ['users', 'orders'], true],
};

const list = (path: string, type: Field['type']) => field(path, type, { array: true });
const tags = [list('tags', 'string')];
/** A document that is stored under `before`, and whether `after` is refused. */
export const forms: readonly (readonly [
  name: string,
  before: readonly Field[],
  document: string,
  after: readonly Field[],
  refused?: RegExp,
])[] = [
  ['nothing changed', tags, '{"tags":["a"]}', tags],
  [
    'items of another type',
    tags,
    '{"tags":["a"]}',
    [list('tags', 'integer')],
    /"tags" of "books" was a list of type string and is a list of type integer now, which 1 stored documents/,
  ],
  ['items of another type, which fit', [list('tags', 'integer')], '{"tags":[1,2]}', [list('tags', 'number')]],
  ['items of another type, and none there', tags, '{"tags":[]}', [list('tags', 'integer')]],
  ['items that are null', tags, '{"tags":[null]}', [list('tags', 'integer')]],
  ['a list that is null', tags, '{"tags":null}', [list('tags', 'integer')]],
  [
    'a list that was a text',
    [field('tags', 'string')],
    '{"tags":"a"}',
    tags,
    /was of type string and is a list of type string now/,
  ],
  [
    'a text that was a list',
    tags,
    '{"tags":["a"]}',
    [field('tags', 'string')],
    /was a list of type string and is of type string now/,
  ],
  ['a text that was a list, and is not there', tags, '{}', [field('tags', 'string')]],
  [
    'an object that was a text',
    [field('author', 'string')],
    '{"author":"Ng"}',
    [field('author.name', 'string')],
    /"author" of "books" was of type string and is an object now/,
  ],
  [
    'a text that was an object',
    [field('author.name', 'string')],
    '{"author":{"name":"Ng"}}',
    [field('author', 'string')],
    /"author" of "books" was an object and is of type string now/,
  ],
  [
    'objects that were texts',
    tags,
    '{"tags":["a"]}',
    [list('tags.name', 'string')],
    /"tags" of "books" was a list of type string and is an object now/,
  ],
  [
    'texts that were objects',
    [list('tags.name', 'string')],
    '{"tags":[{"name":"a"}]}',
    tags,
    /is a list of type string now/,
  ],
  [
    'one object that was a list of them',
    [list('tags.name', 'string')],
    '{"tags":[{"name":"a"}]}',
    [field('tags.name', 'string')],
    /"tags.name" of "books" was a list/,
  ],
  [
    'items of objects of another type',
    [list('tags.id', 'string')],
    '{"tags":[{"id":"a"},{}]}',
    [list('tags.id', 'integer')],
    /"tags.id" of "books"/,
  ],
  [
    'a list of objects that was one object',
    [field('tags.name', 'string')],
    '{"tags":{"name":"a"}}',
    [list('tags.name', 'string')],
    /"tags.name" of "books" was of type string/,
  ],
  [
    'names with dots and quotes',
    [list('a\\.b"c', 'string')],
    '{"a.b\\"c":["a"]}',
    [list('a\\.b"c', 'integer')],
    /was a list of type string/,
  ],
];
