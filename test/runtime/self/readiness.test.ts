/** What watching a server costs it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReadiness } from '../../../src/runtime/self/health.ts';

test('an index is counted once for all who ask within half a second, and the store is always asked', async () => {
  let time = 0;
  let [pings, counts] = [0, 0];
  const readiness = createReadiness(
    {
      ping: async () => {
        pings += 1;
      },
      indexHealth: async () => {
        counts += 1;
        return { state: 'in-step', pending: counts, refused: [] };
      },
    },
    () => time,
  );
  const pending = async () => JSON.parse((await readiness()).body).pending;
  assert.deepEqual(await Promise.all([pending(), pending(), pending()]), [1, 1, 1]);
  time = 499;
  assert.equal(await pending(), 1);
  time = 500;
  assert.equal(await pending(), 2);
  assert.deepEqual([pings, counts], [5, 2]);
});
