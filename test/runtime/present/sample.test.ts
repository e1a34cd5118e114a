import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Response } from '../../../src/model/description.ts';
import { compileSampleAnswer, type SampleChoice } from '../../../src/runtime/present/sample.ts';
import { header, model, operation, response } from './pieces.ts';

const order = {
  type: 'object',
  properties: { order: { type: 'string', example: 'o-1' }, secret: { type: 'string', writeOnly: true } },
};

const cases: readonly [
  title: string,
  status: number,
  responses: readonly Response[],
  choice: SampleChoice,
  answer: { headers: Record<string, string>; body: string },
][] = [
  [
    'a declared example',
    202,
    [response('202', { 'application/json': { schema: order, examples: { '': { order: 'o-1001' } } } })],
    {},
    { headers: { 'Content-Type': 'application/json', 'X-Cartouche-Sample': 'example' }, body: '{"order":"o-1001"}' },
  ],
  [
    'the example that is preferred',
    200,
    [response('200', { 'application/json': { examples: { a: 1, b: 2 } } })],
    { example: 'b' },
    { headers: { 'Content-Type': 'application/json', 'X-Cartouche-Sample': 'example' }, body: '2' },
  ],
  [
    'an unknown preference',
    200,
    [response('200', { 'application/json': { examples: { a: 1, b: 2 } } })],
    { example: 'c' },
    { headers: { 'Content-Type': 'application/json', 'X-Cartouche-Sample': 'example' }, body: '1' },
  ],
  [
    'out of the schema, without what is write-only',
    200,
    [response('200', { 'application/json': { schema: order } })],
    {},
    { headers: { 'Content-Type': 'application/json', 'X-Cartouche-Sample': 'generated' }, body: '{"order":"o-1"}' },
  ],
  [
    'the example of the schema',
    200,
    [response('200', { 'application/json': { schema: { type: 'object', examples: [{ books: 1200 }] } } })],
    {},
    { headers: { 'Content-Type': 'application/json', 'X-Cartouche-Sample': 'example' }, body: '{"books":1200}' },
  ],
  ['no body', 204, [response('204')], {}, { headers: { 'X-Cartouche-Sample': 'empty' }, body: '' }],
  [
    'no body with this status, whatever is declared',
    204,
    [response('204', { 'application/json': { schema: order } })],
    {},
    { headers: { 'X-Cartouche-Sample': 'empty' }, body: '' },
  ],
  ['nothing declared', 200, [], {}, { headers: { 'X-Cartouche-Sample': 'empty' }, body: '' }],
  [
    'a class of statuses',
    200,
    [response('2XX', { 'application/json': { schema: { const: 1 } } })],
    {},
    { headers: { 'Content-Type': 'application/json', 'X-Cartouche-Sample': 'generated' }, body: '1' },
  ],
  [
    'the negotiated media type',
    200,
    [response('200', { 'application/json': { schema: { const: 1 } }, 'text/plain': { examples: { '': 'one' } } })],
    { mediaType: 'text/plain' },
    { headers: { 'Content-Type': 'text/plain', 'X-Cartouche-Sample': 'example' }, body: 'one' },
  ],
  [
    'an example in XML',
    200,
    [response('200', { 'application/xml': { examples: { '': '<a/>' } } })],
    {},
    { headers: { 'Content-Type': 'application/xml', 'X-Cartouche-Sample': 'example' }, body: '<a/>' },
  ],
  [
    'a schema in XML cannot be written',
    200,
    [response('200', { 'application/xml': { schema: order } })],
    {},
    { headers: { 'X-Cartouche-Sample': 'empty' }, body: '' },
  ],
  [
    'declared headers',
    201,
    [
      response('201', {}, [
        header('Location', { required: true, schema: { type: 'string', const: '/x' } }),
        header('X-Rate', { examples: [{ name: '', value: 7, strict: true, at: { file: '', line: 1, column: 1 } }] }),
        header('X-Odd', { required: true, schema: { const: 'a\r\nSet-Cookie: ü' } }),
        header('X-Optional'),
        header('Content-Length', { required: true }),
      ]),
    ],
    {},
    {
      headers: { Location: '/x', 'X-Rate': '7', 'X-Odd': 'a%0D%0ASet-Cookie: %C3%BC', 'X-Cartouche-Sample': 'empty' },
      body: '',
    },
  ],
];

describe('an operation that stores nothing', () => {
  for (const [title, status, responses, choice, answer] of cases) {
    test(title, () => {
      const sample = compileSampleAnswer(model(), operation(responses), status);
      assert.deepEqual(sample(choice), { status, ...answer });
      assert.deepEqual(sample(choice), { status, ...answer }, 'the second time');
    });
  }
});
