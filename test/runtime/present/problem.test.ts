import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApiError } from '../../../src/errors.ts';
import type { JsonSchema } from '../../../src/model/description.ts';
import { compileProblems } from '../../../src/runtime/present/problem.ts';
import { createAccepts } from '../../fake/accepts.ts';
import { model, operation, response } from './pieces.ts';

const context = {
  base: '/api',
  requestId: '0198f0a0-0000-7000-8000-000000000001',
  url: 'http://localhost/api/books/1',
  now: new Date('2026-01-02T03:04:05.678Z'),
};
const notFound = new ApiError('not-found', 'There is no Book "1".');
const misspelt = new ApiError('not-found', 'Nothing is declared at "/boks".', { hint: 'Did you mean "/books"?' });
const invalid = new ApiError('invalid-body', 'Two properties are wrong.', {
  violations: [
    { pointer: '/price', in: 'body', message: 'must be at least 0' },
    { pointer: '/tags/0', in: 'body', message: 'must be a string' },
  ],
});

test('RFC 9457 where nothing is declared', () => {
  const answer = compileProblems(model(), undefined)(notFound, context);
  assert.equal(answer.status, 404);
  assert.deepEqual(answer.headers, { 'Content-Type': 'application/problem+json' });
  assert.deepEqual(JSON.parse(answer.body), {
    type: '/api/problems/not-found',
    title: 'Not found',
    status: 404,
    detail: 'There is no Book "1".',
    instance: 'urn:uuid:0198f0a0-0000-7000-8000-000000000001',
    code: 'not-found',
    hint: 'Check the path and the id.',
  });
});

test('violations, headers, and a request id that is no UUID', () => {
  const error = new ApiError('unsupported-media-type', 'No.', {
    headers: { Accept: 'application/json' },
    violations: [{ parameter: 'Content-Type', in: 'header', message: 'is text/plain' }],
  });
  const answer = compileProblems(model(), operation([]))(error, { base: '', requestId: 'a b/é' });
  assert.deepEqual(answer.headers, { Accept: 'application/json', 'Content-Type': 'application/problem+json' });
  const problem = JSON.parse(answer.body);
  assert.equal(problem.instance, '#a%20b%2F%C3%A9');
  assert.deepEqual(problem.errors, [{ parameter: 'Content-Type', in: 'header', message: 'is text/plain' }]);
});

const text = { type: 'string' };
const integer = { type: 'integer' };

const detailed = {
  type: 'object',
  properties: {
    message: text,
    details: { type: 'array', items: { type: 'object', properties: { field: text, issue: text } } },
  },
};
const listing = {
  type: 'object',
  properties: {
    message: text,
    details: { type: 'array', items: { type: 'object', properties: { field: text } } },
  },
};

interface Case {
  readonly schema: JsonSchema;
  readonly $defs?: Record<string, JsonSchema>;
  readonly error?: ApiError;
  readonly body: unknown;
}

