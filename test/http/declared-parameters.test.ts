import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readSpec } from '../../src/index.ts';
import type { Inference } from '../../src/model/types.ts';
import { serve, type TestServer } from '../runtime/http.ts';

const description = `openapi: 3.1.0
info: { title: Cars, version: "1" }
paths:
  /cars:
    get:
      parameters:
        - { name: status, in: query, schema: { type: string } }
        - { name: min_price, in: query, schema: { type: number } }
        - { name: max_price, in: query, schema: { type: number } }
        - { name: "price[gte]", in: query, schema: { type: number } }
        - { name: created_after, in: query, schema: { type: string, format: date-time } }
        - name: filter
          in: query
          style: deepObject
          schema:
            type: object
            additionalProperties: false
            properties:
              status: { type: string, enum: [new, sold] }
              colours: { type: array, items: { type: string } }
              max_price: { type: number }
              shoe: { type: string }
              price: { type: object, properties: { gte: { type: number }, lt: { type: number } } }
        - { name: where, in: query, style: deepObject, schema: { type: object, additionalProperties: true } }
        - name: page
          in: query
          style: deepObject
          schema:
            type: object
            properties:
              number: { type: integer, minimum: 1 }
              size: { type: integer, default: 2, maximum: 3 }
        - { name: "fields[cars]", in: query, schema: { type: string } }
        - { name: sort, in: query, schema: { type: string } }
      responses:
        "200":
          description: Cars.
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Car" } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Car" } } } }
      responses:
        "201": { description: Made., content: { application/json: { schema: { $ref: "#/components/schemas/Car" } } } }
components:
  schemas:
    Car:
      type: object
      required: [name]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string }
        status: { type: string, enum: [new, sold] }
        price: { type: number }
        secret: { type: string, writeOnly: true }
        colours: { type: array, items: { type: string } }
        createdAt: { type: string, format: date-time }
`;

const cars = [
  { name: 'a', status: 'new', price: 10, colours: ['red'], createdAt: '2024-01-01T00:00:00Z', secret: 'x' },
  { name: 'b', status: 'sold', price: 20, colours: ['red', 'blue'], createdAt: '2025-01-01T00:00:00Z', secret: 'y' },
  { name: 'c', status: 'new', price: 30, colours: ['green'], createdAt: '2026-01-01T00:00:00Z', secret: 'z' },
];

/** Query, and the names of the cars in the answer, or its status and its code. */
const queries: readonly (readonly [string, string])[] = [
  ['status=new', 'a c'],
  ['min_price=15', 'b c'],
  ['min_price=15&max_price=25', 'b'],
  ['price[gte]=20', 'b c'],
  ['price%5Bgte%5D=20', 'b c'],
  ['created_after=2025-01-01T00:00:00Z', 'c'],
  ['filter[status]=new', 'a c'],
  ['filter[status]=new&filter[max_price]=25', 'a'],
  ['filter[status]=lost', '400 invalid-parameter'],
  ['filter[colours]=green', 'c'],
  ['filter[colours][]=green&filter[colours][]=blue', 'b c'],
  ['filter[colours][0]=blue&filter[colours][1]=green', 'b c'],
  ['filter[price][gte]=15&filter[price][lt]=25', 'b'],
  ['filter[price][gte]=much', '400 invalid-parameter'],
  ['filter[shoe]=none', 'a b'],
  ['filter[secret]=x', '400 invalid-parameter'],
  ['where[status]=new', 'a c'],
  ['where[price][gte]=15', 'b c'],
  ['where[colours][in]=blue,green', 'b c'],
  ['where[price]=much', '400 invalid-parameter'],
  ['where[sttus]=new', '400 unknown-parameter'],
  ['where[secret]=x', '400 unknown-parameter'],
  ['where[secret][prefix]=x', '400 unknown-parameter'],
  ['_or=filter[status]=sold%26where[price]=30', 'b c'],
  ['page[size]=1', 'a'],
  ['page[number]=2', 'c'],
  ['page[size]=1&page[number]=2', 'b'],
  ['page[size]=4', '400 invalid-parameter'],
  ['fields[cars]=name&page[size]=1', 'a'],
  ['sort=-price', 'c b'],
];

describe("parameters of the description's own, in an object or by name", () => {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-parameters-'));
  let server: TestServer | undefined;
  let inferences: readonly Inference[] = [];
  before(async () => {
    const file = join(folder, 'cars.yaml');
    writeFileSync(file, description);
    const { model } = await readSpec(file, { cache: false });
    assert.ok(model);
    inferences = model.inferences;
    server = await serve(model);
    for (const car of cars) assert.equal((await server.call('POST /cars', car)).status, 201);
  });
  after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true });
  });

  for (const [query, expected] of queries) {
    test(query, async () => {
      const { status, json } = (await server?.call(`GET /cars?${query}`)) ?? {};
      assert.equal(status === 200 ? namesOf(json) : `${status} ${codeOf(json)}`, expected);
    });
  }

  test('inspect tells what each means, at its own line', () => {
    const lines = description.split('\n');
    const told = inferences
      .filter(({ conclusion }) => conclusion.startsWith('"'))
      .map(({ conclusion, at }) => [conclusion, /name: "?([\w[\]]+)/.exec(lines[at.line - 1] ?? '')?.[1]]);
    assert.deepEqual(told, [
      ['"status" filters by status (eq)', 'status'],
      ['"min_price" filters by price (gte)', 'min_price'],
      ['"max_price" filters by price (lte)', 'max_price'],
      ['"price[gte]" filters by price (gte)', 'price[gte]'],
      ['"created_after" filters by createdAt (gt)', 'created_after'],
      ['"filter[status]" filters by status (eq)', 'filter'],
      ['"filter[colours]" filters by colours (in)', 'filter'],
      ['"filter[max_price]" filters by price (lte)', 'filter'],
      ['"filter[price][gte]" filters by price (gte)', 'filter'],
      ['"filter[price][lt]" filters by price (lt)', 'filter'],
      ['"where" holds filters by name, where[title]=…', 'where'],
      ['"page[number]" is the page', 'page'],
      ['"page[size]" is the limit', 'page'],
      ['"fields[cars]" is the fields', 'fields[cars]'],
      ['"sort" is the sort', 'sort'],
    ]);
  });
});

function namesOf(list: unknown): string {
  return Array.isArray(list) ? list.map(({ name }: { readonly name: string }) => name).join(' ') : '';
}

function codeOf(problem: unknown): unknown {
  return typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : undefined;
}
