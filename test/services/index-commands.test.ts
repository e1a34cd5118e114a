/** `cartouche verify`, `reindex` and `copy --search` on MongoDB and Elasticsearch, beside a server that goes on serving. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openMongoStore } from '../../src/stores/mongo/store.ts';
import { servedIndex } from '../../src/stores/search/elastic-port.ts';
import { hashOf, indexNames } from '../../src/stores/search/names.ts';
import { temporaryFolder } from '../stores/sqlite/folder.ts';
import { connect, elasticsearchUrl, noElasticsearch } from './elasticsearch.ts';
import { freshDatabase, noMongo } from './mongo-server.ts';
import { bookstore, cartouche, inStep, post, type Served, serve } from './served.ts';

const folder = temporaryFolder();
const bookAt = (at: number) => ({ isbn: String(9_780_000_000_000 + at), title: `Volume ${at}`, pages: 1, price: 7.5 });

describe('looking after the indexes of MongoDB', { skip: noMongo || noElasticsearch }, () => {
  const database = freshDatabase();
  const flags = ['--store', database, '--search', elasticsearchUrl];
  const run = async (command: string, ...more: readonly string[]) => {
    const { status, stdout, stderr } = await cartouche(folder, [
      command,
      bookstore,
      'books',
      ...flags,
      '--json',
      ...more,
    ]);
    const [first = '{}'] = stdout.split('\n');
    return { status, stderr, ...JSON.parse(first) };
  };
  let server: Served;
  before(async () => {
    server = await serve(bookstore, flags);
    for (let at = 0; at < 3; at++) assert.equal((await post(`${server.url}/books`, bookAt(at))).status, 201);
    await inStep(server);
  });
  after(() => server?.stop());

  test('an index is built of as many shards and copies as are asked for', async () => {
    assert.equal((await run('reindex', '--search-shards', '2', '--search-replicas', '0')).status, 0);
    const { send, close } = await connect();
    const store = await openMongoStore(database, { resources: [] });
    const prefix = `cartouche-${hashOf(store.secret, 8)}`;
    await store.close();
    const index = await servedIndex(send, indexNames(prefix, { name: 'books' }));
    const settings = JSON.stringify(await send({ method: 'GET', path: `/${index}/_settings` }));
    await close();
    assert.match(settings, /"number_of_shards":"2".*"number_of_replicas":"0"/);
  });

  test('what was changed in the index is found, by number and by key, and mended in its place', async () => {
    const { send, close } = await connect();
    const store = await openMongoStore(database, { resources: [] });
    const prefix = `cartouche-${hashOf(store.secret, 8)}`;
    await store.close();
    const index = await servedIndex(send, indexNames(prefix, { name: 'books' }));
    const { isbn } = bookAt(1);
    const version = Object(await send({ method: 'GET', path: `/${index}/_doc/k${isbn}` }))._version;
    await send({
      method: 'DELETE',
      path: `/${index}/_doc/k${isbn}`,
      querystring: { version, version_type: 'external_gte' },
    });
    await send({ method: 'PUT', path: `/${index}/_doc/korphan`, body: { raw: 'orphan', key: 'orphan' } });
    await send({ method: 'POST', path: `/${index}/_refresh` });
    await close();
    const found = await run('verify');
    assert.equal(found.status, 1, JSON.stringify(found));
    assert.deepEqual(
      found.differences.map(({ key }: { key: string }) => key),
      [isbn, 'orphan'],
    );
    const told = await cartouche(folder, ['verify', bookstore, ...flags]);
    assert.equal(told.status, 1);
    assert.match(told.stdout, /^1 index is not in step\.\n/);
    assert.match(told.stdout, /books +3 documents +1 not found, 1 found and not stored/);
    assert.match(told.stderr, new RegExp(`books ${isbn}: \\d+ stored, not indexed`));
    const mended = await run('verify', '--repair');
    assert.deepEqual([mended.status, mended.mended, mended.inStep], [0, 'in place', true]);
    assert.equal((await run('verify')).status, 0);
  });

  test('an index is built anew beside the server', async () => {
    let going = true;
    const asking = (async () => {
      while (going) {
        const answer = await fetch(`${server.url}/books?q=volume&limit=1`);
        assert.equal(answer.status, 200);
        assert.ok(JSON.parse(await answer.text()).total >= 3);
      }
    })();
    const built = await run('reindex');
    going = false;
    await asking;
    assert.deepEqual([built.status, built.resource, built.documents, built.refused], [0, 'books', 3, []]);
    assert.equal((await post(`${server.url}/books`, bookAt(7))).status, 201);
    await inStep(server);
    assert.deepEqual((await run('verify')).differences, []);
  });

  test('a copy has its index from the beginning', async () => {
    const target = freshDatabase();
    const copied = await cartouche(folder, ['copy', '--from', database, '--to', target, '--search', elasticsearchUrl]);
    assert.equal(copied.status, 0, copied.stderr);
    assert.match(copied.stdout, /Built 3 indexes of mongodb:\/\/.* anew\.\n\n {2}books {2}4 documents\n$/);
    const verified = await cartouche(folder, [
      ...['verify', bookstore, '--store', target, '--search', elasticsearchUrl, '--json'],
    ]);
    assert.equal(verified.status, 0, verified.stdout);
  });

  test('servers that are away are told of', async () => {
    for (const [where, message] of [
      [
        ['--store', 'mongodb://me:secret@127.0.0.1:1/x', '--search', elasticsearchUrl],
        /^error: mongodb:\/\/127\.0\.0\.1:1\/x: MongoDB/,
      ],
      [['--store', database, '--search', 'http://me:secret@127.0.0.1:1'], /^error: Elasticsearch: .*ECONNREFUSED/],
    ] as const) {
      const { status, stderr } = await cartouche(folder, ['verify', bookstore, ...where]);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.match(stderr, /start the server, or correct its address/);
      assert.doesNotMatch(stderr, /secret/);
    }
  });
});
