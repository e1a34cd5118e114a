import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readSpec } from '../../src/spec/read.ts';
import { serve, type TestServer } from './http.ts';

/** An expression tree, as many real descriptions have one: both forms look at each child, which costs 2^depth. */
const form = { type: 'object', properties: { and: { type: 'array', items: { $ref: '#/components/schemas/Filter' } } } };
const spec = {
  openapi: '3.1.0',
  info: { title: 'Filters', version: '1' },
  paths: {
    '/filters': {
      post: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Filter' } } } },
        responses: { 201: { description: 'Created' } },
      },
      get: { responses: { 200: { description: 'All' } } },
    },
  },
  components: { schemas: { Filter: { anyOf: [form, { ...form, required: ['or'] }], example: nested(28) } } },
};

function nested(levels: number): unknown {
  let value: unknown = { and: 1 };
  for (let level = 0; level < levels; level++) value = { and: [value] };
  return value;
}

describe('a schema by which checking costs 2^depth', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nested-forms-'));
  let server: TestServer;
  before(async () => {
    const file = join(folder, 'filters.json');
    writeFileSync(file, JSON.stringify(spec));
    const { model, diagnostics } = await readSpec(file, { cache: false });
    assert.ok(model, JSON.stringify(diagnostics));
    server = await serve(model);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('a value nested deeply is refused, in words', async () => {
    const { status, json } = await server.call('POST /filters', nested(28));
    assert.equal(status, 400);
    assert.match(JSON.stringify(json), /invalid-body.*nests too deeply to be checked/);
  });
  it('other values are taken and refused as ever', async () => {
    assert.equal((await server.call('POST /filters', { and: [{ and: [] }] })).status, 201);
    const { status, json } = await server.call('POST /filters', nested(3));
    assert.equal(status, 400);
    assert.match(JSON.stringify(json), /must be array/);
  });
});
