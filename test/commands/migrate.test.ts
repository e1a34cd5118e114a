/** `cartouche migrate`, as a user or a program calls it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readSpec } from '../../src/spec/read.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { cartouche, emptyFolder } from './cli.ts';

const text = readFileSync(fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url)), 'utf8');
const author = { id: 'a1', name: 'Ama', country: 'GH' };

test('without data there is nothing to do', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'new.raml'), text);
  assert.deepEqual(await outcome(folder, ['migrate', 'new.raml']), [
    0,
    'new.db holds no documents: there is nothing to migrate.',
  ]);
});

test('a rename that is not certain is asked for, and done with consent', async (t) => {
  const folder = await filledFolder(t, text.replace('country?:', 'land?:').replace(', country: "KE"', ''));
  const [status, said] = await outcome(folder, [
    'migrate',
    'new.raml',
    '--data',
    'old.db',
    '--from',
    'old.raml',
    '--yes',
  ]);
  assert.equal(status, 1);
  assert.match(said, /Has "authors\.country" become "authors\.land"\?/);
  assert.match(said, /--rename authors\.country=authors\.land, or --drop authors\.country/);
  assert.deepEqual(await stored(folder, 'old.raml'), author);
  const consent = ['--rename', 'authors.country=authors.land', '--yes'];
  const [done] = await outcome(folder, ['migrate', 'new.raml', '--data', 'old.db', '--from', 'old.raml', ...consent]);
  assert.equal(done, 0);
  assert.deepEqual(await stored(folder, 'new.raml'), { id: 'a1', name: 'Ama', land: 'GH' });
  assert.equal(readdirSync(folder).filter((name) => name.startsWith('old.before-')).length, 1);
});

test('what is to be done is told as JSON, and nothing is done without --yes', async (t) => {
  const folder = await filledFolder(t, text.replace('country?:', 'country_code?:').replace(', country: "KE"', ''));
  const [status, said] = await outcome(folder, ['migrate', 'new.raml', '--data', 'old.db', '--json']);
  const { event, state, resources } = JSON.parse(said);
  assert.deepEqual([status, event, state], [1, 'planned', 'complete']);
  const [authors] = resources.filter(({ documents }: { readonly documents: number }) => documents > 0);
  assert.deepEqual(authors, { from: 'authors', to: 'authors', documents: 1, changed: 1, misfits: 0, listed: [] });
  assert.deepEqual(await stored(folder, 'old.raml'), author);
});

test('a file that is served is not migrated; what serve refuses, it converts', async (t) => {
  const folder = await filledFolder(
    t,
    text
      .replace('country?: { type: string, pattern: "^[A-Z]{2}$", example: KE }', 'country?: integer')
      .replace('country: "KE"', 'country: 1'),
  );
  const { model } = await readSpec(join(folder, 'old.raml'));
  assert.ok(model);
  const open = await openSqliteStore(join(folder, 'old.db'), model);
  await open.collection('authors').update('a1', { kind: 'none' }, () => JSON.stringify({ ...author, country: '7' }));
  const command = ['migrate', 'new.raml', '--data', 'old.db', '--from', 'old.raml', '--yes', '--no-backup'];
  const [locked, why] = await outcome(folder, command);
  assert.equal(locked, 2, why);
  await open.close();
  const [refused, hint] = await outcome(folder, ['serve', 'new.raml', '--data', 'old.db', '--port', '0']);
  assert.equal(refused, 2);
  assert.match(hint, /Convert them with cartouche migrate/);
  assert.equal((await outcome(folder, command))[0], 0);
  assert.deepEqual(await stored(folder, 'new.raml'), { ...author, country: 7 });
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('before')),
    [],
  );
});

async function filledFolder(t: TestContext, changed: string): Promise<string> {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'old.raml'), text);
  writeFileSync(join(folder, 'new.raml'), changed);
  const { model } = await readSpec(join(folder, 'old.raml'));
  assert.ok(model);
  const store = await openSqliteStore(join(folder, 'old.db'), model);
  await store.collection('authors').create({ key: author.id, text: JSON.stringify(author) });
  await store.close();
  return folder;
}

async function stored(folder: string, description: string): Promise<unknown> {
  const { model } = await readSpec(join(folder, description));
  assert.ok(model);
  const store = await openSqliteStore(join(folder, 'old.db'), model, { readOnly: true });
  try {
    return JSON.parse((await store.collection('authors').get(author.id))?.text ?? 'null');
  } finally {
    await store.close();
  }
}

async function outcome(folder: string, args: readonly string[]): Promise<readonly [number | null, string]> {
  const { status, stdout, stderr } = await cartouche(folder, args);
  return [status, (stdout + stderr).trim()];
}
