/**
 * The reference, the memory store and SQLite must give the same aggregations, on any documents. Sums of the same numbers
 * differ in their last digits, by the order in which they are added.
 * SEED=<number> repeats a run, RUNS=<number> makes it longer.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Resource } from '../../src/model/types.ts';
import { aggregate } from '../../src/query/aggregate.ts';
import { type Aggregations, mostBuckets } from '../../src/query/aggregation.ts';
import { matcher } from '../../src/query/evaluate.ts';
import type { Filter } from '../../src/query/types.ts';
import type { NewDocument, Store } from '../../src/stores/contract.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { areAlike, slackOf } from './alike.ts';
import { orders } from './bookstore.ts';
import { aggregations, documents, filters } from './random.ts';
import { linked, shapes, throwFirstError } from './shapes.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.RUNS ?? 40);
const askedEach = 45;

for (const [resource, keyOf] of shapes) {
  test(`reference = memory = SQLite on ${resource.name}, seed ${seed}`, async () => {
    const keys = Array.from({ length: 12 }, (_, at) => keyOf(at));
    const links = fc.constantFrom(...['s', 't'].map((parent) => linked(resource, parent)), {});
    const content = fc.array(fc.tuple(documents(resource), links), { minLength: 1, maxLength: keys.length });
    const filter = fc.oneof(fc.constant<Filter>({ kind: 'all' }), filters(resource, keys));
    const asked = fc.array(fc.tuple(filter, aggregations(resource)), { minLength: askedEach, maxLength: askedEach });
    await fc.assert(
      fc.asyncProperty(content, asked, async (contents, questions) => {
        const stored = contents.map(([text, links], at) => ({ key: keys[at] ?? '', text, links }));
        await compare(resource, stored, questions);
      }),
      { seed, numRuns: runs, endOnFailure: true, reporter: throwFirstError },
    );
  });
}

async function compare(
  resource: Resource,
  stored: readonly NewDocument[],
  questions: readonly (readonly [Filter, Aggregations])[],
): Promise<void> {
  const schema = { resources: [resource] };
  // The same data again, in columns that were added to a table with rows.
  const late = await openSqliteStore(':memory:', { resources: [{ ...resource, fields: [] }] });
  const stores: Store[] = [await openMemoryStore(schema), await openSqliteStore(':memory:', schema), late];
  for (const store of stores) {
    const collection = store.collection(resource.name);
    await Promise.all(stored.map((document) => collection.create(document)));
  }
  await late.adopt(schema);
  const candidates = stored.map(({ key, text, links = {} }) => ({ key, links, document: JSON.parse(text) as unknown }));
  const slack = slackOf(candidates);
  for (const [filter, asked] of questions) {
    const expected = aggregate(asked, candidates.filter(matcher(filter, resource)), resource);
    for (const store of stores) {
      const actual = await store.collection(resource.name).aggregate(filter, asked);
      if (areAlike(actual, expected, slack)) continue;
      const told = { filter, asked, actual, expected, stored };
      assert.fail(`${store.description}: ${JSON.stringify(told, undefined, 1)}`);
    }
  }
  for (const store of stores) await store.close();
}

const byTotal = { kind: 'terms', operand: { kind: 'field', path: 'total' }, size: 1000, order: 'key' } as const;

for (const [name, asked, told] of [
  ['one list', { much: { kind: 'histogram', operand: byTotal.operand, interval: 1, within: {} } }, 'much'],
  [
    'many lists',
    { outer: { ...byTotal, within: { inner: { ...byTotal, kind: 'range', ranges: Array(11).fill({ key: '*' }) } } } },
    'inner',
  ],
] as const satisfies readonly (readonly [string, object, string])[]) {
  test(`no more than ${mostBuckets} buckets: ${name}`, async () => {
    const schema = { resources: [orders] };
    for (const store of [await openMemoryStore(schema), await openSqliteStore(':memory:', schema)]) {
      const many = Array.from({ length: mostBuckets + 1 }, (_, at) => ({ key: `${at + 1}`, text: `{"total":${at}}` }));
      await store.collection('orders').createMany(many);
      const aggregations: Aggregations = JSON.parse(
        JSON.stringify(asked, (key, value) => (key === 'inner' ? { within: {}, ...value } : value)),
      );
      await assert.rejects(
        async () => store.collection('orders').aggregate({ kind: 'all' }, aggregations),
        { kind: 'too-many', message: new RegExp(`"${told}"`) },
        store.description,
      );
      await store.close();
    }
  });
}
