/**
 * Forms, over a real socket: what `encoding`, JSON Schema's `contentMediaType` and RAML's `fileTypes` say of a property,
 * what becomes of parts, and what hostile bodies get.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readSpec } from '../../src/spec/read.ts';
import { serve, type TestServer } from '../runtime/http.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-forms-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const urlencoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';

const openapi = {
  openapi: '3.1.0',
  info: { title: 'Forms', version: '1' },
  paths: {
    '/photos': {
      get: { responses: { 200: { description: 'OK', content: json({ type: 'array', items: ref() }) } } },
      post: {
        requestBody: {
          required: true,
          content: {
            [multipart]: {
              schema: ref(),
              encoding: {
                image: {
                  contentType: 'image/png, image/jpeg',
                  headers: { 'X-Rotation': { required: true, schema: { type: 'integer', enum: [0, 90] } } },
                },
                meta: { contentType: 'application/json' },
                labels: { style: 'form', explode: false },
              },
            },
            [urlencoded]: {
              schema: ref(),
              encoding: {
                labels: { style: 'pipeDelimited', explode: false },
                sizes: { style: 'form', explode: false },
                size: { style: 'deepObject', explode: true },
                meta: { contentType: 'application/json' },
              },
            },
          },
        },
        responses: { 201: { description: 'OK', content: json(ref()) } },
      },
    },
    '/photos/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { responses: { 200: { description: 'OK', content: json(ref()) } } },
    },
  },
  components: {
    schemas: {
      Photo: {
        type: 'object',
        properties: {
          id: { type: 'string', readOnly: true },
          title: { type: 'string' },
          image: { type: 'string', format: 'binary', maxLength: 6 },
          pages: { type: 'array', items: { type: 'string', contentMediaType: 'text/plain' } },
          meta: { type: 'object', properties: { n: { type: 'integer' } } },
          size: { type: 'object', properties: { w: { type: 'integer' }, h: { type: 'integer' } } },
          labels: { type: 'array', items: { type: 'string' } },
          sizes: { type: 'array', items: { type: 'integer' } },
        },
      },
    },
  },
};

function ref(): object {
  return { $ref: '#/components/schemas/Photo' };
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}

const raml10 = `#%RAML 1.0
title: Forms
types:
  Scan:
    properties:
      id?: string
      file: { type: file, fileTypes: ['image/png'], minLength: 2, maxLength: 4 }
/scans:
  post:
    body:
      multipart/form-data: Scan
    responses: { 201: { body: { application/json: Scan } } }
  get: { responses: { 200: { body: { application/json: { type: 'Scan[]' } } } } }
`;

const raml08 = `#%RAML 0.8
title: Forms
schemas:
  - scan: '{ "type": "object", "properties": { "id": { "type": "string" }, "file": { "type": "string" }, "pages": { "type": "integer" } } }'
/scans:
  post:
    body:
      multipart/form-data:
        formParameters:
          file: { type: file, required: true }
          pages: { type: integer }
    responses: { 201: { body: { application/json: { schema: scan } } } }
  get: { responses: { 200: { body: { application/json: { schema: '{ "type": "array", "items": { "$ref": "scan" } }' } } } } }
`;

/** `name="title"` and further headers, then the content. */
type Part = readonly [headers: string, content: string | Buffer];

