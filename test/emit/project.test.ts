/** Emitted projects: whole, compiled, formatted, equal to what they were emitted from, and running. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packagesOf } from '../../src/emit/runtime.ts';
import { isRecord } from '../../src/model/schema.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { emitted, read, root, written } from './projects.ts';

const corpora = join(root, '../shared/corpora/real');
const descriptions = [
  'specs/bookstore.raml',
  'specs/bookstore-08.raml',
  'specs/bookstore.openapi.yaml',
  ...['ramses-tech+ramses-example/example.raml', 'raml-apis+GitHub/api.raml', 'DavertMik+api-petstore/api.raml']
    .map((path) => join(corpora, path))
    .filter((path) => existsSync(path)),
];

for (const file of descriptions) {
  // One after the other: the time that reading may take is limited.
  const given = await read(file.startsWith('/') ? file : join(root, file));
  describe(file.replace(`${corpora}/`, ''), () => {
    const files = emitted(given);
    const { folder, remove } = written(files);
    after(remove);

    test('the model in code is the model', async () => {
      const app: { model: ApiModel } = await import(pathToFileURL(join(folder, 'src/app.ts')).href);
      assert.deepEqual(withoutPlaces(app.model), withoutPlaces(given.model));
    });

    test('it is emitted in the same way again, and names nothing of this machine', () => {
      assert.deepEqual(emitted(given), files);
      for (const { path, text } of files) assert.ok(!text.includes(root) && !text.includes(folder), path);
    });

    test('it is formatted and linted', () => {
      const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
      const arguments_ = [biome, 'check', '--vcs-enabled=false', '--error-on-warnings', 'src'];
      const { status, stdout, stderr } = spawnSync(process.execPath, arguments_, { cwd: folder, encoding: 'utf8' });
      assert.equal(status, 0, stdout + stderr);
    });
  });
}

const stores = {
  sqlite: ['ajv', 'ajv-formats', 'express'],
  mongodb: ['ajv', 'ajv-formats', 'express', 'mongoose'],
  'mongodb+elasticsearch': ['@elastic/elasticsearch', 'ajv', 'ajv-formats', 'express', 'mongoose'],
} as const;

const bookstore = await read(join(root, 'specs/bookstore.raml'));

describe('what is stored where', () => {
  for (const [store, packages] of Object.entries(stores)) {
    const files = emitted(bookstore, store === 'sqlite' || store === 'mongodb' ? store : 'mongodb+elasticsearch');

    test(`${store}: it needs ${packages.join(', ')}, and nothing else`, () => {
      assert.deepEqual(packagesOf(files), packages);
      const paths = files.map(({ path }) => path);
      const unused = /cartouche\/(?:spec|emit|commands|cli|convert)\b/;
      assert.deepEqual(
        paths.filter(
          (path) => unused.test(path) || (store === 'sqlite' ? /mongo|search\//.test(path) : /sqlite/.test(path)),
        ),
        store === 'sqlite' ? paths.filter((path) => /mongo/.test(path)) : [],
      );
    });
  }

  test('a project of all stores compiles with the strictest settings', () => {
    const { folder, remove } = written(emitted(bookstore, 'mongodb+elasticsearch'));
    after(remove);
    compile(folder);
  });
});

test('it runs: creates, finds, changes, removes, and ends when it is told to', { skip: withoutSqlite() }, async () => {
  const { folder, remove } = written(emitted(bookstore));
  try {
    compile(folder);
    const env = { ...process.env, DATA_PATH: join(folder, 'books.db'), HOST: '127.0.0.1', PORT: '0' };
    const child = spawn(process.execPath, ['dist/main.js'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
    const { url }: { url: string } = JSON.parse(String(line).split('\n')[0] ?? '');
    const book = { isbn: '9780143106692', title: 'Petals of Blood', price: 14.5 };
    const send = (path: string, method: string, body?: object, type = 'application/json') =>
      fetch(url + path, { method, headers: { 'Content-Type': type }, ...(body && { body: JSON.stringify(body) }) });
    assert.equal((await send('/books', 'POST', book)).status, 201);
    assert.equal((await send('/books', 'POST', { title: 1 })).status, 400);
    assert.match(await (await send('/books?q=petals', 'GET')).text(), /"total":1\}$/);
    const patched = await send(`/books/${book.isbn}`, 'PATCH', { price: 9 }, 'application/merge-patch+json');
    assert.deepEqual(await patched.json(), { ...book, price: 9, currency: 'EUR', inStock: true });
    assert.match(await (await send('/description', 'GET')).text(), /^#%RAML 1\.0\n/);
    assert.equal((await send(`/books/${book.isbn}`, 'DELETE')).status, 204);
    assert.equal((await send(`/books/${book.isbn}`, 'GET')).status, 404);
    child.kill('SIGTERM');
    assert.deepEqual(await exit, [0, null]);
  } finally {
    remove();
  }
});

function compile(folder: string): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: folder, encoding: 'utf8' });
  assert.equal(stdout, '');
}

/** Where the model was read from, and what was concluded in words, is not in code. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (!isRecord(value)) return value;
  const left = new Set(['at', 'schemaPositions', 'inferences', 'why']);
  const isPlace = (name: string, member: unknown): boolean =>
    left.has(name) && (name !== 'at' || (isRecord(member) && 'line' in member && 'file' in member));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => member !== undefined && !isPlace(name, member))
      .map(([name, member]) => [name, withoutPlaces(member)]),
  );
}

function withoutSqlite(): string | false {
  const found = execFileSync(process.execPath, ['-p', "Boolean(process.getBuiltinModule?.('node:sqlite'))"], {
    encoding: 'utf8',
  });
  return found.trim() === 'true' ? false : 'an emitted project needs Node 22.13, which has node:sqlite';
}
