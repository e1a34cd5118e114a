/** What `reindex` and `verify` refuse, with no search server there. With one: `test/services`. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { cartouche, emptyFolder } from './cli.ts';

const bookstore = fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url));
const nobody = 'http://me:secret@127.0.0.1:1';

test('refusals say what to do', async (t) => {
  const folder = emptyFolder(t);
  for (const [name, tracked] of [
    ['searched.db', true],
    ['never.db', false],
  ] as const) {
    const store = await openSqliteStore(join(folder, name), { resources: [] }, { tracked });
    await store.close();
  }
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /--search/],
    [['--search', nobody], /^error: bookstore\.db does not exist\.\n$/],
    [['--search', nobody, '--data', ':memory:'], /Data in memory has no index.*\n.*--data/],
    [['films', '--search', nobody, '--data', 'searched.db'], /no resource "films"\.\n.*authors, books, reviews/],
    [['--search', nobody, '--data', 'searched.db', '--store', 'mongodb://x'], /cannot be used with/],
    [['--search', nobody, '--store', 'redis://x'], /redis:\/\/x is no store/],
  ];
  const away: (typeof cases)[number] = [
    ['--search', nobody, '--data', 'searched.db'],
    /^error: Elasticsearch: .*ECONNREFUSED.*\n.*start the server/,
  ];
  const runs = [...[...cases, away].map((each) => ['verify', ...each] as const), ['reindex', ...away] as const];
  for (const [command, args, message] of runs) {
    const { status, stderr } = await cartouche(folder, [command, bookstore, ...args]);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /secret|defect/);
  }
  const never = await cartouche(folder, ['verify', bookstore, '--search', nobody, '--data', 'never.db', '--json']);
  assert.equal(never.status, 2);
  assert.match(never.stdout, /^\{"event":"failed","message":"never\.db: no index was ever made of this data\."/);
});
