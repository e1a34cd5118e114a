/** What the store that Elasticsearch searches does when the server goes, comes back, loses things, or is asked in vain. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Aggregations, mostBuckets } from '../../src/query/aggregation.ts';
import type { Filter, Query } from '../../src/query/types.ts';
import { createElasticPort, servedIndex } from '../../src/stores/search/elastic-port.ts';
import { indexNames } from '../../src/stores/search/names.ts';
import { type SearchedStore, type SearchOptions, withSearch } from '../../src/stores/search/store.ts';
import { createSend, openTransport, type Send, type Transport } from '../../src/stores/search/transport.ts';
import { books, bookstore } from '../stores/bookstore.ts';
import { none } from '../stores/preconditions.ts';
import { openChangingMemoryStore } from '../stores/search/changing-memory.ts';
import { all, isStoreError, keys } from '../stores/suite.ts';
import { elasticsearchUrl, newPrefix, noElasticsearch, removeIndexes } from './elasticsearch.ts';

const prefix = newPrefix();
const onlyBooks = { resources: [books] };

describe('a store with Elasticsearch beside it', { skip: noElasticsearch }, () => {
  let server: Transport;
  let send: Send;
  let close: () => Promise<void>;
  let isAway = false;
  const cable: Transport = {
    request: (request, options) =>
      isAway ? Promise.reject(new Error('connect ECONNREFUSED')) : server.request(request, options),
  };
  before(async () => {
    ({ transport: server, close } = await openTransport(elasticsearchUrl));
    send = createSend(server);
  });
  after(async () => {
    await removeIndexes(send, prefix);
    await close();
  });

  let opened = 0;
  const namesOf = (at: number) => indexNames(`${prefix}-${at}`, books);
  const open = async (options: Partial<SearchOptions> = {}): Promise<SearchedStore> => {
    opened += 1;
    const schema = options.schema ?? onlyBooks;
    return withSearch(await openChangingMemoryStore(schema), {
      server: cable,
      schema,
      prefix: `${prefix}-${opened}`,
      visible: true,
      refreshInterval: '20ms',
      sweepEvery: 50,
      wait: () => Promise.resolve(),
      ...options,
    });
  };

  test('writes, reads and lists go on without it, words wait for it, and it catches up', async () => {
    const store = await open();
    await store.built();
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{"title":"The Dispossessed"}' });
    assert.deepEqual(await keys(collection, { filter: word('dispossessed') }), ['a']);
    isAway = true;
    await collection.create({ key: 'b', text: '{"title":"The Lathe of Heaven"}' });
    await collection.update('a', none, () => '{"title":"Rocannon"}');
    await collection.removeMany({ kind: 'all' });
    await collection.create({ key: 'c', text: '{"title":"The Tombs of Atuan"}' });
    assert.equal((await collection.get('c'))?.key, 'c');
    assert.deepEqual(await keys(collection), ['c']);
    assert.equal(await collection.count({ kind: 'all' }), 1);
    await assert.rejects(keys(collection, { filter: word('tombs') }), (error) => {
      assert.ok(isStoreError('index-unavailable')(error));
      assert.equal(String(error).includes('ECONNREFUSED'), false, 'it is for clients');
      return true;
    });
    const away = await store.indexHealth?.();
    assert.equal(away?.state, 'unavailable');
    assert.match(away?.reason ?? '', /ECONNREFUSED/);
    assert.equal(away?.pending, 3);
    isAway = false;
    await until(async () => (await store.indexHealth?.())?.state === 'in-step');
    await until(async () => isDeepStrictEqual(await keys(collection, { filter: word('tombs') }), ['c']));
    assert.deepEqual(await keys(collection, { filter: word('lathe') }), []);
    assert.deepEqual(await store.verifyIndex('books'), []);
    await store.close();
  });

  test('opens without it, and builds the index once it is there', async () => {
    isAway = true;
    const store = await open();
    await assert.rejects(store.built());
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{"title":"Always Coming Home"}' });
    assert.deepEqual(await keys(collection), ['a']);
    isAway = false;
    await until(async () => (await store.indexHealth?.())?.state === 'in-step');
    await until(async () => isDeepStrictEqual(await keys(collection, { filter: word('coming') }), ['a']));
    await store.close();
  });

  test('what it missed is listed from the data until it has caught up', async () => {
    const store = await open({ sweepEvery: 1_000_000 });
    await store.built();
    const collection = store.collection('books');
    isAway = true;
    await collection.create({ key: 'a', text: '{"title":"x"}' });
    isAway = false;
    // It is asked again after a second.
    await pause(1100);
    await collection.create({ key: 'b', text: '{"title":"x"}' });
    assert.deepEqual(await keys(collection, { filter: word('x') }), ['b'], 'the index is behind');
    assert.deepEqual(await keys(collection), ['a', 'b']);
    await store.refresh?.();
    assert.deepEqual(await keys(collection, { filter: word('x') }), ['a', 'b']);
    await store.close();
  });

  test('a changed description has an index of its own, and the old one goes', async () => {
    const store = await open({ schema: { resources: [{ ...books, fields: books.fields.slice(0, 1) }] } });
    await store.built();
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{"title":"x","notes":"a note"}' });
    const before = await servedIndex(send, namesOf(opened));
    await store.adopt(onlyBooks);
    await store.built();
    const served = await servedIndex(send, namesOf(opened));
    assert.notEqual(served, before);
    const found = store.collection('books');
    assert.deepEqual(await keys(found, { filter: word('note', 'notes') }), ['a']);
    const port = createElasticPort({ send, prefix: `${prefix}-${opened}`, resource: books, ...unhurried });
    assert.deepEqual(await port.indexes('books'), [served]);
    await store.close();
  });

  test('a build that was killed is brought to its end by whoever serves', async () => {
    const store = await open({ abandonedAfter: 300 });
    await store.built();
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{"title":"x"}' });
    const { changes } = store;
    const port = createElasticPort({ send, prefix: `${prefix}-${opened}`, resource: books, ...unhurried });
    const served = await servedIndex(send, namesOf(opened));
    const { version = 0, value } = (await changes.readControl('index:books')) ?? {};
    const building = namesOf(opened).index(new Date(Date.now() + 1000), served?.slice(-12) ?? '');
    await port.create(building, 'books');
    assert.ok(await changes.writeControl('index:books', version, { ...Object(value), building }));
    await until(async () => isDeepStrictEqual(await port.indexes('books'), [building]));
    assert.deepEqual(await keys(collection, { filter: word('x') }), ['a']);
    await store.close();
  });

  test('a build that somebody goes on with is left to them', async () => {
    const store = await open({ abandonedAfter: 1_000_000 });
    await store.built();
    const served = await servedIndex(send, namesOf(opened));
    const { version = 0, value } = (await store.changes.readControl('index:books')) ?? {};
    const building = namesOf(opened).index(new Date(Date.now() + 1000), served?.slice(-12) ?? '');
    assert.ok(await store.changes.writeControl('index:books', version, { ...Object(value), building }));
    // Several sweeps.
    await pause(300);
    assert.equal(await servedIndex(send, namesOf(opened)), served);
    await store.close();
  });

  test('several shards answer as one does', async () => {
    const store = await open({ shards: 3, replicas: 0 });
    await store.built();
    const settings = await send({ method: 'GET', path: `/${await servedIndex(send, namesOf(opened))}/_settings` });
    assert.match(JSON.stringify(settings), /"number_of_shards":"3".*"number_of_replicas":"0"/);
    const alone = await open();
    await alone.built();
    // Each tag 1 to 40 times, so that no shard's own most frequent ones are those of all.
    const documents = Array.from({ length: 400 }, (_, at) => ({
      key: `k${at}`,
      text: JSON.stringify({
        title: `${at % 7 === 0 ? 'rare ' : ''}common ${'other '.repeat(at % 5)}`,
        tags: [`t${at % 97}`, `s${(at * at) % 61}`],
      }),
    }));
    const aggregations: Aggregations = {
      tags: { kind: 'terms', operand: { kind: 'field', path: 'tags' }, size: 1, order: 'count', within: {} },
    };
    const [several, one] = [store.collection('books'), alone.collection('books')];
    for (const each of [several, one]) {
      await each.createMany(documents);
      await (each === several ? store : alone).refresh?.();
    }
    assert.deepEqual(
      await several.aggregate({ kind: 'all' }, aggregations),
      await one.aggregate({ kind: 'all' }, aggregations),
    );
    const either: Filter = { kind: 'or', filters: [word('rare'), word('common')] };
    const best = { filter: either, ranked: true, limit: 60 } as const;
    assert.deepEqual(await keys(several, best), await keys(one, best));
    await Promise.all([store.close(), alone.close()]);
  });

  test('what was changed behind our back is found and mended', async () => {
    const store = await open();
    await store.built();
    const collection = store.collection('books');
    for (const key of ['a', 'b', 'c/d']) await collection.create({ key, text: `{"title":"${key}"}` });
    const index = await servedIndex(send, namesOf(opened));
    const [, state] = (await store.changes?.scan('books', undefined, 10)) ?? [];
    const querystring = { version: state?.revision ?? 0, version_type: 'external_gte' };
    await send({ method: 'DELETE', path: `/${index}/_doc/kb`, querystring });
    const orphan = { raw: 'orphan', key: 'orphan' };
    await send({ method: 'PUT', path: `/${index}/_doc/korphan`, body: orphan });
    const differences = await store.verifyIndex('books');
    assert.deepEqual(
      differences.map(({ key, stored, indexed }) => [key, stored === undefined, indexed === undefined]),
      [
        ['b', false, true],
        ['orphan', true, false],
      ],
    );
    await store.repairIndex('books', differences);
    await store.refresh?.();
    assert.deepEqual(await store.verifyIndex('books'), []);
    // Without our version, the removal outranks what is stored; only a new index forgets it.
    await send({ method: 'DELETE', path: `/${index}/_doc/kb` });
    assert.equal((await store.verifyIndex('books')).length, 1);
    assert.equal(await store.rebuildIndex('books'), 3);
    assert.deepEqual(await store.verifyIndex('books'), []);
    assert.deepEqual(await keys(collection, { filter: word('b') }), ['b']);
    await store.close();
  });

  test('an index that was lost is built again', async () => {
    const store = await open();
    await store.built();
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{"title":"x"}' });
    await removeIndexes(send, `${prefix}-${opened}`);
    assert.deepEqual(await keys(collection), ['a'], 'the data answers');
    await collection.create({ key: 'b', text: '{"title":"y"}' });
    assert.deepEqual(await servedIndex(send, namesOf(opened)), undefined, 'a write creates none');
    await until(async () => (await servedIndex(send, namesOf(opened))) !== undefined);
    await until(async () => (await store.indexHealth?.())?.state === 'in-step');
    await until(async () => isDeepStrictEqual(await keys(collection, { filter: word('y') }), ['b']));
    await store.close();
  });

  test('a write tells when it resolves', async () => {
    const store = await open({ visible: false, refreshInterval: '30s' });
    await store.built();
    const collection = store.collection('books');
    const late = { filter: { kind: 'all' } as const };
    await collection.refreshing?.('true').create({ key: 'a', text: '{"title":"Lavinia"}' });
    assert.deepEqual(await keys(collection, late), ['a'], 'at once');
    await collection.create({ key: 'b', text: '{"title":"Tehanu"}' });
    await collection.refreshing?.('false').create({ key: 'c', text: '{"title":"Orsinia"}' });
    assert.deepEqual(await keys(collection, late), ['a'], 'the index has 30 seconds');
    await collection
      .refreshing?.('true')
      .removeMany({ kind: 'compare', operand: { kind: 'id' }, operator: 'eq', value: 'b' });
    assert.deepEqual(await keys(collection, late), ['a', 'c']);
    const many = Array.from({ length: 1100 }, (_, at) => ({ key: `m${at}`, text: '{"title":"The Telling"}' }));
    await collection.refreshing?.('true').createMany(many);
    assert.equal(await collection.count(word('telling')), 1100);
    await store.close();
    const quick = await open({ visible: false, refreshInterval: '200ms' });
    await quick.built();
    await quick.collection('books').refreshing?.('wait_for').create({ key: 'a', text: '{"title":"Lavinia"}' });
    assert.deepEqual(await keys(quick.collection('books'), late), ['a']);
    await quick.close();
  });

  test('a removal creates no index, and a late first switch changes nothing', async () => {
    const port = createElasticPort({ send, prefix, resource: books, ...unhurried });
    const [one, two, missing] = [1, 2, 3].map((at) => indexNames(prefix, books).index(new Date(at), 'abcdefabcdef'));
    assert(one !== undefined && two !== undefined && missing !== undefined);
    const [outcome] = await port.send(missing, [{ key: 'a', revision: 5, removed: true }], 'false');
    assert.equal(outcome?.kind, 'again');
    for (const index of [one, two]) await port.create(index, 'books');
    await port.create(one, 'books');
    assert.deepEqual(await port.indexes('books'), [one, two]);
    const [unseen] = await port.send(one, [{ key: 'a', revision: 5, removed: true }], 'false');
    assert.equal(unseen?.kind, 'indexed');
    await port.serve('books', undefined, one);
    await port.serve('books', one, two);
    for (const from of [undefined, one]) {
      await port.serve('books', from, one);
      const read = encodeURIComponent(indexNames(prefix, books).read);
      const readers = Object(await send({ method: 'GET', path: `/_alias/${read}` }));
      assert.deepEqual(Object.keys(readers), [two]);
    }
    const late = {
      key: 'a',
      revision: 4,
      removed: false,
      document: { key: 'a', revision: 4, text: '{}', links: {} },
    } as const;
    assert.deepEqual(await port.send(one, [late], 'false'), [{ kind: 'indexed' }]);
    assert.deepEqual(await port.versions(one, undefined, 10), [], 'the removal outranks it');
    for (const index of [one, two, two]) await port.drop(index);
  });

  test('signs that mean something to Elasticsearch mean themselves, and long texts are whole', async () => {
    const store = await open({ schema: bookstore });
    await store.built();
    const collection = store.collection('books');
    const titles = ['a*b', 'a?b', 'a\\b', 'axb', `${'x'.repeat(40_000)}1`, `${'x'.repeat(40_000)}2`];
    await collection.createMany(titles.map((title, at) => ({ key: String(at), text: JSON.stringify({ title }) })));
    for (const [at, value] of titles.entries()) {
      const operand = { kind: 'field', path: 'title' } as const;
      const equal: Filter = { kind: 'compare', operand, operator: 'eq', value };
      assert.deepEqual(await keys(collection, { filter: equal }), [String(at)]);
      if (at > 3) continue;
      const contains: Filter = { kind: 'contains', operand, value: value.slice(1), ignoreCase: false };
      assert.deepEqual(await keys(collection, { filter: contains }), [String(at)], value);
    }
    assert.equal((await store.indexHealth?.())?.refused.length, 0);
    await store.close();
  });

  test('a write has less patience with a server that hangs than what goes on in the background', async () => {
    const limits: (number | undefined)[] = [];
    const watched: Transport = {
      request: (request, options) => {
        if (request.path.endsWith('/_bulk')) limits.push(options?.requestTimeout);
        return server.request(request, options);
      },
    };
    const store = await open({ server: watched, sweepEvery: 1_000_000 });
    await store.built();
    await store.collection('books').create({ key: 'a', text: '{}' });
    await store.collection('books').removeMany({ kind: 'all' });
    const [written = 0, swept = 0] = limits;
    assert.ok(written < swept, String(limits));
    await store.close();
  });

  test(`no more than ${mostBuckets} buckets`, async () => {
    const store = await open();
    await store.built();
    const collection = store.collection('books');
    const ratings = Array.from({ length: mostBuckets + 1 }, (_, at) => at);
    await collection.create({ key: 'a', text: JSON.stringify({ ratings }) });
    const operand = { kind: 'field', path: 'ratings' } as const;
    const much: Aggregations = { much: { kind: 'histogram', operand, interval: 1, within: {} } };
    const aggregated = async () => collection.aggregate({ kind: 'all' }, much);
    await assert.rejects(aggregated, { kind: 'too-many', message: /"much"/ });
    await store.close();
  });

  test('the best matches come first, by the weights of their fields', async () => {
    const store = await open();
    await store.built();
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{"title":"x","notes":"dragon"}' });
    await collection.create({ key: 'b', text: '{"title":"dragon","notes":"x"}' });
    const fields = (title: number, notes: number) => [
      { path: 'title', weight: title },
      { path: 'notes', weight: notes },
    ];
    for (const [weights, order] of [
      [fields(5, 1), ['b', 'a']],
      [fields(1, 5), ['a', 'b']],
    ] as const) {
      const filter: Filter = { kind: 'words', words: ['dragon'], prefix: false, fields: weights };
      assert.deepEqual(await keys(collection, { ...ranked, filter }), order);
    }
    await store.close();
  });
});

const unhurried = { layout: { refreshInterval: '1h' }, timeout: 30_000 };
const ranked: Partial<Query> = { ...all, ranked: true };

function word(text: string, path = 'title'): Filter {
  return { kind: 'words', words: [text], prefix: false, fields: [{ path, weight: 1 }] };
}

/** What is indexed is found a moment later. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, 'it never came to hold');
    await pause(20);
  }
}
