import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import express, { type Express } from 'express';
import { type ApiServer, createServer, type ServerLimits } from '../../../src/runtime/server.ts';

describe('a server that is told to stop', () => {
  it('answers what was sent before, new connections and kept ones, and asks clients to go', async () => {
    const { server, port } = await listen(says('x'));
    const kept = await Promise.all(Array.from({ length: 100 }, () => greeted(port)));
    const sent = [...kept, ...Array.from({ length: 100 }, () => connect(port, '127.0.0.1'))];
    const answers = sent.map(readAll);
    for (const socket of sent) socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    // The connections have left this process by then, and none has been accepted.
    process.nextTick(() => process.nextTick(() => server.close()));
    for (const answer of answers) assert.match(await answer, /^HTTP\/1\.1 200 [\s\S]+Connection: close[\s\S]+x$/);
    await server.close();
  });

  it('waits a second for a client that says nothing, not longer', { timeout: 5_000 }, async () => {
    const { server, port } = await listen(says('x'));
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const start = performance.now();
    await server.close(60_000);
    assert.ok(performance.now() - start < 3_000);
  });

  it('gives a client that is about to speak the time to do so', async () => {
    const { server, port } = await listen(says('x'));
    const slow = connect(port, '127.0.0.1');
    await once(slow, 'connect');
    const closed = server.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    slow.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    assert.match(await readAll(slow), /^HTTP\/1\.1 200 /);
    await closed;
  });
});

it('a client that reads nothing of its answer is cut off', { timeout: 10_000 }, async () => {
  const { server, port } = await listen(says('x'.repeat(50_000_000)), { readTimeout: 100 });
  const greedy = connect(port, '127.0.0.1', () => greedy.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
  greedy.pause();
  const [accepted]: readonly Socket[] = await once(server.http, 'connection');
  assert.ok(accepted);
  await once(accepted, 'close');
  greedy.destroy();
  await server.close();
});

function says(text: string): Express {
  return express().get('/', (_request, response) => {
    response.send(text);
  });
}

async function listen(app: Express, limits: ServerLimits = {}): Promise<{ server: ApiServer; port: number }> {
  const server = createServer(app, limits);
  server.http.listen(0, '127.0.0.1');
  await once(server.http, 'listening');
  const address = server.http.address();
  return { server, port: address !== null && typeof address === 'object' ? address.port : 0 };
}

/** A connection on which one request has been answered. */
async function greeted(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
  await once(socket, 'data');
  return socket;
}

function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => resolve(`${text} (reset)`));
    socket.on('close', () => resolve(text));
  });
}
