/** The end of a server that is at work: told to stop, killed, or out of disk. What a client was told holds afterwards. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { emptyFolder, serving } from '../cli.ts';

const raml = `#%RAML 1.0
title: Notes
mediaType: application/json
/notes:
  get:
  post:
  /{id}: { put: , get: , delete: }
`;

/** `status body`, or the code of what broke the connection. */
function send(method: string, url: string, body?: string, agent?: Agent): Promise<string> {
  return new Promise((resolve) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const sent = request(url, { method, headers, ...(agent && { agent }) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(`${response.statusCode} ${text}`));
      response.on('error', (error) => resolve(error.message));
    });
    sent.on('error', (error) => resolve(error.message));
    sent.end(body);
  });
}

function idOf(answer: string): string {
  const document: { readonly id: string } = JSON.parse(answer.slice(4));
  return document.id;
}

test('SIGTERM during 200 requests: each is answered, and what was created is there', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), raml);
  const server = await serving(t, folder, ['api.raml']);
  await send('GET', `${server.url}/notes`);
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  let connected = 0;
  const answers = Array.from({ length: 200 }, (_, at) => {
    const answer = send('POST', `${server.url}/notes`, JSON.stringify({ text: 'x'.repeat(10_000), at }), agent);
    return answer.finally(() => {
      connected += 1;
    });
  });
  while (connected < 5) await wait(1);
  assert.ok(connected < 200, 'still at work');
  assert.equal(await server.stop('SIGTERM'), 0);
  const received = await Promise.all(answers);
  const created = received.filter((answer) => answer.startsWith('201 '));
  // A connection that the server had not taken yet is refused: nothing was promised on it.
  const others = received.filter((answer) => !answer.startsWith('201 '));
  for (const other of others) assert.match(other, /ECONNREFUSED|ECONNRESET/);
  assert.ok(created.length >= 5, `${created.length} answers`);
  const again = await serving(t, folder, ['api.raml']);
  for (const answer of created) {
    assert.match(await send('GET', `${again.url}/notes/${idOf(answer)}`, undefined, agent), /^200 /);
  }
});

test('kill -9 under load: every 201 that a client has seen is there', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), raml);
  const server = await serving(t, folder, ['api.raml']);
  const created: string[] = [];
  const writer = async (): Promise<void> => {
    for (;;) {
      const answer = await send('POST', `${server.url}/notes`, '{"text":"kept"}');
      if (!answer.startsWith('201 ')) return;
      created.push(idOf(answer));
    }
  };
  const writers = Array.from({ length: 16 }, writer);
  while (created.length < 200) await wait(5);
  await server.stop('SIGKILL');
  await Promise.all(writers);
  const again = await serving(t, folder, ['api.raml']);
  for (const id of created) assert.match(await send('GET', `${again.url}/notes/${id}`), /^200 /);
  assert.equal(await again.stop(), 0);
});

test('a full disk: 507, reads go on, and what was acknowledged is there', async (t) => {
  const disk = mkdtempSync(join(tmpdir(), 'cartouche-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return t.skip('only root may mount a small file system');
  }
  t.after(() => {
    execFileSync('umount', ['--lazy', disk]);
    rmdirSync(disk);
  });
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), raml);
  const server = await serving(t, folder, ['api.raml', '--data', join(disk, 'my.db')]);
  const created: string[] = [];
  let answer = '201 ';
  for (let round = 0; round < 200 && answer.startsWith('201 '); round++) {
    answer = await send('POST', `${server.url}/notes`, JSON.stringify({ text: 'x'.repeat(60_000) }));
    if (answer.startsWith('201 ')) created.push(idOf(answer));
  }
  assert.match(answer, /^507 .*"code":"storage-full"/);
  assert.ok(!answer.includes(disk));
  for (const id of created) assert.match(await send('GET', `${server.url}/notes/${id}`), /^200 /);
  assert.equal(await server.stop(), 0);
});
