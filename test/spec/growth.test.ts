/**
 * What reading costs grows as the description does: twice the operations take at most 2.3 times the processor time.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readSpec } from '../../src/spec/read.ts';

const SIZES = [250, 500, 1000, 2000];
const RUNS = 2;

const formats: Readonly<Record<string, { readonly head: string; readonly operation: (index: number) => string }>> = {
  RAML: {
    head: '#%RAML 1.0\ntitle: T\nmediaType: application/json\ntypes:\n  A: { properties: { id: integer, b?: string } }\n',
    operation: (index) => `/r${index}:\n  get: { responses: { 200: { body: "A[]" } } }\n`,
  },
  OpenAPI: {
    head: 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\ncomponents: { schemas: { A: { type: object, properties: { id: { type: integer } } } } }\npaths:\n',
    operation: (index) =>
      `  /r${index}:\n    get:\n      responses:\n        200:\n          description: d\n          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/A" } } } }\n`,
  },
};

describe('reading grows no faster than the description', () => {
  for (const [format, { head, operation }] of Object.entries(formats)) {
    test(format, async (context) => {
      const folder = mkdtempSync(join(tmpdir(), 'cartouche-growth-'));
      const files = SIZES.map((size) => {
        const file = join(folder, `${size}`);
        writeFileSync(file, head + Array.from({ length: size }, (_, index) => operation(index)).join(''));
        return file;
      });
      await processorTime(files[0] ?? '');
      // Interleaved, and the best of each, so that what else the machine does hits all alike.
      const times: number[] = files.map(() => Number.POSITIVE_INFINITY);
      for (let run = 0; run < RUNS; run++) {
        for (const [index, file] of files.entries()) {
          times[index] = Math.min(times[index] ?? 0, await processorTime(file));
        }
      }
      rmSync(folder, { recursive: true });
      const perDoubling = ((times.at(-1) ?? 0) / (times[0] ?? 1)) ** (1 / (SIZES.length - 1));
      context.diagnostic(`${times.map(Math.round).join(', ')} ms; × ${perDoubling.toFixed(2)} per doubling`);
      assert.ok(perDoubling <= 2.3, `${perDoubling}`);
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
