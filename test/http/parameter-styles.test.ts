/**
 * Every style of parameter of OpenAPI (3.0.4 and 3.1.1, "Style Values" and "Style Examples"), over a real socket: how a
 * request writes a value, and which value the server reads. Each operation demands the expected value by `const`, and
 * a twin demands another one, so that an answer shows what was read.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readSpec } from '../../src/spec/read.ts';
import { serve, type TestServer } from '../runtime/http.ts';

interface Row {
  /** Without name: that is `v`. */
  readonly parameter: { readonly in: 'path' | 'query' | 'header' | 'cookie' } & Readonly<Record<string, unknown>>;
  /** The path segment, the query string, the header's or the cookie's text. */
  readonly sent: string;
  readonly read: unknown;
}

const integers = { type: 'array', items: { type: 'integer' } };
const texts = { type: 'array', items: { type: 'string' } };
const colour = { type: 'object', properties: { R: { type: 'integer' }, G: { type: 'integer' } } };
const named = { type: 'object', properties: { name: { type: 'string' }, tags: texts } };
const integer = { type: 'integer' };
const boolean = { type: 'boolean' };
const text = { type: 'string' };
const free = { type: 'object', additionalProperties: { type: 'integer' } };
const json = (schema: object) => ({ content: { 'application/json': { schema } } });

