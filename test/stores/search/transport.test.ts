/** How requests are repeated, and what their failures become; the clients of other servers included. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createSend, openTransport, SearchServerError, type Transport } from '../../../src/stores/search/transport.ts';

const request = { method: 'GET', path: '/' } as const;

/** Gives these answers, one after the other; errors are thrown. */
function answering(answers: readonly unknown[]): Transport & { readonly asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    request: () => {
      const answer = answers[asked];
      asked += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
}

function failure(statusCode: number, error?: unknown): Error {
  return Object.assign(new Error(`status ${statusCode}`), { meta: { statusCode, body: { error } } });
}

test('the body of an answer, with or without a response around it', async () => {
  const transport = answering([{ hits: 1 }, { statusCode: 200, headers: {}, body: { hits: 2 } }]);
  const send = createSend(transport);
  assert.deepEqual([await send(request), await send(request)], [{ hits: 1 }, { hits: 2 }]);
});

for (const status of [429, 502, 503, 504]) {
  test(`${status} is asked again`, async () => {
    const transport = answering([failure(status), failure(status), 'there']);
    assert.equal(await createSend(transport)(request), 'there');
  });
}

for (const [name, error, expected] of [
  ['a bad request', failure(400, { type: 'x_exception', reason: 'why' }), [400, 'x_exception', 'why', true]],
  ['no answer', new Error('connect ECONNREFUSED'), [undefined, undefined, 'connect ECONNREFUSED', false]],
  [
    'too many buckets',
    failure(503, { type: 'outer', reason: '', caused_by: { type: 'too_many_buckets_exception', reason: 'too many' } }),
    [503, 'too_many_buckets_exception', 'too many', false],
  ],
] as const) {
  test(`${name} is not asked again`, async () => {
    const transport = answering([error, 'never']);
    await assert.rejects(createSend(transport)(request), (thrown) => {
      assert(thrown instanceof SearchServerError);
      assert.deepEqual([thrown.status, thrown.type, thrown.message, thrown.isAnswer], expected);
      return true;
    });
    assert.equal(transport.asked(), 1);
  });
}

test('a server that stays busy is given up', async () => {
  const transport = answering(Array.from({ length: 10 }, () => failure(429)));
  await assert.rejects(createSend(transport)(request), SearchServerError);
  assert.equal(transport.asked(), 4);
});

test('the official client, where nobody is there: no answer', async () => {
  const { transport, close } = await openTransport('http://127.0.0.1:9');
  const sent = createSend(transport)({ method: 'GET', path: '/_alias' });
  await assert.rejects(sent, { name: 'SearchServerError', status: undefined, isAnswer: false });
  await close();
});

test('the official client, where the server hangs: no answer', async (context) => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  context.after(() => {
    silent.closeAllConnections();
    silent.close();
  });
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const { transport, close } = await openTransport(`http://127.0.0.1:${port}`);
  await assert.rejects(createSend(transport)({ method: 'GET', path: '/_alias' }, 100), { isAnswer: false });
  await close();
});
