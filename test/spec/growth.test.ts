/**
 * What reading costs grows as the description does: twice the operations take at most 2.3 times the processor time.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readSpec } from '../../src/spec/read.ts';

const SIZES = [50, 500, 2000] as const;
/** The small ones are soon read, and noise is large beside them. */
const RUNS: Readonly<Record<(typeof SIZES)[number], number>> = { 50: 9, 500: 3, 2000: 3 };

interface Format {
  readonly head: string;
  readonly operation: (index: number) => string;
}

const formats: Readonly<Record<string, Format>> = {
  RAML: {
    head: '#%RAML 1.0\ntitle: T\nmediaType: application/json\ntypes:\n  A: { properties: { id: integer, b?: string } }\n',
    operation: (index) => `/r${index}:\n  get: { responses: { 200: { body: "A[]" } } }\n`,
  },
  'OpenAPI in YAML': {
    head: 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\ncomponents: { schemas: { A: { type: object, properties: { id: { type: integer } } } } }\npaths:\n',
    operation: (index) =>
      `  /r${index}:\n    get:\n      responses:\n        200:\n          description: d\n          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/A" } } } }\n`,
  },
  'OpenAPI in JSON': {
    head: '{ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "components": { "schemas": { "A": { "type": "object", "properties": { "id": { "type": "integer" } } } } }, "paths": { "/": {}',
    operation: (index) =>
      `, "/r${index}": { "get": { "responses": { "200": { "description": "d", "content": { "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/A" } } } } } } } }`,
  },
};

describe('reading grows no faster than the description', () => {
  for (const [format, { head, operation }] of Object.entries(formats)) {
    test(format, async (context) => {
      const folder = mkdtempSync(join(tmpdir(), 'cartouche-growth-'));
      context.after(() => rmSync(folder, { recursive: true }));
      const fileOf = (size: number) => join(folder, `${size}`);
      for (const size of SIZES) {
        const operations = Array.from({ length: size }, (_, index) => operation(index)).join('');
        writeFileSync(fileOf(size), `${head}${operations}${head.startsWith('{') ? ' } }' : ''}`);
      }
      // Code that is still interpreted would make the small one look dear.
      for (let run = 0; run < 3; run++) await processorTime(fileOf(SIZES[1]));
      // Interleaved, so that what else the machine does hits all alike.
      const times = new Map(SIZES.map((size): [number, number[]] => [size, []]));
      for (let round = 0; round < Math.max(...Object.values(RUNS)); round++) {
        for (const size of SIZES) if (round < RUNS[size]) times.get(size)?.push(await processorTime(fileOf(size)));
      }
      const medians = SIZES.map((size) => median(times.get(size) ?? []));
      for (const [index, size] of SIZES.entries()) {
        const [before, sizeBefore] = [medians[index - 1], SIZES[index - 1]];
        if (before === undefined || sizeBefore === undefined) continue;
        const perDoubling = ((medians[index] ?? 0) / before) ** (1 / Math.log2(size / sizeBefore));
        context.diagnostic(`${sizeBefore} to ${size} operations: × ${perDoubling.toFixed(2)} per doubling`);
        assert.ok(perDoubling <= 2.3, `${sizeBefore} to ${size}: × ${perDoubling.toFixed(2)} per doubling`);
      }
    });
  }
});

async function processorTime(file: string): Promise<number> {
  const before = process.cpuUsage();
  const { model } = await readSpec(file, { cache: false });
  assert.ok(model);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
