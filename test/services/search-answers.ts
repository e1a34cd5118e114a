/**
 * A search server must give the page of the reference for every filter, sort and position, and its aggregations, on any
 * documents. SEED=<number> repeats a run.
 *
 * Seen to fail when broken on purpose: missing values last; `not` of an `or` as an `or`; an exclusive bound made
 * inclusive; ranges of dates without the texts that are none; 30 February taken for 2 March; lower case for `fold`.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Resource } from '../../src/model/types.ts';
import { aggregate } from '../../src/query/aggregate.ts';
import type { Aggregations } from '../../src/query/aggregation.ts';
import { evaluate, matcher } from '../../src/query/evaluate.ts';
import { positionOf } from '../../src/query/position.ts';
import type { Filter, Query, SortKey } from '../../src/query/types.ts';
import type { StoredDocument } from '../../src/stores/contract.ts';
import { createElasticPort } from '../../src/stores/search/elastic-port.ts';
import { listOf, member } from '../../src/stores/search/json.ts';
import { createSearcher, listBody, pageOf } from '../../src/stores/search/searcher.ts';
import type { Send } from '../../src/stores/search/transport.ts';
import { areAlike, slackOf } from '../stores/alike.ts';
import { documents, filters, sorts } from '../stores/random.ts';
import { linked, shapes, throwFirstError } from '../stores/shapes.ts';
import { connect, newPrefix, removeIndexes, type SearchServer } from './elasticsearch.ts';
import { aggregations } from './random-aggregations.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const questionsEach = 50;

type Question = readonly [Filter, readonly SortKey[], number, number, number | undefined];

/** `runs`: how often, for each of the shapes of documents; each time with 50 questions and 12 aggregations. */
export function testAnswers(server: SearchServer, runs: number): void {
  describe(`reference = ${server.name}`, { skip: server.missing }, () => {
    const prefix = newPrefix();
    let send: Send;
    let close: () => Promise<void>;
    before(async () => {
      ({ send, close } = await connect(server));
    });
    after(async () => {
      await removeIndexes(send, prefix);
      await close();
    });

    for (const [resource, keyOf] of shapes) {
      test(`on ${resource.name}, seed ${seed}`, async () => {
        const index = `${prefix}-${resource.name}`;
        const keys = Array.from({ length: 12 }, (_, at) => keyOf(at));
        const port = createElasticPort({ send, prefix, resource, layout: { refreshInterval: '1h' }, timeout: 30_000 });
        await port.create(index, resource.name);
        const link = fc.constantFrom<Readonly<Record<string, string>>>(
          {},
          linked(resource, 's'),
          linked(resource, 't'),
        );
        const content = fc.array(fc.tuple(documents(resource), link), { minLength: 1, maxLength: keys.length });
        const question: fc.Arbitrary<Question> = fc.tuple(
          filters(resource, keys),
          sorts(resource),
          fc.nat(14),
          fc.nat(6),
          fc.option(fc.nat(keys.length), { freq: 3, nil: undefined }),
        );
        const questions = fc.array(question, { minLength: questionsEach, maxLength: questionsEach });
        const grouped = fc.array(fc.tuple(filters(resource, keys), aggregations(resource)), {
          minLength: 12,
          maxLength: 12,
        });
        let revision = 0;
        await fc.assert(
          fc.asyncProperty(content, questions, grouped, async (contents, asked, grouping) => {
            revision += 1;
            const stored = keys.map((key, at): StoredDocument | { readonly key: string } => {
              const [text, links] = contents[at] ?? [];
              return text === undefined || links === undefined ? { key } : { key, text, links, revision };
            });
            const states = stored.map((each) =>
              'text' in each
                ? { key: each.key, revision, removed: false as const, document: each }
                : { key: each.key, revision, removed: true as const },
            );
            for (const outcome of await port.send(index, states, 'false'))
              assert.deepEqual(outcome, { kind: 'indexed' });
            await send({ method: 'POST', path: `/${index}/_refresh` });
            const present = stored.flatMap((each) => ('text' in each ? [each] : []));
            await compareLists(send, index, resource, present, asked);
            await compareAggregations(send, index, resource, present, grouping);
          }),
          // The first failure is small already; a counterexample of 50 filters helps nobody.
          { seed, numRuns: runs, endOnFailure: true, reporter: throwFirstError },
        );
      });
    }
  });
}

async function compareLists(
  send: Send,
  index: string,
  resource: Resource,
  stored: readonly StoredDocument[],
  asked: readonly Question[],
): Promise<void> {
  const candidates = candidatesOf(stored);
  const queries = asked.map(([filter, sort, limit, offset, behind]): Query => {
    const last = behind === undefined ? undefined : candidates[behind];
    const position = last && positionOf(last, sort, resource);
    // What lies behind a position is counted by a request of its own.
    const count = position === undefined ? 'exact' : 'none';
    return { filter, sort, limit, offset, count, ...(position && { after: position }) };
  });
  const requests = queries.flatMap((query) => ['{}', JSON.stringify(listBody(query, resource))]);
  const answer = await send({ method: 'POST', path: `/${index}/_msearch`, bulkBody: `${requests.join('\n')}\n` });
  const responses = listOf(member(answer, 'responses'));
  for (const [at, query] of queries.entries()) {
    const { page, total, more } = evaluate(query, candidates, resource);
    const expected = { keys: page.map(({ key }) => key), more, ...(query.count === 'exact' && { total }) };
    const actual = pageOf(query, responses[at]);
    if (member(responses[at], 'error') === undefined && isDeepStrictEqual(actual, expected)) continue;
    const body = listBody(query, resource);
    const error = member(responses[at], 'error');
    assert.fail(JSON.stringify({ query, body, actual, expected, error, stored }, undefined, 1));
  }
}

async function compareAggregations(
  send: Send,
  index: string,
  resource: Resource,
  stored: readonly StoredDocument[],
  grouping: readonly (readonly [Filter, Aggregations])[],
): Promise<void> {
  const searcher = createSearcher(send, index, resource);
  for (const [filter, asked] of grouping) {
    const candidates = candidatesOf(stored).filter(matcher(filter, resource));
    const expected = aggregate(asked, candidates, resource);
    const actual = await searcher.aggregate(filter, asked);
    if (areAlike(actual, expected, slackOf(candidates))) continue;
    assert.fail(JSON.stringify({ filter, asked, actual, expected, stored }, undefined, 1));
  }
}

function candidatesOf(stored: readonly StoredDocument[]) {
  return stored.map(({ key, text, links }) => ({ key, links, document: JSON.parse(text) as unknown }));
}
