/**
 * That no field of OpenAPI 3.0.4 and 3.1.1 is forgotten: the fields that are known here are those of the official
 * schemas, one document uses each of them, and what is read says all of it again, but for what is listed.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { toOpenapi } from '../../../src/convert/openapi/document.ts';
import { openapiDocument } from '../../../src/runtime/self/openapi.ts';
import { type Rule, SHAPES, type ShapeName } from '../../../src/spec/openapi/shapes.ts';
import { readSpec } from '../../../src/spec/read.ts';
import { isObject, own } from '../../../src/spec/record.ts';
import { differences, everything, everythingOf30 } from './everything.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-everything-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Each object of the specification by its name in the official schemas of 3.0 and 3.1; several make one. */
const OBJECTS: Readonly<Record<ShapeName, readonly [in30: readonly string[], in31: readonly string[]]>> = {
  OpenAPI: [[''], ['']],
  Info: [['Info'], ['info']],
  Contact: [['Contact'], ['contact']],
  License: [['License'], ['license']],
  Server: [['Server'], ['server']],
  ServerVariable: [['ServerVariable'], ['server-variable']],
  Components: [['Components'], ['components']],
  PathItem: [['PathItem'], ['path-item']],
  Operation: [['Operation'], ['operation']],
  ExternalDocs: [['ExternalDocumentation'], ['external-documentation']],
  Callback: [['Callback'], ['callbacks']],
  Parameter: [['Parameter'], ['parameter', 'examples']],
  RequestBody: [['RequestBody'], ['request-body']],
  MediaType: [['MediaType'], ['media-type', 'examples']],
  Encoding: [['Encoding'], ['encoding']],
  Response: [['Response'], ['response']],
  Example: [['Example'], ['example']],
  Link: [['Link'], ['link']],
  Header: [['Header'], ['header', 'examples']],
  Tag: [['Tag'], ['tag']],
  SecurityScheme: [
    ['APIKeySecurityScheme', 'HTTPSecurityScheme', 'OAuth2SecurityScheme', 'OpenIdConnectSecurityScheme'],
    ['security-scheme'],
  ],
  Flows: [['OAuthFlows'], ['oauth-flows']],
  ImplicitFlow: [['ImplicitOAuthFlow'], ['oauth-flows/$defs/implicit']],
  TokenFlow: [['PasswordOAuthFlow', 'ClientCredentialsFlow'], ['oauth-flows/$defs/password']],
  CodeFlow: [['AuthorizationCodeOAuthFlow'], ['oauth-flows/$defs/authorization-code']],
};

/** Known here, and not in the official schema of 3.1: the specification has it for headers "as for parameters". */
const BEYOND: readonly string[] = ['Header allowEmptyValue', 'Header allowReserved'];
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

describe('the fields of each object are those of the official schemas', () => {
  for (const [version, place] of [
    ['3.0', 0],
    ['3.1', 1],
  ] as const) {
    const schema = officialSchema(version);
    for (const name of Object.keys(OBJECTS).filter(isShapeName)) {
      const { fields } = SHAPES[name];
      it(`${version} ${name}`, () => {
        const official = new Set(
          OBJECTS[name][place].flatMap((part) => [
            ...fieldsOf(definition(schema, part), version === '3.1' && part !== ''),
          ]),
        );
        official.delete('$ref');
        const known = Object.keys(fields).filter((field) => version === '3.1' || fields[field]?.since === undefined);
        if (version === '3.0' && name === 'PathItem') for (const method of METHODS) official.add(method);
        const missing = [...official].filter((field) => !known.includes(field));
        const extra = known.filter((field) => !official.has(field) && !BEYOND.includes(`${name} ${field}`));
        assert.deepEqual({ missing, extra }, { missing: [], extra: [] });
      });
    }
  }
});

it('the document that uses everything does so', () => {
  const used = new Map<string, Set<string>>();
  collect(everything, { kind: 'object', shape: 'OpenAPI' }, used);
  collect(everythingOf30(), { kind: 'object', shape: 'OpenAPI' }, used);
  // They have no effect on headers, and are checked there alone.
  const idle = ['Header allowEmptyValue', 'Header allowReserved', 'Header example'];
  const forgotten = Object.entries(SHAPES).flatMap(([name, { fields }]) =>
    Object.keys(fields)
      .filter((field) => !used.get(name)?.has(field) && !idle.includes(`${name} ${field}`))
      .map((field) => `${name} ${field}`),
  );
  assert.deepEqual(forgotten, []);
});

