/** What every store must do. A store that cannot do something says why; the reason is printed. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Filter, Operand, Query, SortKey } from '../../src/query/types.ts';
import {
  type BulkWrite,
  type Collection,
  type Precondition,
  type Store,
  type StoredDocument,
  StoreError,
  type StoreSchema,
} from '../../src/stores/contract.ts';
import { books, bookstore, field, orders } from './bookstore.ts';
import { none } from './preconditions.ts';

export interface StoreUnderTest {
  readonly name: string;
  /** Opens an empty store. */
  readonly open: (schema: StoreSchema) => Promise<Store>;
  readonly skip?: readonly { readonly tests: readonly string[]; readonly reason: string }[];
}

export const all: Query = { filter: { kind: 'all' }, sort: [], limit: 1000, offset: 0, count: 'none' };

export function testStore({ name, open, skip = [] }: StoreUnderTest): void {
  const reasonFor = (title: string): string | false => skip.find(({ tests }) => tests.includes(title))?.reason ?? false;

  describe(name, () => {
    let store: Store;
    const collections = (): readonly Collection[] => ['books', 'orders', 'lines'].map((each) => store.collection(each));
    before(async () => {
      store = await open(bookstore);
    });
    beforeEach(async () => {
      for (const collection of collections()) await collection.removeMany({ kind: 'all' });
    });
    after(() => store.close());

    for (const [title, run] of Object.entries(promises)) {
      test(title, { skip: reasonFor(title) }, () => run(store));
    }
    for (const [title, run] of Object.entries(lifeCycle)) {
      test(title, { skip: reasonFor(title) }, () => run(open));
    }
  });
}

