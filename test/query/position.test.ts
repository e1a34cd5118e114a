/**
 * What lies behind a document is what follows it in the order: for every sort, with ties, gaps and mixed directions.
 * SEED=<number> repeats a run.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { comparator, matcher } from '../../src/query/evaluate.ts';
import { behindPosition, positionOf, reversed } from '../../src/query/position.ts';
import { books, lines, orders } from '../stores/bookstore.ts';
import { documents, sorts } from '../stores/random.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

for (const resource of [books, orders, lines]) {
  test(`the documents behind a place are those that follow it: ${resource.name}, seed ${seed}`, () => {
    const contents = fc.array(documents(resource), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(contents, sorts(resource), (texts, sort) => {
        const candidates = texts.map((text, at) => ({
          key: keyOf(at),
          links: {},
          document: JSON.parse(text) as unknown,
        }));
        const ordered = candidates.toSorted(comparator(sort, resource));
        const backwards = candidates.toSorted(comparator(reversed(sort), resource));
        assert.deepEqual(backwards, ordered.toReversed());
        for (const [at, candidate] of ordered.entries()) {
          const isBehind = matcher(behindPosition(positionOf(candidate, sort, resource), sort, resource), resource);
          assert.deepEqual(ordered.filter(isBehind), ordered.slice(at + 1));
        }
      }),
      { seed, numRuns: 300 },
    );
  });

  const keyOf = (at: number): string => (resource.id.scope === 'parent' ? `${at % 3}/${at >> 1}` : String(at * 3 - 5));
}
