/**
 * Searches by the index find what searches without one find, however far the index has come: between random writes,
 * steps of the index, searches, reopenings and crashes, SQLite answers as the memory store does. SEED=<number> repeats a
 * run, RUNS=<number> makes it longer.
 */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Resource } from '../../../src/model/types.ts';
import type { Filter, Query } from '../../../src/query/types.ts';
import { wordsOf } from '../../../src/query/words.ts';
import type { Collection, Store } from '../../../src/stores/contract.ts';
import { openMemoryStore } from '../../../src/stores/memory.ts';
import { connect } from '../../../src/stores/sqlite/driver.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { field, resource } from '../bookstore.ts';
import { documents, words } from '../random.ts';
import { temporaryFolder } from './folder.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.RUNS ?? 25);

const fields = [
  field('title', 'string'),
  field('pages', 'integer'),
  field('tags', 'string', { array: true }),
  field('reviews.words', 'string', { array: true }),
];
const notes = resource('notes', fields);
const numbered = resource('numbered', fields, {
  id: { property: 'id', type: 'integer', generate: 'sequence', clientMayChoose: true, scope: 'global' },
});

type Step =
  | { readonly kind: 'write'; readonly key: number; readonly text: string }
  | { readonly kind: 'remove'; readonly key: number }
  | { readonly kind: 'remove-many' | 'search'; readonly filter: Filter }
  | { readonly kind: 'catch-up' | 'reopen' | 'crash' | 'adopt' };

function steps(described: Resource): fc.Arbitrary<readonly Step[]> {
  const key = fc.integer({ min: 1, max: 6 });
  const word = words(described);
  const several = fc.array(word, { minLength: 1, maxLength: 3 });
  const filter = fc.oneof(
    word,
    several.map((filters): Filter => ({ kind: 'and', filters })),
    several.map((filters): Filter => ({ kind: 'or', filters })),
    word.map((filter): Filter => ({ kind: 'not', filter })),
    fc.tuple(word, word, word).map(([a, b, c]): Filter => {
      const either: Filter = {
        kind: 'or',
        filters: [b, { kind: 'exists', operand: { kind: 'field', path: 'pages' } }],
      };
      return { kind: 'and', filters: [a, either, { kind: 'not', filter: c }] };
    }),
  );
  const write = fc.record({ kind: fc.constant('write' as const), key, text: documents(described) });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: write },
    { weight: 2, arbitrary: key.map((each): Step => ({ kind: 'remove', key: each })) },
    { weight: 6, arbitrary: filter.map((each): Step => ({ kind: 'search', filter: each })) },
    { weight: 1, arbitrary: filter.map((each): Step => ({ kind: 'remove-many', filter: each })) },
    { weight: 3, arbitrary: fc.constant<Step>({ kind: 'catch-up' }) },
    { weight: 2, arbitrary: fc.constantFrom<Step>({ kind: 'reopen' }, { kind: 'crash' }, { kind: 'adopt' }) },
  );
  return fc.array(step, { minLength: 10, maxLength: 40 });
}

const anyWord: Filter = { kind: 'words', words: ['a'], prefix: false, fields: [{ path: 'title', weight: 1 }] };

function query(filter: Filter, more: Partial<Query> = {}): Query {
  return { filter, sort: [], limit: 100, offset: 0, count: 'exact', ...more };
}

async function answer(collection: Collection, asked: Query): Promise<readonly unknown[]> {
  const { documents: found, total, more } = await collection.list(asked);
  return [found.map(({ key, text }) => [key, text]), total, more];
}

for (const described of [notes, numbered]) {
  test(`${described.name}: the index changes no answer, seed ${seed}`, async () => {
    const folder = temporaryFolder();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(steps(described), async (taken) => {
        round += 1;
        await walk(join(folder, `${round}`), described, taken);
      }),
      { seed, numRuns: runs, endOnFailure: true },
    );
  });
}

