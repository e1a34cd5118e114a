/**
 * Descriptions that mean harm. Each is read within seconds, with a finding where something was refused, and nothing
 * outside of its folder is opened.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readOpenApi } from '../../../src/spec/openapi/read.ts';
import type { ReadResult } from '../../../src/spec/result.ts';
import { openSource } from '../../../src/spec/source.ts';

const HEAD = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n';
const EMPTY = `${HEAD}paths: {}\n`;

/** A file outside of the folder that nothing may read. */
const SECRET = 'type: string\ndescription: SECRET\n';

interface Attack {
  readonly text: () => string;
  readonly json?: boolean;
  /** Codes of the findings, each once, sorted. */
  readonly codes: readonly string[];
  readonly milliseconds?: number;
}

const withSchema = (schema: string) => `${EMPTY}components:\n  schemas:\n    A: ${schema}\n`;

let port = 0;
const attacks: Readonly<Record<string, Attack>> = {
  'an alias bomb': {
    text: () => {
      const levels = Array.from({ length: 12 }, (_, level) =>
        level === 0
          ? 'x-0: &a0 [x,x,x,x,x,x,x,x,x]'
          : `x-${level}: &a${level} [${Array(9)
              .fill(`*a${level - 1}`)
              .join(',')}]`,
      );
      return `${EMPTY}${levels.join('\n')}\n`;
    },
    codes: ['alias-limit'],
  },
  'an alias bomb by merge keys': {
    text: () => {
      const levels = Array.from({ length: 25 }, (_, level) =>
        level === 0 ? 'x-0: &a0 { k: [1] }' : `x-${level}: &a${level} { l: *a${level - 1}, r: *a${level - 1} }`,
      );
      return `${EMPTY}${levels.join('\n')}\n`;
    },
    codes: ['alias-limit'],
  },
  'an alias inside of its anchor': { text: () => `${EMPTY}x-a: &a [*a]\n`, codes: ['syntax-error'] },
  'a file above': { text: () => withSchema('{ $ref: ../secret.yaml }'), codes: ['file-outside-root'] },
  'a file above, encoded': { text: () => withSchema('{ $ref: "%2e%2e/secret.yaml" }'), codes: ['file-outside-root'] },
  'a file above, over a folder': {
    text: () => withSchema('{ $ref: inner/../../secret.yaml }'),
    codes: ['file-outside-root'],
  },
  'a symbolic link': { text: () => withSchema('{ $ref: link.yaml }'), codes: ['file-outside-root'] },
  'an absolute path': { text: () => withSchema('{ $ref: /etc/passwd }'), codes: ['file-outside-root'] },
  'a file: address': { text: () => withSchema('{ $ref: "file:///etc/passwd" }'), codes: ['file-outside-root'] },
  'a NUL in a name': { text: () => withSchema('{ $ref: "a%00b" }'), codes: ['file-not-found'] },
  'a device': { text: () => withSchema('{ $ref: /dev/zero }'), codes: ['file-outside-root'] },
  'the network': { text: () => withSchema(`{ $ref: "http://127.0.0.1:${port}/a.json" }`), codes: ['network-refused'] },
  'the network without a scheme': {
    text: () => withSchema(`{ $ref: "//127.0.0.1:${port}/a" }`),
    codes: ['network-refused'],
  },
  'the network for a path item': {
    text: () => `${HEAD}paths: { /a: { $ref: "http://127.0.0.1:${port}/a" } }\n`,
    codes: ['network-refused'],
  },
  'an external example': {
    text: () =>
      `${HEAD}paths: { /a: { get: { responses: { 200: { description: d, content: { a/b: { examples: { e: { externalValue: "http://127.0.0.1:${port}/" } } } } } } } } }\n`,
    codes: ['unsupported-keyword'],
  },
  'a mapping of the network': {
    text: () => withSchema(`{ discriminator: { propertyName: t, mapping: { a: "http://127.0.0.1:${port}/" } } }`),
    codes: ['network-refused'],
  },
  'a schema that is itself': {
    text: () => withSchema('{ $ref: "#/components/schemas/A" }'),
    codes: ['circular-type'],
  },
  'a response that is itself': {
    text: () =>
      `${HEAD}paths: { /a: { get: { responses: { 200: { $ref: "#/components/responses/R" } } } } }\ncomponents: { responses: { R: { $ref: "#/components/responses/R" } } }\n`,
    codes: ['unresolved-reference'],
  },
  'two files in a circle': { text: () => withSchema('{ $ref: one.yaml }'), codes: ['circular-type'] },
  'names of Object.prototype': {
    text: () =>
      `${HEAD}paths: { /__proto__: { get: { operationId: constructor, responses: { 200: { description: d } } } } }\n` +
      'components: { schemas: { __proto__: { type: object, properties: { __proto__: { type: string }, constructor: { type: integer } } }, toString: { $ref: "#/components/schemas/__proto__" } } }\n' +
      'x-__proto__: { polluted: true }\n__proto__: { polluted: true }\n',
    codes: ['unknown-key', 'unused-component'],
  },
  'a reference to an inherited property': {
    text: () => withSchema('{ $ref: "#/components/schemas/constructor" }'),
    codes: ['unresolved-reference'],
  },
  'brackets without end': { text: () => `x: ${'['.repeat(10_000_000)}`, codes: ['syntax-error'] },
  'dashes without end': { text: () => `openapi: 3.1.0\nx-a:\n${'- '.repeat(1_000_000)}`, codes: ['syntax-error'] },
  'JSON brackets without end': {
    text: () => `{"openapi":"3.1.0","x-a":${'['.repeat(10_000_000)}`,
    json: true,
    codes: ['syntax-error'],
  },
  'schemas within schemas': {
    text: () => withSchema(`${'{ not: '.repeat(400)}{}${' }'.repeat(400)}`),
    codes: ['syntax-error'],
  },
  'a chain of 9,000 references': {
    text: () => {
      const links = Array.from({ length: 9_000 }, (_, index) => [
        `S${index}`,
        { allOf: [{ $ref: `#/components/schemas/S${index + 1}` }] },
      ]);
      return JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: {},
        components: { schemas: { ...Object.fromEntries(links), S9000: {} } },
      });
    },
    json: true,
    codes: [],
  },
  '100,000 properties': {
    text: () =>
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: {},
        components: {
          schemas: {
            A: {
              properties: Object.fromEntries(
                Array.from({ length: 100_000 }, (_, index) => [`p${index}`, { type: 'string' }]),
              ),
            },
          },
        },
      }),
    json: true,
    codes: ['size-limit'],
  },
  '20,000 paths in YAML': {
    text: () =>
      `${HEAD}paths:\n${Array.from({ length: 20_000 }, (_, index) => `  /p${index}:\n    get: { responses: { 200: { description: d } } }\n`).join('')}`,
    codes: ['size-limit'],
  },
  // As long and as dense as GitHub's own description, which is none, but asks for as much.
  '250,000 lines of YAML': {
    text: () => {
      const example = Array.from(
        { length: 150 },
        (_, line) => `            k${line}_url: https://api.test/repos/octocat\n`,
      );
      const properties = Array.from(
        { length: 45 },
        (_, line) => `        k${line}: \n          type: string\n          nullable: true\n`,
      );
      const path = (index: number) =>
        `  /p${index}:\n    get:\n      tags:\n      - t\n      responses:\n        200:\n          description: d\n          x-e:\n${example.join('')}`;
      const of = (count: number, text: (index: number) => string) =>
        Array.from({ length: count }, (_, index) => text(index)).join('');
      return `openapi: 3.0.3\ninfo: { title: T, version: "1" }\ntags:\n- name: t\npaths:\n${of(700, path)}components:\n  schemas:\n${of(700, (index) => `    S${index}:\n      type: object\n      properties:\n${properties.join('')}`)}`;
    },
    codes: ['unused-component'],
    milliseconds: 15_000,
  },
  'one list of 140,000 objects in YAML': {
    text: () => `${EMPTY}x-a: [${Array.from({ length: 140_000 }, (_, index) => `{a: ${index}}`).join(', ')}]\n`,
    codes: ['size-limit'],
  },
  '10 MB of text': { text: () => `${EMPTY}x-a: "${'y'.repeat(10_000_000)}"\n`, codes: [], milliseconds: 10_000 },
  'more than a file may have': { text: () => `${EMPTY}# ${'y'.repeat(33 * 1024 * 1024)}\n`, codes: ['file-too-large'] },
  'a pattern that backtracks': {
    text: () => withSchema('{ type: string, pattern: "^(a+)+$", example: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab }'),
    codes: ['slow-pattern'],
  },
  'a path of a thousand braces': {
    text: () => `${HEAD}paths: { "/${'{'.repeat(4_000)}": { get: { responses: { 200: { description: d } } } } }\n`,
    codes: ['openapi-invalid'],
  },
  'numbers out of range': { text: () => `${EMPTY}x-a: [.inf, .nan, 1e400]\n`, codes: ['syntax-error'] },
};