/** Error schemas as descriptions have them, and what becomes of them. */
const declared: Record<string, Case> = {
  'status, code, title, detail': {
    schema: { $ref: '#/$defs/Problem' },
    $defs: {
      Problem: {
        type: 'object',
        required: ['status', 'code', 'title'],
        properties: { status: integer, code: text, title: text, detail: text },
      },
    },
    body: { status: 404, code: 'not-found', title: 'Not found', detail: 'There is no Book "1".' },
  },
  'the petstore: code is a number': {
    schema: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { ...integer, format: 'int32' }, message: text },
    },
    body: { code: 404, message: 'There is no Book "1".' },
  },
  'error beside message': {
    schema: { type: 'object', properties: { statusCode: integer, error: text, message: text } },
    body: { statusCode: 404, error: 'Not found', message: 'There is no Book "1".' },
  },
  'a title alone says what happened': {
    schema: { type: 'object', properties: { code: text, title: text } },
    body: { code: 'not-found', title: 'There is no Book "1".' },
  },
  'error alone': { schema: { type: 'object', properties: { error: text } }, body: { error: 'There is no Book "1".' } },
  OAuth: {
    schema: { type: 'object', required: ['error'], properties: { error: text, error_description: text } },
    body: { error: 'not-found', error_description: 'There is no Book "1".' },
  },
  'an error inside an error': {
    schema: { type: 'object', properties: { error: { type: 'object', properties: { type: text, message: text } } } },
    body: { error: { type: 'not-found', message: 'There is no Book "1".' } },
  },
  'success and a request id': {
    schema: {
      type: 'object',
      properties: { success: { type: 'boolean' }, requestId: text, timestamp: { ...text, format: 'date-time' } },
    },
    body: { success: false, requestId: context.requestId, timestamp: '2026-01-02T03:04:05.678Z' },
  },
  'a list of errors, told as one': {
    schema: {
      type: 'object',
      required: ['errors'],
      properties: { errors: { type: 'array', items: { type: 'object', properties: { code: text, message: text } } } },
    },
    body: { errors: [{ code: 'not-found', message: 'There is no Book "1".' }] },
  },
  'where and which issue': {
    schema: detailed,
    error: invalid,
    body: {
      message: 'Two properties are wrong.',
      details: [
        { field: '/price', issue: 'must be at least 0' },
        { field: '/tags/0', issue: 'must be a string' },
      ],
    },
  },
  'a list of what there is none of': {
    schema: listing,
    body: { message: 'There is no Book "1".' },
  },
  'a list of violations': {
    schema: {
      type: 'object',
      properties: {
        message: text,
        errors: { type: 'array', items: { type: 'object', properties: { field: text, message: text } } },
      },
    },
    error: invalid,
    body: {
      message: 'Two properties are wrong.',
      errors: [
        { field: '/price', message: 'must be at least 0' },
        { field: '/tags/0', message: 'must be a string' },
      ],
    },
  },
  FastAPI: {
    schema: {
      type: 'object',
      properties: {
        detail: {
          type: 'array',
          items: {
            type: 'object',
            required: ['loc', 'msg', 'type'],
            properties: { loc: { type: 'array', items: text }, msg: text, type: text },
          },
        },
      },
    },
    error: invalid,
    body: {
      detail: [
        { loc: ['body', 'price'], msg: 'must be at least 0', type: 'invalid-body' },
        { loc: ['body', 'tags', '0'], msg: 'must be a string', type: 'invalid-body' },
      ],
    },
  },
  'a list of texts': {
    schema: { type: 'array', items: text },
    error: invalid,
    body: ['must be at least 0', 'must be a string'],
  },
  'a bare text': { schema: text, body: 'There is no Book "1".' },
  'a hint in its own place': {
    schema: { type: 'object', properties: { message: text, hint: text } },
    error: misspelt,
    body: { message: 'Nothing is declared at "/boks".', hint: 'Did you mean "/books"?' },
  },
  'a hint without a place, behind the message': {
    schema: { type: 'object', properties: { code: text, message: text } },
    error: misspelt,
    body: { code: 'not-found', message: 'Nothing is declared at "/boks". Did you mean "/books"?' },
  },
  'a hint without a place, within an inner error': {
    schema: {
      type: 'object',
      properties: { error: { type: 'object', properties: { title: text, detail: text } } },
    },
    error: misspelt,
    body: { error: { title: 'Not found', detail: 'Nothing is declared at "/boks". Did you mean "/books"?' } },
  },
  'a hint behind error, which is all there is': {
    schema: { type: 'object', properties: { error: text } },
    error: misspelt,
    body: { error: 'Nothing is declared at "/boks". Did you mean "/books"?' },
  },
  'a hint that would be cut off': {
    schema: { type: 'object', properties: { message: { ...text, maxLength: 40 } } },
    error: misspelt,
    body: { message: 'Nothing is declared at "/boks".' },
  },
  'a hint that does not fit a pattern': {
    schema: { type: 'object', required: ['message'], properties: { message: { ...text, pattern: '^[^?]+$' } } },
    error: misspelt,
    body: { message: 'Nothing is declared at "/boks".' },
  },
  'a hint beside violations': {
    schema: {
      type: 'object',
      properties: {
        message: text,
        errors: { type: 'array', items: { type: 'object', properties: { message: text } } },
      },
    },
    error: new ApiError('unknown-parameter', 'One is wrong.', {
      hint: 'Known are a, b.',
      violations: [{ in: 'query', parameter: 'c', message: 'is not known' }],
    }),
    body: { message: 'One is wrong. Known are a, b.', errors: [{ message: 'is not known' }] },
  },
  'an enumeration spelt another way': {
    schema: {
      type: 'object',
      required: ['code'],
      properties: { code: { enum: ['BAD_REQUEST', 'NOT_FOUND'] }, message: text },
    },
    body: { code: 'NOT_FOUND', message: 'There is no Book "1".' },
  },
  'an enumeration without it: valid, although wrong': {
    schema: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { type: 'string', enum: ['A', 'B'] }, message: text },
    },
    body: { code: 'A', message: 'There is no Book "1".' },
  },
  'a length': {
    schema: { type: 'object', properties: { message: { type: 'string', maxLength: 8 } } },
    body: { message: 'There is' },
  },
  'a pattern that the code does not fit': {
    schema: {
      type: 'object',
      required: ['code'],
      properties: { code: { type: 'string', pattern: '^E\\d{3}$', example: 'E404' }, message: text },
    },
    body: { code: 'E404', message: 'There is no Book "1".' },
  },
  'required and unknown': {
    schema: {
      type: 'object',
      required: ['message', 'severity'],
      properties: { message: text, severity: { enum: ['low', 'high'] } },
    },
    body: { message: 'There is no Book "1".', severity: 'low' },
  },
  'any object': {
    schema: { type: 'object' },
    body: JSON.parse(compileProblems(model(), undefined)(notFound, context).body),
  },
  'one of several': {
    schema: {
      oneOf: [
        { type: 'object', additionalProperties: false, required: ['message'], properties: { message: text } },
        { type: 'object', additionalProperties: false, required: ['fault'], properties: { fault: integer } },
      ],
    },
    body: { message: 'There is no Book "1".' },
  },
  'allOf of a base': {
    schema: { allOf: [{ $ref: '#/$defs/Base' }, { type: 'object', properties: { hint: text } }] },
    $defs: { Base: { type: 'object', required: ['status'], properties: { status: text } } },
    body: { status: '404', hint: 'Check the path and the id.' },
  },
  'a schema that contains itself': {
    schema: { $ref: '#/$defs/Error' },
    $defs: {
      Error: {
        type: 'object',
        properties: {
          message: text,
          cause: { $ref: '#/$defs/Error' },
          errors: { type: 'array', items: { $ref: '#/$defs/Error' } },
        },
      },
    },
    body: undefined,
  },
  'RFC 9457, declared': {
    schema: {
      type: 'object',
      properties: {
        type: { ...text, format: 'uri' },
        title: text,
        status: integer,
        detail: text,
        instance: { ...text, format: 'uri-reference' },
      },
    },
    body: {
      type: 'http://localhost/api/problems/not-found',
      title: 'Not found',
      status: 404,
      detail: 'There is no Book "1".',
      instance: 'urn:uuid:0198f0a0-0000-7000-8000-000000000001',
    },
  },
};

