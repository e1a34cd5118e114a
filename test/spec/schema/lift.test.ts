import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Library } from '../../../src/spec/document/library.ts';
import { childOf, rootOf } from '../../../src/spec/document/node.ts';
import type { Dialect } from '../../../src/spec/schema/dialect.ts';
import { SchemaRegistry } from '../../../src/spec/schema/registry.ts';
import { openSource } from '../../../src/spec/source.ts';

/** `[what it shows, schema, the same in 2020-12, findings]`. */
type Row = readonly [string, unknown, unknown, ...(readonly string[])];

// As text: a linter takes an object with `then` for a promise.
const CONDITIONS: unknown = JSON.parse('{"if":{"minimum":1},"then":{"maximum":2},"else":{"const":0}}');

const tables: Readonly<Record<string, { readonly dialect?: Dialect; readonly rows: readonly Row[] }>> = {
  'draft 3': {
    rows: [
      [
        'required on the property',
        { properties: { a: { type: 'string', required: true }, b: { required: false } } },
        { properties: { a: { type: 'string' }, b: {} }, required: ['a'] },
      ],
      ['type any', { $schema: 'http://json-schema.org/draft-03/schema#', type: 'any' }, {}],
      ['divisibleBy', { divisibleBy: 5 }, { multipleOf: 5 }],
      ['disallow one type', { disallow: 'string' }, { allOf: [{ not: { type: 'string' } }] }],
      [
        'disallow several',
        { disallow: ['string', { minimum: 3 }] },
        { allOf: [{ not: { anyOf: [{ type: 'string' }, { minimum: 3 }] } }] },
      ],
      ['extends one', { extends: { minimum: 1 } }, { allOf: [{ minimum: 1 }] }],
      ['extends several', { extends: [{ minimum: 1 }, { maximum: 2 }] }, { allOf: [{ minimum: 1 }, { maximum: 2 }] }],
      [
        'a union with a schema',
        { $schema: 'http://json-schema.org/draft-03/schema#', type: ['string', { minimum: 1 }] },
        { allOf: [{ anyOf: [{ type: ['string'] }, { minimum: 1 }] }] },
      ],
      [
        'a dependency on one name',
        { $schema: 'http://json-schema.org/draft-03/schema#', dependencies: { a: 'b' } },
        { dependentRequired: { a: ['b'] } },
      ],
      ['an address of its own', { $schema: 'http://json-schema.org/draft-03/schema#', id: 'http://x.y/z' }, {}],
    ],
  },
  'draft 4': {
    dialect: 'draft-04',
    rows: [
      ['an exclusive bound as a flag', { minimum: 1, exclusiveMinimum: true }, { minimum: 1, exclusiveMinimum: 1 }],
      ['a flag that is off', { maximum: 1, exclusiveMaximum: false }, { maximum: 1 }],
      ['id dropped', { id: 'x', type: 'string' }, { type: 'string' }],
      [
        'a reference relative to an id',
        {
          id: 'http://x.y/tree',
          items: { $ref: 'node' },
          definitions: { N: { id: 'http://x.y/node', type: 'string' } },
        },
        { items: { $ref: '#/$defs/N' } },
      ],
      [
        'a property called id kept',
        { properties: { id: { type: 'string' } } },
        { properties: { id: { type: 'string' } } },
      ],
      [
        'a tuple',
        { items: [{ type: 'string' }], additionalItems: false },
        { prefixItems: [{ type: 'string' }], items: false },
      ],
      [
        'additionalItems alone has no effect',
        { items: { type: 'string' }, additionalItems: false },
        { items: { type: 'string' } },
      ],
      [
        'dependencies of both kinds',
        { dependencies: { a: ['b'], c: { minimum: 1 } } },
        { dependentRequired: { a: ['b'] }, dependentSchemas: { c: { minimum: 1 } } },
      ],
      [
        'Ramses keys verbatim',
        {
          properties: { n: { type: ['string', 'null'], _db_settings: { type: 'string', required: true } } },
          'x-y': { type: 'q' },
        },
        {
          properties: { n: { type: ['string', 'null'], _db_settings: { type: 'string', required: true } } },
          'x-y': { type: 'q' },
        },
      ],
      ['unknown formats kept', { type: 'string', format: 'phone' }, { type: 'string', format: 'phone' }],
      [
        'required on the property repaired',
        { properties: { a: { required: true } } },
        { properties: { a: {} }, required: ['a'] },
        'schema-questionable',
      ],
      ['type any repaired', { type: 'any' }, {}, 'schema-questionable'],
    ],
  },
  'draft 6 and 7': {
    dialect: 'draft-07',
    rows: [
      ['a numeric bound kept', { exclusiveMinimum: 1 }, { exclusiveMinimum: 1 }],
      [
        'a flag repaired',
        { minimum: 1, exclusiveMinimum: true },
        { minimum: 1, exclusiveMinimum: 1 },
        'schema-questionable',
      ],
      ['boolean schemas', { properties: { a: true, b: false } }, { properties: { a: true, b: false } }],
      ['conditions', CONDITIONS, CONDITIONS],
      [
        'siblings of $ref hidden',
        { properties: { a: { $ref: '#/definitions/A', minimum: 1, title: 'T', _x: 1 } }, definitions: { A: {} } },
        { properties: { a: { $ref: '#/$defs/A', title: 'T', _x: 1 } } },
        'schema-questionable',
      ],
      [
        'the meta-schema is not fetched',
        { $ref: 'http://json-schema.org/draft-07/schema#' },
        { allOf: [{ type: ['object', 'boolean'] }] },
      ],
      [
        'a property called $ref',
        { properties: { $ref: { type: 'string' } } },
        { properties: { $ref: { type: 'string' } } },
      ],
      [
        '__proto__ as a property',
        JSON.parse('{"properties":{"__proto__":{"type":"string"}}}'),
        JSON.parse('{"properties":{"__proto__":{"type":"string"}}}'),
      ],
    ],
  },
  '2020-12 and OpenAPI 3.1': {
    dialect: '2020-12',
    rows: [
      [
        'siblings of $ref hold',
        { properties: { a: { $ref: '#/$defs/A', minimum: 1 } }, $defs: { A: {} } },
        { properties: { a: { $ref: '#/$defs/A', minimum: 1 } } },
      ],
      [
        'an anchor',
        { properties: { a: { $ref: '#here' } }, $defs: { A: { $anchor: 'here', minimum: 1 } } },
        { properties: { a: { $ref: '#/$defs/A' } } },
      ],
      [
        'a reference by $id',
        { $id: 'http://x.y/root', properties: { a: { $ref: 'http://x.y/a' } }, $defs: { A: { $id: 'a', minimum: 1 } } },
        { properties: { a: { $ref: '#/$defs/A' } } },
      ],
      [
        'a dynamic reference',
        { properties: { a: { $dynamicRef: '#n' } }, $defs: { N: { $dynamicAnchor: 'n' } } },
        { properties: { a: { $ref: '#/$defs/N' } } },
      ],
      [
        'an anchor of two resources',
        {
          properties: { a: { $ref: '#here' } },
          $defs: { B: { $id: 'http://x.y/b', $anchor: 'here', maximum: 1 }, A: { $anchor: 'here', minimum: 1 } },
        },
        { properties: { a: { $ref: '#/$defs/A' } } },
      ],
      [
        'a reference relative to an $id',
        {
          $id: 'http://x.y/root',
          properties: { a: { $id: 'http://x.y/deep/b', properties: { c: { $ref: 'a' } } } },
          $defs: { A: { $id: 'deep/a', minimum: 1 } },
        },
        { properties: { a: { properties: { c: { $ref: '#/$defs/A' } } } } },
      ],
      ['nullable repaired', { type: 'string', nullable: true }, { type: ['string', 'null'] }, 'schema-questionable'],
      [
        'a list of items repaired',
        { items: [{ minimum: 1 }] },
        { prefixItems: [{ minimum: 1 }] },
        'schema-questionable',
      ],
    ],
  },
  'OpenAPI 3.0': {
    dialect: 'openapi-3.0',
    rows: [
      ['nullable', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
      ['nullable false', { type: 'string', nullable: false }, { type: 'string' }],
      [
        'nullable enum',
        { type: 'string', enum: ['a'], nullable: true },
        { type: ['string', 'null'], enum: ['a', null] },
      ],
      [
        'nullable allOf',
        { allOf: [{ minimum: 1 }], nullable: true, description: 'd' },
        { description: 'd', anyOf: [{ allOf: [{ minimum: 1 }] }, { type: 'null' }] },
      ],
      ['nullable anyOf', { anyOf: [{ minimum: 1 }], nullable: true }, { anyOf: [{ minimum: 1 }, { type: 'null' }] }],
      ['nullable alone accepts everything already', { nullable: true }, {}],
      ['an exclusive bound as a flag', { maximum: 1, exclusiveMaximum: true }, { maximum: 1, exclusiveMaximum: 1 }],
      [
        'example and discriminator kept',
        { example: 1, discriminator: { propertyName: 'a' } },
        { example: 1, discriminator: { propertyName: 'a' } },
      ],
    ],
  },
  mistakes: {
    dialect: 'draft-07',
    rows: [
      ['a type misspelled', { type: 'strng' }, {}, 'unknown-type'],
      ['a type in capitals', { type: 'String' }, { type: 'string' }, 'schema-questionable'],
      ['a bad expression', { pattern: '(' }, {}, 'invalid-pattern'],
      ['a needless escape', { pattern: '^a\\-b\\_[\\-x]$' }, { pattern: '^a-b_[\\-x]$' }],
      [
        'a bad pattern property',
        { patternProperties: { '[': {}, a: {} } },
        { patternProperties: { a: {} } },
        'invalid-pattern',
      ],
      ['a count in quotes', { minLength: '3' }, { minLength: 3 }, 'schema-questionable'],
      ['a negative count', { minLength: -1 }, {}, 'schema-invalid'],
      ['multipleOf 0', { multipleOf: 0 }, {}, 'schema-invalid'],
      ['an empty enum', { enum: [] }, {}, 'schema-invalid'],
      ['enum is no list', { enum: 'a' }, {}, 'schema-invalid'],
      ['one required name', { required: 'a' }, { required: ['a'] }, 'schema-questionable'],
      ['a required number', { required: ['a', 1] }, { required: ['a'] }, 'schema-invalid'],
      ['properties as a list', { properties: [] }, {}, 'schema-invalid'],
      ['a property without a schema', { properties: { a: 'string' } }, { properties: { a: true } }, 'schema-invalid'],
      ['an empty allOf', { allOf: [] }, {}, 'schema-invalid'],
      ['a keyword misspelled', { maxLenght: 3 }, { maxLenght: 3 }, 'unknown-key'],
      ['a flag in quotes', { uniqueItems: 'true' }, { uniqueItems: true }, 'schema-questionable'],
      ['examples as an object', { examples: { a: 1 } }, { examples: [{ a: 1 }] }, 'schema-questionable'],
      ['an empty description', { description: null }, {}],
      ['a reference that leads nowhere', { $ref: '#/definitions/Nope' }, {}, 'unresolved-reference'],
    ],
  },
};

for (const [title, { dialect, rows }] of Object.entries(tables)) {
  describe(`lifting ${title}`, () => {
    for (const [name, schema, expected, ...codes] of rows) {
      it(name, () => {
        const { library, registry, document } = embedded(schema);
        const lifted = registry.lift(rootOf(document), dialect);
        assert.deepEqual(lifted, expected);
        assert.deepEqual(
          [...library.diagnostics, ...registry.diagnostics].map(({ code }) => code),
          codes,
        );
      });
    }
  });
}

function embedded(schema: unknown) {
  const library = new Library(openSource('/nowhere/root.json'));
  const registry = new SchemaRegistry(library);
  return {
    library,
    registry,
    document: library.embed(JSON.stringify(schema), { file: 'root.json', line: 1, column: 1 }),
  };
}

describe('references', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cartouche-lift-'));
    const files = {
      'story.json':
        '{"properties":{"author":{"$ref":"user.yaml"},"next":{"$ref":"#"},"tag":{"$ref":"common.json#/definitions/tag%20name"}}}',
      'user.yaml': 'properties:\n  stories: { items: { $ref: story.json } }\n  name: { type: strng }\n',
      'common.json': '{"definitions":{"tag name":{"type":"string"}}}',
      'loop.json':
        '{"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"allOf":[{"$ref":"#/definitions/a"}]}},"items":{"$ref":"#/definitions/a"}}',
      'typo.json': '{"items":{"$ref":"#/definitions/Bok"},"definitions":{"Book":{}}}',
      'escape.json':
        '{"items":[{"$ref":"../x.json"},{"$ref":"/etc/passwd"},{"$ref":"http://127.0.0.1:9/x"},{"$ref":"file:///etc/passwd"}]}',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function read(file: string, name: string) {
    const library = new Library(openSource(join(folder, file)));
    const registry = new SchemaRegistry(library);
    const document = library.open(file);
    assert.ok(document);
    registry.define(name, rootOf(document));
    registry.settle();
    const diagnostics = [...library.diagnostics, ...registry.diagnostics];
    return { registry, diagnostics };
  }

  it('across JSON and YAML files, in circles, under telling names', () => {
    const { registry, diagnostics } = read('story.json', 'Story');
    assert.deepEqual(
      { ...registry.$defs },
      {
        Story: {
          properties: {
            author: { $ref: '#/$defs/user' },
            next: { $ref: '#/$defs/Story' },
            tag: { $ref: '#/$defs/tag-name' },
          },
        },
        user: { properties: { stories: { items: { $ref: '#/$defs/Story' } }, name: {} } },
        'tag-name': { type: 'string' },
      },
    );
    assert.deepEqual(registry.schemaPositions['#/$defs/user/properties/name'], {
      file: 'user.yaml',
      line: 3,
      column: 3,
    });
    assert.deepEqual(
      diagnostics.map(({ code, at, hint }) => [code, at, hint]),
      [['unknown-type', { file: 'user.yaml', line: 3, column: 17 }, 'did you mean "string"?']],
    );
  });

  it('a schema that consists of itself is cut', () => {
    const { registry, diagnostics } = read('loop.json', 'Loop');
    assert.deepEqual(
      { ...registry.$defs },
      { Loop: { items: { $ref: '#/$defs/a' } }, a: true, b: { allOf: [{ $ref: '#/$defs/a' }] } },
    );
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['circular-type'],
    );
  });

  it('a typo is answered with what was meant', () => {
    const { diagnostics } = read('typo.json', 'Typo');
    assert.deepEqual(
      diagnostics.map(({ code, hint }) => [code, hint]),
      [['unresolved-reference', 'did you mean "#/definitions/Book"?']],
    );
  });

  it('nothing outside of the folder is read', () => {
    const { diagnostics } = read('escape.json', 'Escape');
    assert.deepEqual(diagnostics.map(({ code }) => code).sort(), [
      'file-outside-root',
      'file-outside-root',
      'file-outside-root',
      'network-refused',
    ]);
  });

  it('two definitions of one name get two names', () => {
    const { registry, document } = embedded({
      a: { $ref: '#/x/User' },
      b: { $ref: '#/y/User' },
      x: { User: {} },
      y: { User: true },
    });
    const root = rootOf(document);
    assert.deepEqual(registry.lift(childOf(root, 'a')), { $ref: '#/$defs/User' });
    assert.deepEqual(registry.lift(childOf(root, 'b')), { $ref: '#/$defs/User2' });
  });
});
