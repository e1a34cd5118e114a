import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApiError } from '../../../src/errors.ts';
import type { Format, PathItem } from '../../../src/model/description.ts';
import type { Answer } from '../../../src/runtime/present/answer.ts';
import { overviewOf } from '../../../src/runtime/self/overview.ts';
import { descriptionPaths, type SelfOptions, selfRoutes } from '../../../src/runtime/self/routes.ts';
import { at, binding, model, resource } from '../present/pieces.ts';

const files = [
  { path: 'api.raml', text: '#%RAML 1.0\ntitle: A' },
  { path: 'schemas/book.json', text: '{}' },
];

function declared(...paths: readonly string[]): readonly PathItem[] {
  return paths.map((path) => ({ path, parameters: [], operations: [], extensions: [], at }));
}

function routes(parts: Parameters<typeof model>[0] = {}, options: Partial<SelfOptions> = {}) {
  return selfRoutes(model(parts), { files, store: { ping: async () => {} }, ...options });
}

async function ask(
  path: string,
  request: { parameter?: string; accept?: string; base?: string } = {},
  parts: Parameters<typeof model>[0] = {},
  options: Partial<SelfOptions> = {},
): Promise<Answer> {
  const route = routes(parts, options).find((candidate) => candidate.path === path);
  assert.ok(route, path);
  const { parameter = '', accept, base = '' } = request;
  return route.answer({ url: `http://localhost:3000${base}`, base, accept, parameter });
}

describe('paths that the description declares are left to it', () => {
  const all = ['/', '/openapi.json', '/description', '/description/{+path}', '/problems/{code}', '/healthz', '/readyz'];
  const cases: readonly [title: string, paths: readonly string[], ours: readonly string[]][] = [
    ['nothing in the way', ['/books', '/books/{id}'], all],
    ['the root', ['/'], all.filter((path) => path !== '/')],
    ['health', ['/healthz'], all.filter((path) => path !== '/healthz')],
    ['a template is less exact', ['/{id}'], all],
    ['a template of the same shape', ['/problems/{id}'], all.filter((path) => path !== '/problems/{code}')],
    ['a tree', ['/description'], all.filter((path) => !path.startsWith('/description'))],
    ['something within the tree', ['/description/x'], all.filter((path) => path !== '/description/{+path}')],
  ];
  for (const [title, paths, ours] of cases) {
    test(title, () => {
      const free = routes({ paths: declared(...paths) });
      assert.deepEqual(
        free.map(({ path }) => path),
        ours,
      );
    });
  }
  test('links know it', () => {
    assert.deepEqual(descriptionPaths(routes()), { openapi: '/openapi.json', description: '/description' });
    assert.deepEqual(descriptionPaths(routes({ paths: declared('/openapi.json') }, { files: [] })), {
      openapi: undefined,
      description: undefined,
    });
  });
});

describe('the description as given', () => {
  const cases: readonly [file: string, format: Format, mediaType: string][] = [
    ['api.raml', 'raml-0.8', 'application/raml+yaml'],
    ['api.yaml', 'openapi-3.1', 'application/vnd.oai.openapi'],
    ['api.json', 'openapi-3.0', 'application/vnd.oai.openapi+json'],
  ];
  for (const [path, format, mediaType] of cases) {
    test(`${path} of ${format}`, async () => {
      const answer = await ask('/description', { base: '/api' }, { format }, { files: [{ path, text: 'x' }] });
      assert.equal(answer.headers['Content-Type'], mediaType);
      assert.equal(answer.headers['Content-Location'], `/api/description/${path}`);
      assert.equal(answer.body, 'x');
    });
  }
  test('its parts', async () => {
    const part = await ask('/description/{+path}', { parameter: 'schemas/book.json' });
    assert.deepEqual([part.headers['Content-Type'], part.body], ['application/json', '{}']);
    const whole = await ask('/description/{+path}', { parameter: 'api.raml' });
    assert.equal(whole.headers['Content-Type'], 'application/raml+yaml');
  });
  for (const parameter of ['../api.raml', '/etc/passwd', 'schemas/../api.raml', '', 'nosuch']) {
    test(`not ${JSON.stringify(parameter)}`, async () => {
      await assert.rejects(ask('/description/{+path}', { parameter }), isNotFound);
    });
  }
});

test('health says that the process answers', async () => {
  const answer = await ask('/healthz');
  assert.deepEqual([answer.status, answer.body, answer.headers['Cache-Control']], [200, '{"status":"ok"}', 'no-store']);
});

