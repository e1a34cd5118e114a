import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bookWithId } from '../../bench/books.ts';
import { LoadGenerator } from '../../bench/generator.ts';
import { operations, pagePath } from '../../bench/requests.ts';
import { runScript } from '../../bench/run-script.ts';
import { type RunningServer, startServer } from '../../bench/server.ts';
import { scriptPath, translateScripts } from '../../bench/workspace.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-bench-test-'));
const frameworks = ['express', 'fastify'] as const;
const servers = new Map<string, RunningServer>();
let generator: LoadGenerator;

before(async () => {
  await translateScripts(['load', 'baselines/fill', 'baselines/bare', 'baselines/express', 'baselines/fastify']);
  generator = new LoadGenerator();
  servers.set('bare', await startServer(() => ({ arguments: [scriptPath('baselines/bare')] }), '/books/1'));
  for (const framework of frameworks) {
    const file = join(folder, `${framework}.db`);
    await runScript('baselines/fill', [file, '300']);
    const command = { arguments: [scriptPath(`baselines/${framework}`)], environment: { DATA: file } };
    servers.set(framework, await startServer(() => command, '/books/1'));
  }
});

after(async () => {
  generator.stop();
  await Promise.all([...servers.values()].map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

for (const framework of frameworks) {
  test(`${framework}: reads what was stored`, async () => {
    assert.deepEqual((await ask(framework, '/books/17')).body, bookWithId(17));
    assert.equal((await ask(framework, '/books/1000')).status, 404);
  });

  test(`${framework}: a page is sorted and filtered`, async () => {
    const all = Array.from({ length: 300 }, (_, index) => bookWithId(index + 1));
    const expected = all
      .filter(({ pages }) => pages >= 100 && pages <= 600)
      .sort((a, b) => a.price - b.price || a.id - b.id)
      .slice(20, 40);
    const page = pagePath('express', { sort: 'price', offset: 20, pages: { from: 100, to: 600 } });
    assert.deepEqual((await ask(framework, page)).body, expected);
  });

  test(`${framework}: creates, changes, and refuses what is not valid or taken`, async () => {
    const { id: _none, ...fields } = { ...bookWithId(1), isbn: '9790000000001' };
    const created = await ask(framework, '/books', 'POST', fields);
    assert.deepEqual([created.status, created.body], [201, { id: 301, ...fields }]);
    assert.equal((await ask(framework, '/books', 'POST', fields)).status, 409);
    assert.equal((await ask(framework, '/books', 'POST', { ...fields, isbn: 'x' })).status, 400);
    const changed = await ask(framework, '/books/301', 'PATCH', { price: 1.5 });
    assert.deepEqual([changed.status, changed.body], [200, { id: 301, ...fields, price: 1.5 }]);
    assert.equal((await ask(framework, '/books/301', 'PATCH', { price: -1 })).status, 400);
  });
}

for (const operation of operations) {
  test(`the load generator measures ${operation} on each`, async () => {
    for (const [name, { port, pid }] of servers) {
      const job = { port, pid, operation, dialect: 'express', rows: 300, connections: 4, seed: 1 } as const;
      const measured = await generator.run({ ...job, warmupSeconds: 0, seconds: 0.1 });
      assert.ok(measured.requests > 0, `${name}: ${measured.requests} requests`);
    }
  });
}

test('a reply outside 2xx fails the job, and the next one runs', async () => {
  const server = servers.get('express');
  assert.ok(server);
  const job = { port: server.port, pid: server.pid, operation: 'get', dialect: 'express', rows: 1, seed: 1 } as const;
  const times = { connections: 2, warmupSeconds: 0, seconds: 0.1 };
  await assert.rejects(generator.run({ ...job, ...times, paths: ['/nowhere'] }), /outside 2xx: HTTP\/1.1 404/);
  await assert.rejects(generator.run({ ...job, ...times, connections: 100_000 }), /at most 256 connections/);
  assert.ok((await generator.run({ ...job, ...times })).requests > 0);
});

test('a server that cannot start says why', async () => {
  const broken = { arguments: ['--eval', 'throw new Error("out of ink")'] };
  await assert.rejects(
    startServer(() => broken, '/'),
    /the process ended[\s\S]*out of ink/,
  );
});

async function ask(framework: string, path: string, method = 'GET', body?: unknown) {
  const reply = await fetch(`http://127.0.0.1:${servers.get(framework)?.port}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  return { status: reply.status, body: await reply.json() };
}
