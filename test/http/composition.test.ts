/** Schemas made of schemas, over a real socket: which member is meant, and what a refusal says about it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readSpec } from '../../src/spec/read.ts';
import { serve, type TestServer } from '../runtime/http.ts';

const description = `
openapi: 3.1.0
info: { title: Pets, version: "1" }
paths:
  /pet: { post: { requestBody: { $ref: '#/components/requestBodies/Pet' }, responses: { 202: { description: d } } } }
  /animal: { post: { requestBody: { $ref: '#/components/requestBodies/Animal' }, responses: { 202: { description: d } } } }
  /any: { post: { requestBody: { $ref: '#/components/requestBodies/Any' }, responses: { 202: { description: d } } } }
  /user: { post: { requestBody: { $ref: '#/components/requestBodies/User' }, responses: { 202: { description: d } } } }
components:
  requestBodies:
    Pet: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
    Animal: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Animal' } } } }
    User: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
    Any:
      required: true
      content:
        application/json:
          schema: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }, { type: array, items: { type: integer } }] }
  schemas:
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', hound: Dog } }
    Cat: { type: object, required: [kind, claws], properties: { kind: { type: string }, claws: { type: integer, minimum: 1 } } }
    Dog: { type: object, required: [kind, bark], properties: { kind: { type: string }, bark: { type: boolean } } }
    Animal:
      { type: object, required: [sort], properties: { sort: { type: string } }, discriminator: { propertyName: sort, mapping: { lion: '#/components/schemas/Lion' } } }
    Lion: { allOf: [{ $ref: '#/components/schemas/Animal' }, { type: object, required: [mane], properties: { mane: { type: string } } }] }
    Base: { type: object, required: [id, secret], properties: { id: { type: string, readOnly: true }, secret: { type: string, writeOnly: true, minLength: 3 } } }
    User:
      allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, required: [name], properties: { name: { type: [string, 'null'] } } }]
      unevaluatedProperties: false
`;

const none = 'fits none of the possible forms; the nearest one is shown';

/** A request and what is wrong with it, by pointer. */
const rows: readonly (readonly [path: string, body: unknown, wrong: Readonly<Record<string, string>>])[] = [
  ['/pet', { kind: 'cat', claws: 2 }, {}],
  ['/pet', { kind: 'hound', bark: true }, {}],
  ['/pet', { kind: 'Dog', bark: true }, {}],
  // It would be a dog, and says that it is a cat.
  ['/pet', { kind: 'cat', bark: true }, { '/claws': 'is required' }],
  ['/pet', { kind: 'hound', bark: 'x' }, { '/bark': 'must be boolean' }],
  ['/pet', { kind: 'fish', bark: true }, { '/kind': 'must be one of "cat", "Cat", "hound", "Dog"' }],
  ['/pet', { bark: true }, { '/kind': 'is required' }],
  ['/animal', { sort: 'lion', mane: 'big' }, {}],
  ['/animal', { sort: 'lion' }, { '/mane': 'is required' }],
  ['/animal', { sort: 'Animal' }, {}],
  ['/animal', { sort: 'tiger' }, { '/sort': 'must be one of "lion", "Lion", "Animal"' }],
  ['/any', { kind: 'a', claws: 0 }, { '/claws': 'must be >= 1', '': none }],
  ['/any', { kind: 'a', bark: 'x' }, { '/bark': 'must be boolean', '': none }],
  ['/any', ['a'], { '/0': 'must be integer', '': none }],
  ['/user', { name: null, secret: 'abc' }, {}],
  [
    '/user',
    { nam: 'a', secret: 'ab' },
    { '/secret': 'must NOT have fewer than 3 characters', '/name': 'is required', '/nam': 'is not known here' },
  ],
];

describe('a schema made of schemas', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-composition-'));
  let server: TestServer;
  before(async () => {
    writeFileSync(join(folder, 'api.yaml'), description);
    const { model, diagnostics } = await readSpec(join(folder, 'api.yaml'), { cache: false });
    assert.ok(model, JSON.stringify(diagnostics));
    server = await serve(model);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  for (const [path, body, wrong] of rows) {
    it(`${path} ${JSON.stringify(body)}: ${Object.values(wrong).join(', ') || 'fits'}`, async () => {
      const { status, json } = await server.call(`POST ${path}`, body);
      assert.deepEqual(found(json), wrong);
      assert.equal(status < 300, Object.keys(wrong).length === 0);
    });
  }
});

function found(problem: unknown): object {
  const errors = typeof problem === 'object' && problem !== null && 'errors' in problem ? problem.errors : [];
  assert.ok(Array.isArray(errors));
  return Object.fromEntries(errors.map(({ pointer, message }) => [pointer, message]));
}
