/**
 * The same schemas in every draft, each in its own words: read, they are one API; written as OpenAPI and as RAML and read
 * again, they still are, and accept what they accepted.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { toOpenapi } from '../../src/convert/openapi/document.ts';
import { toRaml } from '../../src/convert/raml/document.ts';
import { ramlText, yamlText } from '../../src/convert/text.ts';
import { resolve } from '../../src/model/schema.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { loadValidator } from '../../src/runtime/validation/validator.ts';
import { readSpec } from '../../src/spec/read.ts';
import { alike } from '../spec/alike.ts';
import { assertValid } from './validators.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-drafts-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const text = { type: 'string' };
const relationship = { _db_settings: { type: 'relationship', document: 'Story', backref_name: 'owner' } };
const user = (more: object) => ({
  type: 'object',
  _auth_fields: ['username'],
  _public_fields: ['username'],
  ...more,
});
const username = { ...text, _db_settings: { type: 'string', primary_key: true } };
const story = { type: 'object', properties: { id: { type: 'integer' }, name: text } };

/** A name is there, of at most ten characters; a rating is above 0 and at most 5; a shelf is two places. */
const book = {
  flags: { rating: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 5 } },
  bounds: { rating: { type: 'number', exclusiveMinimum: 0, maximum: 5 } },
  tuple: { shelf: { type: 'array', items: [text, { type: 'integer' }], additionalItems: false } },
  prefix: { shelf: { type: 'array', prefixItems: [text, { type: 'integer' }], items: false } },
};
const name = { type: 'string', maxLength: 10 };
const modern = (properties: object, definitions: '$defs' | 'definitions') => ({
  type: 'object',
  required: ['name'],
  properties: { id: { type: 'integer' }, name: { $ref: `#/${definitions}/name` }, ...properties },
  [definitions]: { name },
});

const drafts: Readonly<Record<string, { readonly schema: string; readonly book: object; readonly user: object }>> = {
  'draft 3': {
    schema: 'http://json-schema.org/draft-03/schema#',
    book: {
      type: 'object',
      properties: {
        id: { type: 'integer' },
        name: { ...name, required: true },
        ...book.flags,
        ...book.tuple,
      },
    },
    user: user({ properties: { username: { ...username, required: true }, stories: relationship } }),
  },
  'draft 4': {
    schema: 'http://json-schema.org/draft-04/schema#',
    book: modern({ ...book.flags, ...book.tuple }, 'definitions'),
    user: user({ required: ['username'], properties: { username, stories: relationship } }),
  },
  'draft 6': {
    schema: 'http://json-schema.org/draft-06/schema#',
    book: modern({ ...book.bounds, ...book.tuple }, 'definitions'),
    user: user({ required: ['username'], properties: { username, stories: relationship } }),
  },
  'draft 7': {
    schema: 'http://json-schema.org/draft-07/schema#',
    book: modern({ ...book.bounds, ...book.tuple }, 'definitions'),
    user: user({ required: ['username'], properties: { username, stories: relationship } }),
  },
  '2019-09': {
    schema: 'https://json-schema.org/draft/2019-09/schema',
    book: modern({ ...book.bounds, ...book.tuple }, '$defs'),
    user: user({ required: ['username'], properties: { username, stories: relationship } }),
  },
  '2020-12': {
    schema: 'https://json-schema.org/draft/2020-12/schema',
    book: modern({ ...book.bounds, ...book.prefix }, '$defs'),
    user: user({ required: ['username'], properties: { username, stories: relationship } }),
  },
};

/** A shelf refers to its books: from an array of references comes a nested collection. */
const author = {
  type: 'object',
  properties: { id: { type: 'integer' }, books: { type: 'array', items: { $ref: 'book.json' } } },
};

const paths = [
  '/authors get post',
  '/authors/{id} get put patch delete',
  '/authors/{id}/books get post',
  '/books get post',
  '/books/{id} get put patch delete',
  '/stories get post',
  '/stories/{id} get put patch delete',
  '/users get post',
  '/users/{username} get put patch delete',
  '/users/{username}/stories get post',
];

const bodies: readonly (readonly [body: unknown, fits: boolean])[] = [
  [{ name: 'a', rating: 5, shelf: ['a', 1] }, true],
  [{ name: 'a' }, true],
  [{}, false],
  [{ name: 'a'.repeat(11) }, false],
  [{ name: 'a', rating: 0 }, false],
  [{ name: 'a', rating: 6 }, false],
  [{ name: 'a', shelf: [1, 'a'] }, false],
  [{ name: 'a', shelf: ['a', 1, 2] }, false],
];

describe('a folder of schemas', () => {
  for (const [draft, { schema: $schema, ...schemas }] of Object.entries(drafts)) {
    it(`in ${draft}: read, and written as OpenAPI and RAML`, async () => {
      const home = mkdtempSync(join(folder, 'schemas-'));
      for (const [file, content] of Object.entries({ ...schemas, story, author })) {
        writeFileSync(join(home, `${file}.json`), JSON.stringify({ $schema, ...content }));
      }
      const model = await readWell(home);
      assert.deepEqual(pathsOf(model), paths);
      const { _auth_fields, _public_fields } = resolve(model.$defs.User, model.$defs);
      assert.deepEqual([_auth_fields, _public_fields], [['username'], ['username']]);
      await assertJudges(model);

      const openapi = toOpenapi(model).document;
      await assertValid(openapi);
      const files = { 'api.yaml': yamlText(openapi), 'api.raml': ramlText(toRaml(model).document) };
      for (const [file, written] of Object.entries(files)) {
        writeFileSync(join(home, file), written);
        const again = await readWell(join(home, file));
        assert.deepEqual(pathsOf(again), paths, file);
        assert.deepEqual(alike(again.resources), alike(model.resources), file);
        await assertJudges(again);
      }
    });
  }
});

async function readWell(file: string): Promise<ApiModel> {
  const { model, diagnostics } = await readSpec(file, { cache: false });
  assert.deepEqual(
    // RAML would have lists of what is JSON Schema written as JSON Schema, too; every reader takes them.
    diagnostics.filter(({ severity, code }) => severity !== 'info' && code !== 'raml-questionable'),
    [],
  );
  assert.ok(model);
  return model;
}

async function assertJudges(model: ApiModel): Promise<void> {
  const { schema } = model.resources.find(({ name }) => name === 'books') ?? {};
  assert.ok(schema !== undefined);
  const validator = await loadValidator(model);
  for (const [body, fits] of bodies) {
    assert.equal(validator.request(schema)(structuredClone(body)).length === 0, fits, JSON.stringify(body));
  }
}

function pathsOf(model: ApiModel): readonly string[] {
  const methods = new Map<string, string[]>();
  for (const { path, method } of model.bindings) methods.set(path, [...(methods.get(path) ?? []), method]);
  return Array.from(methods, ([path, of]) => `${path} ${of.join(' ')}`).toSorted();
}
