/**
 * The reference and MongoDB must give the same page for every filter and sort, on any documents, and the same
 * aggregations. SEED=<number> repeats a run, RUNS=<number> (sets of documents, 50 questions and 12 aggregations each) makes
 * it longer.
 *
 * Seen to fail when broken on purpose, within 3,000 filters: `ne` as not `gte`; a text that is not folded.
 *
 * Known differences, of FerretDB only, which stands in for MongoDB: it takes no arrays within arrays, and lets two
 * elements of an array satisfy the two bounds of a `range` (`$elemMatch`). Neither is asked for here.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Resource } from '../../src/model/types.ts';
import { aggregate } from '../../src/query/aggregate.ts';
import { type Aggregations, mostBuckets } from '../../src/query/aggregation.ts';
import { evaluate, matcher } from '../../src/query/evaluate.ts';
import { positionOf } from '../../src/query/position.ts';
import type { Filter, Query, SortKey } from '../../src/query/types.ts';
import type { Collection, NewDocument } from '../../src/stores/contract.ts';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { areAlike, slackOf } from '../stores/alike.ts';
import { books } from '../stores/bookstore.ts';
import { aggregations, documents, filters, sorts } from '../stores/random.ts';
import { linked, shapes, throwFirstError } from '../stores/shapes.ts';
import { batchSize, freshDatabase, noMongo } from './mongo-server.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.RUNS ?? 34);
const questionsEach = 50;

type Question = readonly [Filter, readonly SortKey[], limit: number, offset: number, behind: number | undefined];

for (const [resource, keyOf] of shapes) {
  test(`reference = MongoDB on ${resource.name}, seed ${seed}`, { skip: noMongo }, async (context) => {
    const store = await openMongoStore(freshDatabase(), { resources: [resource] }, { batchSize });
    context.after(() => store.close());
    const keys = Array.from({ length: 12 }, (_, at) => keyOf(at));
    const link = fc.constantFrom<Readonly<Record<string, string>>>({}, linked(resource, 's'), linked(resource, 't'));
    const content = documents(resource).filter((text) => !hasNestedArrays(JSON.parse(text)));
    const contents = fc.array(fc.tuple(content, link), { minLength: 1, maxLength: keys.length });
    const question = fc.tuple(
      filters(resource, keys).map((each) => answerable(each, resource)),
      sorts(resource),
      fc.nat(14),
      fc.nat(6),
      fc.option(fc.nat(keys.length), { freq: 3, nil: undefined }),
    );
    const questions = fc.array(question, { minLength: questionsEach, maxLength: questionsEach });
    const filter = filters(resource, keys).map((each) => answerable(each, resource));
    const grouped = fc.array(fc.tuple(filter, aggregations(resource)), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(contents, questions, grouped, async (texts, asked, grouping) => {
        const stored = texts.map(([text, links], at) => ({ key: keys[at] ?? '', text, links }));
        await compare(store.collection(resource.name), resource, stored, asked, grouping);
      }),
      { seed, numRuns: runs, endOnFailure: true, reporter: throwFirstError },
    );
  });
}

async function compare(
  collection: Collection,
  resource: Resource,
  stored: readonly NewDocument[],
  asked: readonly Question[],
  grouping: readonly (readonly [Filter, Aggregations])[],
): Promise<void> {
  await collection.removeMany({ kind: 'all' });
  await collection.createMany(stored);
  const candidates = stored.map(({ key, text, links = {} }) => ({ key, links, document: JSON.parse(text) as unknown }));
  for (const [filter, sort, limit, offset, behind] of asked) {
    const last = behind === undefined ? undefined : candidates[behind];
    const after = last && positionOf(last, sort, resource);
    const query: Query = { filter, sort, limit, offset, count: 'exact', ...(after && { after }) };
    const { page, total, more } = evaluate(query, candidates, resource);
    const expected = { keys: page.map(({ key }) => key), total, more };
    const { documents, ...rest } = await collection.list(query);
    const actual = { keys: documents.map(({ key }) => key), ...rest };
    if (!isDeepStrictEqual(actual, expected)) {
      assert.fail(JSON.stringify({ query, actual, expected, stored }, undefined, 1));
    }
  }
  for (const [filter, aggregations] of grouping) {
    const expected = aggregate(aggregations, candidates.filter(matcher(filter, resource)), resource);
    const actual = await collection.aggregate(filter, aggregations);
    if (areAlike(actual, expected, slackOf(candidates))) continue;
    assert.fail(JSON.stringify({ filter, aggregations, actual, expected, stored }, undefined, 1));
  }
}

/** Without words, which need an index beside MongoDB, and without the known difference. */
function answerable(filter: Filter, resource: Resource): Filter {
  switch (filter.kind) {
    case 'words':
      return { kind: 'all' };
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map((each) => answerable(each, resource)) };
    case 'not':
      return { ...filter, filter: answerable(filter.filter, resource) };
    case 'range': {
      const { operand, from } = filter;
      const isArray =
        operand.kind === 'field' && resource.fields.some(({ path, array }) => array && path === operand.path);
      return isArray ? { kind: 'range', operand, ...(from && { from }) } : filter;
    }
    default:
      return filter;
  }
}

function hasNestedArrays(value: unknown, within = false): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const isArray = Array.isArray(value);
  return (isArray && within) || Object.values(value).some((each) => hasNestedArrays(each, isArray));
}

test(`no more than ${mostBuckets} buckets`, { skip: noMongo }, async (context) => {
  const store = await openMongoStore(freshDatabase(), { resources: [books] }, { batchSize });
  context.after(() => store.close());
  const ratings = Array.from({ length: mostBuckets + 1 }, (_, at) => at);
  await store.collection('books').create({ key: 'a', text: JSON.stringify({ ratings }) });
  const operand = { kind: 'field', path: 'ratings' } as const;
  const aggregated = (asked: Aggregations) => store.collection('books').aggregate({ kind: 'all' }, asked);
  const much: Aggregations = { much: { kind: 'histogram', operand, interval: 1, within: {} } };
  await assert.rejects(async () => aggregated(much), { kind: 'too-many', message: /"much"/ });
  const few: Aggregations = { few: { kind: 'sum', operand } };
  assert.deepEqual(await aggregated(few), { few: { value: (mostBuckets * (mostBuckets + 1)) / 2 } });
});

test('documents that are alike count as often as they are there', { skip: noMongo }, async (context) => {
  const store = await openMongoStore(freshDatabase(), { resources: [books] }, { batchSize });
  context.after(() => store.close());
  const texts = ['{"pages":1,"tags":["x","y"]}', '{"pages":2}', '{"pages":1,"tags":["x","y"]}', '{"tags":["x","x"]}'];
  await store.collection('books').createMany(texts.map((text, at) => ({ key: String(at), text })));
  const tags = { kind: 'field', path: 'tags' } as const;
  const sum = { kind: 'sum', operand: { kind: 'field', path: 'pages' } } as const;
  const asked: Aggregations = { sum, tags: { kind: 'terms', operand: tags, size: 9, order: 'count', within: { sum } } };
  assert.deepEqual(await store.collection('books').aggregate({ kind: 'all' }, asked), {
    sum: { value: 4 },
    tags: {
      buckets: [
        { key: 'x', doc_count: 3, within: { sum: { value: 2 } } },
        { key: 'y', doc_count: 2, within: { sum: { value: 2 } } },
      ],
      sum_other_doc_count: 0,
    },
  });
});
