/**
 * Several documents at once, on a replica set: one transaction, repeated where the server says that another one was
 * faster. Where there is no real one, `replica-set.ts` shows what would be sent to it.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Store } from '../../src/stores/contract.ts';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { books } from '../stores/bookstore.ts';
import { isStoreError, keys } from '../stores/suite.ts';
import { batchSize, freshDatabase, noMongo } from './mongo-server.ts';
import { type Command, type ReplicaSet, startReplicaSet } from './replica-set.ts';

const schema = { resources: [books] };
const three = ['a', 'b', 'c'].map((key) => ({ key, text: `{"title":"${key}"}` }));
const pages = ({ text }: { readonly text: string }): string => JSON.stringify({ ...JSON.parse(text), pages: 1 });

describe('several documents at once, on a replica set', { skip: noMongo }, () => {
  const promise = (name: string, run: (store: Store, set: ReplicaSet) => Promise<void>): void => {
    test(name, async (context) => {
      const set = await startReplicaSet(freshDatabase());
      const store = await openMongoStore(set.url, schema, { batchSize: 2 });
      context.after(async () => {
        await store.close();
        await set.close();
      });
      await run(store, set);
    });
  };

  promise('are one transaction, acknowledged by a majority', async (store, set) => {
    await store.collection('books').createMany(three);
    assert.deepEqual(namesOf(set.commands), ['insert', 'commitTransaction']);
    const [insert, commit] = set.commands;
    assert.equal(insert?.startTransaction, true);
    assert.deepEqual(insert?.readConcern, { level: 'snapshot' });
    const { w, j } = Object(commit?.writeConcern);
    assert.deepEqual([w, j], ['majority', true]);
    assert.deepEqual(commit?.lsid, insert?.lsid);
    assert.deepEqual(await keys(store.collection('books')), ['a', 'b', 'c']);
  });

  promise('are one transaction, however many commands they take', async (store, set) => {
    await store.collection('books').createMany(three);
    set.commands.length = 0;
    assert.equal(await store.collection('books').updateMany({ kind: 'all' }, pages), 3);
    assert.deepEqual(namesOf(set.commands), ['update', 'update', 'commitTransaction']);
    assert.deepEqual(
      set.commands.map(({ startTransaction }) => startTransaction),
      [true, undefined, undefined],
    );
    assert.equal(new Set(set.commands.map(({ txnNumber }) => String(txnNumber))).size, 1);
  });

  promise('are tried again when another transaction was faster', async (store, set) => {
    await store.collection('books').createMany(three);
    set.commands.length = 0;
    failOnce(set, 'update', {
      ok: 0,
      code: 112,
      codeName: 'WriteConflict',
      errmsg: 'WriteConflict',
      errorLabels: ['TransientTransactionError'],
    });
    assert.equal(await store.collection('books').updateMany({ kind: 'all' }, pages), 3);
    const names = namesOf(set.commands);
    assert.deepEqual(names.slice(0, 2), ['update', 'abortTransaction']);
    assert.deepEqual(names.slice(2), ['update', 'update', 'commitTransaction']);
  });

  promise('are planned again when one of them was written meanwhile', async (store, set) => {
    await store.collection('books').createMany(three);
    set.commands.length = 0;
    let planned = 0;
    failOnce(set, 'update', { ok: 1, n: 1, nModified: 1 });
    await store.collection('books').updateMany({ kind: 'all' }, (current) => {
      planned += 1;
      return pages(current);
    });
    assert.deepEqual(namesOf(set.commands).slice(0, 2), ['update', 'abortTransaction']);
    assert.equal(set.commands.at(-1)?.commitTransaction, 1);
    assert.equal(planned, 6);
  });

  promise('are given up for a value that was taken, and planned again where it was not', async (store, set) => {
    await store.collection('books').create({ key: 'x', text: '{"isbn":"1"}' });
    failOnce(set, 'insert', {
      ok: 1,
      n: 0,
      writeErrors: [{ index: 0, code: 11000, errmsg: 'E11000 duplicate key error' }],
    });
    await store.collection('books').createMany([{ key: 'y', text: '{"isbn":"2"}' }]);
    const names = namesOf(set.commands);
    assert.deepEqual(names, ['insert', 'abortTransaction', 'insert', 'commitTransaction']);
    const taken = store.collection('books').createMany([{ key: 'z', text: '{"isbn":"1"}' }]);
    await assert.rejects(taken, isStoreError('conflict', ['isbn']));
  });
});

test('on a single server there are no transactions', { skip: noMongo }, async (context) => {
  const store = await openMongoStore(freshDatabase(), schema, { batchSize });
  context.after(() => store.close());
  await store.collection('books').createMany(three);
  assert.equal(await store.collection('books').updateMany({ kind: 'all' }, pages), 3);
});

function namesOf(commands: readonly Command[]): readonly string[] {
  return commands.map((command) => Object.keys(command)[0] ?? '');
}

function failOnce(set: ReplicaSet, name: string, answer: Command): void {
  set.intercept = (command) => {
    if (!(name in command) || command.startTransaction !== true) return undefined;
    set.intercept = undefined;
    return answer;
  };
}