const rows: Readonly<Record<string, Row>> = {
  // ── path ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  'path simple, a number': { parameter: { in: 'path', schema: integer }, sent: '5', read: 5 },
  'path simple, a text that looks like a number': { parameter: { in: 'path', schema: text }, sent: '5', read: '5' },
  'path simple, an encoded slash': { parameter: { in: 'path', schema: text }, sent: 'a%2Fb', read: 'a/b' },
  'path simple, an array': { parameter: { in: 'path', schema: integers }, sent: '3,4,5', read: [3, 4, 5] },
  'path simple, an array of one': { parameter: { in: 'path', schema: integers }, sent: '3', read: [3] },
  'path simple, a comma within an item': {
    parameter: { in: 'path', schema: texts },
    sent: 'a%2Cb,c',
    read: ['a,b', 'c'],
  },
  'path simple, an object': {
    parameter: { in: 'path', schema: colour },
    sent: 'R,100,G,200',
    read: { R: 100, G: 200 },
  },
  'path simple exploded, an object': {
    parameter: { in: 'path', explode: true, schema: colour },
    sent: 'R=100,G=200',
    read: { R: 100, G: 200 },
  },
  'path label, a number': { parameter: { in: 'path', style: 'label', schema: integer }, sent: '.5', read: 5 },
  'path label, an array': {
    parameter: { in: 'path', style: 'label', schema: integers },
    sent: '.3,4,5',
    read: [3, 4, 5],
  },
  'path label exploded, an array': {
    parameter: { in: 'path', style: 'label', explode: true, schema: integers },
    sent: '.3.4.5',
    read: [3, 4, 5],
  },
  'path label, an object': {
    parameter: { in: 'path', style: 'label', schema: colour },
    sent: '.R,100,G,200',
    read: { R: 100, G: 200 },
  },
  'path label exploded, an object': {
    parameter: { in: 'path', style: 'label', explode: true, schema: colour },
    sent: '.R=100.G=200',
    read: { R: 100, G: 200 },
  },
  'path matrix, a boolean': {
    parameter: { in: 'path', style: 'matrix', schema: boolean },
    sent: ';v=true',
    read: true,
  },
  'path matrix, an array': {
    parameter: { in: 'path', style: 'matrix', schema: integers },
    sent: ';v=3,4,5',
    read: [3, 4, 5],
  },
  'path matrix exploded, an array': {
    parameter: { in: 'path', style: 'matrix', explode: true, schema: integers },
    sent: ';v=3;v=4;v=5',
    read: [3, 4, 5],
  },
  'path matrix, an object': {
    parameter: { in: 'path', style: 'matrix', schema: colour },
    sent: ';v=R,100,G,200',
    read: { R: 100, G: 200 },
  },
  'path matrix exploded, an object': {
    parameter: { in: 'path', style: 'matrix', explode: true, schema: colour },
    sent: ';R=100;G=200',
    read: { R: 100, G: 200 },
  },
  'path content': { parameter: { in: 'path', ...json(colour) }, sent: '%7B%22R%22%3A1%7D', read: { R: 1 } },
  // ── query ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  'query form, a boolean': { parameter: { in: 'query', schema: boolean }, sent: 'v=false', read: false },
  'query form, a nullable number that is empty': {
    parameter: { in: 'query', schema: { type: ['integer', 'null'] } },
    sent: 'v=',
    read: null,
  },
  'query form, an array': { parameter: { in: 'query', schema: integers }, sent: 'v=3&v=4&v=5', read: [3, 4, 5] },
  'query form, an array of one': { parameter: { in: 'query', schema: integers }, sent: 'v=3', read: [3] },
  'query form exploded, a comma within an item': {
    parameter: { in: 'query', schema: texts },
    sent: 'v=a,b&v=c',
    read: ['a,b', 'c'],
  },
  'query form not exploded, an array': {
    parameter: { in: 'query', explode: false, schema: integers },
    sent: 'v=3,4,5',
    read: [3, 4, 5],
  },
  'query form not exploded, encoded commas as URLSearchParams writes them': {
    parameter: { in: 'query', explode: false, schema: integers },
    sent: 'v=3%2C4%2C5',
    read: [3, 4, 5],
  },
  'query form not exploded, a comma within an item': {
    parameter: { in: 'query', explode: false, schema: texts },
    sent: 'v=a%2Cb,c',
    read: ['a,b', 'c'],
  },
  'query form not exploded, an empty array': {
    parameter: { in: 'query', explode: false, allowEmptyValue: true, schema: texts },
    sent: 'v=',
    read: [],
  },
  'query form, an object': {
    parameter: { in: 'query', schema: colour },
    sent: 'R=100&G=200',
    read: { R: 100, G: 200 },
  },
  'query form, an object of free names': {
    parameter: { in: 'query', schema: free },
    sent: 'a=1&b=2',
    read: { a: 1, b: 2 },
  },
  'query form not exploded, an object': {
    parameter: { in: 'query', explode: false, schema: colour },
    sent: 'v=R,100,G,200',
    read: { R: 100, G: 200 },
  },
  'query spaceDelimited, an array': {
    parameter: { in: 'query', style: 'spaceDelimited', explode: false, schema: integers },
    sent: 'v=3%204%205',
    read: [3, 4, 5],
  },
  'query spaceDelimited, a plus as a space': {
    parameter: { in: 'query', style: 'spaceDelimited', explode: false, schema: integers },
    sent: 'v=3+4+5',
    read: [3, 4, 5],
  },
  'query spaceDelimited exploded, an array': {
    parameter: { in: 'query', style: 'spaceDelimited', explode: true, schema: texts },
    sent: 'v=a%20b&v=c',
    read: ['a b', 'c'],
  },
  'query spaceDelimited, an object': {
    parameter: { in: 'query', style: 'spaceDelimited', explode: false, schema: colour },
    sent: 'v=R%20100%20G%20200',
    read: { R: 100, G: 200 },
  },
  'query pipeDelimited, an array': {
    parameter: { in: 'query', style: 'pipeDelimited', explode: false, schema: integers },
    sent: 'v=3%7C4%7C5',
    read: [3, 4, 5],
  },
  'query pipeDelimited, a bare pipe': {
    parameter: { in: 'query', style: 'pipeDelimited', explode: false, schema: integers },
    sent: 'v=3|4|5',
    read: [3, 4, 5],
  },
  'query pipeDelimited, an object': {
    parameter: { in: 'query', style: 'pipeDelimited', explode: false, schema: colour },
    sent: 'v=R%7C100%7CG%7C200',
    read: { R: 100, G: 200 },
  },
  'query deepObject': {
    parameter: { in: 'query', style: 'deepObject', explode: true, schema: colour },
    sent: 'v%5BR%5D=100&v[G]=200',
    read: { R: 100, G: 200 },
  },
  'query deepObject with an array': {
    parameter: { in: 'query', style: 'deepObject', explode: true, schema: named },
    sent: 'v[name]=a&v[tags]=x&v[tags]=y',
    read: { name: 'a', tags: ['x', 'y'] },
  },
  'query deepObject, two deep': {
    parameter: {
      in: 'query',
      style: 'deepObject',
      explode: true,
      schema: { type: 'object', properties: { price: { type: 'object', properties: { min: integer } } } },
    },
    sent: 'v[price][min]=3',
    read: { price: { min: 3 } },
  },
  'query content': { parameter: { in: 'query', ...json(colour) }, sent: 'v=%7B%22R%22:1%7D', read: { R: 1 } },
  'query content, a JSON number': { parameter: { in: 'query', ...json(integer) }, sent: 'v=7', read: 7 },
  'query content, a JSON text': { parameter: { in: 'query', ...json(text) }, sent: 'v=%22a%22', read: 'a' },
  'query content, plain text': {
    parameter: { in: 'query', content: { 'text/plain': { schema: text } } },
    sent: 'v=%5B1%5D',
    read: '[1]',
  },
  'query allowReserved': {
    parameter: { in: 'query', allowReserved: true, schema: text },
    sent: "v=/a:b?c@d!$'(),;",
    read: "/a:b?c@d!$'(),;",
  },
  'query, the type said through a reference and allOf': {
    parameter: { in: 'query', schema: { allOf: [{ $ref: '#/components/schemas/Integer' }, { maximum: 9 }] } },
    sent: 'v=7',
    read: 7,
  },
  'query, a union of number and text': {
    parameter: { in: 'query', schema: { oneOf: [integer, boolean] } },
    sent: 'v=true',
    read: true,
  },
  // ── header ────────────────────────────────────────────────────────────────────────────────────────────────────────
  'header, a number': { parameter: { in: 'header', schema: integer }, sent: '5', read: 5 },
  'header, an array': { parameter: { in: 'header', schema: integers }, sent: '3,4, 5', read: [3, 4, 5] },
  'header, an object': { parameter: { in: 'header', schema: colour }, sent: 'R,100,G,200', read: { R: 100, G: 200 } },
  'header exploded, an object': {
    parameter: { in: 'header', explode: true, schema: colour },
    sent: 'R=100,G=200',
    read: { R: 100, G: 200 },
  },
  'header content': { parameter: { in: 'header', ...json(colour) }, sent: '{"R":1}', read: { R: 1 } },
  // ── cookie ────────────────────────────────────────────────────────────────────────────────────────────────────────
  'cookie, a number': { parameter: { in: 'cookie', schema: integer }, sent: 'v=5', read: 5 },
  'cookie, a text with encoded characters': { parameter: { in: 'cookie', schema: text }, sent: 'v=a%20b', read: 'a b' },
  'cookie not exploded, an array': {
    parameter: { in: 'cookie', explode: false, schema: integers },
    sent: 'v=3,4,5',
    read: [3, 4, 5],
  },
  'cookie exploded, an array': { parameter: { in: 'cookie', schema: integers }, sent: 'v=3; v=4', read: [3, 4] },
  'cookie not exploded, an object': {
    parameter: { in: 'cookie', explode: false, schema: colour },
    sent: 'v=R,100,G,200',
    read: { R: 100, G: 200 },
  },
  'cookie exploded, an object': {
    parameter: { in: 'cookie', schema: colour },
    sent: 'R=100; G=200; other=1',
    read: { R: 100, G: 200 },
  },
};

