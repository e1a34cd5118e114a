/**
 * Every keyword of every draft: that it is known, by the official meta-schemas, and that it holds, by a value that fits
 * and one that does not, through the reader and the validator that requests are checked with.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { buildModel } from '../../../src/model/build.ts';
import { loadValidator } from '../../../src/runtime/validation/validator.ts';
import { Library } from '../../../src/spec/document/library.ts';
import { rootOf } from '../../../src/spec/document/node.ts';
import { isObject, own } from '../../../src/spec/record.ts';
import type { Dialect } from '../../../src/spec/schema/dialect.ts';
import { KEYWORDS } from '../../../src/spec/schema/keywords.ts';
import { SchemaRegistry } from '../../../src/spec/schema/registry.ts';
import { openSource } from '../../../src/spec/source.ts';
import { describe as description } from '../../model/describe.ts';

const require = createRequire(import.meta.url);
const refs = join(dirname(require.resolve('ajv/package.json')), 'dist/refs');
const draft04 = join(dirname(require.resolve('ajv-draft-04/package.json')), 'dist/refs/json-schema-draft-04.json');
const vocabularies = (folder: string) =>
  readdirSync(join(refs, folder, 'meta')).map((name) => join(refs, folder, 'meta', name));

/** Files with the meta-schemas of each draft. Draft 3 stands nowhere; its keywords are those of the table below. */
const metaSchemas: Readonly<Record<string, readonly string[]>> = {
  'draft 4': [draft04],
  'draft 6': [join(refs, 'json-schema-draft-06.json')],
  'draft 7': [join(refs, 'json-schema-draft-07.json')],
  '2019-09': vocabularies('json-schema-2019-09'),
  '2020-12': vocabularies('json-schema-2020-12'),
};

describe('every keyword of the meta-schemas is known', () => {
  for (const [draft, files] of Object.entries(metaSchemas)) {
    it(draft, () => {
      const names = files.flatMap((file) => {
        const schema: unknown = JSON.parse(readFileSync(file, 'utf8'));
        const properties = isObject(schema) ? own(schema, 'properties') : undefined;
        return isObject(properties) ? Object.keys(properties) : [];
      });
      assert.ok(names.length > 30);
      assert.deepEqual(
        names.filter((name) => !Object.hasOwn(KEYWORDS, name)),
        [],
      );
    });
  }
});

/** `[schema, fits, does not fit]` by keyword. Where nothing is refused, the keyword is an annotation. */
type Row = readonly [schema: unknown, fits: unknown, unfit?: unknown];

const everywhere: Readonly<Record<string, Row>> = {
  type: [{ type: 'string' }, 'a', 1],
  'type, several': [{ type: ['string', 'null'] }, null, 1],
  enum: [{ enum: [1, { a: 1 }] }, { a: 1 }, 2],
  minimum: [{ minimum: 1 }, 1, 0],
  maximum: [{ maximum: 1 }, 1, 2],
  minLength: [{ minLength: 2 }, 'ab', 'a'],
  maxLength: [{ maxLength: 1 }, '😀', 'ab'],
  pattern: [{ pattern: '^a' }, 'ab', 'ba'],
  minItems: [{ minItems: 1 }, [1], []],
  maxItems: [{ maxItems: 1 }, [1], [1, 2]],
  uniqueItems: [{ uniqueItems: true }, [1, 2], [{ a: 1 }, { a: 1 }]],
  items: [{ items: { type: 'integer' } }, [1], ['a']],
  properties: [{ properties: { a: { type: 'integer' } } }, { a: 1 }, { a: 'b' }],
  patternProperties: [{ patternProperties: { '^a': { type: 'integer' } } }, { b: 'b' }, { ab: 'b' }],
  additionalProperties: [{ properties: { a: {} }, additionalProperties: false }, { a: 1 }, { b: 1 }],
  format: [{ type: 'string', format: 'date' }, '2026-02-28', '2026-02-30'],
  $ref: [
    { properties: { a: { $ref: '#/definitions/b' } }, definitions: { b: { type: 'integer' } } },
    { a: 1 },
    { a: '' },
  ],
  'title, description, default': [{ title: 't', description: 'd', default: 1 }, 1],
};