const promises: Readonly<Record<string, (store: Store) => Promise<void>>> = {
  'keeps the text byte for byte': async (store) => {
    const collection = store.collection('books');
    const text = '{ "title" : "\\u00e9 é 😀", "pages": 1.0, "big": 9007199254740993, "e": 1E2 }\n';
    const created = await collection.create({ key: 'a', text });
    assert.equal(created.text, text);
    assert.deepEqual(await collection.get('a'), created);
    assert.deepEqual((await collection.list(all)).documents, [created]);
  },

  'tells when something was written or removed last, if it tells': async (store) => {
    const collection = store.collection('books');
    if (collection.lastChange?.() === undefined) return;
    const last = (): number => collection.lastChange?.() ?? 0;
    const { revision } = await collection.create({ key: 'a', text: '{}' });
    assert.equal(last(), revision);
    await collection.remove('a', none);
    const removed = last();
    assert.ok(removed > revision);
    const created = await collection.createMany([{ key: 'a', text: '{}' }]);
    assert.deepEqual(
      created.map((document) => document.revision),
      [last()],
    );
    const before = last();
    await collection.removeMany({ kind: 'all' });
    assert.ok(last() > before);
  },

  'knows nothing of a key that is not there': async (store) => {
    for (const name of ['books', 'orders']) {
      const collection = store.collection(name);
      assert.equal(await collection.get('7'), undefined);
      assert.equal(await collection.update('7', none, () => '{}'), undefined);
      assert.equal(await collection.remove('7', none), undefined);
    }
  },

  'does not call change for a document that is not there': async (store) => {
    await store.collection('books').update('7', none, () => assert.fail());
  },

  'takes keys of any characters': async (store) => {
    const collection = store.collection('books');
    const keys = [
      '',
      ' ',
      "a'b",
      'a"b',
      'a%b_c',
      '__proto__',
      'é',
      '😀',
      '007',
      '1e3',
      'x'.repeat(1000),
      '../x',
      'a/b',
    ];
    for (const key of keys) await collection.create({ key, text: JSON.stringify({ title: key }) });
    for (const key of keys) assert.equal((await collection.get(key))?.text, JSON.stringify({ title: key }));
    assert.equal(await collection.get('7'), undefined);
  },

  'tells an integer id from what looks like one': async (store) => {
    const collection = store.collection('orders');
    await collection.create({ key: '7', text: '{}' });
    for (const key of ['07', '7.0', '+7', ' 7', '7e0', 'abc', '', '99999999999999999999']) {
      assert.equal(await collection.get(key), undefined, key);
    }
  },

  'refuses a key that is taken': async (store) => {
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{"title":"first"}' });
    await assert.rejects(collection.create({ key: 'a', text: '{}' }), isStoreError('conflict', ['key']));
    assert.equal((await collection.get('a'))?.text, '{"title":"first"}');
  },

  'creates several in their order, or none': async (store) => {
    const collection = store.collection('books');
    const created = await collection.createMany([
      { key: 'b', text: '{"isbn":"1"}', links: { shop: 's' } },
      { key: 'a', text: '{"isbn":"2"}' },
    ]);
    assert.deepEqual(
      created.map(({ key, links }) => [key, links]),
      [
        ['b', { shop: 's' }],
        ['a', {}],
      ],
    );
    assert.deepEqual(await collection.get('b'), created[0]);
    assert.ok((created[1]?.revision ?? 0) > (created[0]?.revision ?? 0));
    const refused = [
      ['key', [{ key: 'c' }, { key: 'a' }]],
      ['key', [{ key: 'c' }, { key: 'c' }]],
      ['isbn', [{ key: 'c' }, { key: 'd', text: '{"isbn":"2"}' }]],
      ['isbn', ['d', 'e'].map((key) => ({ key, text: '{"isbn":"9"}' }))],
    ] as const;
    for (const [taken, documents] of refused) {
      const filled = documents.map((document) => ({ text: '{}', ...document }));
      await assert.rejects(collection.createMany(filled), isStoreError('conflict', [taken]));
      assert.deepEqual(await keys(collection), ['a', 'b']);
    }
    assert.equal(await collection.count({ kind: 'all' }), 2);
    assert.deepEqual(await collection.createMany([]), []);
  },

  'takes over documents with their revisions, as often as one likes': async (store) => {
    const collection = store.collection('books');
    const old = await collection.create({ key: 'a', text: '{"title":"old"}' });
    const documents = [
      { key: 'a', text: '{"title":"new"}', revision: old.revision + 5, links: { shop: 's' } },
      { key: 'b', text: '{"title":"b"}', revision: 7, links: {} },
    ];
    for (let time = 0; time < 2; time++) {
      await collection.restore(documents);
      assert.deepEqual((await collection.list(all)).documents, documents);
    }
    await collection.restore([{ ...old, text: '{"title":"older"}' }]);
    assert.deepEqual(await collection.get('a'), documents[0]);
    const next = await collection.update('a', none, () => '{}');
    assert.ok((next?.revision ?? 0) > old.revision + 5);
    assert.equal((await collection.list({ ...all, filter: titled('b') })).documents.length, 1);
  },

  'takes over all of them, or none': async (store) => {
    const collection = store.collection('books');
    const documents = ['a', 'b', 'c'].map((key) => ({ key, text: '{"isbn":"1"}', revision: 7, links: {} }));
    await assert.rejects(collection.restore(documents), isStoreError('conflict', ['isbn']));
    assert.deepEqual(await keys(collection), []);
    assert.equal(await collection.count({ kind: 'all' }), 0);
  },

  'gives out no id that was given out elsewhere': async (store) => {
    const collection = store.collection('orders');
    const last = await collection.lastId();
    await collection.restore([{ key: String(last + 10), text: '{}', revision: 1, links: {} }], last + 20);
    assert.equal(await collection.lastId(), last + 20);
    assert.equal(await collection.nextId(), last + 21);
  },

  'aggregates what a filter lets through': async (store) => {
    const collection = store.collection('books');
    for (const [key, pages] of [
      ['a', 10],
      ['b', 10],
      ['c', 30],
    ] as const) {
      await collection.create({ key, text: JSON.stringify({ title: key, pages, price: pages / 4 }) });
    }
    const pages = { kind: 'field', path: 'pages' } as const;
    const price = { kind: 'field', path: 'price' } as const;
    const filter: Filter = { kind: 'not', filter: titled('b') };
    const found = await collection.aggregate(filter, {
      sum: { kind: 'sum', operand: pages },
      by_pages: {
        kind: 'terms',
        operand: pages,
        size: 1,
        order: 'key',
        within: { most: { kind: 'max', operand: price } },
      },
    });
    assert.deepEqual(found, {
      sum: { value: 40 },
      by_pages: { buckets: [{ key: 10, doc_count: 1, within: { most: { value: 2.5 } } }], sum_other_doc_count: 1 },
    });
  },

  'has a secret of some length': async (store) => {
    assert.ok(store.secret.length >= 32);
  },

  'creating several moves the sequence on': async (store) => {
    const collection = store.collection('orders');
    const next = (await collection.nextId()) + 1000;
    await collection.createMany([{ key: String(next), text: '{}' }]);
    assert.equal(await collection.nextId(), next + 1);
  },

  'refuses a unique value that is taken, however it is written': async (store) => {
    const collection = store.collection('books');
    const taken = isStoreError('conflict', ['isbn']);
    await collection.create({ key: 'a', text: '{"isbn":"1"}' });
    await collection.create({ key: 'b', text: '{"isbn":"2"}' });
    await assert.rejects(collection.create({ key: 'c', text: '{"isbn":"1"}' }), taken);
    await assert.rejects(
      collection.update('b', none, () => '{"isbn":"1"}'),
      taken,
    );
    await assert.rejects(collection.upsert({ key: 'b', text: '{"isbn":"1"}' }, none), taken);
    await assert.rejects(
      collection.updateMany({ kind: 'all' }, () => '{"isbn":"3"}'),
      taken,
    );
    assert.deepEqual(await texts(collection), ['{"isbn":"1"}', '{"isbn":"2"}']);
    await collection.update('a', none, () => '{"isbn":"1","title":"same isbn, same book"}');
  },

  'lets any number of documents have no unique value': async (store) => {
    const collection = store.collection('books');
    for (const [key, text] of [
      ['a', '{}'],
      ['b', '{"isbn":null}'],
      ['c', '{}'],
      ['d', '{"isbn":null}'],
    ] as const) {
      await collection.create({ key, text });
    }
    assert.equal(await collection.count({ kind: 'all' }), 4);
  },

  'gives every write a higher revision': async (store) => {
    const collection = store.collection('books');
    const revisions: number[] = [];
    for (let round = 0; round < 20; round++) {
      revisions.push((await collection.create({ key: 'a', text: '{}' })).revision);
      revisions.push((await collection.update('a', none, () => '{"pages":1}'))?.revision ?? 0);
      revisions.push((await collection.upsert({ key: 'a', text: '{}' }, none)).document.revision);
      await collection.remove('a', none);
    }
    assert.deepEqual(
      revisions,
      [...new Set(revisions)].sort((a, b) => a - b),
    );
    assert(Number.isSafeInteger(revisions.at(-1)));
  },

  'holds preconditions': async (store) => {
    const collection = store.collection('books');
    const { revision } = await collection.create({ key: 'a', text: '{}' });
    const current: Precondition = { kind: 'revision', revisions: [1, revision] };
    const stale: Precondition = { kind: 'revision', revisions: [revision - 1] };
    const refused = (error: unknown): boolean =>
      isStoreError('precondition')(error) && error instanceof StoreError && error.revision === revision;
    await assert.rejects(
      collection.update('a', stale, () => assert.fail()),
      refused,
    );
    await assert.rejects(collection.remove('a', stale), refused);
    await assert.rejects(collection.upsert({ key: 'a', text: '{"pages":1}' }, stale), refused);
    await assert.rejects(collection.upsert({ key: 'new', text: '{}' }, current), isStoreError('precondition'));
    assert.equal(await collection.get('new'), undefined);
    const updated = await collection.update('a', current, () => '{"pages":2}');
    assert(updated !== undefined && updated.revision > revision);
    assert.deepEqual(await collection.remove('a', { kind: 'revision', revisions: [updated.revision] }), updated);
  },

  'leaves a document that a change leaves': async (store) => {
    const collection = store.collection('books');
    const created = await collection.create({ key: 'a', text: '{}' });
    assert.deepEqual(await collection.update('a', none, () => undefined), created);
  },

  'writes nothing when a change throws': async (store) => {
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{}' });
    const failing = collection.update('a', none, () => {
      throw new RangeError('no');
    });
    await assert.rejects(failing, RangeError);
    assert.deepEqual(await texts(collection), ['{}']);
  },

  'replaces or creates': async (store) => {
    const collection = store.collection('books');
    assert.equal((await collection.upsert({ key: 'a', text: '{}', links: { shop: 's' } }, none)).created, true);
    const { created, document } = await collection.upsert({ key: 'a', text: '{"pages":1}' }, none);
    assert.deepEqual([created, document.text, document.links], [false, '{"pages":1}', { shop: 's' }]);
  },

  'keeps links beside the document': async (store) => {
    const collection = store.collection('lines');
    for (const key of ['1/1', '1/10', '1/9', '2/1']) {
      await collection.create({ key, text: '{}', links: { order: key.slice(0, 1) } });
    }
    const inOrder: Filter = { kind: 'compare', operand: { kind: 'link', name: 'order' }, operator: 'eq', value: '1' };
    assert.deepEqual(await keys(collection, { filter: inOrder }), ['1/1', '1/9', '1/10']);
    const updated = await collection.update('1/9', none, () => '{"amount":1}');
    assert.deepEqual(updated?.links, { order: '1' });
    assert.deepEqual((await collection.get('1/9'))?.links, { order: '1' });
  },

  'orders integer ids by size': async (store) => {
    const collection = store.collection('orders');
    for (const key of ['10', '9', '100', '-1']) await collection.create({ key, text: '{}' });
    assert.deepEqual(await keys(collection), ['-1', '9', '10', '100']);
    const sort: SortKey[] = [{ operand: { kind: 'id' }, direction: 'descending' }];
    assert.deepEqual(await keys(collection, { sort }), ['100', '10', '9', '-1']);
    const above: Filter = { kind: 'compare', operand: { kind: 'id' }, operator: 'gt', value: 9 };
    assert.deepEqual(await keys(collection, { filter: above }), ['10', '100']);
  },

  'pages through everything once, in a total order': async (store) => {
    const collection = store.collection('books');
    await fill(collection, 25, (at) => ({ pages: at % 3 }));
    const sort: SortKey[] = [{ operand: { kind: 'field', path: 'pages' }, direction: 'descending' }];
    const seen: string[] = [];
    for (let offset = 0; ; offset += 10) {
      const { documents, more, total } = await collection.list({ ...all, sort, limit: 10, offset, count: 'exact' });
      seen.push(...documents.map(({ key }) => key));
      assert.equal(total, 25);
      assert.equal(more, offset < 20);
      if (!more) break;
    }
    assert.equal(new Set(seen).size, 25);
    assert.deepEqual(
      seen,
      [...(await keys(collection, { sort: sort.map((key) => ({ ...key, direction: 'ascending' })) }))].reverse(),
    );
  },

  'gives an empty page where there is nothing': async (store) => {
    const collection = store.collection('books');
    await fill(collection, 3, () => ({}));
    assert.deepEqual(await collection.list({ ...all, limit: 0, count: 'exact' }), {
      documents: [],
      total: 3,
      more: true,
    });
    assert.deepEqual(await collection.list({ ...all, offset: 3 }), { documents: [], more: false });
    assert.deepEqual(await collection.list({ ...all, limit: 3 }), await collection.list({ ...all, limit: 4 }));
  },

  counts: async (store) => {
    const collection = store.collection('books');
    await fill(collection, 10, (at) => ({ pages: at }));
    assert.equal(await collection.count({ kind: 'all' }), 10);
    assert.equal(await collection.count({ kind: 'compare', operand: pages, operator: 'gte', value: 7 }), 3);
    await collection.remove('k003', none);
    assert.equal(await collection.count({ kind: 'all' }), 9);
  },

  'refuses a query for what the resource does not have': async (store) => {
    const collection = store.collection('books');
    const operand: Operand = { kind: 'field', path: 'titel' };
    const query = async (more: Partial<Query>) => collection.list({ ...all, ...more });
    await assert.rejects(query({ filter: { kind: 'exists', operand } }), TypeError);
    await assert.rejects(
      query({ sort: [{ operand: { kind: 'field', path: 'tags' }, direction: 'ascending' }] }),
      TypeError,
    );
  },

  'changes all that match, or none': async (store) => {
    const collection = store.collection('books');
    await fill(collection, 10, (at) => ({ pages: at }));
    const filter: Filter = { kind: 'compare', operand: pages, operator: 'lt', value: 5 };
    let calls = 0;
    const failing = collection.updateMany(filter, () => {
      calls += 1;
      if (calls === 4) throw new RangeError('no');
      return '{"pages":100}';
    });
    await assert.rejects(failing, RangeError);
    assert.equal(await collection.count({ kind: 'compare', operand: pages, operator: 'eq', value: 100 }), 0);
    // The filter no longer matches what was changed; all of them are changed nevertheless, once.
    const changed = await collection.updateMany(filter, ({ text }) =>
      text === '{"pages":2}' ? undefined : '{"pages":100}',
    );
    assert.equal(changed, 4);
    assert.equal(await collection.removeMany({ kind: 'compare', operand: pages, operator: 'eq', value: 100 }), 4);
    assert.equal(await collection.count({ kind: 'all' }), 6);
  },

  'tells what a change of all that match did to each': async (store) => {
    const collection = store.collection('books');
    await fill(collection, 4, (at) => ({ pages: at }));
    const filter: Filter = { kind: 'compare', operand: pages, operator: 'lt', value: 3 };
    const updated: BulkWrite[] = [];
    const change = ({ text }: StoredDocument) => (text === '{"pages":1}' ? undefined : text.replace(':', ':10'));
    assert.equal(await collection.updateMany(filter, change, (written) => updated.push(written)), 2);
    assert.deepEqual(
      updated.map(({ before, after }) => [before.text, after?.text]),
      [
        ['{"pages":0}', '{"pages":100}'],
        ['{"pages":2}', '{"pages":102}'],
      ],
    );
    for (const { after } of updated) assert.deepEqual(await collection.get(after?.key ?? ''), after);
    const removed: BulkWrite[] = [];
    const left = await collection.list({ ...all, limit: 10 });
    assert.equal(await collection.removeMany({ kind: 'all' }, (written) => removed.push(written)), 4);
    assert.deepEqual(
      removed,
      left.documents.map((before) => ({ before })),
    );
  },

  'gives out 1,000 integer ids at once, and none twice': async (store) => {
    const collection = store.collection('orders');
    const created = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const id = await collection.nextId();
        await collection.create({ key: String(id), text: '{}' });
        return id;
      }),
    );
    assert.equal(new Set(created).size, 1000);
    assert.equal(await collection.count({ kind: 'all' }), 1000);
  },

  'gives out integer ids above all that were written': async (store) => {
    const collection = store.collection('orders');
    const id = (await collection.nextId()) + 5000;
    await collection.create({ key: String(id), text: '{}' });
    await collection.remove(String(id), none);
    assert.equal(await collection.nextId(), id + 1);
    assert.equal(await collection.nextId(), id + 2);
  },

  'lets one of 50 concurrent updates of a revision win': async (store) => {
    const collection = store.collection('books');
    let { revision } = await collection.create({ key: 'a', text: '{}' });
    for (let round = 0; round < 10; round++) {
      const precondition: Precondition = { kind: 'revision', revisions: [revision] };
      const attempts = Array.from({ length: 50 }, (_, at) =>
        collection.update('a', precondition, () => `{"pages":${at}}`),
      );
      const outcomes = await Promise.allSettled(attempts);
      const winners = outcomes.filter(({ status }) => status === 'fulfilled');
      assert.equal(winners.length, 1);
      const stored = await collection.get('a');
      assert(stored !== undefined && stored.revision > revision);
      revision = stored.revision;
    }
  },

  'loses none of 50 concurrent updates without a precondition': async (store) => {
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{"pages":0}' });
    const increment = ({ text }: { readonly text: string }) =>
      text.replace(/\d+/, (digits) => String(Number(digits) + 1));
    await Promise.all(Array.from({ length: 50 }, () => collection.update('a', none, increment)));
    assert.equal((await collection.get('a'))?.text, '{"pages":50}');
  },

  'keeps concurrent failures apart': async (store) => {
    const collection = store.collection('books');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, at) => collection.create({ key: `k${at}`, text: `{"isbn":"${at % 50}"}` })),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 50);
    assert.equal(await collection.count({ kind: 'all' }), 50);
  },

  'shows a write to the read that follows it': async (store) => {
    const collection = store.collection('books');
    for (let at = 0; at < 20; at++) {
      const { key } = await collection.create({ key: `k${at}`, text: '{}' });
      assert((await collection.get(key)) !== undefined);
      assert.equal((await collection.list(all)).documents.length, at + 1);
    }
  },

  'says what it does not have': async (store) => {
    assert.throws(() => store.collection('boks'), isStoreError('unknown-resource'));
    await store.ping();
    assert.match(store.description, /\S/);
  },
};

