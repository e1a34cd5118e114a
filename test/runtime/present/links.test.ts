import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  compilePageLinks,
  linkHeader,
  type PageLinks,
  type PageWindow,
  type PagingParameters,
  pageLinkHeader,
} from '../../../src/runtime/present/links.ts';

const offset: PagingParameters = { offset: 'offset' };
const page: PagingParameters = { page: 'page' };
const every: PagingParameters = { offset: '_start', page: '_page', firstPage: 0, cursor: '_cursor' };

const cases: readonly [
  title: string,
  paging: PagingParameters,
  target: string,
  window: PageWindow,
  links: PageLinks,
][] = [
  [
    'nothing declared',
    {},
    '/b?x=1',
    { limit: 2, offset: 0, more: true },
    { self: '/b?x=1', first: '/b?x=1', next: '/b?x=1&_start=2' },
  ],
  [
    'ours, although another is declared',
    page,
    '/b?_start=2&x=1',
    { limit: 2, offset: 2, more: true },
    { self: '/b?_start=2&x=1', first: '/b?x=1', previous: '/b?x=1', next: '/b?x=1&_start=4' },
  ],
  [
    'a declared cursor of which none was made',
    { cursor: 'after' },
    '/b',
    { limit: 2, offset: 0, more: true },
    { self: '/b', first: '/b', next: '/b?_start=2' },
  ],
  ['no page at all', offset, '/b?limit=0', { limit: 0, offset: 0, more: true }, { self: '/b?limit=0' }],
  ['first page', offset, '/b', { limit: 2, offset: 0, more: true }, { self: '/b', first: '/b', next: '/b?offset=2' }],
  ['the only page', offset, '/b', { limit: 2, offset: 0, more: false }, { self: '/b', first: '/b' }],
  [
    'others are kept as they were sent',
    offset,
    '/b?q=a%20b&offset=2&&tag=x&tag=y+z',
    { limit: 2, offset: 2, more: true, total: 7 },
    {
      self: '/b?q=a%20b&offset=2&&tag=x&tag=y+z',
      first: '/b?q=a%20b&tag=x&tag=y+z',
      previous: '/b?q=a%20b&tag=x&tag=y+z',
      next: '/b?q=a%20b&tag=x&tag=y+z&offset=4',
      last: '/b?q=a%20b&tag=x&tag=y+z&offset=6',
    },
  ],
  [
    'a page before the first is the first',
    offset,
    '/b?offset=3',
    { limit: 10, offset: 3, more: false },
    { self: '/b?offset=3', first: '/b', previous: '/b' },
  ],
  [
    'an escaped name is the same name',
    { offset: 'page[offset]' },
    '/b?page%5Boffset%5D=2',
    { limit: 2, offset: 2, more: true },
    { self: '/b?page%5Boffset%5D=2', first: '/b', previous: '/b', next: '/b?page%5Boffset%5D=4' },
  ],
  [
    'a broken escape is another name',
    offset,
    '/b?%E0%A4%A=1',
    { limit: 2, offset: 0, more: false },
    { self: '/b?%E0%A4%A=1', first: '/b?%E0%A4%A=1' },
  ],
  [
    'by page',
    page,
    '/b?page=3&size=2',
    { limit: 2, offset: 4, more: true, total: 8 },
    {
      self: '/b?page=3&size=2',
      first: '/b?size=2',
      previous: '/b?size=2&page=2',
      next: '/b?size=2&page=4',
      last: '/b?size=2&page=4',
    },
  ],
  [
    'by page from zero',
    every,
    '/b?_page=1&_limit=6',
    { limit: 6, offset: 6, more: true },
    { self: '/b?_page=1&_limit=6', first: '/b?_limit=6', previous: '/b?_limit=6', next: '/b?_limit=6&_page=2' },
  ],
  [
    'a cursor where nothing else was asked',
    every,
    '/b?_limit=6',
    { limit: 6, offset: 0, more: true, cursor: 'x=/' },
    { self: '/b?_limit=6', first: '/b?_limit=6', next: '/b?_limit=6&_cursor=x%3D%2F' },
  ],
  [
    'an offset stays an offset',
    every,
    '/b?_start=6',
    { limit: 6, offset: 6, more: true, cursor: 'x' },
    { self: '/b?_start=6', first: '/b', previous: '/b', next: '/b?_start=12' },
  ],
  [
    'the last page by cursor',
    { cursor: 'after' },
    '/b?after=y',
    { limit: 6, offset: 0, more: false },
    { self: '/b?after=y', first: '/b' },
  ],
  [
    'an empty result has one page',
    offset,
    '/b',
    { limit: 2, offset: 0, more: false, total: 0 },
    { self: '/b', first: '/b', last: '/b' },
  ],
  [
    'absolute targets stay absolute',
    offset,
    'https://a.example/b',
    { limit: 2, offset: 0, more: true },
    { self: 'https://a.example/b', first: 'https://a.example/b', next: 'https://a.example/b?offset=2' },
  ],
];

describe('links to other pages', () => {
  for (const [title, paging, target, window, links] of cases) {
    test(title, () => assert.deepEqual(compilePageLinks(paging)(target, window), links));
  }
});

test('a Link header', () => {
  assert.equal(linkHeader([]), '');
  assert.equal(
    linkHeader([
      { rel: 'up', href: '/a' },
      { rel: 'item', href: '/a/1' },
    ]),
    '</a>; rel="up", </a/1>; rel="item"',
  );
  assert.equal(
    pageLinkHeader({ self: '/s', first: '/f', previous: '/p', next: '/n', last: '/l' }),
    '</n>; rel="next", </p>; rel="prev", </f>; rel="first", </l>; rel="last"',
  );
  assert.equal(pageLinkHeader({ self: '/s' }), '');
});

test('a reference cannot end early', () => {
  assert.equal(
    linkHeader([{ rel: 'up', href: '/a>; rel="x"\u00e9\u20ac\ud800 <' }]),
    '</a%3E;%20rel=%22x%22%E9%E2%82%AC%EF%BF%BD%20%3C>; rel="up"',
  );
});