/** What is not said again as it was written, by the pointer: all of it means the same. */
const OTHERWISE: readonly (readonly [RegExp, why: string])[] = [
  [/^\/openapi: "3\.0\.4" →/, 'written is 3.1'],
  [/^\/jsonSchemaDialect:/, 'schemas are written in 2020-12, which is the default'],
  [/\/parameters\/0\/explode: false → nothing/, 'the default of its style'],
  [/\/parameters\/2\/(style: "form"|explode: true) → nothing/, 'the default of a cookie'],
  [/\/X-H\/style: "simple" → nothing/, 'the only style of a header'],
  [/^\/paths\/~1b\//, 'a reference is written out'],
  [/^\/components\/(responses|parameters|examples|requestBodies|headers|links|callbacks|pathItems):/, 'written out'],
];

for (const [title, document] of [
  ['3.1.1', everything],
  ['3.0.4', everythingOf30()],
] as const) {
  describe(`OpenAPI ${title} with everything in it`, () => {
    const file = join(folder, `${title}.json`);
    writeFileSync(file, JSON.stringify(document));

    it('is valid, and so is what is written', async () => {
      const { model } = await readSpec(file, { cache: false });
      assert.ok(model);
      for (const each of [document, toOpenapi(model).document, openapiDocument(model, { base: '' })]) {
        const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(each)));
        assert.ok(valid, JSON.stringify(errors, null, 1));
      }
    });

    it('is said again', async () => {
      const { model } = await readSpec(file, { cache: false });
      assert.ok(model);
      const lost = (written: object) =>
        differences(document, JSON.parse(JSON.stringify(written))).filter(
          (line) => !OTHERWISE.some(([pattern]) => pattern.test(line)),
        );
      assert.deepEqual(lost(toOpenapi(model).document), []);
      // A server adds what it does beyond the description.
      const changed = lost(openapiDocument(model, { base: '' })).filter((line) => !line.includes(': nothing → '));
      const places = changed.map((line) => line.slice(0, line.indexOf(': ')));
      assert.deepEqual(
        places.filter((place) => place !== '/components/responses/R'),
        ['/servers', '/paths/~1a~1{id}/put/parameters'],
      );
    });

    it('has no error, and tells what it does not act on', async () => {
      const { diagnostics } = await readSpec(file, { cache: false });
      const told = diagnostics.filter(({ code }) => !['unused-component', 'security-not-enforced'].includes(code));
      const places = new Set(told.map(({ message }) => message.split(' ')[0]?.replaceAll('"', '')));
      const parts = title === '3.0.4' ? ['style', 'explode', 'allowReserved'] : ['Webhooks'];
      assert.deepEqual([...places].sort(), ['Servers', 'The', 'Callbacks', ...parts].sort());
      assert.ok(told.every(({ code }) => code === 'unsupported-keyword'));
    });
  });
}

function isShapeName(name: string): name is ShapeName {
  return Object.hasOwn(SHAPES, name);
}

function officialSchema(version: '3.0' | '3.1'): unknown {
  const require = createRequire(import.meta.url);
  const main = require.resolve('@seriousme/openapi-schema-validator');
  const root = main.slice(0, main.indexOf('openapi-schema-validator') + 'openapi-schema-validator'.length);
  return JSON.parse(readFileSync(join(root, `schemas/v${version}/schema.json`), 'utf8'));
}

function definition(schema: unknown, name: string): unknown {
  if (name === '') return schema;
  const definitions = isObject(schema) ? (own(schema, '$defs') ?? own(schema, 'definitions')) : undefined;
  let current: unknown = definitions;
  for (const step of name.split('/')) current = isObject(current) ? own(current, step) : undefined;
  assert.ok(current !== undefined, `${name} is in the official schema`);
  return current;
}

/** The names under `properties`, also of what holds under conditions. */
function fieldsOf(schema: unknown, deep: boolean, found = new Set<string>()): Set<string> {
  if (!isObject(schema)) return found;
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties' && isObject(value)) for (const name of Object.keys(value)) found.add(name);
    else if (deep && ['then', 'allOf', 'dependentSchemas', '$defs'].includes(keyword)) {
      const flows = isObject(value) && own(value, 'authorization-code') !== undefined;
      const parts = Array.isArray(value)
        ? value
        : keyword === 'then'
          ? [value]
          : Object.values(isObject(value) ? value : {});
      if (!flows) for (const part of parts) fieldsOf(part, deep, found);
    }
  }
  return found;
}

/** Which fields of which objects a document has. */
function collect(value: unknown, rule: Rule, used: Map<string, Set<string>>): void {
  if (rule.kind === 'list' && Array.isArray(value)) for (const item of value) collect(item, rule.items, used);
  if (rule.kind === 'map' && isObject(value)) for (const item of Object.values(value)) collect(item, rule.values, used);
  if (rule.kind !== 'object' || !isObject(value)) return;
  const { fields, others } = SHAPES[rule.shape];
  for (const [key, child] of Object.entries(value)) {
    const field = fields[key];
    if (field) {
      const names = used.get(rule.shape) ?? new Set<string>();
      used.set(rule.shape, names.add(key));
      collect(child, field.rule, used);
    } else if (others && !key.startsWith('x-')) collect(child, others, used);
  }
}
