/** What may be asked of a list, and what is refused. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { describe as description, object } from '../model/describe.ts';
import { serve } from './http.ts';

const note = object(
  { id: { type: 'integer' }, text: { type: 'string' }, secret: { type: 'string', writeOnly: true } },
  { required: ['id', 'text', 'secret'] },
);
const $defs = { Note: note, Open: object({ id: { type: 'integer' } }, { additionalProperties: { type: 'string' } }) };

/** Request, status, and what the body must show. */
const cases: readonly (readonly [line: string, status: number, body: RegExp])[] = [
  ['GET /notes', 200, /^\[\{"id":1,"text":"a"\}\]$/],
  ['GET /notes?_fields=text', 200, /^\[\{"text":"a"\}\]$/],
  ['GET /notes?_count', 200, /^\{"count":1\}$/],
  ['GET /notes?q=a&_highlight=true', 200, /^\[\{"id":1,"text":"a","_highlight":\{"text":\["<em>a<\/em>"\]\}\}\]$/],
  ['GET /notes?q=a&_highlight=text&_fields=id', 200, /^\[\{"id":1,"_highlight":\{"text":\["<em>a<\/em>"\]\}\}\]$/],
  ['GET /notes?q=a&_highlight=secret', 400, /is no text to highlight/],
  ['GET /notes?_highlight=true', 200, /^\[\{"id":1,"text":"a"\}\]$/],
  ['GET /notes?_fields=txt', 400, /did you mean \\"text\\"/],
  ['GET /notes?_fields=secret', 400, /is no property/],
  ['GET /open?_fields=anything', 200, /^\[\{\}\]$/],
  ['GET /notes?api_key=k', 200, /^\[\{/],
  ['GET /notes?api_kei=k', 400, /unknown-parameter/],
  ['GET /notes?x-tenant=5', 200, /^\[\{/],
  ['GET /notes?x-tenant=five', 400, /"parameter":"x-tenant","message":"must be integer"/],
  ['GET /notes?options[depth]=2', 200, /^\[\{/],
];

const listed = (name: string): { readonly type: 'array'; readonly items: JsonSchema } => ({
  type: 'array',
  items: { $ref: `#/$defs/${name}` },
});

describe('lists, strictly checked', () => {
  for (const [line, status, body] of cases) {
    it(`${line} → ${status}`, async (t) => {
      const paths = {
        '/notes': {
          get: {
            answers: { 200: listed('Note') },
            query: { '/^x-/': { type: 'integer' }, options: { type: 'object' } },
          },
          post: { body: { $ref: '#/$defs/Note' }, answers: { 201: null } },
        },
        '/open': { get: { answers: { 200: listed('Open') } }, post: { body: true, answers: { 201: null } } },
      };
      const plain = description(paths, $defs);
      const model = buildModel({
        ...plain,
        paths: plain.paths.map((item) => ({
          ...item,
          operations: item.operations.map((operation) => ({
            ...operation,
            parameters: operation.parameters.map((parameter) =>
              parameter.name === 'options' ? { ...parameter, style: 'deepObject' as const } : parameter,
            ),
          })),
        })),
        securitySchemes: [
          {
            name: 'key',
            type: 'apiKey',
            in: 'query',
            parameterName: 'api_key',
            settings: {},
            parameters: [],
            responses: [],
            at: { file: 'api.yaml', line: 1, column: 1 },
          },
        ],
      });
      const server = await serve(model, { checkResponses: 'strict' });
      t.after(() => server.close());
      assert.equal((await server.call('POST /notes', { text: 'a', secret: 's' })).status, 201);
      assert.equal((await server.call('POST /open', {})).status, 201);
      const reply = await server.call(line);
      assert.equal(reply.status, status, reply.text);
      assert.match(reply.text, body);
    });
  }
});
