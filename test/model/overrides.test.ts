/** What `docs/inference.md` promises: each override changes what is inferred, and a wrong one is a finding. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import { checkModel } from '../../src/model/check.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { describe, listOf, object, type PathLiteral, ref } from './describe.ts';
import { showBindings, showResource } from './show.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const Book = object({ id: text, title: text, writer: text, n: integer });
const Author = object({ id: text, name: text });

const modelOf = (paths: Readonly<Record<string, PathLiteral>>, more: Readonly<Record<string, JsonSchema>> = {}) =>
  buildModel(describe(paths, { Book, Author, ...more }));

const books: PathLiteral = {
  get: { answers: { 200: listOf('Book') } },
  post: { body: ref('Book'), answers: { 201: ref('Book') } },
};
const book: PathLiteral = { get: { answers: { 200: ref('Book') } }, put: { body: ref('Book') } };

test('path: resource joins what inference keeps apart', () => {
  const model = modelOf({ '/books': books, '/drafts': { ...books, cartouche: { resource: 'books' } } });
  assert.deepEqual(model.resources.map(showResource), ['books Book collection id:string uuid|client']);
});

test('path: kind', () => {
  const paths = { '/books': books, '/books/{id}': book };
  assert.equal(
    modelOf({ ...paths, '/books': { ...books, cartouche: { kind: 'none' } } }).bindings[0]?.action.kind,
    'sample',
  );
  const report = { get: { answers: { 200: object({ x: text }) } }, post: { body: object({ y: text }) } };
  assert.equal(modelOf({ '/report': report }).bindings[0]?.action.kind, 'sample');
  const said = modelOf({ '/report': { ...report, cartouche: { kind: 'singleton' } } });
  assert.deepEqual(showBindings(said), [
    'GET /report 200 read-singleton report',
    'POST /report 201 write-singleton report',
  ]);
});

test('schema: resource names it', () => {
  const model = modelOf(
    { '/things': books },
    { Book: object({ id: text }, { 'x-cartouche': { resource: 'volumes' } }) },
  );
  assert.deepEqual(model.resources.map(showResource), ['volumes Volume collection id:string uuid|client']);
});

test('schema: id, generate, clientMayChoose, scope', () => {
  const said = { id: 'n', generate: 'sequence', clientMayChoose: false, scope: 'global' };
  const model = modelOf({ '/books': books }, { Book: object({ id: text, n: integer }, { 'x-cartouche': said }) });
  assert.deepEqual(model.resources.map(showResource), ['books Book collection n:integer sequence']);
});

test('property: parent', () => {
  const paths = {
    '/authors': { post: { body: ref('Author') }, get: { answers: { 200: listOf('Author') } } },
    '/authors/{id}': { get: { answers: { 200: ref('Author') } } },
    '/authors/{id}/books': books,
  };
  const Linked = object({ id: text, writer: { ...text, 'x-cartouche': { parent: 'authors' } } });
  assert.equal(modelOf(paths).resources[1]?.links[0]?.property, undefined);
  assert.equal(modelOf(paths, { Book: Linked }).resources[1]?.links[0]?.property, 'writer');
});

test('operation: action', () => {
  const item = (action: string): PathLiteral => ({ ...book, put: { body: ref('Book'), cartouche: { action } } });
  const kinds = ['upsert', 'replace', 'sample'].map(
    (action) => modelOf({ '/books': books, '/books/{id}': item(action) }).bindings.at(-1)?.action.kind,
  );
  assert.deepEqual(kinds, ['upsert', 'replace', 'sample']);
});

test('operation: items and slots', () => {
  const answer = object({ stuff: listOf('Book'), other: listOf('Book'), info: object({ n: integer }) });
  const get = { answers: { 200: answer }, cartouche: { items: '/other', slots: { '/info/n': 'total' } } };
  const action = modelOf({ '/books': { ...books, get } }).bindings[0]?.action;
  assert.deepEqual(action?.kind === 'list' && [action.envelope.items, action.envelope.slots], [
    '/other',
    [{ pointer: '/info/n', meaning: 'total' }],
  ]);
});

test('parameter: control, filter and operator', () => {
  const query = {
    howMany: { type: 'integer', 'x-cartouche': { control: 'limit' } },
    like: { type: 'string', 'x-cartouche': { filter: 'title', operator: 'contains' } },
  };
  const action = modelOf({ '/books': { ...books, get: { query, answers: { 200: listOf('Book') } } } }).bindings[0]
    ?.action;
  assert.deepEqual(action?.kind === 'list' && action.controls, [
    { parameter: 'howMany', meaning: 'limit' },
    { parameter: 'like', meaning: 'filter', field: 'title', operator: 'contains' },
  ]);
});

/** A wrong override, and what is said of it. */
const wrong: Readonly<Record<string, readonly [Readonly<Record<string, PathLiteral>>, JsonSchema, string, string]>> = {
  'a misspelt key on a path': [
    { '/books': { ...books, cartouche: { resouce: 'x' } } },
    Book,
    'x-cartouche on a path has no key "resouce".',
    'did you mean "resource"?',
  ],
  'a misspelt action': [
    { '/books': { ...books, get: { cartouche: { action: 'smaple' } } } },
    Book,
    'x-cartouche: action: there is no action "smaple".',
    'did you mean "sample"?',
  ],
  'a misspelt kind': [
    { '/books': { ...books, cartouche: { kind: 'colection' } } },
    Book,
    'x-cartouche: kind: there is no kind "colection".',
    'did you mean "collection"?',
  ],
  'an id that is no property': [
    { '/books': books },
    object({ isbn: text }, { 'x-cartouche': { id: 'isbm' } }),
    'x-cartouche: id: there is no property "isbm".',
    'did you mean "isbn"?',
  ],
  'a parent that is no resource': [
    { '/books': books },
    object({ writer: { ...text, 'x-cartouche': { parent: 'book' } } }),
    'x-cartouche: parent: there is no resource "book".',
    'did you mean "books"?',
  ],
  'a filter on no field': [
    {
      '/books': {
        get: { query: { q: { ...text, 'x-cartouche': { filter: 'titel' } } }, answers: { 200: listOf('Book') } },
        post: { body: ref('Book') },
      },
    },
    Book,
    'x-cartouche: filter: there is no field "titel".',
    'did you mean "title"?',
  ],
};

for (const [name, [paths, schema, message, hint]] of Object.entries(wrong)) {
  test(`finding: ${name}`, () => {
    const findings = checkModel(modelOf(paths, { Book: schema }));
    assert.deepEqual(
      findings.map((finding) => [finding.message, finding.hint]),
      [[message, hint]],
    );
  });
}

test('RAML: an annotation says the same, on paths and on types', () => {
  const Annotated = object(
    { id: text, n: { ...integer, '(cartouche)': { unique: true } } },
    { '(cartouche)': { id: 'n' } },
  );
  const description = describe({ '/books': books }, { Book: Annotated }, 'raml-1.0');
  const [path] = description.paths;
  assert.ok(path);
  const annotated = { ...path, extensions: [{ name: 'cartouche', value: { resource: 'volumes' } }] };
  const [resource] = buildModel({ ...description, paths: [annotated] }).resources;
  assert.deepEqual([resource?.name, resource?.id.property], ['volumes', 'n']);
  assert.equal(resource?.fields.find(({ path: name }) => name === 'n')?.unique, true);
});
