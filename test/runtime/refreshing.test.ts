import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Collection, Refresh, Store } from '../../src/stores/contract.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { readFixture, serve, type TestServer } from './http.ts';

/** Request, and what its write was told: `usual` where it says nothing. Else the code of the refusal. */
const cases: readonly (readonly [string, unknown, string])[] = [
  ['POST /letters', { name: 'a' }, 'usual'],
  ['POST /letters?_refresh_index=true', { name: 'b' }, 'true'],
  ['POST /letters?_refresh_index=wait_for', { name: 'c' }, 'wait_for'],
  ['POST /letters?%5Frefresh_index=false', { name: 'd' }, 'false'],
  ['POST /letters?_refresh_index=TRUE', { name: 'e' }, 'true'],
  ['POST /letters?_refresh_index=soon', { name: 'f' }, 'invalid-parameter'],
  ['POST /letters?_refresh_index=true&_refresh_index=false', { name: 'f' }, 'invalid-parameter'],
  ['POST /letters?_refresh=true', { name: 'f' }, 'unknown-parameter'],
  ['PUT /letters/1?_refresh_index=true', { name: 'g' }, 'true'],
  ['PATCH /letters/1?_refresh_index=false', { name: 'h' }, 'false'],
  ['PATCH /letters?name=h&_refresh_index=true', { name: 'i' }, 'true'],
  ['DELETE /letters/2?_refresh_index=wait_for', undefined, 'wait_for'],
  ['DELETE /letters?name=c&_refresh_index=true', undefined, 'true'],
  ['GET /letters?_refresh_index=true', undefined, 'unknown-parameter'],
  ['GET /letters/1?_refresh_index=true', undefined, 'unknown-parameter'],
];

describe('_refresh_index', () => {
  const told: string[] = [];
  let indexed: TestServer | undefined;
  let plain: TestServer | undefined;
  before(async () => {
    const model = await readFixture('letters.json');
    const store = await openMemoryStore(model);
    indexed = await serve(model, { store: telling(store, (refresh) => told.push(refresh)) });
    plain = await serve(model);
  });
  after(async () => {
    await indexed?.close();
    await plain?.close();
  });

  for (const [line, body, expected] of cases) {
    test(line, async () => {
      told.length = 0;
      const { status, json } = (await indexed?.call(line, body)) ?? {};
      const code = typeof json === 'object' && json !== null && 'code' in json ? json.code : undefined;
      assert.deepEqual(code === undefined ? told : [code], [expected], `${status}`);
      const without = await plain?.call(line, body);
      assert.deepEqual([without?.status, without?.text.length], [status, without?.text.length]);
    });
  }
});

/** The store, telling of each write how long it is to wait. */
function telling(store: Store, tell: (refresh: Refresh | 'usual') => void): Store {
  const collection = (name: string): Collection => withTelling(store.collection(name), 'usual', tell);
  return {
    description: store.description,
    secret: store.secret,
    collection,
    ping: () => store.ping(),
    adopt: (schema) => store.adopt(schema),
    close: () => store.close(),
  };
}

function withTelling(
  inner: Collection,
  refresh: Refresh | 'usual',
  tell: (refresh: Refresh | 'usual') => void,
): Collection {
  const first = <Result>(result: Result): Result => {
    tell(refresh);
    return result;
  };
  return {
    get: (key) => inner.get(key),
    list: (query) => inner.list(query),
    count: (filter) => inner.count(filter),
    aggregate: (filter, aggregations) => inner.aggregate(filter, aggregations),
    nextId: () => inner.nextId(),
    lastId: () => inner.lastId(),
    restore: (documents, lastId) => inner.restore(documents, lastId),
    create: (document) => first(inner.create(document)),
    createMany: (documents) => first(inner.createMany(documents)),
    update: (key, precondition, change) => first(inner.update(key, precondition, change)),
    upsert: (document, precondition) => first(inner.upsert(document, precondition)),
    remove: (key, precondition) => first(inner.remove(key, precondition)),
    updateMany: (filter, change) => first(inner.updateMany(filter, change)),
    removeMany: (filter) => first(inner.removeMany(filter)),
    refreshing: (other) => withTelling(inner, other, tell),
  };
}