async function walk(path: string, described: Resource, taken: readonly Step[]): Promise<void> {
  const schema = { resources: [described] };
  const expected = (await openMemoryStore(schema)).collection(described.name);
  let file = `${path}.db`;
  let store: Store = await openSqliteStore(file, schema, { durability: 'relaxed' });
  const left: Store[] = [];
  const own = (): Collection => store.collection(described.name);
  for (const [at, step] of taken.entries()) {
    switch (step.kind) {
      case 'write': {
        const document = { key: String(step.key), text: step.text };
        await Promise.all([expected, own()].map((each) => each.upsert(document, { kind: 'none' })));
        break;
      }
      case 'remove':
        await Promise.all([expected, own()].map((each) => each.remove(String(step.key), { kind: 'none' })));
        break;
      case 'remove-many':
        await Promise.all([expected, own()].map((each) => each.removeMany(step.filter)));
        break;
      case 'search':
        assert.deepEqual(await answer(own(), query(step.filter)), await answer(expected, query(step.filter)));
        break;
      case 'catch-up':
        // A search by rank waits for the index.
        await own().list(query(anyWord, { ranked: true }));
        break;
      case 'adopt':
        await store.adopt(schema);
        break;
      case 'reopen':
        await store.close();
        store = await openSqliteStore(file, schema, { durability: 'relaxed' });
        break;
      case 'crash': {
        // What is on the disk now, and nothing of what the process knows.
        const copy = `${path}-${at}.db`;
        for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
        left.push(store);
        store = await openSqliteStore(copy, schema, { durability: 'relaxed' });
        file = copy;
        break;
      }
    }
  }
  for (const each of [...left, store]) await each.close();
}

async function filled(texts: readonly string[]): Promise<Collection> {
  const collection = (await openSqliteStore(':memory:', { resources: [notes] })).collection('notes');
  await collection.createMany(texts.map((title, at) => ({ key: `k${at}`, text: JSON.stringify({ title }) })));
  return collection;
}

const wordIn = (word: string): Filter => ({
  kind: 'words',
  words: [word],
  prefix: false,
  fields: [{ path: 'title', weight: 1 }],
});

const found = async (collection: Collection, filter: Filter, more: Partial<Query> = {}): Promise<readonly string[]> => {
  const page = await collection.list(query(filter, more));
  return page.documents.map(({ key }) => key);
};

test('the best matches come first, then by id', async () => {
  const collection = await filled(['other a other other other', 'a', 'nothing', 'a b', 'a', 'a a a']);
  assert.deepEqual(await found(collection, anyWord, { ranked: true }), ['k5', 'k1', 'k4', 'k3', 'k0']);
  const pages = [0, 2, 4].map((offset) => found(collection, anyWord, { ranked: true, offset, limit: 2 }));
  assert.deepEqual((await Promise.all(pages)).flat(), ['k5', 'k1', 'k4', 'k3', 'k0']);
});

