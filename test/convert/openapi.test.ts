import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { toOpenapi } from '../../src/convert/openapi/document.ts';
import { yamlText } from '../../src/convert/text.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { readSpec } from '../../src/spec/read.ts';
import { alike } from '../spec/alike.ts';
import { assertValid } from './validators.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-convert-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function read(text: string, name = 'api.raml'): Promise<ApiModel> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const { model, diagnostics } = await readSpec(file, { cache: false });
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.ok(model);
  return model;
}

test('the bookstore in RAML becomes OpenAPI of the same model', async () => {
  const file = fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url));
  const { model } = await readSpec(file, { cache: false });
  assert.ok(model);
  const { document, losses } = toOpenapi(model);
  await assertValid(document);
  assert.deepEqual(
    losses.map(({ kind, message }) => `${kind}: ${message}`),
    ['changed: What traits (paged) say is written out wherever they are used.'],
  );
  const again = await readSpec(writeYaml(document), { cache: false });
  assert.deepEqual(again.diagnostics, []);
  assert.deepEqual(alike(again.model), alike(model));
});

function writeYaml(document: object): string {
  const file = join(folder, 'openapi.yaml');
  writeFileSync(file, yamlText(document));
  return file;
}

/** RAML, what of it is reported, and what the document says at a place. */
const rows: Readonly<
  Record<
    string,
    { readonly raml: string; readonly losses: readonly string[]; readonly says?: readonly [string, unknown] }
  >