const tuple: Row = [{ items: [{ type: 'integer' }, {}], additionalItems: false }, [1, 'a'], [1, 2, 3]];
const dependencies: Row = [{ dependencies: { a: ['b'] } }, { a: 1, b: 1 }, { a: 1 }];
const dependentSchema: Row = [{ dependencies: { a: { minProperties: 2 } } }, { a: 1, b: 1 }, { a: 1 }];
const flags: Readonly<Record<string, Row>> = {
  'exclusiveMinimum, a flag': [{ minimum: 1, exclusiveMinimum: true }, 2, 1],
  'exclusiveMaximum, a flag': [{ maximum: 1, exclusiveMaximum: true }, 0, 1],
};
const since4: Readonly<Record<string, Row>> = {
  multipleOf: [{ multipleOf: 0.5 }, 1.5, 1.2],
  required: [{ required: ['a'] }, { a: null }, {}],
  minProperties: [{ minProperties: 1 }, { a: 1 }, {}],
  maxProperties: [{ maxProperties: 1 }, { a: 1 }, { a: 1, b: 2 }],
  allOf: [{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, 1, 3],
  anyOf: [{ anyOf: [{ minimum: 3 }, { maximum: 1 }] }, 4, 2],
  oneOf: [{ oneOf: [{ minimum: 1 }, { maximum: 2 }] }, 3, 1],
  not: [{ not: { type: 'string' } }, 1, ''],
};
const since6: Readonly<Record<string, Row>> = {
  const: [{ const: { a: 1 } }, { a: 1 }, { a: 2 }],
  contains: [{ contains: { const: 1 } }, [0, 1], [0]],
  propertyNames: [{ propertyNames: { maxLength: 1 } }, { a: 1 }, { ab: 1 }],
  exclusiveMinimum: [{ exclusiveMinimum: 1 }, 2, 1],
  exclusiveMaximum: [{ exclusiveMaximum: 1 }, 0, 1],
  'true and false': [{ properties: { a: true, b: false } }, { a: 1 }, { b: 1 }],
  examples: [{ examples: [1] }, 'a'],
  $id: [{ $id: 'https://a.test/', items: { $ref: 'b' }, definitions: { b: { $id: 'b', type: 'integer' } } }, [1], ['']],
};
const since7: Readonly<Record<string, Row>> = {
  // As text: a linter takes an object with `then` for a promise.
  'if, then, else': [JSON.parse('{"if":{"minimum":1},"then":{"maximum":2},"else":{"const":0}}'), 0, -1],
  'readOnly, writeOnly, $comment': [
    { $comment: 'c', properties: { a: { readOnly: true }, b: { writeOnly: true } } },
    {},
  ],
  'contentEncoding, contentMediaType': [{ contentEncoding: 'base64', contentMediaType: 'application/json' }, '{!'],
};
const since2019: Readonly<Record<string, Row>> = {
  $defs: [{ items: { $ref: '#/$defs/b' }, $defs: { b: { type: 'integer' } } }, [1], ['']],
  $anchor: [{ items: { $ref: '#b' }, $defs: { b: { $anchor: 'b', type: 'integer' } } }, [1], ['']],
  dependentRequired: [{ dependentRequired: { a: ['b'] } }, { a: 1, b: 1 }, { a: 1 }],
  dependentSchemas: [{ dependentSchemas: { a: { minProperties: 2 } } }, { a: 1, b: 1 }, { a: 1 }],
  minContains: [{ contains: { const: 1 }, minContains: 2 }, [1, 1], [1]],
  maxContains: [{ contains: { const: 1 }, maxContains: 1 }, [1], [1, 1]],
  unevaluatedProperties: [
    { allOf: [{ properties: { a: {} } }], properties: { b: {} }, unevaluatedProperties: false },
    { a: 1, b: 1 },
    { c: 1 },
  ],
  unevaluatedItems: [{ allOf: [{ contains: {} }, { items: { type: 'integer' } }], unevaluatedItems: false }, [1], ['']],
  'siblings of $ref': [{ $ref: '#/$defs/b', maximum: 1, $defs: { b: { type: 'integer' } } }, 1, 2],
  'deprecated, contentSchema, $vocabulary': [
    { deprecated: true, contentSchema: { type: 'object' }, $vocabulary: {} },
    1,
  ],
};
const hidden: Row = [{ $ref: '#/definitions/b', maximum: 1, definitions: { b: { type: 'integer' } } }, 2, ''];

const drafts: Readonly<Record<string, { readonly dialect: Dialect; readonly rows: Readonly<Record<string, Row>> }>> = {
  'draft 3': {
    dialect: 'draft-03',
    rows: {
      ...everywhere,
      ...flags,
      'items, a tuple': tuple,
      dependencies,
      'dependencies, a schema': [
        { dependencies: { a: { properties: { b: { required: true } } } } },
        { a: 1, b: 1 },
        { a: 1 },
      ],
      'dependencies, one name': [{ dependencies: { a: 'b' } }, { a: 1, b: 1 }, { a: 1 }],
      required: [{ properties: { a: { required: true } } }, { a: 1 }, {}],
      divisibleBy: [{ divisibleBy: 2 }, 4, 3],
      disallow: [{ disallow: ['string', { minimum: 3 }] }, 1, 3],
      extends: [{ extends: [{ minimum: 1 }, { maximum: 2 }] }, 1, 3],
      'type, a schema': [{ type: ['string', { minimum: 3 }] }, 3, 1],
      'type any': [{ type: 'any' }, 1],
      'siblings of $ref': hidden,
    },
  },
  'draft 4': {
    dialect: 'draft-04',
    rows: {
      ...everywhere,
      ...flags,
      ...since4,
      'items, a tuple': tuple,
      dependencies,
      dependentSchema,
      'siblings of $ref': hidden,
    },
  },
  'draft 6': {
    dialect: 'draft-06',
    rows: {
      ...everywhere,
      ...since4,
      ...since6,
      'items, a tuple': tuple,
      dependencies,
      dependentSchema,
      'siblings of $ref': hidden,
    },
  },
  'draft 7': {
    dialect: 'draft-07',
    rows: {
      ...everywhere,
      ...since4,
      ...since6,
      ...since7,
      'items, a tuple': tuple,
      dependencies,
      dependentSchema,
      'siblings of $ref': hidden,
    },
  },
  '2019-09': {
    dialect: '2019-09',
    rows: {
      ...everywhere,
      ...since4,
      ...since6,
      ...since7,
      ...since2019,
      'items, a tuple': tuple,
      $recursiveRef: [
        { $recursiveAnchor: true, properties: { a: { $recursiveRef: '#' } }, additionalProperties: false },
        { a: { a: {} } },
        { a: { b: 1 } },
      ],
    },
  },
  '2020-12': {
    dialect: '2020-12',
    rows: {
      ...everywhere,
      ...since4,
      ...since6,
      ...since7,
      ...since2019,
      prefixItems: [{ prefixItems: [{ type: 'integer' }], items: false }, [1], [1, 2]],
      $dynamicRef: [
        { $dynamicAnchor: 'n', properties: { a: { $dynamicRef: '#n' } }, additionalProperties: false },
        { a: { a: {} } },
        { a: { b: 1 } },
      ],
    },
  },
  'OpenAPI 3.0': {
    dialect: 'openapi-3.0',
    rows: {
      ...everywhere,
      ...flags,
      ...since4,
      nullable: [{ type: 'string', nullable: true, enum: ['a'] }, null, 'b'],
      'siblings of $ref': hidden,
    },
  },
};

for (const [draft, { dialect, rows }] of Object.entries(drafts)) {
  describe(`what holds in ${draft}`, () => {
    for (const [keyword, [schema, fits, ...unfit]] of Object.entries(rows)) {
      it(keyword, async () => {
        const accepts = await reader(schema, dialect);
        assert.equal(accepts(fits), true, 'what fits');
        for (const value of unfit) assert.equal(accepts(value), false, 'what does not');
      });
    }
  });
}

async function reader(schema: unknown, dialect: Dialect): Promise<(value: unknown) => boolean> {
  const library = new Library(openSource('/nowhere/root.json'));
  const registry = new SchemaRegistry(library);
  const document = library.embed(JSON.stringify(schema), { file: 'root.json', line: 1, column: 1 });
  const lifted = registry.lift(rootOf(document), dialect);
  const errors = [...library.diagnostics, ...registry.diagnostics].filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, []);
  const validator = await loadValidator(buildModel(description({}, registry.$defs)));
  return (value) => validator.accepts(lifted, value);
}
