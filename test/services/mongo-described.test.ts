/** A database knows the API that it belongs to, and what is described otherwise now: as a file of SQLite does. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Filter } from '../../src/query/types.ts';
import type { Store, StoreSchema } from '../../src/stores/contract.ts';
import type { MongoOptions } from '../../src/stores/mongo/options.ts';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { books, resource } from '../stores/bookstore.ts';
import { api, forms, owners, shop } from '../stores/described-cases.ts';
import { isStoreError } from '../stores/suite.ts';
import { batchSize, freshDatabase, noMongo } from './mongo-server.ts';

const open = (address: string, schema: StoreSchema, options: MongoOptions = {}): Promise<Store> =>
  openMongoStore(address, schema, { batchSize, ...options });

/** Opens, stores one document in each resource of `filled`, and closes. */
async function serveOnce(address: string, schema: StoreSchema, filled: readonly string[]): Promise<void> {
  const store = await open(address, schema);
  for (const name of filled) await store.collection(name).create({ key: `${filled.length}`, text: '{"a":1}' });
  await store.close();
}

describe('whose database it is', { skip: noMongo }, () => {
  for (const [name, [after, filled, refused]] of Object.entries(owners)) {
    test(`${name}: ${refused ? 'refused' : 'opens'}`, async () => {
      const address = freshDatabase();
      await serveOnce(address, shop, filled);
      if (refused) {
        await assert.rejects(open(address, after), (error: Error) => {
          assert.ok(isStoreError('schema')(error));
          assert.match(error.message, new RegExp(`another API, "Shop" \\(.*orders.*\\), and not of "${after.title}"`));
          assert.match(error.message, /Nothing was changed.*another database.*--accept-schema-changes/);
          return true;
        });
      }
      await serveOnce(address, shop, []);
      await (await open(address, after, { acceptSchemaChanges: refused })).close();
      await (await open(address, after)).close();
    });
  }

  test('a description may be renamed while it is served', async () => {
    const address = freshDatabase();
    const store = await open(address, api('Shop', 'users'));
    await store.collection('users').create({ key: '1', text: '{}' });
    await store.adopt(api('Store', 'customers'));
    await store.close();
    await serveOnce(address, api('Store', 'customers'), []);
  });

  test('documents that were removed are nobody’s', async () => {
    const address = freshDatabase();
    const store = await open(address, shop);
    await store.collection('users').create({ key: '1', text: '{}' });
    await store.collection('users').removeMany({ kind: 'all' });
    await store.close();
    await serveOnce(address, api('Zoo', 'animals'), []);
  });
});

describe('a description is adopted while documents are written', { skip: noMongo }, () => {
  test('what a bulk change that began before writes last is in the new form', async () => {
    const { address, held, release, close } = await startHolding('held back');
    const before = { resources: [{ ...books, fields: books.fields.filter(({ path }) => path === 'title') }] };
    const store = await open(address, before);
    const collection = store.collection('books');
    await collection.create({ key: 'a', text: '{"title":"x","notes":"a"}' });
    const changed = collection.updateMany({ kind: 'all' }, () => '{"title":"x","notes":"held back"}');
    await held;
    const adopted = store.adopt({ resources: [books] });
    // Without waiting for the change it would be done by then.
    await Promise.race([adopted, pause(1000)]);
    release();
    assert.equal(await changed, 1);
    await adopted;
    const notes: Filter = { kind: 'exists', operand: { kind: 'field', path: 'notes' } };
    const named: Filter = {
      kind: 'prefix',
      operand: { kind: 'field', path: 'notes' },
      value: 'held',
      ignoreCase: false,
    };
    assert.equal(await store.collection('books').count({ kind: 'and', filters: [notes, named] }), 1);
    await store.close();
    await close();
  });
});

/** A new database behind a wire that holds back whatever has a text in it, until it is released. */
async function startHolding(text: string) {
  const address = new URL(freshDatabase());
  const target = { host: address.hostname, port: Number(address.port || 27017) };
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let tell = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const behind = connect(target);
    sockets.push(client, behind);
    behind.pipe(client);
    let sent: Promise<unknown> = Promise.resolve();
    client.on('data', (chunk) => {
      const isHeld = chunk.includes(text);
      if (isHeld) tell();
      sent = sent.then(() => (isHeld ? released : undefined)).then(() => behind.write(chunk));
    });
    for (const socket of [client, behind]) socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = server.address();
  address.host = `127.0.0.1:${typeof own === 'object' && own !== null ? own.port : 0}`;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { address: String(address), held, release, close };
}

describe('lists and objects that are described otherwise', { skip: noMongo }, () => {
  for (const [name, before, document, after, refused] of forms) {
    // FerretDB, which stands in for MongoDB, makes no index over such a name.
    const skip = before.some(({ path }) => path.includes('"')) && 'FerretDB takes no quotation mark in an index';
    test(`${name}: ${refused ? 'refused' : 'opens'}`, { skip }, async () => {
      const address = freshDatabase();
      const first = await open(address, { resources: [resource('books', before)] });
      await first.collection('books').create({ key: '1', text: document });
      await first.close();
      const schema = { resources: [resource('books', after)] };
      if (refused) {
        await assert.rejects(open(address, schema), (error: Error) => {
          assert.ok(isStoreError('schema')(error), error.message);
          assert.match(error.message, refused);
          return true;
        });
        const unharmed = await open(address, { resources: [resource('books', before)] });
        await assert.rejects(unharmed.adopt(schema), refused);
        await unharmed.close();
      }
      const second = await open(address, schema, { acceptSchemaChanges: refused !== undefined });
      assert.equal((await second.collection('books').get('1'))?.text, document);
      await second.close();
    });
  }

  test('a value that repeats and must not, accepted: it goes unpunished until it is corrected', async () => {
    const address = freshDatabase();
    const plain = { resources: [{ ...books, fields: books.fields.map((each) => ({ ...each, unique: false })) }] };
    const first = await open(address, plain);
    for (const key of ['1', '2']) await first.collection('books').create({ key, text: '{"isbn":"x"}' });
    await first.close();
    const unique = { resources: [books] };
    await assert.rejects(open(address, unique), /"isbn" of "books" is unique now.*--accept-schema-changes/);
    const accepting = await open(address, unique, { acceptSchemaChanges: true });
    await accepting.collection('books').create({ key: '3', text: '{"isbn":"x"}' });
    for (const key of ['1', '2']) await accepting.collection('books').remove(key, { kind: 'none' });
    await accepting.close();
    const strict = await open(address, unique);
    const again = strict.collection('books').create({ key: '4', text: '{"isbn":"x"}' });
    await assert.rejects(again, isStoreError('conflict', ['isbn']));
    await strict.close();
  });
});
