import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { giveAway, unprivileged } from '../unprivileged.ts';
import { cartouche, emptyFolder, serving } from './cli.ts';

const bookstore = fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url));
const petals = { isbn: '9780143106692', title: 'Petals of Blood', price: 14.5 };
const minimal = '#%RAML 1.0\ntitle: Notes\n/notes:\n  get:\n  post:\n  /{id}:\n    get:\n';

function send(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

async function idOf(created: Promise<Response>): Promise<string> {
  const document: { readonly id: string } = JSON.parse(await (await created).text());
  return document.id;
}

test('says what is served, where, and gives a command to try', async (t) => {
  const folder = emptyFolder(t);
  copyFileSync(bookstore, join(folder, 'bookstore.raml'));
  const server = await serving(t, folder, ['bookstore.raml']);
  const printed = await server.until(/Ctrl\+C stops/);
  for (const line of [
    /^Bookstore v1 \(RAML 1\.0, bookstore\.raml\)$/m,
    new RegExp(`^ {2}API {6}${server.url}$`, 'm'),
    new RegExp(`^ {2}OpenAPI {2}${server.url}/openapi\\.json$`, 'm'),
    /^ {2}Data {5}bookstore\.db \(empty\)$/m,
    /^ {2}books {4}\/authors\/\{authorId\}\/books {2,}GET list, POST create$/m,
    /^2 operations answer with samples: POST \/books\/\{isbn\}\/order, GET \/stats$/m,
    /^\d+ conclusions were inferred: cartouche inspect bookstore\.raml$/m,
  ]) {
    assert.match(printed, line);
  }
  const curl = /^ {2}(curl .+)$/m.exec(printed)?.[1] ?? '';
  for (const round of [1, 2]) {
    const answer = execFileSync('bash', ['-c', `${curl} -s -o /dev/null -w '%{http_code}'`], { encoding: 'utf8' });
    assert.equal(answer, '201', `round ${round} of ${curl}`);
  }
  assert.equal(server.stderr(), '');
  assert.equal(await server.stop('SIGINT'), 0);
  assert.match(server.stdout(), /\nStopped\.\n$/);
});

test('keeps the data between starts, and counts it', async (t) => {
  const folder = emptyFolder(t);
  copyFileSync(bookstore, join(folder, 'bookstore.raml'));
  const first = await serving(t, folder, ['bookstore.raml', '--data', 'my.db', '--json']);
  await send(`${first.url}/books`, petals);
  assert.equal(await first.stop(), 0);
  const second = await serving(t, folder, ['bookstore.raml', '--data', 'my.db']);
  assert.match(await second.until(/Ctrl/), /^ {2}Data {5}my\.db \(books: 1\)$/m);
  assert.equal((await fetch(`${second.url}/books/${petals.isbn}`)).status, 200);
  assert.equal(existsSync(join(folder, 'bookstore.db')), false);
});

test('an acknowledged write outlives kill -9', async (t) => {
  const folder = emptyFolder(t);
  copyFileSync(bookstore, join(folder, 'bookstore.raml'));
  const first = await serving(t, folder, ['bookstore.raml']);
  assert.equal((await send(`${first.url}/books`, petals)).status, 201);
  await first.stop('SIGKILL');
  const second = await serving(t, folder, ['bookstore.raml']);
  assert.equal((await fetch(`${second.url}/books/${petals.isbn}`)).status, 200);
});

test('--json: one line for each event', async (t) => {
  const folder = emptyFolder(t);
  copyFileSync(bookstore, join(folder, 'bookstore.raml'));
  const server = await serving(t, folder, ['bookstore.raml', '--data', ':memory:', '--json']);
  const event: Readonly<Record<string, unknown>> = JSON.parse(server.stdout());
  assert.equal(event.event, 'listening');
  assert.equal(event.url, server.url);
  assert.equal(event.data, ':memory:');
  assert.equal(event.securityEnforced, false);
  assert.equal(await server.stop(), 0);
  assert.equal(server.stdout().trimEnd().split('\n').length, 1);
});

const flags: readonly (readonly [args: readonly string[], path: string, status: number])[] = [
  [['--base-path', '/api/v1'], '/notes', 201],
  [['--body-limit', '10b'], '/notes', 413],
];

for (const [args, path, status] of flags) {
  test(`serve ${args.join(' ')}: POST ${path} answers ${status}`, async (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'api.raml'), minimal);
    const server = await serving(t, folder, ['api.raml', ...args]);
    assert.equal((await send(server.url + path, { text: 'long enough' })).status, status);
  });
}

test('serve --read-only refuses writes and leaves the file as it is', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), minimal);
  const writer = await serving(t, folder, ['api.raml']);
  const id = await idOf(send(`${writer.url}/notes`, { text: 'kept' }));
  await writer.stop();
  const reader = await serving(t, folder, ['api.raml', '--read-only']);
  assert.equal((await send(`${reader.url}/notes`, { text: 'refused' })).status, 403);
  assert.equal((await fetch(`${reader.url}/notes/${id}`)).status, 200);
});

