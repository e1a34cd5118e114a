/**
 * `$dynamicRef` of 2020-12 and `$recursiveRef` of 2019-09: what is left of them are plain references, one definition for
 * each way that leads elsewhere. The official test suite of JSON Schema was the model of these rows.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Library } from '../../../src/spec/document/library.ts';
import { childOf, rootOf } from '../../../src/spec/document/node.ts';
import { SchemaRegistry } from '../../../src/spec/schema/registry.ts';
import { openSource } from '../../../src/spec/source.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-dynamic-'));
after(() => rmSync(folder, { recursive: true, force: true }));

type Schemas = Readonly<Record<string, unknown>>;

interface Row {
  /** Each is defined by its name; they stand in one document, below `$defs`. */
  readonly schemas: Schemas;
  readonly files?: Schemas;
  /** What becomes of them, and of what they refer to. */
  readonly defs: Schemas;
}

const list = {
  $id: 'https://x.y/list',
  type: 'array',
  items: { $dynamicRef: '#item' },
  $defs: { any: { $dynamicAnchor: 'item' } },
};
const listOf = (name: string) => ({
  $id: `https://x.y/list-of-${name}`,
  $ref: 'list',
  $defs: { [`${name}Item`]: { $dynamicAnchor: 'item', $ref: `#/$defs/${name}` } },
});

const rows: Readonly<Record<string, Row>> = {
  'a list of anything, of users, and of books': {
    schemas: {
      User: { type: 'string' },
      Book: { type: 'integer' },
      List: list,
      Users: listOf('User'),
      Books: listOf('Book'),
    },
    defs: {
      User: { type: 'string' },
      Book: { type: 'integer' },
      List: { type: 'array', items: { $ref: '#/$defs/any' } },
      Users: { $ref: '#/$defs/Users-List' },
      Books: { $ref: '#/$defs/Books-List' },
      any: {},
      'Users-List': { type: 'array', items: { $ref: '#/$defs/UserItem' } },
      'Books-List': { type: 'array', items: { $ref: '#/$defs/BookItem' } },
      UserItem: { $ref: '#/$defs/User' },
      BookItem: { $ref: '#/$defs/Book' },
    },
  },
  'a tree, and one that allows nothing else at any level': {
    schemas: {
      Tree: {
        $id: 'https://x.y/tree',
        $dynamicAnchor: 'node',
        properties: { children: { items: { $dynamicRef: '#node' } } },
      },
      Strict: { $id: 'https://x.y/strict', $dynamicAnchor: 'node', $ref: 'tree', unevaluatedProperties: false },
    },
    defs: {
      Tree: { properties: { children: { items: { $ref: '#/$defs/Tree' } } } },
      Strict: { $ref: '#/$defs/Strict-Tree', unevaluatedProperties: false },
      'Strict-Tree': { properties: { children: { items: { $ref: '#/$defs/Strict' } } } },
    },
  },
  'the same in 2019-09': {
    schemas: {
      Tree: {
        $schema: 'https://json-schema.org/draft/2019-09/schema',
        $id: 'https://x.y/tree',
        $recursiveAnchor: true,
        properties: { children: { items: { $recursiveRef: '#' } } },
      },
      Strict: {
        $schema: 'https://json-schema.org/draft/2019-09/schema',
        $id: 'https://x.y/strict',
        $recursiveAnchor: true,
        $ref: 'tree',
        unevaluatedProperties: false,
      },
    },
    defs: {
      Tree: { properties: { children: { items: { $ref: '#/$defs/Tree' } } } },
      Strict: { $ref: '#/$defs/Strict-Tree', unevaluatedProperties: false },
      'Strict-Tree': { properties: { children: { items: { $ref: '#/$defs/Strict' } } } },
    },
  },
  'across files': {
    schemas: {
      Users: { $id: 'https://x.y/users', $ref: 'list.json', $defs: { U: { $dynamicAnchor: 'item', minimum: 1 } } },
    },
    files: { 'list.json': list },
    defs: {
      Users: { $ref: '#/$defs/Users-list' },
      'Users-list': { type: 'array', items: { $ref: '#/$defs/U' } },
      U: { minimum: 1 },
    },
  },
  'what has no dynamic reference is defined once': {
    schemas: {
      Name: { type: 'string' },
      List: { ...list, title: 'x', properties: { name: { $ref: '#/$defs/Name' } } },
      Users: listOf('Name'),
    },
    defs: {
      Name: { type: 'string' },
      List: {
        type: 'array',
        title: 'x',
        items: { $ref: '#/$defs/any' },
        properties: { name: { $ref: '#/$defs/Name' } },
      },
      Users: { $ref: '#/$defs/Users-List' },
      any: {},
      'Users-List': {
        type: 'array',
        title: 'x',
        items: { $ref: '#/$defs/NameItem' },
        properties: { name: { $ref: '#/$defs/Name' } },
      },
      NameItem: { $ref: '#/$defs/Name' },
    },
  },
  'an anchor that is not dynamic is reached as by $ref': {
    schemas: {
      Outer: {
        $id: 'https://x.y/outer',
        $ref: 'inner',
        $defs: { a: { $dynamicAnchor: 'item', minimum: 1 } },
      },
      Inner: {
        $id: 'https://x.y/inner',
        items: { $dynamicRef: '#item' },
        $defs: { b: { $anchor: 'item', maximum: 1 } },
      },
    },
    defs: {
      Outer: { $ref: '#/$defs/Inner' },
      Inner: { items: { $ref: '#/$defs/b' } },
      b: { maximum: 1 },
    },
  },
};

