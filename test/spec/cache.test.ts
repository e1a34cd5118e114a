import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { type CacheLocation, defaultCache, recall, remember } from '../../src/spec/cache.ts';
import { type ReadSpecResult, readSpec } from '../../src/spec/read.ts';
import { openSource } from '../../src/spec/source.ts';

const API = `openapi: 3.1.0
info: { title: T, version: "1" }
paths: { /books: { get: { responses: { 200: { description: OK } } } } }
components: { schemas: { Book: { $ref: book.yaml } } }
`;

describe('the cache of models', () => {
  const outer = mkdtempSync(join(tmpdir(), 'cartouche-cache-'));
  after(() => rmSync(outer, { recursive: true, force: true }));
  let folder = '';
  let cache: CacheLocation;
  let number = 0;
  beforeEach(() => {
    folder = join(outer, `${number++}`);
    mkdirSync(folder);
    cache = { folder: join(folder, 'cache', 'cartouche'), version: '1' };
    writeFileSync(join(folder, 'api.yaml'), API);
    writeFileSync(join(folder, 'book.yaml'), 'type: object\nmaxLenght: 1\n');
  });
  const file = () => join(folder, 'api.yaml');
  const entries = () =>
    existsSync(cache.folder) ? readdirSync(cache.folder).map((name) => join(cache.folder, name)) : [];
  const remembered = () => recall(cache, openSource(file()));

  it('gives back what was read, findings and files too', async () => {
    const first = await readSpec(file(), { cache });
    assert.deepEqual(
      first.diagnostics.map(({ code }) => code),
      ['unknown-key'],
    );
    assert.equal(JSON.stringify(remembered()), JSON.stringify(first));
    assert.equal(JSON.stringify(await readSpec(file(), { cache })), JSON.stringify(first));
  });

  it('is private to its user, and leaves nothing beside the description', async () => {
    await readSpec(file(), { cache });
    assert.equal(statSync(cache.folder).mode & 0o777, 0o700);
    assert.deepEqual(
      entries().map((entry) => statSync(entry).mode & 0o777),
      [0o600],
    );
    assert.deepEqual(readdirSync(folder).sort(), ['api.yaml', 'book.yaml', 'cache']);
  });

  const outdated: Readonly<Record<string, () => void>> = {
    'the description changes': () => writeFileSync(file(), API.replace('title: T', 'title: U')),
    'a file that it refers to changes': () => writeFileSync(join(folder, 'book.yaml'), 'type: object\n'),
    'a file that it refers to vanishes': () => rmSync(join(folder, 'book.yaml')),
    'Cartouche changes': () => {
      cache = { ...cache, version: '2' };
    },
    'an entry is cut off': () => {
      for (const entry of entries()) writeFileSync(entry, readFileSync(entry, 'utf8').slice(0, 300));
    },
    'an entry is changed': () => {
      for (const entry of entries()) writeFileSync(entry, readFileSync(entry, 'utf8').replace('"T"', '"X"'));
    },
    'an entry is empty': () => {
      for (const entry of entries()) writeFileSync(entry, '');
    },
    'an entry is a folder': () => {
      for (const entry of entries()) {
        rmSync(entry);
        mkdirSync(entry);
      }
    },
  };
  for (const [name, change] of Object.entries(outdated)) {
    it(`gives nothing after ${name}`, async () => {
      await readSpec(file(), { cache });
      assert.ok(remembered());
      change();
      assert.equal(remembered(), undefined);
      const { model } = await readSpec(file(), { cache });
      assert.ok(model && model.title !== 'X');
    });
  }

  it('is used while a file is missing, and not once it has come', async () => {
    rmSync(join(folder, 'book.yaml'));
    const { diagnostics } = await readSpec(file(), { cache });
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['file-not-found'],
    );
    assert.equal(remembered()?.diagnostics[0]?.code, 'file-not-found');
    writeFileSync(join(folder, 'book.yaml'), 'type: object\n');
    assert.equal(remembered(), undefined);
    assert.deepEqual((await readSpec(file(), { cache })).diagnostics, []);
  });

  it('is used for RAML too, whose files a worker thread reads', async () => {
    const raml = join(folder, 'api.raml');
    writeFileSync(raml, '#%RAML 1.0\ntitle: T\ndocumentation:\n  - title: D\n    content: !include gone.md\n');
    const first = await readSpec(raml, { cache });
    assert.ok(first.diagnostics.some(({ code }) => code === 'file-not-found'));
    assert.deepEqual(recall(cache, openSource(raml))?.diagnostics, first.diagnostics);
    writeFileSync(join(folder, 'gone.md'), 'Here.');
    assert.equal(recall(cache, openSource(raml)), undefined);
  });

  it('tells one file read under two roots apart', async () => {
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, 'inner', 'api.yaml'), API.replace('book.yaml', '../book.yaml'));
    const inner = join(folder, 'inner', 'api.yaml');
    assert.deepEqual(
      (await readSpec(inner, { cache, root: folder })).diagnostics.map(({ code }) => code),
      ['unknown-key'],
    );
    assert.deepEqual(
      (await readSpec(inner, { cache })).diagnostics.map(({ code }) => code),
      ['file-outside-root'],
    );
  });

  it('is silent where it cannot write', async () => {
    writeFileSync(join(folder, 'taken'), '');
    const { model } = await readSpec(file(), { cache: { folder: join(folder, 'taken', 'cartouche'), version: '1' } });
    assert.ok(model);
  });

  it('keeps the newest 64', async () => {
    await readSpec(file(), { cache });
    const [sample] = entries();
    assert.ok(sample);
    for (let old = 0; old < 70; old++) {
      const path = join(cache.folder, `${old}.json`);
      writeFileSync(path, 'x');
      utimesSync(path, 1000 + old, 1000 + old);
    }
    const result = remembered();
    assert.ok(result);
    remember(cache, openSource(file()), result satisfies ReadSpecResult);
    assert.equal(entries().length, 64);
    assert.ok(remembered());
    assert.ok(!entries().includes(join(cache.folder, '0.json')));
  });

  it('is not used in development', () => {
    assert.equal(defaultCache(), undefined);
  });

  it('is the user’s when built', () => {
    const dist = join(folder, 'package', 'dist');
    mkdirSync(dist, { recursive: true });
    writeFileSync(join(dist, 'cli.cjs'), '');
    const before = process.env.XDG_CACHE_HOME;
    try {
      assert.equal(defaultCache(`file://${dist}/cli.cjs`), undefined, 'not without a release');
      writeFileSync(join(folder, 'package', 'package.json'), '{"version":"9.9.9"}');
      process.env.XDG_CACHE_HOME = '/somewhere';
      const location = defaultCache(`file://${dist}/cli.cjs`);
      assert.equal(location?.folder, '/somewhere/cartouche');
      assert.match(location?.version ?? '', /^9\.9\.9 /);
      process.env.XDG_CACHE_HOME = 'relative';
      assert.match(defaultCache(`file://${dist}/cli.cjs`)?.folder ?? '', /^\/.*\/\.cache\/cartouche$/);
    } finally {
      if (before === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = before;
    }
  });
});
