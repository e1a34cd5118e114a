/**
 * raml-1-parser, left to itself, executes `raml-lint.js` and `.raml/*-lint.js` beside a description and fetches what it
 * names. These tests must never be removed.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readRaml } from '../../../src/spec/raml/read.ts';
import { openSource } from '../../../src/spec/source.ts';
import { readHere, told, withFiles } from './helpers.ts';

for (const version of ['0.8', '1.0']) {
  test(`RAML ${version}: code beside a description is never executed`, async () => {
    await withFiles({ 'api.raml': `#%RAML ${version}\ntitle: Lint\n/a:\n  get:\n` }, async (folder) => {
      const trace = join(folder, 'executed');
      const code = `process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(trace)}, '');`;
      writeFileSync(join(folder, 'raml-lint.js'), code);
      mkdirSync(join(folder, '.raml'));
      writeFileSync(join(folder, '.raml/my-lint.js'), code);
      const { description } = await readRaml(openSource(join(folder, 'api.raml')));
      assert.equal(description?.title, 'Lint');
      await readHere(join(folder, 'api.raml'));
      assert.ok(!existsSync(trace), 'the code ran');
    });
  });
}

describe('nothing is fetched', () => {
  const cases: readonly (readonly [name: string, raml: (url: string) => string])[] = [
    ['include of a type', (url) => `#%RAML 1.0\ntitle: x\ntypes:\n  A: !include ${url}/a.raml\n/a:\n  get:\n`],
    [
      'include of an example',
      (url) => `#%RAML 1.0\ntitle: x\ntypes:\n  A:\n    example: !include ${url}/a.json\n/a:\n  get:\n`,
    ],
    ['library', (url) => `#%RAML 1.0\ntitle: x\nuses:\n  lib: ${url}/lib.raml\n/a:\n  get:\n`],
    ['base of an extension', (url) => `#%RAML 1.0 Extension\nextends: ${url}/base.raml\n`],
    ['RAML 0.8 schema', (url) => `#%RAML 0.8\ntitle: x\nschemas:\n  - a: !include ${url}/a.json\n/a:\n  get:\n`],
    [
      '$ref of a JSON Schema',
      (url) =>
        `#%RAML 1.0\ntitle: x\ntypes:\n  A: |\n    { "type": "object", "properties": { "a": { "$ref": "${url}/a.json" } } }\n/a:\n  get:\n`,
    ],
    [
      '$ref of a JSON Schema in RAML 0.8',
      (url) =>
        `#%RAML 0.8\ntitle: x\nschemas:\n  - a: |\n      { "properties": { "a": { "$ref": "${url}/a.json" } } }\n/a:\n  post:\n    body:\n      application/json:\n        schema: a\n        example: '{"a": 1}'\n`,
    ],
    [
      'import of an XML Schema',
      (url) =>
        `#%RAML 1.0\ntitle: x\ntypes:\n  A: |\n    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import schemaLocation="${url}/a.xsd"/></xs:schema>\n/a:\n  get:\n`,
    ],
  ];
  for (const [name, raml] of cases) {
    test(name, async () => {
      const requests: string[] = [];
      const server = createServer((request, response) => {
        requests.push(request.url ?? '');
        response.end('{}');
      }).listen(0, '127.0.0.1');
      await new Promise((listening) => server.once('listening', listening));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { diagnostics } = await withFiles({ 'api.raml': raml(url) }, (folder) =>
        readRaml(openSource(join(folder, 'api.raml'))),
      );
      server.close();
      assert.deepEqual(requests, []);
      if (name === 'import of an XML Schema') return;
      const refused = diagnostics.filter(({ code }) => code === 'network-refused');
      assert.ok(refused.length > 0, `refused: ${diagnostics.map(told).join('\n')}`);
      assert.equal(refused[0]?.at?.file, 'api.raml');
    });
  }
});

describe('nothing outside of the folder is read', () => {
  const secret = 'type: object\nproperties:\n  secret: string\n';
  const cases: readonly (readonly [name: string, include: string])[] = [
    ['parent folder', '../secret.raml'],
    ['symbolic link to a file', 'link.raml'],
    ['symbolic link to a folder', 'up/secret.raml'],
    ['file: URL', 'file:///etc/hostname'],
    ['absolute path', '/etc/hostname'],
  ];
  for (const [name, include] of cases) {
    test(name, async () => {
      const api = `#%RAML 1.0\ntitle: x\ntypes:\n  A: !include ${include}\n/a:\n  get:\n`;
      await withFiles({ 'api/api.raml': api, 'secret.raml': secret }, async (folder) => {
        symlinkSync('../secret.raml', join(folder, 'api/link.raml'));
        symlinkSync('..', join(folder, 'api/up'));
        const source = openSource(join(folder, 'api/api.raml'), { typed: 'api/api.raml' });
        const { description, diagnostics, files } = await readRaml(source);
        assert.ok(!JSON.stringify(description).includes('secret'));
        assert.deepEqual(
          files.map(({ path }) => path),
          ['api.raml'],
        );
        const [refused] = diagnostics;
        assert.ok(refused, 'it is reported');
        assert.deepEqual([refused.code, refused.severity], ['file-outside-root', 'error']);
        assert.deepEqual(refused.at, { file: 'api.raml', line: 4, column: 3 });
        assert.ok(!JSON.stringify(diagnostics).includes(folder), 'no path of the machine');
      });
    });
  }
});

test('nothing is written beside a description', async () => {
  await withFiles({ 'api.raml': '#%RAML 1.0\ntitle: x\n/a:\n  get:\n' }, async (folder) => {
    await readRaml(openSource(join(folder, 'api.raml')));
    assert.deepEqual(readdirSync(folder), ['api.raml']);
  });
});