test('a search goes on by the measure that it began by, though the index is complete by now', async () => {
  // More than a search waits for. "a" is rare and "b" is not, which only one of the measures knows.
  const texts = Array.from({ length: 3000 }, (_, at) => (at % 300 === 7 ? `a ${'x '.repeat(at % 9)}` : 'b x x'));
  const collection = await filled(texts);
  const either: Filter = { kind: 'or', filters: [wordIn('a'), wordIn('b')] };
  const page = (more: Partial<Query>) => collection.list(query(either, { ranked: true, limit: 100, ...more }));
  const before = await page({});
  assert.equal(before.measure, 'share');
  const next = await found(collection, either, { ranked: true, limit: 100, offset: 100 });
  for (let turn = 0; (await page({})).measure !== 'bm25'; turn++) {
    assert.ok(turn < 2000, 'the index never became complete');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const now = await page({});
  assert.notDeepEqual(now.documents, before.documents, 'both measures agree, and nothing is tested');
  assert.deepEqual((await page({ measure: 'share' })).documents, before.documents);
  assert.deepEqual(await found(collection, either, { ranked: true, limit: 100, offset: 100, measure: 'share' }), next);
  // And the other way: so much is late that a new search goes by the other measure.
  await collection.createMany(Array.from({ length: 1200 }, (_, at) => ({ key: `new${at}`, text: '{"title":"z"}' })));
  assert.equal((await page({})).measure, 'share');
  assert.deepEqual((await page({ measure: 'bm25' })).documents, now.documents);
});

test('a field counts as much as its weight', async () => {
  const collection = (await openSqliteStore(':memory:', { resources: [notes] })).collection('notes');
  await collection.create({ key: '1', text: '{"title":"a x","tags":["y z"]}' });
  await collection.create({ key: '2', text: '{"title":"y z","tags":["a x"]}' });
  const weighted = (title: number, tags: number): Filter => ({
    ...anyWord,
    kind: 'words',
    words: ['a'],
    prefix: false,
    fields: [
      { path: 'title', weight: title },
      { path: 'tags', weight: tags },
    ],
  });
  assert.deepEqual(await found(collection, weighted(2, 1), { ranked: true }), ['1', '2']);
  assert.deepEqual(await found(collection, weighted(1, 2), { ranked: true }), ['2', '1']);
});

test('words of every script stay whole', async () => {
  const texts = [
    'ΟΔΟΣ',
    'ὀδός',
    'οδοσ',
    'ẞ',
    'ss',
    'İi',
    'ı',
    'ﬁn',
    'Ⅻ',
    '１２',
    'हिन्दी',
    'ไทย',
    'עִבְרִית',
    'عَرَبِيّ',
    '𝒜𝒷',
    '日本語',
    'カタカナ',
    '한국어',
    '5️⃣',
    'x\u200dy',
    'ꙮ',
    '𞤀',
    '\u{1e900}a',
    'a\u0301\u0327',
    'ǆ',
    'ᾳ',
    'ς',
    'σ',
  ];
  const collection = await filled(texts);
  await found(collection, anyWord, { ranked: true });
  const memory = (await openMemoryStore({ resources: [notes] })).collection('notes');
  await memory.createMany(texts.map((title, at) => ({ key: `k${at}`, text: JSON.stringify({ title }) })));
  for (const text of texts) {
    const sought = wordsOf(text);
    const filters: readonly Filter[] = [
      { ...anyWord, words: sought },
      { ...anyWord, words: sought.slice(0, 1), prefix: true },
    ];
    for (const filter of filters) assert.deepEqual(await found(collection, filter), await found(memory, filter), text);
  }
});

test('words that were cut within a character, very long phrases and many terms', async () => {
  const long = 'x'.repeat(99);
  const texts = [`${long}😀`.replace('😀', '𝒳'.repeat(3)), `${long}𐐷`, `${long}𐐀`, 'a '.repeat(300), 'b'];
  const collection = await filled(texts);
  await found(collection, anyWord, { ranked: true });
  const memory = (await openMemoryStore({ resources: [notes] })).collection('notes');
  await memory.createMany(texts.map((title, at) => ({ key: `k${at}`, text: JSON.stringify({ title }) })));
  const nested = (depth: number): Filter =>
    depth === 0 ? anyWord : { kind: depth % 2 === 0 ? 'and' : 'or', filters: [nested(depth - 1), anyWord] };
  const filters: readonly Filter[] = [
    ...texts.map((text): Filter => ({ ...anyWord, words: wordsOf(text) })),
    { ...anyWord, words: wordsOf(texts[1] ?? ''), prefix: true },
    { kind: 'or', filters: Array.from({ length: 400 }, () => anyWord) },
    { kind: 'and', filters: Array.from({ length: 400 }, () => anyWord) },
    nested(8),
    nested(30),
  ];
  for (const filter of filters) assert.deepEqual(await found(collection, filter), await found(memory, filter));
});

test('a resource that nobody searches has no index', async () => {
  const file = join(temporaryFolder(), 'notes.db');
  const store = await openSqliteStore(file, { resources: [notes] });
  await store.collection('notes').create({ key: '1', text: '{"title":"a"}' });
  const tables = async (): Promise<number> => {
    const database = await connect(file, { readOnly: true });
    const [count] =
      database.prepare(`SELECT count(*) FROM sqlite_master WHERE name LIKE 'cartouche_text%'`).get() ?? [];
    database.close();
    return Number(count);
  };
  assert.equal(await tables(), 0);
  await found(store.collection('notes'), anyWord, { ranked: true });
  assert.notEqual(await tables(), 0);
  await store.close();
});

test('another set of texts makes another index', async () => {
  const file = join(temporaryFolder(), 'notes.db');
  const few = { resources: [{ ...notes, fields: fields.slice(0, 2) }] };
  const all = { resources: [notes] };
  const inTags: Filter = { ...anyWord, words: ['t'], fields: [{ path: 'tags', weight: 1 }] };
  let store = await openSqliteStore(file, few);
  await store.collection('notes').create({ key: '1', text: '{"title":"a","tags":["t"]}' });
  assert.deepEqual(await found(store.collection('notes'), anyWord, { ranked: true }), ['1']);
  await store.close();
  store = await openSqliteStore(file, all);
  assert.deepEqual(await found(store.collection('notes'), inTags, { ranked: true }), ['1']);
  await store.adopt(few);
  assert.deepEqual(await found(store.collection('notes'), anyWord, { ranked: true }), ['1']);
  await store.close();
});

test('a document of an old revision that is taken over is found', async () => {
  const collection = await filled(['a', 'b']);
  await found(collection, anyWord, { ranked: true });
  await collection.restore([{ key: 'old', revision: 5, text: '{"title":"a"}', links: {} }]);
  assert.deepEqual(await found(collection, anyWord), ['k0', 'old']);
  await found(collection, anyWord, { ranked: true });
  assert.deepEqual(await found(collection, anyWord), ['k0', 'old']);
});