test('a request that runs when it is told to stop is answered', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), minimal);
  const server = await serving(t, folder, ['api.raml']);
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(
    'POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{"text"',
  );
  await new Promise((done) => setTimeout(done, 200));
  const stopped = server.stop();
  await new Promise((done) => setTimeout(done, 200));
  await assert.rejects(fetch(`${server.url}/notes`), 'no new connection is accepted');
  socket.write(':"late"}');
  const [answer] = await once(socket.setEncoding('utf8'), 'data');
  assert.match(String(answer), /^HTTP\/1\.1 201 /);
  assert.equal(await stopped, 0);
});

test('a second signal ends it at once', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), minimal);
  const server = await serving(t, folder, ['api.raml']);
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
  socket.write(
    'POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{"text"',
  );
  await new Promise((done) => setTimeout(done, 200));
  server.child.kill('SIGINT');
  await new Promise((done) => setTimeout(done, 200));
  assert.equal(server.child.exitCode, null, 'the first waits for the request');
  assert.equal(await server.stop('SIGINT'), 130);
});

interface Refusal {
  readonly name: string;
  readonly prepare: (folder: string) => void;
  readonly args?: readonly string[];
  readonly stderr: RegExp;
}

const refusals: readonly Refusal[] = [
  {
    name: 'no such description',
    prepare: () => {},
    stderr: /"api\.raml" does not exist[\s\S]*api\.raml cannot be served: 1 error/,
  },
  {
    name: 'a description that is wrong',
    prepare: (folder) => writeFileSync(join(folder, 'api.raml'), minimal.replace('get:', 'gett:')),
    stderr:
      /^api\.raml:4:3: error: [\s\S]+\n {2}4 \| {3}gett:\n {4}\| {3}\^\n[\s\S]*error: api\.raml cannot be served: 1 error\.\n$/,
  },
  {
    name: 'a data file that is no database',
    prepare: (folder) => writeFileSync(join(folder, 'api.db'), 'something else, '.repeat(100)),
    stderr: /^error: api\.db: .*no SQLite database.*\n {2}hint: choose another file with --data/,
  },
  {
    name: 'a data file in a folder that does not exist',
    prepare: () => {},
    args: ['--data', 'nowhere/my.db'],
    stderr: /^error: nowhere\/my\.db: The folder "nowhere" does not exist/,
  },
  {
    name: 'a data file that is only to be read, and is not there',
    prepare: () => {},
    args: ['--read-only', '--data', 'nothing.db'],
    stderr: /^error: nothing\.db: There is no such file, and --read-only makes none\.\n {2}hint: correct its name, /,
  },
  {
    name: 'a data file that is a folder',
    prepare: (folder) => mkdirSync(join(folder, 'api.db')),
    stderr: /^error: api\.db: /,
  },
  {
    name: 'a host that is not of this machine',
    prepare: () => {},
    args: ['--host', '203.0.113.7'],
    stderr: /^error: "203\.0\.113\.7" is no address of this machine/,
  },
];

for (const { name, prepare, args = [], stderr } of refusals) {
  test(`does not start: ${name}`, async (t) => {
    const folder = emptyFolder(t);
    if (name !== 'no such description') writeFileSync(join(folder, 'api.raml'), minimal);
    prepare(folder);
    const outcome = await cartouche(folder, ['serve', 'api.raml', '--port', '0', ...args]);
    assert.match(outcome.stderr, stderr);
    assert.doesNotMatch(outcome.stderr, /^ +at /m, 'no stack');
    assert.ok(!outcome.stderr.includes(folder), 'no path of this machine');
    assert.deepEqual({ stdout: outcome.stdout, status: outcome.status }, { stdout: '', status: 2 });
  });
}

test('does not start: the port is in use', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), minimal);
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const address = other.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const args = ['serve', 'api.raml', '--port', String(port)];
  const { stderr, status } = await cartouche(folder, args);
  assert.equal(status, 2);
  assert.equal(
    stderr,
    `error: Port ${port} of 127.0.0.1 is in use.\n  hint: choose another with --port, or a free one with --port 0\n`,
  );
  const json = await cartouche(folder, [...args, '--json']);
  assert.deepEqual(JSON.parse(json.stdout), {
    event: 'failed',
    message: `Port ${port} of 127.0.0.1 is in use.`,
    hint: 'choose another with --port, or a free one with --port 0',
    diagnostics: [],
  });
});

test('does not start: another process serves the data file', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), minimal);
  await serving(t, folder, ['api.raml']);
  const { stderr, status } = await cartouche(folder, ['serve', 'api.raml', '--port', '0']);
  assert.equal(status, 2);
  assert.match(stderr, /^error: api\.db: .*\n {2}hint: stop the other process, or choose another file with --data\n$/);
});

