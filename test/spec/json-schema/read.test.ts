import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it, test } from 'node:test';
import type { ApiModel } from '../../../src/model/types.ts';
import { createApp } from '../../../src/runtime/app.ts';
import { createServer } from '../../../src/runtime/server.ts';
import { type ReadSpecResult, readSpec } from '../../../src/spec/read.ts';
import { openMemoryStore } from '../../../src/stores/memory.ts';
import { corporaFolder, withoutCorpora } from '../../corpora/folder.ts';
import { walkResource } from '../../corpora/walk.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-schemas-'));
after(() => rmSync(folder, { recursive: true, force: true }));

type Files = Readonly<Record<string, unknown>>;

/** Reads a folder of these files; a file that is named alone is read alone. */
function read(files: Files): Promise<ReadSpecResult> {
  const home = mkdtempSync(join(folder, 'schemas-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return readSpec(home, { cache: false });
}

/** `/books GET POST` for each path. */
function pathsOf(model: ApiModel | undefined): readonly string[] {
  const paths = new Map<string, string[]>();
  for (const { path, method } of model?.bindings ?? []) paths.set(path, [...(paths.get(path) ?? []), method]);
  return [...paths].map(([path, methods]) => `${path} ${methods.join(' ')}`);
}

const both = (collection: string, id: string) => [
  `/${collection} get post`,
  `/${collection}/{${id}} get put patch delete`,
];
const text = { type: 'string' };
const whole = { type: 'integer' };
const only = (document: string) => ({ _db_settings: { type: 'relationship', document, uselist: false } });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

const rows: Readonly<Record<string, readonly [files: Files, paths: readonly string[], findings?: readonly string[]]>> =
  {
    'one schema': [{ 'book.json': object({ id: whole, title: text }) }, both('books', 'id')],
    'YAML, and the suffix -schema': [
      { 'person-schema.yaml': 'type: object\nproperties:\n  id: { type: integer }\n' },
      both('people', 'id'),
    ],
    'draft 3': [
      {
        'book.schema': {
          $schema: 'http://json-schema.org/draft-03/schema#',
          ...object({ isbn: { type: 'string', required: true }, id: whole }),
        },
      },
      both('books', 'id'),
    ],
    'an id that is called after the thing': [
      { 'Book.json': object({ bookId: text, title: text }) },
      both('books', 'bookId'),
    ],
    'an id that is said': [
      { 'book.json': object({ id: text, isbn: text }, { 'x-cartouche': { id: 'isbn', resource: 'titles' } }) },
      both('titles', 'isbn'),
    ],
    'no id: the server makes it': [{ 'note.json': object({ text }) }, both('notes', 'id')],
    'a value object has no collection': [
      {
        'book.json': object({ id: whole, size: { $ref: 'parts/size.json' } }),
        'parts/size.json': object({ width: whole }),
      },
      both('books', 'id'),
      [
        'parts/size.json:1 schema-without-collection: "Size" gets no collection of its own: it has no id, and is a part of Book.',
      ],
    ],
    'a list of things has none either': [
      {
        'book.json': object({ id: whole }),
        'bookCollection.json': object({ books: { type: 'array', items: { $ref: 'book.json' } }, total: whole }),
      },
      both('books', 'id'),
      [
        'bookCollection.json:1 schema-without-collection: "BookCollection" gets no collection of its own: "books" lists things of type Book.',
      ],
    ],
    'a thing that is referred to keeps its collection': [
      {
        'book.json': object({ id: whole, author: { $ref: 'author.json' } }),
        'author.json': object({ id: whole, name: text }),
      },
      [...both('authors', 'id'), ...both('books', 'id')],
    ],
    'a property that holds the id of another thing': [
      { 'author.json': object({ id: whole, name: text }), 'book.json': object({ id: whole, authorId: whole }) },
      [...both('authors', 'id'), ...both('books', 'id'), '/authors/{id}/books get post'],
    ],
    'an array of other things': [
      {
        'author.json': object({ id: whole, books: { type: 'array', items: { $ref: 'book.json' } } }),
        'book.json': object({ id: whole, title: text }),
      },
      [...both('authors', 'id'), ...both('books', 'id'), '/authors/{id}/books get post'],
    ],
    'two that are each other’s only one': [
      {
        'user.json': object({ id: whole, card: only('Card') }),
        'card.json': object({ id: whole, user: only('User') }),
      },
      ['/cards get post', '/cards/{id} get put patch delete', '/cards/{id}/user get put patch delete post'],
    ],
    'whoever has an only one keeps a collection': [
      {
        'account.json': object({ id: whole, badge: only('Badge') }),
        'badge.json': object({ id: whole }),
        'club.json': object({ id: whole, account: only('Account') }),
      },
      [...both('accounts', 'id'), ...both('clubs', 'id'), '/accounts/{id}/badge get put patch delete post'],
    ],
    'things within things of the same kind': [
      {
        'category.json': object({
          id: whole,
          children: {
            type: 'array',
            _db_settings: { type: 'relationship', document: 'Category', backref_name: 'parent' },
          },
        }),
      },
      [...both('categories', 'id'), '/categories/{id}/children get post'],
    ],
    'a file of definitions': [
      {
        'all.json': {
          definitions: { Pet: object({ id: whole }), Owner: object({ id: whole }), Kind: { enum: ['cat'] } },
        },
      },
      [...both('pets', 'id'), ...both('owners', 'id')],
    ],
    'two files of one name': [
      { 'a/user.json': object({ id: whole }), 'b/user.json': object({ id: text }) },
      [...both('users', 'id'), ...both('users-2', 'id')],
    ],
    'what is no schema is left alone': [
      {
        'book.json': object({ id: whole }),
        'example.json': [{ id: 1 }],
        'package.json': { name: 'x' },
        'openapi.yaml': 'openapi: 3.1.0\npaths: {}\n',
        'node_modules/x/schema.json': object({ id: whole }),
        '.hidden/schema.json': object({ id: whole }),
        'README.md': '# Books',
      },
      both('books', 'id'),
    ],
    'a reference that leads out of the folder': [
      { 'book.json': object({ id: whole, x: { $ref: '../other.json' } }) },
      both('books', 'id'),
      ['book.json:1 file-outside-root: "../other.json" lies outside of the folder that the description may read.'],
    ],
    'nothing to serve': [
      { 'uuid.json': { $schema: 'http://json-schema.org/draft-07/schema#', type: 'string' } },
      [],
      [':1 empty-description: No schema here describes things that could be stored.'],
    ],
  };

describe('a folder of JSON Schemas', () => {
  for (const [name, [files, paths, findings = []]] of Object.entries(rows)) {
    it(name, async () => {
      const { model, diagnostics } = await read(files);
      assert.deepEqual(
        diagnostics.map(
          ({ at, code, message }) => `${at?.file.replace(/^[^/]*\/?/, '')}:${at?.line} ${code}: ${message}`,
        ),
        findings,
      );
      assert.deepEqual([...pathsOf(model)].toSorted(), paths.toSorted());
      assert.equal(model?.format, 'json-schema');
    });
  }

  it('is read without the folder around it, whatever a symbolic link says', async () => {
    const home = mkdtempSync(join(folder, 'schemas-'));
    writeFileSync(join(folder, 'secret.json'), JSON.stringify(object({ id: whole })));
    writeFileSync(join(home, 'book.json'), JSON.stringify(object({ id: whole })));
    symlinkSync(join(folder, 'secret.json'), join(home, 'secret.json'));
    symlinkSync(folder, join(home, 'around'));
    const { model, diagnostics } = await readSpec(home, { cache: false });
    assert.deepEqual(pathsOf(model), both('books', 'id'));
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['file-outside-root'],
    );
  });

  it('is read anew when a file is added', async () => {
    const home = mkdtempSync(join(folder, 'schemas-'));
    const cache = { folder: mkdtempSync(join(folder, 'cache-')), version: '1' };
    writeFileSync(join(home, 'book.json'), JSON.stringify(object({ id: whole })));
    await readSpec(home, { cache });
    writeFileSync(join(home, 'pen.json'), JSON.stringify(object({ id: whole })));
    const { model } = await readSpec(home, { cache });
    assert.deepEqual(
      model?.resources.map(({ name }) => name),
      ['books', 'pens'],
    );
  });
});

test('a single schema file', async () => {
  const file = join(folder, 'book.json');
  writeFileSync(file, JSON.stringify({ title: 'Books we have', ...object({ isbn: text }) }, null, 1));
  const { model, diagnostics } = await readSpec(file, { cache: false });
  assert.deepEqual(diagnostics, []);
  assert.equal(model?.title, 'Books we have');
  assert.deepEqual(pathsOf(model), both('books', 'id'));
  assert.deepEqual(model?.schemaPositions['#/$defs/Book/properties/isbn'], { file: 'book.json', line: 5, column: 3 });
});

describe('the schemas of the Ramses example', { skip: withoutCorpora }, () => {
  const schemas = join(corporaFolder, 'real/ramses-tech+ramses-example/schemas');

  it('nest where relationships say so', async () => {
    const { model, diagnostics } = await readSpec(schemas, { cache: false });
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity !== 'info'),
      [],
    );
    assert.deepEqual(pathsOf(model), [
      ...both('stories', 'id'),
      ...both('users', 'username'),
      '/users/{username}/profile get put patch delete post',
      '/users/{username}/stories get post',
      '/users/{username}/assigned-stories get post',
    ]);
    assert.deepEqual(
      model?.resources.map(({ name, kind, secrets }) => [name, kind, secrets]),
      [
        ['stories', 'collection', []],
        ['users', 'collection', ['password']],
        ['profile', 'singleton', []],
      ],
    );
  });

  for (const resource of ['stories', 'users']) {
    it(`${resource}: served from creation to removal`, async () => {
      const { model } = await readSpec(schemas, { cache: false });
      assert.ok(model);
      await serving(model, async (url) => {
        assert.equal(await walkResource(url, model, resource), 'create read list update replace remove');
      });
    });
  }
});

test('operations have ids of their own', async () => {
  const { model } = await read({
    'user.json': object({ id: whole }),
    'story.json': object({ id: whole, userId: whole }),
    'user-story.json': object({ id: whole }),
  });
  const ids = model?.bindings.map(({ operation }) => operation) ?? [];
  assert.ok(ids.includes('listUserStories') && ids.includes('listUserStories2'), ids.join(' '));
  assert.equal(new Set(ids).size, ids.length);
});

test('the schemas of FOLIO', { skip: withoutCorpora }, async () => {
  const { model, diagnostics } = await readSpec(join(corporaFolder, 'real/folio-org+raml/schemas'), { cache: false });
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.deepEqual(
    // A misspelt "items" hides what locationCollection.json is.
    model?.resources.map(({ name }) => name),
    [
      ...['cql-schemas', 'coverages', 'items', 'locations', 'location-collections', 'coverages-2'],
      ...['instances', 'sources', 'userdatas', 'tenant-jobs'],
    ],
  );
});

async function serving(model: ApiModel, work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(createApp(model, { store: await openMemoryStore(model) }));
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${portOf(server.http.address())}`);
  } finally {
    await server.close(0);
  }
}

function portOf(address: AddressInfo | string | null): number {
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}
