import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aggregate } from '../../src/query/aggregate.ts';
import type { AggregationResults } from '../../src/query/aggregation.ts';
import { parseAggregations } from '../../src/query/aggregation-parameters.ts';
import { decodeQuery } from '../../src/query/decode.ts';
import { vocabularyOf } from '../../src/query/vocabulary.ts';
import { books } from '../stores/bookstore.ts';

function parse(query: string) {
  const reported: string[] = [];
  const report = (parameter: string, message: string) => reported.push(`${parameter} ${message}`);
  const aggregations = parseAggregations(decodeQuery(query), vocabularyOf(books, []), report);
  return { aggregations, reported };
}

const documents: readonly object[] = [
  {
    title: 'Dune',
    pages: 412,
    price: 9.5,
    tags: ['a', 'b'],
    published: '1965-08-01',
    changed: '2015-01-05T23:30:00-01:00',
  },
  { title: 'Emma', pages: 474, price: 7.5, tags: ['b', 'b'], published: '1815-12-23', ratings: [5, 5, 1] },
  { title: 'Emma', pages: 88, inStock: true, tags: [], published: 'soon', changed: '2015-01-05T00:00:00Z' },
  { inStock: false, price: null, changed: '2016-02-29T10:00:00Z' },
];
const candidates = documents.map((document, at) => ({ key: `k${at}`, links: {}, document }));
const [jan, day6] = [Date.UTC(2015, 0, 5), Date.UTC(2015, 0, 6)];
const iso = (time: number) => new Date(time).toISOString();

for (const [query, results] of [
  ['_aggs.n.avg.field=pages', { n: { value: (412 + 474 + 88) / 3 } }],
  ['_aggregations.n.sum.field=price', { n: { value: 17 } }],
  ['_aggs.n.min.field=pages&_aggs.m.max.field=pages', { n: { value: 88 }, m: { value: 474 } }],
  ['_aggs.n.avg.field=reviews.stars', { n: { value: null } }],
  ['_aggs.n.sum.field=reviews.stars', { n: { value: 0 } }],
  ['_aggs.n.value_count.field=tags', { n: { value: 3 } }],
  ['_aggs.n.count.field=ratings', { n: { value: 3 } }],
  ['_aggs.n.cardinality.field=title', { n: { value: 2 } }],
  [
    '_aggs.n.max.field=changed',
    { n: { value: Date.UTC(2016, 1, 29, 10), value_as_string: '2016-02-29T10:00:00.000Z' } },
  ],
  ['_aggs.t.terms.field=title', { t: { buckets: [bucket('Emma', 2), bucket('Dune', 1)], sum_other_doc_count: 0 } }],
  ['_aggs.t.terms.field=title&_aggs.t.terms.size=1', { t: { buckets: [bucket('Emma', 2)], sum_other_doc_count: 1 } }],
  [
    '_aggs.t.terms.field=title&_aggs.t.terms.order=_key',
    { t: { buckets: [bucket('Dune', 1), bucket('Emma', 2)], sum_other_doc_count: 0 } },
  ],
  [
    '_aggs.t.terms.field=tags&_aggs.t.terms.order._key=desc',
    { t: { buckets: [bucket('b', 2), bucket('a', 1)], sum_other_doc_count: 0 } },
  ],
  [
    '_aggs.t.terms.field=inStock',
    {
      t: {
        buckets: [
          { ...bucket(0, 1), key_as_string: 'false' },
          { ...bucket(1, 1), key_as_string: 'true' },
        ],
        sum_other_doc_count: 0,
      },
    },
  ],
  [
    '_aggs.t.terms.field=title&_aggs.t.aggs.p.sum.field=pages',
    {
      t: {
        buckets: [
          { ...bucket('Emma', 2), within: { p: { value: 562 } } },
          { ...bucket('Dune', 1), within: { p: { value: 412 } } },
        ],
        sum_other_doc_count: 0,
      },
    },
  ],
  ['_aggs.h.histogram.field=pages&_aggs.h.histogram.interval=100', { h: { buckets: [bucket(0, 1), bucket(400, 2)] } }],
  [
    '_aggs.h.date_histogram.field=changed&_aggs.h.date_histogram.interval=day',
    { h: { buckets: [dated(jan, 1), dated(day6, 1), dated(Date.UTC(2016, 1, 29), 1)] } },
  ],
  [
    '_aggs.h.date_histogram.field=changed&_aggs.h.date_histogram.calendar_interval=week',
    { h: { buckets: [dated(jan, 2), dated(Date.UTC(2016, 1, 29), 1)] } },
  ],
  [
    '_aggs.h.date_histogram.field=published&_aggs.h.date_histogram.interval=quarter',
    { h: { buckets: [dated(Date.UTC(1815, 9), 1), dated(Date.UTC(1965, 6), 1)] } },
  ],
  [
    '_aggs.r.range.field=pages&_aggs.r.range.ranges=*..100,100..474,474..*',
    {
      r: {
        buckets: [
          { ...bucket('*-100', 1), to: 100 },
          { ...bucket('100-474', 1), from: 100, to: 474 },
          { ...bucket('474-*', 1), from: 474 },
        ],
      },
    },
  ],
  [
    '_aggs.r.date_range.field=published&_aggs.r.date_range.ranges=1900-01-01..*',
    { r: { buckets: [{ ...bucket('1900-01-01-*', 1), from: Date.UTC(1900, 0) }] } },
  ],
] as const satisfies readonly (readonly [string, AggregationResults])[]) {
  test(`?${query}`, () => {
    const { aggregations, reported } = parse(query);
    assert.deepEqual(reported, []);
    assert.deepEqual(aggregate(aggregations, candidates, books), results);
  });
}

function bucket<Key extends string | number>(key: Key, doc_count: number) {
  return { key, doc_count, within: {} };
}

function dated(time: number, count: number) {
  return { ...bucket(time, count), key_as_string: iso(time) };
}

for (const [query, reported] of [
  ['_aggs.x=1', /must name one kind/],
  ['_aggs.x.avg.field=pages&_aggs.x.sum.field=pages', /must name one kind/],
  ['_aggs.x.cardinalty.field=pages', /"cardinalty" is no aggregation; did you mean "cardinality"/],
  ['_aggs.x.__proto__.field=pages', /is no aggregation/],
  ['_aggs.x.avg.field=pagse', /"pagse" is no field; did you mean "pages"/],
  ['_aggs.x.avg=1', /needs a ".field"/],
  ['_aggs.x.avg.field=title', /needs a field of numbers/],
  ['_aggs.x.avg.field=pages&_aggs.x.avg.script=1', /no such option/],
  ['_aggs.x.histogram.field=pages', /needs an ".interval"/],
  ['_aggs.x.histogram.field=title&_aggs.x.histogram.interval=1', /is of type string/],
  ['_aggs.x.date_histogram.field=changed&_aggs.x.date_histogram.interval=eon', /needs an ".interval": minute/],
  ['_aggs.x.range.field=pages&_aggs.x.range.ranges=1-2', /needs ".ranges"/],
  ['_aggs.x.terms.field=title&_aggs.x.terms.size=0', /from 1 to 1000/],
  ['_aggs.x.avg.field=pages&_aggs.x.aggs.y.avg.field=pages', /makes no buckets/],
  [Array.from({ length: 21 }, (_, at) => `_aggs.x${at}.avg.field=pages`).join('&'), /at most 20/],
] as const) {
  test(`?${query.slice(0, 70)} is refused`, () => assert.match(parse(query).reported.join('\n'), reported));
}