function parts(...list: readonly Part[]): Buffer {
  return Buffer.concat([
    ...list.flatMap(([head, content]) => [
      Buffer.from(`--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]);
}

interface Row {
  readonly api?: 'raml 1.0' | 'raml 0.8';
  readonly type?: string;
  readonly body: string | Buffer;
  readonly status: number;
  /** Members of the document, or of the problem. */
  readonly has?: Readonly<Record<string, unknown>>;
  /** Pointer and message of the first violation. */
  readonly violation?: string;
}

const image = 'name="image"; filename="a.png"\r\nContent-Type: image/png\r\nX-Rotation: 90';
const file = 'name="file"; filename="a.png"\r\nContent-Type: image/png';
const binary = Buffer.from([0x89, 0x50, 0xff]);

const rows: Readonly<Record<string, Row>> = {
  'a text, a file, a document in JSON, an array of files': {
    body: parts(
      ['name="title"', 'Sea'],
      [image, binary],
      ['name="meta"', '{"n": 1}'],
      ['name="pages"; filename="1"\r\nContent-Type: text/plain', 'one'],
      ['name="pages"; filename="2"', 'two'],
    ),
    status: 201,
    has: { title: 'Sea', image: binary.toString('base64'), meta: { n: 1 }, pages: ['one', 'two'] },
  },
  'a file of another type': {
    body: parts(['name="image"\r\nContent-Type: image/gif\r\nX-Rotation: 0', 'GIF']),
    status: 415,
    violation: '/image must be image/png, image/jpeg',
  },
  'a file of another type under the name of an array': {
    body: parts(['name="image[]"\r\nContent-Type: image/gif\r\nX-Rotation: 0', 'GIF']),
    status: 415,
    violation: '/image must be image/png, image/jpeg',
  },
  'an item of an array of files of another type': {
    body: parts(['name="pages"\r\nContent-Type: text/html', '<p>']),
    status: 415,
    violation: '/pages must be text/plain',
  },
  'a file without a type is taken for what is declared': {
    body: parts(['name="image"\r\nX-Rotation: 0', 'PNG']),
    status: 201,
    has: { image: 'PNG' },
  },
  'a part without a header that it needs': {
    body: parts(['name="image"\r\nContent-Type: image/png', 'PNG']),
    status: 400,
    violation: '/image its header X-Rotation is required',
  },
  'a part with a wrong header': {
    body: parts(['name="image"\r\nContent-Type: image/png\r\nX-Rotation: 45', 'PNG']),
    status: 400,
    violation: '/image its header X-Rotation must be one of 0, 90',
  },
  'six octets, eight letters in base64': {
    body: parts([image, Buffer.from([255, 1, 2, 3, 4, 5])]),
    status: 201,
    has: { image: '/wECAwQF' },
  },
  'a file that is too large': {
    body: parts([image, Buffer.from([255, 1, 2, 3, 4, 5, 6])]),
    status: 400,
    violation: '/image must NOT have more than 6 octets',
  },
  'a part that is no JSON': {
    body: parts(['name="meta"', '{"n": ']),
    status: 400,
    violation: '/meta must be JSON',
  },
  'a document in JSON that does not fit': {
    body: parts(['name="meta"\r\nContent-Type: application/json', '{"n": "x"}']),
    status: 400,
    violation: '/meta/n must be integer',
  },
  'an object without an encoding is JSON': {
    body: parts(['name="size"', '{"w": 1, "h": 2}']),
    status: 201,
    has: { size: { w: 1, h: 2 } },
  },
  'a list in one part': { body: parts(['name="labels"', 'a,b']), status: 201, has: { labels: ['a', 'b'] } },
  'an array in several parts': {
    body: parts(['name="sizes"', '1'], ['name="sizes"', '2']),
    status: 201,
    has: { sizes: [1, 2] },
  },
  'names that JavaScript has': {
    body: parts(['name="__proto__"', 'x'], ['name="title"', 'a']),
    status: 201,
    has: { title: 'a' },
  },
  'a name with a quotation mark': {
    body: parts(['name="a%22b"', 'x'], ['name="c\\"d"', 'y']),
    status: 201,
    has: { 'a"b': 'x', 'c"d': 'y' },
  },

  // ── hostile ───────────────────────────────────────────────────────────────────────────────────────────────────────
  'no boundary': { type: multipart, body: parts(['name="title"', 'x']), status: 400 },
  'an empty boundary': { type: `${multipart}; boundary=`, body: parts(['name="title"', 'x']), status: 400 },
  'a boundary with a line break in it': { type: `${multipart}; boundary="a\tb"`, body: '--a', status: 400 },
  'no end': { body: parts(['name="title"', 'x']).subarray(0, -6), status: 400 },
  'no parts': { body: '--b--', status: 201 },
  'a preamble and an epilogue': {
    body: Buffer.concat([Buffer.from('hi --b\r\n'), parts(['name="title"', 'x']), Buffer.from('bye')]),
    status: 201,
    has: { title: 'x' },
  },
  'content that begins like the boundary': {
    body: parts(['name="title"', 'x\r\n--bc\r\ny']),
    status: 201,
    has: { title: 'x\r\n--bc\r\ny' },
  },
  '10,000 parts': {
    body: parts(...Array.from({ length: 10_000 }, (): Part => ['name="title"', 'x'])),
    status: 400,
    has: { detail: 'A form has 1000 parts at most.' },
  },
  'a header of 100 kB': { body: parts([`name="title"\r\nX-A: ${'a'.repeat(100_000)}`, 'x']), status: 400 },
  'a line feed within a name': { body: parts(['name="ti\ntle"', 'x']), status: 400 },
  'a line within a name': { body: parts(['name="a\r\nX-B: 1\r\nb"', 'x']), status: 400 },
  'a header that is none': { body: parts(['name="title"\r\nnot a header', 'x']), status: 400 },
  'a header twice': { body: parts(['name="title"\r\nContent-Disposition: form-data; name="b"', 'x']), status: 400 },
  'a part without a name': { body: parts(['filename="x"', 'x']), status: 400 },
  'a part whose type is none': { body: parts(['name="title"\r\nContent-Type: png', 'x']), status: 400 },
  'a part without headers': { body: '--b\r\nx\r\n--b--', status: 400 },

  // ── urlencoded ────────────────────────────────────────────────────────────────────────────────────────────────────
  'a list by pipes, a list by commas, a deep object': {
    type: urlencoded,
    body: 'title=x&labels=a%7Cb|c&sizes=1,2&size[w]=3&size[h]=4',
    status: 201,
    has: { title: 'x', labels: ['a|b', 'c'], sizes: [1, 2], size: { w: 3, h: 4 } },
  },
  'an object in JSON': { type: urlencoded, body: 'meta=%7B%22n%22%3A1%7D', status: 201, has: { meta: { n: 1 } } },
  'no JSON where it must be': {
    type: urlencoded,
    body: 'meta=%7B',
    status: 400,
    violation: '/meta must be JSON',
  },

  // ── RAML ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  'RAML 1.0: a file of a type that is taken': {
    api: 'raml 1.0',
    body: parts([file, binary]),
    status: 201,
    has: { file: binary.toString('base64') },
  },
  'RAML 1.0: a file of another type': {
    api: 'raml 1.0',
    body: parts(['name="file"\r\nContent-Type: image/gif', 'GIF']),
    status: 415,
    violation: '/file must be image/png',
  },
  'RAML 1.0: a file that is too large': {
    api: 'raml 1.0',
    body: parts([file, Buffer.from([255, 1, 2, 3, 4])]),
    status: 400,
    violation: '/file must NOT have more than 4 octets',
  },
  'RAML 1.0: a file that is too small': {
    api: 'raml 1.0',
    body: parts([file, Buffer.from([255])]),
    status: 400,
    violation: '/file must NOT have fewer than 2 octets',
  },
  'RAML 0.8: form parameters': {
    api: 'raml 0.8',
    body: parts([file, 'PNG'], ['name="pages"', '2']),
    status: 201,
    has: { file: 'PNG', pages: 2 },
  },
  'RAML 0.8: a form parameter is missing': {
    api: 'raml 0.8',
    body: parts(['name="pages"', '2']),
    status: 400,
    violation: '/file is required',
  },
};

describe('forms', () => {
  const servers = new Map<string, TestServer>();
  before(async () => {
    const texts = { openapi: JSON.stringify(openapi), 'raml 1.0': raml10, 'raml 0.8': raml08 };
    for (const [name, text] of Object.entries(texts)) {
      const path = join(folder, name === 'openapi' ? 'api.json' : `${name}.raml`);
      writeFileSync(path, text);
      const { model, diagnostics } = await readSpec(path, { cache: false });
      assert.ok(model, JSON.stringify(diagnostics));
      servers.set(name, await serve(model));
    }
  });
  after(() => Promise.all([...servers.values()].map((server) => server.close())));

  for (const [
    name,
    { api = 'openapi', type = `${multipart}; boundary=b`, body, status, has, violation },
  ] of Object.entries(rows)) {
    it(name, async () => {
      const server = servers.get(api);
      assert.ok(server);
      const path = api === 'openapi' ? '/photos' : '/scans';
      const reply = await server.call(`POST ${path}`, body, { 'Content-Type': type });
      assert.equal(reply.status, status, reply.text);
      const json = members(reply.json);
      for (const [member, value] of Object.entries(has ?? {})) assert.deepEqual(json[member], value, member);
      const [first] = Array.isArray(json.errors) ? json.errors.map(members) : [];
      if (violation !== undefined)
        assert.equal(`${first?.pointer} ${first?.message ?? first?.detail}`, violation, reply.text);
    });
  }

  it('what was a name of JavaScript changed no object', () => {
    assert.equal(Reflect.get({}, 'x'), undefined);
  });
});

function members(value: unknown): Readonly<Record<string, unknown>> {
  assert.ok(typeof value === 'object' && value !== null);
  return Object.fromEntries(Object.entries(value));
}