/** One path for each row, and one whose parameter must be something else. */
function description(): object {
  const paths = Object.entries(rows).flatMap(([, { parameter, read }], index) =>
    [read, { another: 'value' }].map((expected, twin): [string, object] => [
      `/p${index}x${twin}${parameter.in === 'path' ? '/{v}' : ''}`,
      { get: { parameters: [demanding(parameter, expected)], responses: { 200: { description: 'OK' } } } },
    ]),
  );
  return {
    openapi: '3.1.1',
    info: { title: 'Styles', version: '1' },
    paths: Object.fromEntries([...paths, ['/empty', mayBeEmpty]]),
    components: { schemas: { Integer: { type: 'integer' } } },
  };
}

const mayBeEmpty = {
  get: {
    parameters: [{ name: 'v', in: 'query', allowEmptyValue: true, schema: integer }],
    responses: { 200: { description: 'OK' } },
  },
};

function demanding({ schema, content, ...parameter }: Row['parameter'], expected: unknown): object {
  const extended = (declared: unknown) => ({ allOf: [declared, { const: expected }] });
  const [media] = Object.entries(content ?? {});
  return {
    name: 'v',
    required: true,
    ...parameter,
    ...(media ? { content: { [media[0]]: { schema: extended(media[1].schema) } } } : { schema: extended(schema) }),
  };
}

describe('a parameter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-styles-'));
  let server: TestServer;
  before(async () => {
    writeFileSync(join(folder, 'api.json'), JSON.stringify(description()));
    const { model, diagnostics } = await readSpec(join(folder, 'api.json'), { cache: false });
    assert.ok(model, JSON.stringify(diagnostics));
    server = await serve(model);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  for (const [index, [name, { parameter, sent, read }]] of Object.entries(rows).entries()) {
    it(name, async () => {
      const [fits, differs] = await Promise.all(
        [0, 1].map((twin) => request(server, `/p${index}x${twin}`, parameter, sent)),
      );
      assert.equal(fits?.status, 200, `${JSON.stringify(read)} was meant: ${fits?.text}`);
      assert.equal(differs?.status, 400, differs?.text);
    });
  }

  for (const [query, status] of Object.entries({ v: 200, 'v=': 200, 'v=3': 200, 'v=x': 400 })) {
    it(`query allowEmptyValue, ?${query}: ${status}`, async () => {
      assert.equal((await server.call(`GET /empty?${query}`)).status, status);
    });
  }
});

function request(server: TestServer, path: string, parameter: Row['parameter'], sent: string) {
  switch (parameter.in) {
    case 'path':
      return server.call(`GET ${path}/${sent}`);
    case 'query':
      return server.call(`GET ${path}?${sent}`);
    case 'header':
      return server.call(`GET ${path}`, undefined, { v: sent });
    case 'cookie':
      return server.call(`GET ${path}`, undefined, { cookie: sent });
  }
}
