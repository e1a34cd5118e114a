import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import express, { type Express } from 'express';
import { type ApiServer, createServer } from '../../src/runtime/server.ts';
import { call } from './http.ts';

describe('the server', () => {
  it('hands over to another application between two requests', async () => {
    const { server, port } = await listen(says('old'));
    assert.equal((await call(port, 'GET /')).text, 'old');
    server.replace(says('new'));
    assert.equal((await call(port, 'GET /')).text, 'new');
    await server.close();
  });

  it('finishes running requests on the old application', async () => {
    let finish = (): void => undefined;
    const slow = express();
    const arrived = new Promise<void>((resolve) => {
      slow.get('/', (_request, response) => {
        finish = () => response.send('old');
        resolve();
      });
    });
    const { server, port } = await listen(slow);
    const running = call(port, 'GET /');
    await arrived;
    server.replace(says('new'));
    const closing = server.close();
    finish();
    assert.equal((await running).text, 'old');
    await closing;
    await assert.rejects(call(port, 'GET /'));
  });

  it('makes requests and responses that V8 need not keep as dictionaries', async () => {
    const kept: boolean[] = [];
    const looking = express().use((request, response) => {
      kept.push(hasFastProperties(request), hasFastProperties(response));
      response.end();
    });
    const { server, port } = await listen(looking);
    await call(port, 'GET /');
    await call(port, 'POST /', { a: 1 });
    await server.close();
    assert.deepEqual(kept, [true, true, true, true]);
  });

  it('closes though a client keeps its connection', { timeout: 2_000 }, async () => {
    const { server, port } = await listen(says('x'));
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve) => {
      get({ port, host: '127.0.0.1', agent }, (response) => response.resume().on('end', resolve));
    });
    await Promise.all([server.close(), server.close()]);
    agent.destroy();
  });

  it('cuts what does not end in time', { timeout: 2_000 }, async () => {
    const never = express();
    never.get('/', () => undefined);
    const { server, port } = await listen(never);
    const hanging = call(port, 'GET /');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([server.close(100), assert.rejects(hanging)]);
  });

  it('answers 408 to a client that is too slow', { timeout: 5_000 }, async () => {
    const server = createServer(says('x'), {
      headersTimeout: 200,
      requestTimeout: 200,
      connectionsCheckingInterval: 50,
    });
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    const { port } = server.http.address() as AddressInfo;
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\n'));
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
      });
      socket.on('close', () => resolve(text));
    });
    assert.match(answer, /^HTTP\/1\.1 408 /);
    await server.close();
  });
});

/** V8 alone knows. */
const hasFastProperties: (value: object) => boolean = (() => {
  setFlagsFromString('--allow-natives-syntax');
  const look: unknown = new Script('(value) => %HasFastProperties(value)').runInThisContext();
  assert(typeof look === 'function');
  return (value) => look(value) === true;
})();

function says(text: string): Express {
  return express().get('/', (_request, response) => {
    response.send(text);
  });
}

async function listen(app: Express): Promise<{ readonly server: ApiServer; readonly port: number }> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.http.address() as AddressInfo).port };
}
