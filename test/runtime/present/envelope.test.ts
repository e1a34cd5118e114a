import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Envelope } from '../../../src/model/types.ts';
import {
  compileEnvelope,
  envelopeNeedsLinks,
  envelopeNeedsTotal,
  type PresentedPage,
} from '../../../src/runtime/present/envelope.ts';

type Slot = Envelope['slots'][number];

function object(items: string, slots: readonly Slot[] = [], constants: Envelope['constants'] = []): Envelope {
  return { kind: 'object', items, slots, constants };
}

const middle: PresentedPage = {
  texts: ['{"a":1}', '{"a":2}'],
  limit: 2,
  offset: 4,
  total: 9,
  more: true,
  cursor: 'c"3',
  links: { self: '/s', first: '/f', previous: '/p', next: '/n', last: '/l' },
};
const last: PresentedPage = { texts: ['{"a":9}'], limit: 2, offset: 8, more: false, links: { self: '/s' } };
const empty: PresentedPage = { texts: [], limit: 20, offset: 0, more: false };

const cases: readonly [title: string, envelope: Envelope, page: PresentedPage, body: string][] = [
  ['a bare array', { ...object(''), kind: 'array' }, middle, '[{"a":1},{"a":2}]'],
  ['an empty array', { ...object(''), kind: 'array' }, empty, '[]'],
  [
    'items and total',
    object('items', [{ pointer: '/total', meaning: 'total' }]),
    middle,
    '{"items":[{"a":1},{"a":2}],"total":9}',
  ],
  ['items as a pointer', object('/result/items'), last, '{"result":{"items":[{"a":9}]}}'],
  [
    'every number',
    object('data', [
      { pointer: '/count', meaning: 'count' },
      { pointer: '/limit', meaning: 'limit' },
      { pointer: '/offset', meaning: 'offset' },
      { pointer: '/page', meaning: 'page' },
      { pointer: '/pages', meaning: 'pages' },
      { pointer: '/more', meaning: 'has-more' },
      { pointer: '/cursor', meaning: 'cursor' },
    ]),
    middle,
    '{"data":[{"a":1},{"a":2}],"count":2,"limit":2,"offset":4,"page":3,"pages":5,"more":true,"cursor":"c\\"3"}',
  ],
  [
    'pages from zero',
    object('data', [{ pointer: '/page', meaning: 'page' }]),
    { ...middle, firstPage: 0 },
    '{"data":[{"a":1},{"a":2}],"page":2}',
  ],
  [
    'links, nested',
    object('data', [
      { pointer: '/links/next', meaning: 'next' },
      { pointer: '/links/prev', meaning: 'previous' },
      { pointer: '/links/self', meaning: 'self' },
    ]),
    middle,
    '{"data":[{"a":1},{"a":2}],"links":{"next":"/n","prev":"/p","self":"/s"}}',
  ],
  [
    'absent links are null, left out, empty or the page itself',
    object('data', [
      { pointer: '/a', meaning: 'next' },
      { pointer: '/b', meaning: 'next', absent: 'omit' },
      { pointer: '/c', meaning: 'next', absent: 'empty' },
      { pointer: '/d', meaning: 'self' },
      { pointer: '/e', meaning: 'next', absent: 'self' },
    ]),
    last,
    '{"data":[{"a":9}],"a":null,"c":"","d":"/s","e":"/s"}',
  ],
  [
    'the last page knows the total',
    object('data', [{ pointer: '/total', meaning: 'total' }]),
    last,
    '{"data":[{"a":9}],"total":9}',
  ],
  [
    'beyond the end nothing is known without a count',
    object('data', [{ pointer: '/total', meaning: 'total' }]),
    { ...empty, offset: 40 },
    '{"data":[],"total":null}',
  ],
  [
    'constants, also around slots',
    object(
      'data',
      [{ pointer: '/meta/total', meaning: 'total' }],
      [
        { pointer: '/meta', value: { total: 0, version: '1' } },
        { pointer: '/object', value: 'list' },
        { pointer: '/data', value: [] },
      ],
    ),
    middle,
    '{"data":[{"a":1},{"a":2}],"meta":{"total":9,"version":"1"},"object":"list"}',
  ],
  ['escaped pointers', object('/a~1b', [{ pointer: '/c~0d', meaning: 'count' }]), empty, '{"a/b":[],"c~d":0}'],
  [
    'a property called __proto__',
    object('data', [{ pointer: '/__proto__', meaning: 'count' }]),
    empty,
    '{"data":[],"__proto__":0}',
  ],
  [
    'Ramses',
    { ...object('data'), kind: 'ramses' },
    { ...middle, fields: 'name,"x"' },
    '{"data":[{"a":1},{"a":2}],"start":4,"fields":"name,\\"x\\"","total":9,"count":2}',
  ],
  [
    'Ramses, empty',
    { ...object('data'), kind: 'ramses' },
    empty,
    '{"data":[],"start":0,"fields":"","total":0,"count":0}',
  ],
];

describe('a page in its envelope', () => {
  for (const [title, envelope, page, body] of cases) {
    test(title, () => {
      assert.equal(compileEnvelope(envelope)(page), body);
      assert.doesNotThrow(() => JSON.parse(body));
    });
  }
});

test('an envelope says what it needs', () => {
  const needs = (meaning: Slot['meaning']) => {
    const envelope = object('data', [{ pointer: '/x', meaning }]);
    return [envelopeNeedsTotal(envelope), envelopeNeedsLinks(envelope)];
  };
  assert.deepEqual(needs('total'), [true, false]);
  assert.deepEqual(needs('pages'), [true, false]);
  assert.deepEqual(needs('last'), [true, true]);
  assert.deepEqual(needs('next'), [false, true]);
  assert.deepEqual(needs('count'), [false, false]);
  assert.equal(envelopeNeedsTotal({ ...object('data'), kind: 'ramses' }), true);
});
