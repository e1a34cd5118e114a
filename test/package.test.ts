/**
 * The package as a stranger gets it: packed, installed in an empty folder without install scripts, run.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const openApi = `openapi: 3.1.0
info: { title: Pets, version: "1" }
paths:
  /pets:
    get:
      responses: { "200": { description: Pets, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Pet" } } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
      responses: { "201": { description: Made, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } }
  /pets/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: A pet, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties: { id: { type: string, readOnly: true }, name: { type: string } }
`;

const libraryUse = `
import { createApp, createServer, openSqliteStore, plantSeeds, readSpec } from 'cartouche';

const { model, diagnostics } = await readSpec('openapi.yaml');
if (!model) throw new Error(diagnostics.map(({ message }) => message).join());
const store = await openSqliteStore(':memory:', model);
await plantSeeds(model, store);
const server = createServer(createApp(model, { store }));
await new Promise((listening) => server.http.listen(0, '127.0.0.1', () => listening(undefined)));
const address = server.http.address();
if (address === null || typeof address === 'string') throw new Error('no port');
const response = await fetch('http://127.0.0.1:' + address.port + '/pets', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ name: 'Rex' }),
});
const pet: unknown = await response.json();
console.log(response.status, typeof pet === 'object' && pet !== null && 'name' in pet && pet.name);
await server.close();
await store.close();
`;

const folder = mkdtempSync(join(tmpdir(), 'cartouche-package-'));
const env = { ...process.env, NO_COLOR: '1', XDG_CACHE_HOME: join(folder, '.cache') };

before(() => {
  npm(['pack', '--silent', '--pack-destination', folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`], folder);
  copyFileSync(join(root, 'specs/bookstore.raml'), join(folder, 'api.raml'));
  writeFileSync(join(folder, 'openapi.yaml'), openApi);
});

after(() => rmSync(folder, { recursive: true, force: true }));

test('it holds what it needs and nothing else', () => {
  const tops = readdirSync(join(folder, 'node_modules/cartouche')).toSorted();
  assert.deepEqual(
    tops.filter((name) => !/^(?:README|CHANGELOG)\.md$/.test(name)),
    ['LICENSE', 'bin', 'dist', 'docs', 'package.json'],
  );
  assert.deepEqual(readdirSync(join(folder, 'node_modules/cartouche/dist')).toSorted(), [
    'THIRD-PARTY-LICENSES.txt',
    'cli.cjs',
    'index.js',
    'raml-worker.cjs',
    'sources.json',
    'sqlite-reader.cjs',
    'types',
  ]);
});

test('an install has at most 130 packages, 45 MB beyond the RAML parser, and needs no compiler', () => {
  const lock: { packages: Readonly<Record<string, object>> } = JSON.parse(
    readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'),
  );
  const packages = Object.keys(lock.packages);
  assert.ok(packages.length <= 130, `${packages.length} packages`);
  const parser = statSync(join(folder, 'node_modules/cartouche/dist/raml-worker.cjs')).size;
  const megabytes = (sizeOf(join(folder, 'node_modules')) - parser) / 1e6;
  assert.ok(megabytes <= 45, `${megabytes.toFixed(1)} MB`);
});

const descriptions = [
  {
    file: 'api.raml',
    path: '/books',
    id: 'isbn',
    body: { isbn: '9780143106692', title: 'Petals of Blood', price: 14.5 },
  },
  { file: 'openapi.yaml', path: '/pets', id: 'id', body: { name: 'Rex' } },
];

for (const { file, path, id, body } of descriptions) {
  test(`npx cartouche serve ${file}: create, stop, start, read`, async () => {
    const first = await serve(file);
    const created = await fetch(first.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const document = fieldsOf(await created.json());
    assert.equal(created.status, 201, JSON.stringify(document));
    await first.stop();

    const second = await serve(file);
    const read = await fetch(`${second.url}${path}/${String(document[id])}`);
    assert.equal(read.status, 200);
    assert.deepEqual(await read.json(), document);
    await second.stop();
  });
}

test('as a library', () => {
  writeFileSync(join(folder, 'use.js'), libraryUse.replaceAll(/: unknown/g, ''));
  const output = execFileSync(process.execPath, ['use.js'], { cwd: folder, env, encoding: 'utf8' });
  assert.equal(output, '201 Rex\n');
});

test('its types are whole', () => {
  writeFileSync(join(folder, 'use.ts'), libraryUse);
  // What a project in TypeScript has: @types/node, and @types/express, our optional peer.
  symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { strict: true, module: 'nodenext', target: 'es2023', noEmit: true, skipLibCheck: false },
      files: ['use.ts'],
    }),
  );
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: folder, encoding: 'utf8' });
  assert.equal(stdout, '');
});

/** Starts `npx cartouche serve` as a user would, and waits for its first line. */
async function serve(file: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn('npx', ['--no-install', 'cartouche', 'serve', file, '--port', '0', '--json'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const event: { event: string; url: string; message?: string } = JSON.parse(String(line));
  assert.equal(event.event, 'listening', event.message);
  return {
    url: event.url,
    stop: async () => {
      const closed = once(child, 'close');
      // As Ctrl+C does: npx, the shell that it started, and the server.
      process.kill(-Number(child.pid), 'SIGINT');
      await closed;
    },
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(typeof value === 'object' && value !== null ? value : {}));
}

function npm(args: readonly string[], cwd: string): void {
  // Nested in `npm test`, npm would take the outer project for the one to install into.
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('npm_')));
  execFileSync('npm', args, { cwd, env: clean, stdio: ['ignore', 'ignore', 'inherit'] });
}

function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
