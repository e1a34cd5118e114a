/** `cartouche serve` on real servers, as a user starts it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../stores/sqlite/folder.ts';
import { elasticsearchUrl, noElasticsearch } from './elasticsearch.ts';
import { freshDatabase, noMongo } from './mongo-server.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const bookstore = fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url));
const book = { isbn: '9780141439587', title: "Emma, or don't", pages: 474, price: 7.5 };

const folder = temporaryFolder();

for (const [title, skip, flags] of [
  ['MongoDB', noMongo, ['--store', freshDatabase()]],
  ['MongoDB and Elasticsearch', noMongo || noElasticsearch, ['--store', freshDatabase(), '--search', elasticsearchUrl]],
  ['SQLite and Elasticsearch', noElasticsearch, ['--data', join(folder, 'a.db'), '--search', elasticsearchUrl]],
] as const) {
  test(`serves from ${title}, and goes on after a restart`, { skip }, async () => {
    const first = await start(flags);
    const created = await send(first.url, '/books', book);
    assert.equal(created.status, 201, await created.text());
    await first.stop();
    const second = await start(flags);
    const found = await fetch(`${second.url}/books?title__prefix=Emma&_sort=-pages`);
    assert.equal(found.status, 200);
    assert.match(await found.text(), /Emma, or don't/);
    const searched = await searchOnceBuilt(second.url);
    if (!title.includes('Elasticsearch')) assert.equal(searched.status, 501);
    else {
      assert.match(await searched.text(), /9780141439587/);
      const shown: { items: readonly unknown[] } = JSON.parse(
        await (await fetch(`${second.url}/books?q=don't OR nothing&_highlight=title&_fields=isbn`)).text(),
      );
      const _highlight = { title: ['Emma, or <em>don&#39;t</em>'] };
      assert.deepEqual(shown.items, [{ isbn: book.isbn, _highlight }]);
    }
    await second.stop();
  });
}

/** A new index takes a while; until then, a search is told to come again. */
async function searchOnceBuilt(url: string): Promise<Response> {
  for (let time = 0; ; time++) {
    const searched = await fetch(`${url}/books?q=don't`);
    if (searched.status !== 503 || time === 60) return searched;
    assert.notEqual(searched.headers.get('Retry-After'), null);
    await setTimeout(500);
  }
}

test('an index of data in memory is refused', async () => {
  const child = run(['--data', ':memory:', '--search', 'http://127.0.0.1:1']);
  const [code] = await once(child, 'exit');
  assert.equal(code, 2);
});

const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
});

function run(flags: readonly string[]): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', cli, 'serve', bookstore, '--port', '0', '--json', ...flags],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  return child;
}

async function start(flags: readonly string[]) {
  const child = run(flags);
  if (child.stdout === null) throw new TypeError('The output is piped.');
  for await (const line of createInterface(child.stdout)) {
    const { event, url }: { event?: string; url?: string } = JSON.parse(line);
    if (event !== 'listening' || url === undefined) continue;
    return {
      url,
      stop: async () => {
        child.kill('SIGTERM');
        if (child.exitCode === null) await once(child, 'exit');
      },
    };
  }
  throw new Error('It did not start.');
}

function send(url: string, path: string, body: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
}
