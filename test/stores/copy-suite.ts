/** What a copy promises, between stores of any kind that keep what they are given. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Query } from '../../src/query/types.ts';
import type { Collection, Page, Store, StoredDocument, StoreSchema } from '../../src/stores/contract.ts';
import { type Copying, copyAll, isSame } from '../../src/stores/copy.ts';
import { copyNote, isCopyNote } from '../../src/stores/copy-note.ts';
import { books, lines, orders } from './bookstore.ts';
import { none } from './preconditions.ts';
import { all } from './suite.ts';

export type Open = (schema: StoreSchema) => Promise<Store>;

const schema: StoreSchema = { title: 'Shop', resources: [books, orders, lines] };

export function testCopy(name: string, openSource: Open, openTarget: Open): void {
  describe(name, () => {
    for (const [title, run] of Object.entries(promises)) {
      test(title, async () => {
        const from = await openSource(schema);
        const to = await openTarget(schema);
        try {
          await fill(from);
          await run({ from, to, resources: schema.resources });
        } finally {
          await Promise.all([from.close(), to.close()]);
        }
      });
    }
  });
}

async function fill(store: Store): Promise<void> {
  const collection = store.collection('books');
  const texts = [
    '{ "title" : "\\u00e9 😀", "big": 9007199254740993, "e": 1E2 }',
    '{"tags":["a",{"b":[]}],"":{}}',
    '[]',
  ];
  const odd = ['', ' ', '__proto__', 'é', '😀', '007', 'a/b', "it's"];
  for (const [at, key] of odd.entries()) await collection.create({ key, text: texts[at % texts.length] ?? '{}' });
  await collection.createMany(
    Array.from({ length: 150 }, (_, at) => ({
      key: `book-${at}`,
      text: JSON.stringify({ title: `Book ${at}`, isbn: String(at), pages: at }),
      ...(at % 3 === 0 && { links: { shop: `shop-${at}` } }),
    })),
  );
  await collection.update('book-7', none, () => '{"title":"again"}');
  await collection.remove('book-8', none);
  for (let at = 0; at < 12; at++) {
    const id = await store.collection('orders').nextId();
    await store.collection('orders').create({ key: String(id), text: JSON.stringify({ id, total: at / 4 }) });
  }
  await store.collection('orders').remove('12', none);
  for (const key of ['9/1', '10/1', '10/2']) {
    await store.collection('lines').create({ key, text: '{"amount":1}', links: { order: key.split('/')[0] ?? '' } });
  }
}

const promises: Readonly<Record<string, (copying: Copying) => Promise<void>>> = {
  'everything arrives as it is: keys, revisions, links, texts, and which ids were given out': async (copying) => {
    const { from, to } = copying;
    const copied = await copyAll(copying);
    assert.deepEqual(
      copied.map((each) => [each.resource, isSame(each), each.to.count]),
      [
        ['books', true, 157],
        ['orders', true, 11],
        ['lines', true, 3],
      ],
    );
    for (const { name } of copying.resources) {
      assert.deepEqual(await documents(to, name), await documents(from, name));
      assert.ok((await to.collection(name).lastId()) >= (await from.collection(name).lastId()));
    }
    assert.ok((await to.collection('orders').nextId()) > 12);
    const [before] = await documents(from, 'books');
    const after = before && (await to.collection('books').update(before.key, none, () => '{}'));
    assert.ok((after?.revision ?? 0) > (before?.revision ?? 0));
    assert.equal(await noted(to), true);
  },

  'stopped anywhere, it goes on where it was': async (copying) => {
    for (let stop = 1; ; stop++) {
      let told = 0;
      const stopping = (): void => {
        told += 1;
        if (told === stop) throw new Error('stopped');
      };
      const outcome = await copyAll({ ...copying, progress: stopping }).catch((error: Error) => error.message);
      if (outcome === 'stopped') {
        assert.equal(await noted(copying.to), false);
        continue;
      }
      assert.ok(stop > 3, 'it was stopped a few times');
      assert.ok(Array.isArray(outcome) && outcome.every(isSame));
      break;
    }
    assert.deepEqual(await documents(copying.to, 'books'), await documents(copying.from, 'books'));
  },

  'what is written to the source meanwhile arrives too': async (copying) => {
    const source = copying.from.collection('books');
    const changes = [
      () => source.update('', none, () => '{"title":"changed"}'),
      () => source.remove('007', none),
      () => source.create({ key: '!', text: '{"title":"new"}' }),
      () => source.remove('book-99', none),
      () => source.create({ key: 'book-99', text: '{"title":"and again"}' }),
    ];
    const reading = async (query: Query): Promise<Page> => {
      const page = await source.list(query);
      await changes.shift()?.();
      return page;
    };
    const read = replacing(source, 'list', reading);
    const collection = (name: string): Collection => (name === 'books' ? read : copying.from.collection(name));
    const copied = await copyAll({ ...copying, from: replacing(copying.from, 'collection', collection) });
    assert.equal(changes.length, 0);
    assert.deepEqual(copied.map(isSame), [true, true, true]);
    assert.deepEqual(await documents(copying.to, 'books'), await documents(copying.from, 'books'));
  },

  'what was written to the source between two runs arrives, and what was removed goes': async (copying) => {
    const { from, to } = copying;
    const failing = { ...copying, progress: ({ doing }: { doing: string }) => assert.equal(doing, 'copying') };
    await assert.rejects(copyAll(failing));
    await from.collection('books').update('book-1', none, () => '{"title":"changed"}');
    await from
      .collection('books')
      .removeMany({ kind: 'prefix', operand: { kind: 'id' }, value: 'book-2', ignoreCase: false });
    await from.collection('orders').create({ key: '500', text: '{"id":500}' });
    // Somebody has meddled with the target: a document of the same revision with another text.
    const [first] = await documents(from, 'lines');
    assert(first !== undefined);
    await to.collection('lines').remove(first.key, none);
    await to.collection('lines').restore([{ ...first, text: '{"amount":2}' }]);
    assert.ok((await copyAll(copying)).every(isSame));
    for (const { name } of copying.resources) assert.deepEqual(await documents(to, name), await documents(from, name));
  },

  'two copies of one target get into each other’s way, and one of them stops': async (copying) => {
    const outcomes = await Promise.allSettled([copyAll(copying), copyAll(copying)]);
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    assert.equal(failed.length, 1);
    assert.ok((await copyAll(copying)).every(isSame));
  },
};

/** The same, but for one method. */
function replacing<T extends object, Name extends keyof T>(original: T, replaced: Name, by: T[Name]): T {
  return new Proxy(original, {
    get: (target, name) => {
      if (name === replaced) return by;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function documents(store: Store, resource: string): Promise<readonly StoredDocument[]> {
  const page = await store.collection(resource).list({ ...all, limit: 1000 });
  return page.documents;
}

/** Whether the target says that the copy is complete. */
async function noted({ control }: Store): Promise<boolean | undefined> {
  const note = (await control?.readControl(copyNote))?.value;
  return isCopyNote(note) ? note.isComplete : undefined;
}
