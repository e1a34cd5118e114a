/** Resources that nobody can create begin with the documents that the description shows, for library users as for `serve`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSqliteStore, plantSeeds, type Store } from '../../src/index.ts';
import { buildModel } from '../../src/model/build.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { describe, listOf, object, ref } from '../model/describe.ts';
import { serve } from './http.ts';

const model = buildModel(
  describe(
    {
      '/plans': {
        get: { answers: { 200: listOf('Plan') }, example: [{ id: 'a', name: 'Free' }, { id: 'b' }, { id: 'a' }] },
      },
      '/plans/{id}': { get: { answers: { 200: ref('Plan') } }, patch: { body: ref('Plan') }, delete: {} },
    },
    { Plan: object({ id: { type: 'string' }, name: { type: 'string' } }) },
  ),
);

const stores: Readonly<Record<string, () => Promise<Store>>> = {
  memory: () => openMemoryStore(model),
  SQLite: () => openSqliteStore(':memory:', model),
};

for (const [name, open] of Object.entries(stores)) {
  test(`${name}: planted once, then ordinary documents`, async (t) => {
    const store = await open();
    await plantSeeds(model, store);
    const server = await serve(model, { store });
    t.after(() => server.close());
    assert.deepEqual((await server.call('GET /plans')).json, [{ id: 'a', name: 'Free' }, { id: 'b' }]);
    await server.call('DELETE /plans/a');
    await server.call('PATCH /plans/b', { name: 'Paid' });
    await plantSeeds(model, store);
    assert.deepEqual((await server.call('GET /plans')).json, [{ id: 'b', name: 'Paid' }]);
    await server.call('DELETE /plans/b');
    await plantSeeds(model, store);
    assert.equal((await server.call('GET /plans/a')).status, 200);
  });
}