test('does not start: the data file is a folder', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), minimal);
  const { stderr, status } = await cartouche(folder, ['serve', 'api.raml', '--port', '0', '--data', folder]);
  assert.equal(status, 2);
  assert.match(stderr, /^error: .* is a folder\. Name a file in it\.\n/);
});

test('says that nothing is declared', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), '#%RAML 1.0\ntitle: Nothing\n');
  const server = await serving(t, folder, ['api.raml', '--data', ':memory:']);
  await server.until(/No operations are declared: all other paths are answered 404\.\n/);
});

test('does not start: the data file cannot be written', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), minimal);
  const server = await serving(t, folder, ['api.raml']);
  await server.stop();
  giveAway(folder);
  chmodSync(join(folder, 'api.db'), 0o400);
  const { stderr, status } = await cartouche(folder, ['serve', 'api.raml', '--port', '0'], unprivileged);
  assert.equal(status, 2);
  assert.match(stderr, /^error: api\.db: .*\n {2}hint: make it writable/);
});

test('--watch: serves each right version, keeps the data, and serves on while the description is wrong', async (t) => {
  const folder = emptyFolder(t);
  const file = join(folder, 'api.raml');
  writeFileSync(file, minimal);
  const server = await serving(t, folder, ['api.raml', '--watch']);
  await server.until(/Watching for changes/);
  const id = await idOf(send(`${server.url}/notes`, { text: 'kept' }));

  writeFileSync(file, `${minimal}/tags:\n  get:\n  post:\n  /{id}:\n    get:\n`);
  await server.until(/Reloaded api\.raml:\n {2}\+ GET \/tags\n/);
  assert.equal((await fetch(`${server.url}/tags`)).status, 200);
  assert.equal((await fetch(`${server.url}/notes/${id}`)).status, 200);

  writeFileSync(file, minimal.replace('get:', 'gett:'));
  const printed = await server.until(/The version before is served on/);
  assert.match(printed, /api\.raml:4:3: error: /);
  assert.equal((await fetch(`${server.url}/tags`)).status, 200);

  writeFileSync(join(folder, 'note.raml'), '#%RAML 1.0 DataType\nproperties: { text: string }\n');
  writeFileSync(`${file}~`, minimal.replace('/notes:', 'types: { Note: !include note.raml }\n/notes:'));
  renameSync(`${file}~`, file);
  await server.until(/- GET \/tags\n/);
  assert.equal((await fetch(`${server.url}/tags`)).status, 404);

  const reloads = () => server.stdout().split('Reloaded').length;
  const before = reloads();
  writeFileSync(join(folder, 'note.raml'), '#%RAML 1.0 DataType\nproperties: { text: string, stars: integer }\n');
  await server.until(new RegExp(`(?:[\\s\\S]*Reloaded){${before}}`));
  rmSync(join(folder, 'note.raml'));
  await server.until(/note\.raml" does not exist/);
  writeFileSync(join(folder, 'note.raml'), '#%RAML 1.0 DataType\nproperties: { text: string }\n');
  await server.until(new RegExp(`(?:[\\s\\S]*Reloaded){${before + 1}}`));
  assert.equal((await fetch(`${server.url}/notes/${id}`)).status, 200);
  assert.equal(await server.stop(), 0);
});

const shown = [
  '#%RAML 1.0\ntitle: Countries',
  '/countries:',
  '  get:',
  '    responses:',
  '      200:',
  '        body:',
  '          application/json:',
  '            type: array',
  '            items: { properties: { code: string, name: string } }',
  '            example: [{ code: KE, name: Kenya }, { code: UG, name: Uganda }]',
  '  /{code}:',
  '    get:',
  '',
].join('\n');

for (const args of [[], ['--read-only']]) {
  test(`begins with what the description shows where nobody can create ${args.join(' ')}`, async (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'api.raml'), shown);
    const server = await serving(t, folder, ['api.raml', ...args]);
    assert.deepEqual(await (await fetch(`${server.url}/countries/UG`)).json(), { code: 'UG', name: 'Uganda' });
    assert.equal(existsSync(join(folder, 'api.db')), args.length === 0);
  });
}

test('SIGTERM: what had been sent by then is answered, though no connection had been accepted', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'api.raml'), minimal);
  const server = await serving(t, folder, ['api.raml']);
  const port = Number(new URL(server.url).port);
  const sockets = Array.from({ length: 200 }, () => connect(port, '127.0.0.1').setEncoding('utf8'));
  const answers = sockets.map(async (socket) => {
    socket.write('GET /notes HTTP/1.1\r\nHost: x\r\n\r\n');
    const [answer] = await once(socket, 'data');
    return String(answer).slice(0, 12);
  });
  // Connecting begins in the next tick; the system completes it without the server.
  await new Promise((done) => process.nextTick(done));
  const stopped = server.stop();
  assert.deepEqual(new Set(await Promise.all(answers)), new Set(['HTTP/1.1 200']));
  assert.equal(await stopped, 0);
});