test('readiness asks the store, and keeps its reasons', async () => {
  assert.equal((await ask('/readyz')).status, 200);
  const ping = async () => {
    throw new Error('cannot open /home/me/books.db');
  };
  const answer = await ask('/readyz', {}, {}, { store: { ping } });
  assert.equal(answer.status, 503);
  assert.equal(answer.headers['Retry-After'], '5');
  assert.ok(!answer.body.includes('/home'));
});

for (const [state, index, search] of [
  ['in-step', 'in-step', 'ok'],
  ['pending', 'pending', 'ok'],
  ['unavailable', 'pending', 'unavailable'],
] as const) {
  test(`readiness tells of an index that is ${state}`, async () => {
    const refused = [{ resource: 'books', key: 'a', reason: 'connect 10.0.0.1' }];
    const indexHealth = async () => ({ state, pending: 3, refused, reason: 'connect 10.0.0.2' });
    const answer = await ask('/readyz', {}, {}, { store: { ping: async () => {}, indexHealth } });
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.body), { status: 'ok', store: 'ok', index, search, pending: 3, refused: 1 });
  });
}

test('a problem is explained', async () => {
  const answer = await ask('/problems/{code}', { parameter: 'conflict' });
  assert.deepEqual(JSON.parse(answer.body), {
    code: 'conflict',
    status: 409,
    title: 'A unique value is taken',
    help: 'Choose another value for the fields listed in "errors".',
  });
  await assert.rejects(ask('/problems/{code}', { parameter: 'toString' }), isNotFound);
});

const evil = '<script>alert("1")</script>';
const books = resource({ name: 'books' });
const shop = {
  title: evil,
  description: `${evil} & more`,
  resources: [books],
  bindings: [
    binding('/books', 'get', {
      kind: 'list',
      resource: 'books',
      scope: [],
      envelope: { kind: 'array', items: '', slots: [], constants: [] },
      controls: [],
    }),
    binding(`/books/{${evil}}`, 'get', { kind: 'read', resource: 'books', scope: [], idParameter: evil }),
    binding('/stats', 'get', { kind: 'sample', why: '' }),
  ],
} as const;

test('the overview says whose documents nested paths are about', () => {
  const authors = resource({ name: 'authors', typeName: 'Author', path: '/authors' });
  const scope = [{ parameter: 'id', resource: 'authors', link: 'author' }];
  const nested = binding('/authors/{id}/books', 'post', { kind: 'create', resource: 'books', scope, many: false });
  const [group] = overviewOf(model({ resources: [authors, books], bindings: [nested] })).resources;
  assert.deepEqual(group?.operations, [
    { method: 'POST', path: '/authors/{id}/books', does: 'creates a Book of the Author' },
  ]);
});

describe('the overview', () => {
  test('as JSON', async () => {
    const answer = await ask('/', { base: '/api' }, shop);
    assert.equal(answer.headers['Content-Type'], 'application/json');
    assert.equal(answer.headers.Vary, 'Accept');
    assert.deepEqual(JSON.parse(answer.body), {
      title: evil,
      description: `${evil} & more`,
      resources: [
        {
          name: 'books',
          href: 'http://localhost:3000/api/books',
          operations: [
            { method: 'GET', path: '/books', does: 'lists books' },
            { method: 'GET', path: `/books/{${evil}}`, does: 'shows the Book' },
          ],
        },
      ],
      operations: [{ method: 'GET', path: '/stats', does: 'answers with a sample' }],
      links: {
        openapi: '/api/openapi.json',
        description: '/api/description',
        health: '/api/healthz',
        readiness: '/api/readyz',
      },
    });
  });
  test('as a page for browsers, in which nothing of the description runs', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const { headers, body } = await ask('/', { accept }, shop);
    assert.equal(headers['Content-Type'], 'text/html; charset=utf-8');
    assert.match(headers['Content-Security-Policy'] ?? '', /default-src 'none'/);
    assert.ok(!body.includes('<script'));
    assert.ok(body.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more'));
    assert.ok(body.includes('curl http://localhost:3000/books'));
    assert.ok(body.includes('<a href="/openapi.json">'));
    assert.deepEqual(body.match(/\b(src|url\()/g), null, 'it loads nothing');
  });
  for (const accept of [undefined, '*/*', 'application/json', 'application/json, text/html']) {
    test(`JSON for ${accept}`, async () => {
      const answer = await ask('/', accept === undefined ? {} : { accept }, shop);
      assert.equal(answer.headers['Content-Type'], 'application/json');
    });
  }
});

function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'not-found';
}