const lifeCycle: Readonly<Record<string, (open: StoreUnderTest['open']) => Promise<void>>> = {
  'answers nothing after it was closed, twice if need be': async (open) => {
    const store = await open(bookstore);
    const collection = store.collection('books');
    const pending = collection.create({ key: 'a', text: '{}' });
    await Promise.all([store.close(), store.close()]);
    assert.equal((await pending).key, 'a');
    await assert.rejects(async () => collection.get('a'), isStoreError('unavailable'));
    await assert.rejects(collection.create({ key: 'b', text: '{}' }), isStoreError('unavailable'));
    await assert.rejects(store.ping(), isStoreError('unavailable'));
  },

  'adopts fields, resources and indexes, and keeps all data': async (open) => {
    const store = await open({ resources: [{ ...books, fields: [field('title', 'string')] }] });
    await store.collection('books').create({ key: 'a', text: '{"title":"x","pages":3}' });
    await store.adopt(bookstore);
    const three: Filter = { kind: 'compare', operand: pages, operator: 'eq', value: 3 };
    assert.equal(await store.collection('books').count(three), 1);
    assert.equal(await store.collection('orders').nextId(), 1);
    await store.close();
  },

  'refuses to adopt a unique field whose values repeat, and serves on': async (open) => {
    const plain = { resources: [{ ...books, fields: [field('isbn', 'string')] }, orders] };
    const store = await open(plain);
    const collection = store.collection('books');
    for (const key of ['a', 'b']) await collection.create({ key, text: '{"isbn":"1"}' });
    await assert.rejects(store.adopt(bookstore), isStoreError('schema', ['isbn']));
    await collection.create({ key: 'c', text: '{"isbn":"1"}' });
    assert.equal(await store.collection('books').count({ kind: 'all' }), 3);
    await store.close();
  },

  'compares a field by the type that it has now': async (open) => {
    const as = (type: 'string' | 'datetime') => ({ resources: [{ ...books, fields: [field('pages', type)] }] });
    const store = await open(as('string'));
    await store.collection('books').create({ key: 'a', text: '{"pages":"2015-01-05T10:00:00+02:00"}' });
    const same: Filter = { kind: 'compare', operand: pages, operator: 'eq', value: '2015-01-05T08:00:00.000Z' };
    assert.deepEqual(await keys(store.collection('books'), { filter: same }), []);
    await store.adopt(as('datetime'));
    assert.deepEqual(await keys(store.collection('books'), { filter: same }), ['a']);
    await store.close();
  },
  'does not adopt a type that stored values do not fit': async (open) => {
    const store = await open({ resources: [{ ...books, fields: [field('pages', 'string')] }] });
    await store.collection('books').create({ key: 'a', text: '{"pages":"3"}' });
    await assert.rejects(store.adopt(bookstore), isStoreError('schema', ['pages']));
    const exists: Filter = { kind: 'exists', operand: pages };
    assert.deepEqual(await keys(store.collection('books'), { filter: exists }), ['a'], 'the old description holds');
    await store.close();
  },
};

const pages: Operand = { kind: 'field', path: 'pages' };

/** Documents `k000`, `k001`, …, created together. */
export async function fill(collection: Collection, count: number, content: (at: number) => unknown): Promise<void> {
  const key = (at: number) => `k${String(at).padStart(3, '0')}`;
  await Promise.all(
    Array.from({ length: count }, (_, at) => collection.create({ key: key(at), text: JSON.stringify(content(at)) })),
  );
}

export async function keys(collection: Collection, query: Partial<Query> = {}): Promise<readonly string[]> {
  return (await collection.list({ ...all, ...query })).documents.map(({ key }) => key);
}

async function texts(collection: Collection): Promise<readonly string[]> {
  return (await collection.list(all)).documents.map(({ text }) => text);
}

export function isStoreError(kind: StoreError['kind'], fields?: readonly string[]): (error: unknown) => boolean {
  return (error) => {
    assert(error instanceof StoreError, String(error));
    assert.equal(error.kind, kind, error.message);
    if (fields !== undefined) assert.deepEqual(error.fields, fields);
    return true;
  };
}

export function titled(value: string): Filter {
  return { kind: 'compare', operand: { kind: 'field', path: 'title' }, operator: 'eq', value };
}
