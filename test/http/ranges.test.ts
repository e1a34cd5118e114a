import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openSqliteStore, readSpec } from '../../src/index.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { serve, type TestServer } from '../runtime/http.ts';
import { rangedDescription, ranges } from './scenarios/ranges.ts';
import { runScenarios } from './suite.ts';

for (const kind of ['memory', 'sqlite'] as const) {
  describe(`Range in ${kind}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'cartouche-ranges-'));
    let server: TestServer | undefined;
    before(async () => {
      const model = await modelOf(folder, rangedDescription);
      const store =
        kind === 'memory' ? await openMemoryStore(model) : await openSqliteStore(join(folder, 'letters.db'), model);
      server = await serve(model, { store, checkResponses: 'strict' });
    });
    after(async () => {
      await server?.close();
      rmSync(folder, { recursive: true });
    });
    runScenarios('every scenario', ranges, () => `http://127.0.0.1:${server?.port}`);
  });
}

const header = (name: string, more: object = {}) => ({ [name]: { schema: { type: 'string' }, ...more } });

/** What `GET /letters` declares beside its list, and the unit that is made of it. */
const units: readonly (readonly [string, object, string | undefined])[] = [
  ['nothing', {}, undefined],
  ['Range', { parameters: [{ name: 'Range', in: 'header', schema: { type: 'string' } }] }, 'items'],
  [
    'Range by its example',
    { parameters: [{ name: 'range', in: 'header', schema: { type: 'string', examples: ['rows=0-9'] } }] },
    'rows',
  ],
  [
    'Range by its pattern',
    { parameters: [{ name: 'Range', in: 'header', schema: { type: 'string', pattern: '^users=\\d+-\\d*$' } }] },
    'users',
  ],
  [
    'Range in words',
    { parameters: [{ name: 'Range', in: 'header', description: 'Such as `lines=0-9`.', schema: { type: 'string' } }] },
    'lines',
  ],
  [
    'Range of bytes',
    { parameters: [{ name: 'Range', in: 'header', schema: { type: 'string' }, example: 'bytes=0-9' }] },
    undefined,
  ],
  ['Content-Range', { headers: header('Content-Range', { example: 'posts 0-24/319' }) }, 'posts'],
  ['Accept-Ranges', { headers: header('Accept-Ranges', { schema: { type: 'string', enum: ['records'] } }) }, 'records'],
  ['206', { more: { 206: { description: 'A part.' } } }, 'items'],
];

describe('the unit of Range', () => {
  for (const [name, { parameters = [], headers = {}, more = {} }, unit] of units as readonly (readonly [
    string,
    { parameters?: object[]; headers?: object; more?: object },
    string | undefined,
  ])[]) {
    test(name, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'cartouche-ranges-'));
      const { '/letters': letters } = rangedDescription.paths;
      const { 200: whole } = letters.get.responses;
      const get = { parameters, responses: { 200: { ...whole, headers }, ...more } };
      const model = await modelOf(folder, { ...rangedDescription, paths: { '/letters': { ...letters, get } } });
      rmSync(folder, { recursive: true });
      const { action } = model.bindings.find(({ method }) => method === 'get') ?? {};
      assert.ok(action?.kind === 'list');
      assert.equal(action.ranges?.unit, unit);
      const told = model.inferences.filter(({ conclusion }) => conclusion.includes('"Range:'));
      assert.deepEqual(
        told.map(({ conclusion }) => conclusion),
        unit === undefined ? [] : [`"Range: ${unit}=0-9" asks for a part of the list`],
      );
    });
  }
});

async function modelOf(folder: string, description: object): Promise<ApiModel> {
  const file = join(folder, 'letters.json');
  writeFileSync(file, JSON.stringify(description));
  const { model, diagnostics } = await readSpec(file, { cache: false });
  assert.ok(model, diagnostics.map(({ message }) => message).join('\n'));
  return model;
}
