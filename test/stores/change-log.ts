/** What every store that tells its changes must do: `changes.ts`. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChangeLog } from '../../src/stores/changes.ts';
import type { Store, StoreSchema } from '../../src/stores/contract.ts';
import { bookstore } from './bookstore.ts';
import { none } from './preconditions.ts';
import { titled } from './suite.ts';

export function testChangeLog(name: string, open: (schema: StoreSchema) => Promise<Store>): void {
  describe(`${name}: changes`, () => {
    let store: Store;
    before(async () => {
      store = await open(bookstore);
    });
    beforeEach(async () => {
      for (const resource of ['books', 'orders']) {
        await store.collection(resource).removeMany({ kind: 'all' });
        await confirmAll(changesOf(store), resource);
        await changesOf(store).forget(resource, later());
      }
    });
    after(() => store.close());
    for (const [title, run] of Object.entries(promises)) test(title, () => run(store, changesOf(store)));
  });
}

const promises: Readonly<Record<string, (store: Store, changes: ChangeLog) => Promise<void>>> = {
  'what was written waits, the oldest first, until its revision is confirmed': async (store, changes) => {
    const collection = store.collection('books');
    assert.deepEqual(await changes.pending('books', 10, later()), []);
    await collection.create({ key: 'b', text: '{"title":"b"}', links: { shop: 's' } });
    await delay(2);
    const middle = new Date();
    await delay(2);
    await collection.create({ key: 'a', text: '{}' });
    assert.deepEqual(await changes.pending('books', 10, later()), ['b', 'a']);
    assert.deepEqual(await changes.pending('books', 1, later()), ['b']);
    assert.deepEqual(await changes.pending('books', 10, middle), ['b']);
    const states = await changes.read('books', ['a', 'b', 'c']);
    assert.deepEqual(states.map(({ key }) => key).toSorted(), ['a', 'b']);
    const found = states.find(({ key }) => key === 'b');
    assert(found !== undefined && !found.removed);
    assert.deepEqual(found.document, await collection.get('b'));
    await collection.update('a', none, () => '{"pages":1}');
    await changes.confirm('books', states);
    assert.deepEqual(await changes.pending('books', 10, later()), ['a'], 'it was written again');
    await confirmAll(changes, 'books');
    assert.deepEqual(await changes.pending('books', 10, later()), []);
  },

  'each kind of write waits, and one that fails or changes nothing does not': async (store, changes) => {
    const collection = store.collection('books');
    const writes: readonly (readonly [readonly string[], () => Promise<unknown>])[] = [
      [['a', 'b'], () => collection.createMany(['a', 'b'].map((key) => ({ key, text: `{"title":"${key}"}` })))],
      [['b'], () => collection.upsert({ key: 'b', text: '{"title":"b","isbn":"1"}' }, none)],
      [['c'], () => collection.upsert({ key: 'c', text: '{"title":"c"}' }, none)],
      [['a'], () => collection.updateMany(titled('a'), ({ text }) => text.replace('}', ',"pages":1}'))],
      [['d'], () => collection.restore([{ key: 'd', text: '{}', revision: 7, links: {} }])],
      [[], () => collection.restore([{ key: 'd', text: '{}', revision: 7, links: {} }])],
      [[], () => collection.update('a', none, () => undefined)],
      [[], () => collection.update('x', none, () => '{}')],
      [[], () => collection.remove('x', none)],
      [[], () => failing(collection.create({ key: 'a', text: '{}' }))],
      [[], () => failing(collection.create({ key: 'e', text: '{"isbn":"1"}' }))],
      [[], () => failing(collection.createMany(['e', 'a'].map((key) => ({ key, text: '{}' }))))],
      [['a'], () => collection.remove('a', none)],
      [['b'], () => collection.removeMany(titled('b'))],
      [['a'], () => collection.create({ key: 'a', text: '{}' })],
    ];
    for (const [at, [expected, write]] of writes.entries()) {
      await write();
      const pending = await changes.pending('books', 10, later());
      assert.deepEqual(pending.toSorted(), expected, `write ${at}`);
      await confirmAll(changes, 'books');
    }
  },

  'revisions only grow: through a removal, and what comes after it': async (store, changes) => {
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{}' });
    const seen = [await revisionOf(changes, 'a')];
    for (const write of [
      () => collection.remove('a', none),
      () => collection.create({ key: 'a', text: '{}' }),
      () => collection.removeMany({ kind: 'all' }),
      () => collection.upsert({ key: 'a', text: '{}' }, none),
    ]) {
      await write();
      seen.push(await revisionOf(changes, 'a'));
      await confirmAll(changes, 'books');
      assert.equal(await revisionOf(changes, 'a'), seen.at(-1), 'it is the same once it is confirmed');
    }
    assert.deepEqual(
      seen,
      [...new Set(seen)].toSorted((one, other) => one - other),
    );
  },

  'removed documents are remembered until they are confirmed and forgotten': async (store, changes) => {
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{}' });
    await confirmAll(changes, 'books');
    await collection.remove('a', none);
    const [removed, ...others] = await changes.read('books', ['a']);
    assert.equal(removed?.removed, true);
    assert.deepEqual(others, []);
    assert.equal(await changes.forget('books', later()), 0);
    await confirmAll(changes, 'books');
    assert.deepEqual(await changes.read('books', ['a']), [removed]);
    assert.equal(await changes.forget('books', new Date(0)), 0);
    assert.equal(await changes.forget('books', later()), 1);
    assert.deepEqual(await changes.read('books', ['a']), []);
  },

  'what the index refuses waits for a change, or to be marked': async (store, changes) => {
    const collection = store.collection('books');
    for (const key of ['a', 'b']) await collection.create({ key, text: '{}' });
    await confirmAll(changes, 'books');
    const states = await changes.read('books', ['a', 'b']);
    // A new index may refuse what the old one took.
    await changes.fail('books', states, { kind: 'refused', reason: 'no' });
    const refused = (key: string) => ({ resource: 'books', key, reason: 'no' });
    const { refused: told, pending } = await changes.count('books');
    assert.deepEqual(told.toSorted(byKey), [refused('a'), refused('b')]);
    assert.equal(pending, 0);
    assert.deepEqual(await changes.pending('books', 10, later()), []);
    await collection.update('a', none, () => '{}');
    assert.deepEqual(await changes.count('books'), { pending: 1, refused: [refused('b')] });
    await changes.mark('books', ['b', 'x']);
    assert.deepEqual((await changes.pending('books', 10, later())).toSorted(), ['a', 'b']);
    const again = await changes.read('books', ['a', 'b']);
    await changes.fail('books', again, { kind: 'again', reason: 'busy' });
    assert.deepEqual(await changes.count('books'), { pending: 2, refused: [] });
    await changes.fail('books', states, { kind: 'refused', reason: 'of long ago' });
    assert.equal((await changes.pending('books', 10, later())).includes('a'), true);
  },

  'all is marked, removed documents too': async (store, changes) => {
    const collection = store.collection('books');
    for (const key of ['a', 'b']) await collection.create({ key, text: '{}' });
    await collection.remove('a', none);
    await confirmAll(changes, 'books');
    await changes.mark('books', 'all');
    assert.deepEqual((await changes.pending('books', 10, later())).toSorted(), ['a', 'b']);
    assert.deepEqual(await changes.pending('orders', 10, later()), []);
  },

  'scans all there is, in the order of the bytes of keys': async (store, changes) => {
    for (const [resource, keys] of [
      ['books', ['', '!', '10', '2', 'A', 'a', 'b/c', 'é', '｡', '😀']],
      ['orders', ['-1', '-12', '0', '1', '10', '100', '101', '11', '19', '2', '20', '9', '999999999999999999']],
    ] as const) {
      const collection = store.collection(resource);
      for (const key of keys.toReversed()) await collection.create({ key, text: '{}' });
      for (const key of [keys[1], keys[4]]) await collection.remove(key, none);
      for (const size of [1, 3, 100]) {
        const found: (readonly [string, boolean])[] = [];
        for (let after: string | undefined; ; ) {
          const page = await changes.scan(resource, after, size);
          assert(page.length <= size);
          found.push(...page.map(({ key, removed }) => [key, removed] as const));
          if (page.length < size) break;
          after = page.at(-1)?.key;
        }
        assert.deepEqual(
          found,
          keys.map((key) => [key, key === keys[1] || key === keys[4]]),
          `${size} at a time`,
        );
      }
    }
  },

  'small facts are written by compare and set': async (_, changes) => {
    assert.equal(await changes.readControl('x'), undefined);
    assert.equal(await changes.writeControl('x', 1, 'early'), false);
    assert.equal(await changes.writeControl('x', 0, { a: [1] }), true);
    assert.equal(await changes.writeControl('x', 0, 'late'), false);
    assert.deepEqual(await changes.readControl('x'), { version: 1, value: { a: [1] } });
    assert.equal(await changes.writeControl('x', 1, 'next'), true);
    assert.deepEqual(await changes.readControl('x'), { version: 2, value: 'next' });
  },
};

function changesOf({ changes }: Store): ChangeLog {
  assert(changes !== undefined);
  return changes;
}

function later(): Date {
  return new Date(Date.now() + 1000);
}

async function confirmAll(changes: ChangeLog, resource: string): Promise<void> {
  await changes.confirm(resource, await changes.scan(resource, undefined, 1000));
}

async function revisionOf(changes: ChangeLog, key: string): Promise<number> {
  const [state] = await changes.read('books', [key]);
  assert(state !== undefined);
  return state.revision;
}

async function failing(write: Promise<unknown>): Promise<void> {
  await assert.rejects(write);
}

function byKey(one: { readonly key: string }, other: { readonly key: string }): number {
  return one.key < other.key ? -1 : 1;
}
