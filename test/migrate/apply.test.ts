/** Plans applied to stores: stopped anywhere, with writers beside it, and at random. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Choices, noChoices, planMigration } from '../../src/migrate/plan.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import type { Collection, Store, StoredDocument } from '../../src/stores/contract.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { createAccepts } from '../fake/accepts.ts';
import { described, type TestDescription } from './described.ts';
import { countsOf, documents, filled, run } from './running.ts';

const text = { type: 'string' };
const before = described({ author_name: text, pages: text, notes: text });
const after = described(
  { authorName: text, pages: { type: 'integer' }, stock: { type: 'integer', default: 0 } },
  { required: ['stock'] },
);

const stores: Readonly<Record<string, (description: Pick<TestDescription, 'resources'>) => Promise<Store>>> = {
  memory: openMemoryStore,
  SQLite: (description) => openSqliteStore(':memory:', description, { acceptSchemaChanges: true }),
};

for (const [name, open] of Object.entries(stores)) {
  test(`${name}: all documents are changed, and their former texts kept`, async () => {
    const store = await filled(open, before, documents(250));
    const { kept, ...migrated } = await run(store, before, after);
    assert.equal(migrated.state, 'complete');
    assert.deepEqual(countsOf(migrated), [{ documents: 250, changed: 250, misfits: 0 }]);
    const document = await store.collection('books').get('b7');
    assert.deepEqual(JSON.parse(document?.text ?? ''), { id: 'b7', authorName: 'A7', pages: 7, stock: 0 });
    assert.deepEqual(kept.find(({ key }) => key === 'b7')?.text, JSON.stringify(documents(8)[7]));
    assert.equal(kept.length, 250);
    assert.deepEqual(countsOf(await run(store, before, after)), [{ documents: 250, changed: 0, misfits: 0 }]);
    await store.close();
  });

  test(`${name}: nothing is changed where one does not fit`, async () => {
    const store = await filled(open, before, [...documents(3), { id: 'x', pages: 'many' }]);
    const { kept, ...migrated } = await run(store, before, after);
    assert.equal(migrated.state, 'refused');
    assert.deepEqual(countsOf(migrated), [{ documents: 4, changed: 3, misfits: 1 }]);
    assert.deepEqual(migrated.resources[0]?.listed, [
      { key: 'x', problems: ['"pages": "many" cannot become integer'] },
    ]);
    assert.deepEqual(kept, []);
    assert.equal((await store.collection('books').get('b1'))?.text, JSON.stringify(documents(2)[1]));
    await store.close();
  });

  test(`${name}: what is written meanwhile is kept`, async () => {
    const store = await filled(open, before, documents(5));
    let isWritten = false;
    const busy = withUpdates(store, async (collection, key) => {
      if (key !== 'b2' || isWritten) return;
      isWritten = true;
      const write = (current: StoredDocument) => JSON.stringify({ ...JSON.parse(current.text), author_name: 'new' });
      await collection.update(key, { kind: 'none' }, write);
      await collection.create({ key: 'c', text: JSON.stringify({ id: 'c', author_name: 'late' }) });
    });
    const migrated = await run(busy, before, after);
    assert.deepEqual(countsOf(migrated), [{ documents: 6, changed: 6, misfits: 0 }]);
    assert.match((await store.collection('books').get('b2'))?.text ?? '', /"authorName":"new"/);
    assert.match((await store.collection('books').get('c'))?.text ?? '', /"authorName":"late"/);
    await store.close();
  });

  test(`${name}: a resource is renamed, with its documents, links and ids`, async () => {
    const more = { links: [{ name: 'shop' }] };
    const old = described({ a: text }, { more });
    const now = described({ a: text }, { name: 'volumes', more });
    const store = await open({ resources: [...old.resources, ...now.resources] });
    await store.collection('books').create({ key: '7', text: '{"id":"7","a":"x"}', links: { shop: 's' } });
    const renames = new Map([['books', 'volumes']]);
    const migrated = await run(store, old, now, { ...noChoices, renames });
    assert.deepEqual(countsOf(migrated), [{ documents: 1, changed: 0, misfits: 0 }]);
    const moved = await store.collection('volumes').get('7');
    assert.deepEqual([moved?.text, moved?.links], ['{"id":"7","a":"x"}', { shop: 's' }]);
    assert.equal(migrated.kept.length, 1);
    await store.close();
  });
}

test('stopped anywhere, it goes on, with the backup of the first run', async () => {
  for (const stop of [0, 1, 7, 19]) {
    const store = await filled(stores.SQLite ?? openMemoryStore, before, documents(20));
    let updates = 0;
    const dying = withUpdates(store, async () => {
      if (updates++ >= stop) throw new Error('killed');
    });
    await assert.rejects(run(dying, before, after), /killed/);
    const { kept, ...migrated } = await run(store, before, after);
    assert.deepEqual(kept, [], 'no backup of what is half done');
    assert.equal(migrated.backup, 'kept');
    assert.equal(migrated.resources[0]?.misfits, 0);
    assert.equal((await store.collection('books').get('b19'))?.text.includes('"authorName":"A19"'), true);
    await store.close();
  }
});

test('values that are no longer unique are told before anything is changed', async () => {
  const unique = described({ isbn: { type: 'string', 'x-cartouche-unique': true } });
  const [one] = unique.resources;
  assert.ok(one);
  const now = {
    ...unique,
    resources: [{ ...one, fields: one.fields.map((field) => ({ ...field, unique: field.path === 'isbn' })) }],
  };
  const store = await filled(openMemoryStore, described({ isbn: text }), [
    { id: '1', isbn: 'a' },
    { id: '2', isbn: 'a' },
  ]);
  const migrated = await run(store, described({ isbn: text }), now);
  assert.equal(migrated.state, 'refused');
  assert.deepEqual(
    migrated.resources[0]?.listed.map(({ problems }) => problems),
    [['"isbn" must be unique, and is that of "1"']],
  );
});

const schemas: readonly JsonSchema[] = [
  { type: 'string' },
  { type: 'integer' },
  { type: 'number', minimum: 0 },
  { type: 'boolean' },
  { type: 'string', enum: ['a', '1', 'true'] },
  { type: ['string', 'null'] },
  { type: 'array', items: { type: 'string' } },
  { type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } } },
];
const values: readonly unknown[] = [
  'a',
  '1',
  'true',
  'b',
  0,
  7,
  1.5,
  true,
  null,
  [],
  ['a'],
  ['a', '2'],
  { name: 'x' },
  { age: 3 },
];
const names = ['title', 'titles', 'Title', 'name', 'first_name', 'firstName', 'size'];
const properties = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...schemas), { maxKeys: 4 });
const candidates = fc.array(fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...values), { maxKeys: 4 }), {
  maxLength: 8,
});

test('at random: each document fits, or is listed and as it was; what it was is kept', async () => {
  const examples = fc.tuple(properties, properties, fc.subarray(names), candidates);
  await fc.assert(
    fc.asyncProperty(examples, async ([old, now, wanted, contents]) => {
      const required = wanted.filter((name) => name in now);
      const [was, is] = [described(old), described(now, { required })];
      const fits = createAccepts({});
      const schemaOf = ({ resources }: TestDescription) => resources[0]?.schema ?? true;
      const valid = contents
        .map((content, index) => ({ id: String(index), ...content }))
        .filter((document) => fits(schemaOf(was), document));
      const store = await filled(stores.SQLite ?? openMemoryStore, was, valid);
      const { kept, ...migrated } = await run(store, was, is, withoutRenames(was, is), true);
      const listed = new Set(migrated.resources.flatMap((each) => each.listed.map(({ key }) => key)));
      for (const document of valid) {
        const stored = (await store.collection('books').get(document.id))?.text;
        assert.ok(stored !== undefined, 'no document is lost');
        if (listed.has(document.id)) assert.equal(stored, JSON.stringify(document));
        else assert.ok(fits(schemaOf(is), JSON.parse(stored)), `${stored} fits`);
        if (stored !== JSON.stringify(document)) {
          assert.equal(kept.find(({ key }) => key === document.id)?.text, JSON.stringify(document));
        }
      }
      await store.close();
    }),
    { numRuns: 150 },
  );
});

/** No to each question, of which one may lead to the next. */
function withoutRenames(was: TestDescription, is: TestDescription): Choices {
  const drops = new Set<string>();
  for (;;) {
    const choices = { ...noChoices, drops };
    const { questions } = planMigration(was, is, choices);
    if (questions.length === 0) return choices;
    for (const { from } of questions) drops.add(from);
  }
}

/** The store, with something that happens before each update. */
function withUpdates(store: Store, beforeUpdate: (collection: Collection, key: string) => Promise<void>): Store {
  return intercepted(store, 'collection', (name: string) => {
    const collection = store.collection(name);
    return intercepted(collection, 'update', async (...given: Parameters<Collection['update']>) => {
      await beforeUpdate(collection, given[0]);
      return collection.update(...given);
    });
  });
}

function intercepted<Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  replaced: Target[Name],
): Target {
  return new Proxy(target, {
    get: (_, key) => {
      if (key === name) return replaced;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