> = {
  'a version and a title are asked for': {
    raml: '#%RAML 0.8\ntitle: ""\n',
    losses: [
      'changed 1: There is no title, which OpenAPI asks for: it is empty.',
      'changed 1: There is no version, which OpenAPI asks for: it is "1".',
    ],
    says: ['info', { title: '', version: '1' }],
  },
  'pages of documentation': {
    raml: '#%RAML 1.0\ntitle: T\nversion: 2\ndescription: D\ndocumentation:\n- title: Home\n  content: Hi\n',
    losses: ['changed 1: The page "Home" became a section of the description.'],
    says: ['info', { title: 'T', version: '2', description: 'D\n\n## Home\n\nHi' }],
  },
  'a server with a variable': {
    raml: '#%RAML 1.0\ntitle: T\nversion: 2\nbaseUri: http://{host}/\n',
    losses: ['changed 1: The variable {host} of http://{host}/ has no default, which OpenAPI asks for: it got one.'],
    says: ['servers', [{ url: 'http://{host}/', variables: { host: { default: 'host' } } }]],
  },
  'security of a type of its own': {
    raml: [
      '#%RAML 1.0\ntitle: T\nversion: 2\nsecuritySchemes:\n  acl:\n    type: x-ACL\n    settings: { item: allow all }',
      '  basic: { type: Basic Authentication }\nsecuredBy: [basic]\n/a:\n  get: { securedBy: [acl] }\n',
    ].join('\n'),
    losses: [
      'lost 5: The security scheme "acl" is kept under "x-security-schemes" only: OpenAPI has no type "x-ACL".',
      'lost 11: That GET /a is secured by "acl" is kept as "x-secured-by" only.',
    ],
    says: ['paths./a.get', { 'x-secured-by': [{ acl: [] }] }],
  },
  'anonymous access beside security of a type of its own is not all that is left': {
    raml: '#%RAML 1.0\ntitle: T\nversion: 2\nsecuritySchemes:\n  acl: { type: x-ACL }\n/a:\n  get: { securedBy: [null, acl] }\n',
    losses: [
      'lost 5: The security scheme "acl" is kept under "x-security-schemes" only: OpenAPI has no type "x-ACL".',
      'lost 7: That GET /a is secured by "acl" is kept as "x-secured-by" only.',
    ],
    says: ['paths./a.get', { 'x-secured-by': [{}, { acl: [] }] }],
  },
  annotations: {
    raml: '#%RAML 1.0\ntitle: T\nversion: 2\nannotationTypes: { tier: string }\n/a:\n  (tier): gold\n  get:\n',
    losses: ['changed 5: The annotation "(tier)" is kept as "x-tier".'],
    says: ['paths./a', { 'x-tier': 'gold', get: {} }],
  },
  'types that JSON Schema has no words for': {
    raml: [
      '#%RAML 1.0\ntitle: T\nversion: 2\ntypes:',
      '  Slot:\n    properties:\n      at: time-only\n      /^x-/: string\n      small: { type: integer, format: int8 }',
      '  Shape:\n    discriminator: kind\n    discriminatorValue: any\n    properties: { kind: string, x-format: string }\n',
    ].join('\n'),
    losses: [
      'changed 7: The format "time-only" is checked by a pattern or bounds, and kept as "x-format".',
      'changed 9: The format "int8" is checked by a pattern or bounds, and kept as "x-format".',
      'changed 10: The facet "discriminatorValue" is kept as "x-discriminatorValue".',
    ],
    says: ['components.schemas.Slot.patternProperties', { '^x-': { type: 'string' } }],
  },
  'headers that OpenAPI says elsewhere': {
    raml: [
      '#%RAML 1.0\ntitle: T\nversion: 2\n/a:\n  get:\n    headers: { Accept: string }',
      '    responses:\n      200:\n        headers: { Content-Type: string }\n',
    ].join('\n'),
    losses: [
      'lost 6: The header "Accept" is left out: OpenAPI says it by "content".',
      'lost 9: The response header "Content-Type" is left out: OpenAPI says it by "content".',
    ],
    says: ['paths./a.get', { responses: { 200: { description: 'OK' } } }],
  },
  'an example that need not fit': {
    raml: [
      '#%RAML 1.0\ntitle: T\nversion: 2\n/a:\n  get:\n    responses:\n      200:\n        body:\n          application/json:',
      '            type: integer\n            example: { value: 1, strict: false }\n',
    ].join('\n'),
    losses: ['lost 11: That the example need not fit its schema ("strict: false") cannot be said.'],
    says: ['paths./a.get.responses.200.content.application/json', { schema: { type: 'integer' }, example: 1 }],
  },
  'one path in two places': {
    raml: '#%RAML 1.0\ntitle: T\nversion: 2\n/a/{id}:\n  get:\n/a:\n  /{key}:\n    put:\n    get:\n',
    losses: [
      'changed 7: "/a/{key}" is the same path as "/a/{id}" and became part of it.',
      'lost 9: GET /a/{id} is there already: OpenAPI takes one of each.',
    ],
    says: [
      'paths',
      {
        '/a/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          get: {},
          put: {},
        },
      },
    ],
  },
};

describe('RAML to OpenAPI', () => {
  for (const [name, { raml, losses, says }] of Object.entries(rows)) {
    it(name, async () => {
      const converted = toOpenapi(await read(raml));
      await assertValid(converted.document);
      assert.deepEqual(
        converted.losses.map(({ kind, message, at }) => `${kind} ${at.line}: ${message}`),
        losses,
      );
      if (says) assert.deepEqual(inside(converted.document, says[0]), says[1]);
    });
  }
});

/** What lies at `a.b./c.d`. */
function inside(document: object, path: string): unknown {
  let current: unknown = JSON.parse(JSON.stringify(document));
  for (const step of path.split('.')) {
    assert.ok(typeof current === 'object' && current !== null && step in current, `${path}: ${step}`);
    current = Reflect.get(current, step);
  }
  return current;
}

test('YAML says no more than JSON: nothing turns into a date, a flag or an alias', async () => {
  const shared = { type: 'string' };
  const text = yamlText({ a: 'no', b: '2020-01-01', c: '1.0', d: '0x1F', e: shared, f: shared, '200': 'x' });
  assert.equal(
    text,
    [
      '"200": x',
      'a: "no"',
      'b: "2020-01-01"',
      'c: "1.0"',
      'd: "0x1F"',
      'e:',
      '  type: string',
      'f:',
      '  type: string\n',
    ].join('\n'),
  );
});
