import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { Answer } from '../../src/runtime/present/answer.ts';
import { send } from '../../src/runtime/send.ts';
import { call } from './http.ts';

describe('sending an answer', { timeout: 10_000 }, () => {
  const bodies = {
    'nothing but ASCII': '{"a":"\\u0000\x7f~"}',
    'Latin-1': '{"a":"é"}',
    'the first character beyond ASCII': '\x80',
    Chinese: '{"a":"書"}',
    'beyond the first plane': '{"a":"😀"}',
    'a long page of ASCII': 'a'.repeat(100_000),
    'a long page with one character of something else': `${'a'.repeat(100_000)}é`,
    'several parts': ['{"a":', '"b"', '}'].join(''),
    nothing: '',
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`sends as UTF-8, and counts its bytes: ${name}`, async (t) => {
      const port = await answering(t, { status: 200, headers: { 'Content-Type': 'application/json' }, body });
      const { text, headers } = await call(port, 'GET /');
      assert.equal(text, body);
      assert.equal(headers['content-length'], String(Buffer.from(body).length));
      const head = await call(port, 'HEAD /');
      assert.equal(head.text, '');
      assert.equal(head.headers['content-length'], headers['content-length']);
    });
  }

  it('sends a lone surrogate as the character that stands for what cannot be decoded', async (t) => {
    const port = await answering(t, { status: 200, headers: {}, body: '"\ud800"' });
    const { text, headers } = await call(port, 'GET /');
    assert.equal(text, '"\ufffd"');
    assert.equal(headers['content-length'], '5');
  });

  for (const status of [204, 304]) {
    it(`sends no body, and no length, with ${status}`, async (t) => {
      const port = await answering(t, { status, headers: {}, body: '' });
      const { text, headers } = await call(port, 'GET /');
      assert.deepEqual([text, headers['content-length'], headers['transfer-encoding']], ['', undefined, undefined]);
    });
  }
});

async function answering(t: TestContext, answer: Answer): Promise<number> {
  const server = createServer((request, response) => send(request, response, answer, []));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}
