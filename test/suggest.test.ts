import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggest } from '../src/suggest.ts';

const names = ['title', 'pages', '_limit', '_start', '_sort', 'price', 'published', 'in-stock', 'id'];

for (const [wanted, expected] of [
  ['tilte', 'title'],
  ['titel', 'title'],
  ['TITLE', 'title'],
  ['_limt', '_limit'],
  ['limit', '_limit'],
  ['inStock', 'in-stock'],
  ['publishd', 'published'],
  ['price2', 'price'],
  ['colour', undefined],
  ['x', undefined],
  ['', undefined],
  ['😀itle', 'title'],
  ['t'.repeat(1_000_000), undefined],
] as const) {
  test(`${JSON.stringify(wanted.slice(0, 20))} suggests ${expected ?? 'nothing'}`, () => {
    assert.equal(suggest(wanted, names), expected);
  });
}

test('a name is not suggested for itself', () => assert.equal(suggest('title', ['title']), undefined));
test('of equally near names the first wins', () => assert.equal(suggest('ab1', ['ab2', 'ab3']), 'ab2'));