describe('attacks by OpenAPI', () => {
  let outer = '';
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.end('{}');
  });
  before(async () => {
    outer = mkdtempSync(join(tmpdir(), 'cartouche-attacks-'));
    mkdirSync(join(outer, 'api', 'inner'), { recursive: true });
    writeFileSync(join(outer, 'secret.yaml'), SECRET);
    symlinkSync(join(outer, 'secret.yaml'), join(outer, 'api', 'link.yaml'));
    writeFileSync(join(outer, 'api', 'one.yaml'), '$ref: two.yaml\n');
    writeFileSync(join(outer, 'api', 'two.yaml'), '$ref: one.yaml\n');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(() => {
    server.close();
    rmSync(outer, { recursive: true, force: true });
  });

  function read(text: string, json: boolean): ReadResult {
    const file = join(outer, 'api', json ? 'api.json' : 'api.yaml');
    writeFileSync(file, text);
    return readOpenApi(openSource(file));
  }

  for (const [name, { text, json = false, codes, milliseconds = 3_000 }] of Object.entries(attacks)) {
    it(name, () => {
      const written = text();
      // Of the processor, since others may be using it too. Nothing here waits for anything else.
      const start = process.cpuUsage();
      const result = read(written, json);
      const { user, system } = process.cpuUsage(start);
      const took = (user + system) / 1000;
      assert.deepEqual([...new Set(result.diagnostics.map(({ code }) => code))].sort(), codes);
      assert.ok(
        result.diagnostics.every(({ code, at }) => at || code === 'file-too-large'),
        'each has a place',
      );
      assert.ok(took < milliseconds, `took ${Math.round(took)} ms`);
      assert.ok(!JSON.stringify(result).includes('SECRET'), 'nothing was read from outside');
      // A hint may name a folder as the user typed it, which is all of its path here.
      const messages = result.diagnostics.map(({ message }) => message).join('\n');
      assert.ok(!messages.includes(outer), 'no path of the machine is told');
      assert.equal(Reflect.get({}, 'polluted'), undefined);
      assert.equal(requests, 0);
    });
  }
});
