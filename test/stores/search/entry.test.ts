/** What an index gets to know of a document, and how it is called there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryOf } from '../../../src/stores/search/entry.ts';
import { indexDefinition, schemaHash } from '../../../src/stores/search/mapping.ts';
import { documentName, indexNames, propertyName } from '../../../src/stores/search/names.ts';
import { books, field, lines, resource } from '../bookstore.ts';

test('an entry has the values of fields in the form in which they are compared, and nothing else', () => {
  const shop = resource(
    'shops',
    [
      field('name', 'string'),
      field('size', 'number'),
      field('open', 'boolean'),
      field('since', 'date'),
      field('changed', 'datetime', { array: true }),
      field('owner.name', 'string'),
      field('owner.pin', 'string'),
    ],
    { secrets: ['owner.pin', 'password'] },
  );
  const text = JSON.stringify({
    name: 'ﬁne Zoë',
    size: -0,
    open: false,
    since: '2015-02-30',
    changed: ['2015-01-05T10:00:00+02:00', 'now'],
    owner: { name: 'O', pin: '1234' },
    password: 'secret',
    other: 1,
  });
  const entry: unknown = JSON.parse(JSON.stringify(entryOf(shop)({ key: 'K', links: {}, revision: 1, text })));
  assert.deepEqual(entry, {
    raw: 'K',
    key: 'K',
    f: {
      name: 'ﬁne Zoë',
      size: 0,
      open: false,
      since: '2015-02-30',
      changed: ['2015-01-05T08:00:00.000Z', 'now'],
      'owner/name': 'O',
    },
    l: {
      '@key': 'k',
      name: 'fine zoë',
      since: '2015-02-30',
      changed: ['2015-01-05t08:00:00.000z', 'now'],
      'owner/name': 'o',
    },
    w: { name: 'fine zoe', 'owner/name': 'o' },
    // What is no day of a calendar is measured as the next one, as everywhere, and ordered by its text.
    d: { since: '2015-03-02T00:00:00.000Z', changed: '2015-01-05T08:00:00.000Z' },
    r: { changed: '2015-01-05T08:00:00.000Z' },
    o: { since: '2015-02-30', changed: 'now' },
  });
  assert.doesNotMatch(JSON.stringify(indexDefinition(shop, { refreshInterval: '1s' })), /owner.pin|password/);
});

test('ids and links are beside the fields', () => {
  const entry = entryOf(lines)({ key: '7/10', links: { order: '7' }, revision: 1, text: '{"amount":"none"}' });
  assert.deepEqual(entry, {
    raw: '7/10',
    key: '7/10',
    id: 10,
    links: { order: '7' },
    l: { '@key': '7/10', '@link/order': '7' },
  });
});

test('an index is made anew when its entries change, not when a title does', () => {
  const hash = schemaHash(books);
  assert.equal(schemaHash({ ...books, typeName: 'Other' }), hash);
  assert.notEqual(schemaHash({ ...books, fields: [...books.fields, field('more', 'string')] }), hash);
  assert.notEqual(schemaHash({ ...books, secrets: ['notes'] }), hash);
});

for (const [path, name] of [
  ['title', 'title'],
  ['author.name', 'author/name'],
  ['a\\.b', /^#[0-9a-f]{12}$/],
  ['@id', /^#/],
  ['', /^#/],
  ['x*', /^#/],
  ['é', /^#/],
  ['a'.repeat(101), /^#/],
] as const) {
  test(`a property ${JSON.stringify(path)}`, () => {
    if (typeof name === 'string') assert.equal(propertyName(path), name);
    else assert.match(propertyName(path), name);
  });
}

test('names of indexes sort by time, and tell resources apart', () => {
  const names = indexNames('api', books);
  const [early, late] = [names.index(new Date(0), 'aaaaaaaaaaaa'), names.index(new Date(1), '000000000000')];
  assert.ok(early < late);
  assert.ok(names.isIndex(early));
  assert.ok(!names.isIndex(indexNames('api', { name: 'books-old' }).index(new Date(0), 'aaaaaaaaaaaa')));
  assert.match(indexNames('api', { name: 'Bücher' }).read, /^api-_[0-9a-f]{12}@R$/);
});

test('names of documents are neither empty nor too long', () => {
  assert.deepEqual([documentName(''), documentName('a/b')], ['k', 'ka/b']);
  assert.equal(documentName('x'.repeat(1000)).length, 65);
  assert.notEqual(documentName('x'.repeat(1000)), documentName('x'.repeat(1001)));
});
