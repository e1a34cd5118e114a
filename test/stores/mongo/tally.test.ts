/**
 * Aggregations that are added up document by document are those of the definition, whatever documents there are, one by
 * one or in groups of documents that are alike. SEED=<number> repeats a run, RUNS=<number> makes it longer.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aggregate } from '../../../src/query/aggregate.ts';
import type { Aggregations } from '../../../src/query/aggregation.ts';
import { createTally, operandsIn } from '../../../src/stores/mongo/tally.ts';
import { areAlike, slackOf } from '../alike.ts';
import { orders } from '../bookstore.ts';
import { aggregations, documents } from '../random.ts';
import { linked, shapes, throwFirstError } from '../shapes.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = Number(process.env.RUNS ?? 4000);

for (const [resource, keyOf] of shapes) {
  test(`reference = tally on ${resource.name}, seed ${seed}`, () => {
    const links = fc.constantFrom(...['s', 't'].map((parent) => linked(resource, parent)), {});
    const contents = fc.array(fc.tuple(documents(resource), links, fc.integer({ min: 1, max: 3 })), { maxLength: 12 });
    fc.assert(
      fc.property(contents, aggregations(resource), (found, asked) => {
        const candidates = found.map(([text, linkedTo, times], at) => ({
          candidate: { key: keyOf(at), links: linkedTo, document: JSON.parse(text) as unknown },
          times,
        }));
        const each = candidates.flatMap(({ candidate, times }) => Array<typeof candidate>(times).fill(candidate));
        const tally = createTally(asked, resource);
        for (const { candidate, times } of candidates) tally.add(candidate, times);
        const expected = aggregate(asked, each, resource);
        const actual = tally.results();
        if (areAlike(actual, expected, slackOf(each))) return;
        assert.fail(JSON.stringify({ asked, actual, expected, found }, undefined, 1));
      }),
      { seed, numRuns, endOnFailure: true, reporter: throwFirstError },
    );
  });
}

const total = { kind: 'field', path: 'total' } as const;
const terms = { kind: 'terms', operand: total, size: 1, order: 'count', within: {} } as const;

test('no more different values are kept than fit', () => {
  for (const asked of [{ terms }, { sum: { kind: 'cardinality', operand: total } }] satisfies Aggregations[]) {
    const tally = createTally(asked, orders, 2);
    const add = (value: number): void => tally.add({ key: '1', links: {}, document: { total: value } }, 1);
    for (const value of [1, 2, 1, 2]) add(value);
    assert.throws(() => add(3), { kind: 'too-many' });
  }
});

test('what is looked at is named once', () => {
  const asked: Aggregations = { a: { ...terms, within: { b: terms, c: { kind: 'min', operand: { kind: 'id' } } } } };
  assert.deepEqual(operandsIn(asked), [total, { kind: 'id' }]);
});
