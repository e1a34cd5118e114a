import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Violation } from '../../../src/errors.ts';
import type { Response } from '../../../src/model/description.ts';
import type { Answer } from '../../../src/runtime/present/answer.ts';
import { compileResponseCheck } from '../../../src/runtime/present/check-response.ts';
import { createAccepts } from '../../fake/accepts.ts';
import { header, operation, response } from './pieces.ts';

const json = { 'Content-Type': 'application/json; charset=utf-8' };
const number = response('200', { 'application/json': { schema: { type: 'number' } } });
const limit = header('X-Limit', { required: true, schema: { type: 'integer', maximum: 9 } });

const cases: readonly [
  title: string,
  responses: readonly Response[],
  answer: Partial<Answer>,
  violations: readonly Violation[],
][] = [
  ['as declared', [number], { body: '5', headers: json }, []],
  ['a wrong body', [number], { body: '"5"', headers: json }, [{ in: 'body', pointer: '', message: 'wrong' }]],
  ['a selection of what is declared', [number], { body: '{}', headers: json, partial: true }, []],
  ['no JSON', [number], { body: '{', headers: json }, [{ in: 'body', message: 'The body is not well-formed JSON.' }]],
  ['no body', [number], {}, [{ in: 'body', message: 'The description declares a body for 200, and there is none.' }]],
  [
    'another media type',
    [number],
    { body: '<a/>', headers: { 'Content-Type': 'text/xml' } },
    [{ in: 'body', message: 'The media type is text/xml; declared is application/json.' }],
  ],
  [
    'a range of media types',
    [response('200', { 'text/*': {} })],
    { body: 'x', headers: { 'Content-Type': 'text/csv' } },
    [],
  ],
  ['nothing declared at all', [], { status: 201, body: 'x' }, []],
  ['no body declared', [response('200')], { body: '5', headers: json }, []],
  [
    'an undeclared success',
    [number, response('404')],
    { status: 201 },
    [{ message: 'The status 201 is not declared; declared are 200, 404.' }],
  ],
  ['a success where only refusals are declared', [response('405')], { status: 200, body: '{}', headers: json }, []],
  ['an undeclared error is the server’s own', [number], { status: 404, body: '{}', headers: json }, []],
  ['not modified', [number], { status: 304 }, []],
  ['minimal', [number], { status: 204 }, []],
  ['minimal with the declared status', [number], { headers: { 'Preference-Applied': 'return=minimal' } }, []],
  [
    'a problem where a declared one could not be made',
    [response('404', { 'application/xml': {} })],
    { status: 404, body: '{}', headers: { 'Content-Type': 'application/problem+json' } },
    [],
  ],
  [
    'a missing header',
    [response('200', {}, [limit])],
    {},
    [{ parameter: 'X-Limit', in: 'header', message: 'The header is declared as required.' }],
  ],
  ['a header in another case', [response('200', {}, [limit])], { headers: { 'x-limit': '7' } }, []],
  [
    'a wrong header',
    [response('200', {}, [limit])],
    { headers: { 'X-Limit': '10' } },
    [{ parameter: 'X-Limit', in: 'header', message: 'wrong' }],
  ],
  [
    'a header that is no number',
    [response('200', {}, [limit])],
    { headers: { 'X-Limit': 'many' } },
    [{ parameter: 'X-Limit', in: 'header', message: 'wrong' }],
  ],
];

describe('an answer against the description', () => {
  const accepts = createAccepts({});
  const validate = (schema: Parameters<typeof accepts>[0], value: unknown): readonly Violation[] =>
    accepts(schema, value) ? [] : [{ pointer: '', message: 'wrong' }];
  for (const [title, responses, answer, violations] of cases) {
    test(title, () => {
      const check = compileResponseCheck(operation(responses), {}, validate);
      assert.deepEqual(check({ status: 200, headers: {}, body: '', ...answer }), violations);
    });
  }
});
