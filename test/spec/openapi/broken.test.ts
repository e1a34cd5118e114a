/** A good description with anything put anywhere: it is read without a throw, and what is left can be used. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { buildModel } from '../../../src/model/build.ts';
import { parseDocument } from '../../../src/spec/document/document.ts';
import { readOpenApi } from '../../../src/spec/openapi/read.ts';
import { openSource } from '../../../src/spec/source.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-broken-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const bookstore = new URL('../../../specs/bookstore.openapi.yaml', import.meta.url);
const good = parseDocument(readFileSync(bookstore, 'utf8'), 'x.yaml').value;
const places = placesOf(good, []);

const JUNK: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  'x',
  '',
  [],
  [null],
  {},
  { $ref: '#/nope' },
  { $ref: '#' },
  { $ref: 5 },
  { $ref: '#/components/schemas/Book' },
  { type: 'x', pattern: '(', minLength: -1, enum: [], required: 'a', allOf: [], properties: { a: 1 } },
  { type: 'array', items: [{ $ref: '#/components/schemas/Review' }], dependencies: { a: 1 }, disallow: 'x' },
];

it('whatever is put wherever', () => {
  const change = fc.record({ place: fc.constantFrom(...places), junk: fc.constantFrom(...JUNK) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const text = JSON.stringify(good);
      const file = join(folder, 'api.json');
      writeFileSync(
        file,
        JSON.stringify(changes.reduce((api, { place, junk }) => put(api, place, junk), JSON.parse(text))),
      );
      const { description, diagnostics } = readOpenApi(openSource(file));
      assert.ok(diagnostics.every(({ at }) => at !== undefined));
      if (!description) return;
      buildModel(description);
      const ajv = new Ajv2020({ strict: false, logger: false });
      formats.default(ajv);
      const named = Object.keys(description.$defs).map((name) => ({ $ref: `#/$defs/${name}` }));
      ajv.compile({ $defs: description.$defs, anyOf: [true, ...named] });
    }),
    { numRuns: 60 },
  );
});

/** Every place in a value but the whole of it. */
function placesOf(value: unknown, above: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[...above, key], ...placesOf(child, [...above, key])]);
}

/** A copy with another value at a place; as it was where an earlier change has taken the place away. */
function put(value: unknown, [key, ...below]: readonly string[], junk: unknown): unknown {
  if (key === undefined) return junk;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  const inside = put(Reflect.get(value, key), below, junk);
  return Array.isArray(value) ? value.with(Number(key), inside) : { ...value, [key]: inside };
}