describe('dynamic references', () => {
  for (const [name, { schemas, files = {}, defs }] of Object.entries(rows)) {
    it(name, () => {
      const { registry, findings } = read(schemas, files);
      assert.deepEqual({ ...registry.$defs }, defs);
      assert.deepEqual(findings, []);
    });
  }

  it('too many ways are told, and read as plain references', () => {
    const levels = 40;
    // Each level is reached with its own anchor, and without: 2^40 ways.
    const schemas = Object.fromEntries(
      Array.from({ length: levels }, (_, level): [string, unknown] => {
        const next = level + 1 === levels ? 'https://x.y/end' : `l${level + 1}`;
        const anchored = { $id: `with${level}`, $ref: next, $defs: { a: { $dynamicAnchor: `a${level}` } } };
        return [`L${level}`, { $id: `https://x.y/l${level}`, anyOf: [{ $ref: next }, anchored] }];
      }),
    );
    const uses = Array.from({ length: levels }, (_, level) => ({ $dynamicRef: `#a${level}` }));
    const anchors = Array.from({ length: levels }, (_, level) => [`b${level}`, { $dynamicAnchor: `a${level}` }]);
    const end = { $id: 'https://x.y/end', anyOf: uses, $defs: Object.fromEntries(anchors) };
    const { registry, findings } = read({ ...schemas, End: end }, {});
    assert.deepEqual(findings, ['unsupported-keyword']);
    assert.ok(Object.keys(registry.$defs).length < 50_000);
  });
});

function read(schemas: Schemas, files: Schemas) {
  const inner = mkdtempSync(join(folder, 'x-'));
  mkdirSync(inner, { recursive: true });
  for (const [path, value] of Object.entries({ 'root.json': { $defs: schemas }, ...files })) {
    writeFileSync(join(inner, path), JSON.stringify(value));
  }
  const library = new Library(openSource(join(inner, 'root.json')));
  const registry = new SchemaRegistry(library);
  const document = library.open('root.json');
  assert.ok(document);
  for (const name of Object.keys(schemas)) registry.define(name, childOf(rootOf(document), '$defs', name), '2020-12');
  registry.settle();
  return { registry, findings: [...library.diagnostics, ...registry.diagnostics].map(({ code }) => code) };
}