describe('in the schema of the description', () => {
  for (const [title, { schema, $defs = {}, error = notFound, body }] of Object.entries(declared)) {
    test(title, () => {
      const accepts = createAccepts($defs);
      const declares = operation([response('4XX', { 'application/json': { schema } })]);
      const answer = compileProblems(model({ $defs }), declares, accepts)(error, context);
      assert.equal(answer.headers['Content-Type'], 'application/json');
      const sent: unknown = JSON.parse(answer.body);
      assert.ok(accepts(schema, sent), answer.body);
      if (body !== undefined) assert.deepEqual(sent, body);
    });
  }
});

test('a declared problem keeps the members that the description does not name', () => {
  const schema: JsonSchema = { type: 'object', required: ['title'], properties: { type: text, title: text } };
  const declares = operation([response('4XX', { 'application/problem+json': { schema } })]);
  const answer = compileProblems(model(), declares, createAccepts({}))(notFound, context);
  assert.equal(answer.body, compileProblems(model(), undefined)(notFound, context).body);
});

describe('which declaration holds', () => {
  const schema: JsonSchema = { type: 'object', properties: { message: text } };
  const json = { 'application/json': { schema } };
  const cases: readonly [string, Parameters<typeof operation>[0], string, string][] = [
    [
      'the status itself',
      [response('404', json), response('default', { 'text/plain': {} })],
      'application/json',
      '{"message":"There is no Book \\"1\\"."}',
    ],
    ['its class', [response('4XX', json)], 'application/json', '{"message":"There is no Book \\"1\\"."}'],
    [
      'the default',
      [response('200', {}), response('default', json)],
      'application/json',
      '{"message":"There is no Book \\"1\\"."}',
    ],
    [
      'another media type',
      [response('404', { 'application/vnd.error+json': { schema } })],
      'application/vnd.error+json',
      '{"message":"There is no Book \\"1\\"."}',
    ],
    [
      'a range of media types',
      [response('404', { '*/*': { schema } })],
      'application/json',
      '{"message":"There is no Book \\"1\\"."}',
    ],
    ['plain text', [response('404', { 'text/plain': {} })], 'text/plain', 'There is no Book "1".'],
    [
      'an example alone',
      [response('404', { 'application/json': { examples: { '': { message: 'Gone fishing', shop: 7 } } } })],
      'application/json',
      '{"message":"There is no Book \\"1\\".","shop":7}',
    ],
  ];
  for (const [title, responses, mediaType, body] of cases) {
    test(title, () => {
      const answer = compileProblems(model(), operation(responses))(notFound, context);
      assert.equal(answer.headers['Content-Type'], mediaType);
      assert.equal(answer.body, body);
    });
  }
  for (const [title, responses] of [
    ['XML alone', [response('404', { 'application/xml': { schema } })]],
    ['no body', [response('404')]],
    ['another status', [response('409', json)]],
    [
      'a schema that has no place for an error',
      [
        response('404', {
          'application/json': {
            schema: { type: 'object', additionalProperties: false, properties: { shoes: integer } },
          },
        }),
      ],
    ],
  ] as const) {
    test(`${title}: RFC 9457`, () => {
      const answer = compileProblems(model(), operation(responses))(notFound, context);
      assert.equal(answer.headers['Content-Type'], 'application/problem+json');
    });
  }
});

test('plain text tells the hint', () => {
  const answer = compileProblems(model(), operation([response('404', { 'text/plain': {} })]))(misspelt, context);
  assert.equal(answer.body, 'Nothing is declared at "/boks". Did you mean "/books"?');
});
