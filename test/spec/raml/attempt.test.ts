/**
 * Defects of our own conversion, made on purpose: a part of what was parsed that throws when it is looked at.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { interpret } from '../../../src/spec/raml/interpret.ts';
import { elementsOf } from '../../../src/spec/raml/parsed.ts';
import { parseRaml } from '../../../src/spec/raml/parser.ts';
import { isObject, type Json } from '../../../src/spec/record.ts';
import { openSource } from '../../../src/spec/source.ts';
import { told, withFiles } from './helpers.ts';

const raml = `#%RAML 1.0
title: T
types:
  A: { properties: { a: string } }
  B: { properties: { b: string } }
  C: { type: A, properties: { b: B } }
securitySchemes:
  x: { type: Basic Authentication }
  y: { type: Basic Authentication }
/a:
  get:
  post: { description: D }
/b:
  get:
`;

describe('a defect of the conversion is a finding at its place, and the rest is read', () => {
  const rows: Readonly<Record<string, readonly [break_: (specification: Json) => void, found: string, rest: unknown]>> =
    {
      'in an operation': [
        ({ resources }) => fail(elementsOf(elementsOf(resources)[0]?.methods)[1], 'responses'),
        'error internal api.raml:12:3 Cartouche failed at post /a: out of order.',
        [
          ['A', 'B', 'C'],
          ['x', 'y'],
          ['get /a', 'get /b'],
        ],
      ],
      'in a resource': [
        ({ resources }) => fail(elementsOf(resources)[0], 'uriParameters'),
        'error internal api.raml:10:1 Cartouche failed at the resource /a: out of order.',
        [['A', 'B', 'C'], ['x', 'y'], ['get /b']],
      ],
      'in a type': [
        ({ types }) => fail(elementsOf(types)[1], 'properties'),
        'error internal api.raml:5:3 Cartouche failed at the type "B": out of order.',
        [
          ['A', 'B', 'C'],
          ['x', 'y'],
          ['get /a', 'post /a', 'get /b'],
        ],
      ],
      'in a security scheme': [
        ({ securitySchemes }) => fail(elementsOf(securitySchemes)[0], 'describedBy'),
        'error internal api.raml:8:3 Cartouche failed at the security scheme "x": out of order.',
        [['A', 'B', 'C'], ['y'], ['get /a', 'post /a', 'get /b']],
      ],
      'in the root': [
        (specification) => fail(specification, 'documentation'),
        'error internal api.raml:1:1 Cartouche failed at this description: out of order.',
        undefined,
      ],
    };
  for (const [name, [breakIt, found, rest]] of Object.entries(rows)) {
    test(name, async () => {
      const { description, diagnostics } = await readBroken(breakIt);
      assert.deepEqual(
        diagnostics.map((finding) => told({ ...finding, hint: '' })),
        [found],
      );
      assert.deepEqual(
        description && [
          Object.keys(description.$defs),
          description.securitySchemes.map((scheme) => scheme.name),
          description.paths.flatMap(({ operations }) => operations.map(({ id }) => id)),
        ],
        rest,
      );
    });
  }
});

function readBroken(breakIt: (specification: Json) => void) {
  return withFiles({ 'api.raml': raml }, async (folder) => {
    const source = openSource(join(folder, 'api.raml'));
    const answer = JSON.parse(JSON.stringify(await parseRaml(source)));
    breakIt(answer.parsed.specification);
    return interpret(answer, source);
  });
}

function fail(element: unknown, field: string): void {
  assert.ok(isObject(element));
  Object.defineProperty(element, field, {
    enumerable: true,
    get: () => {
      throw new Error('out of order');
    },
  });
}
