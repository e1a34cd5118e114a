import { absent, including, type Scenario } from '../scenario.ts';
import { problem } from './common.ts';

/** Two lists: `/letters` declares `Range` and 206, `/marks` only the header `Content-Range`. */
export const rangedDescription = {
  openapi: '3.1.0',
  info: { title: 'Letters', version: '1' },
  paths: {
    '/letters': {
      get: {
        parameters: [
          { name: 'Range', in: 'header', schema: { type: 'string' }, example: 'items=0-24' },
          { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 3 } },
        ],
        responses: {
          200: { description: 'All.', content: { 'application/json': { schema: list('Letter') } } },
          206: { description: 'A part.', content: { 'application/json': { schema: list('Letter') } } },
        },
      },
      post: writing('Letter'),
    },
    '/marks': {
      get: {
        responses: {
          200: {
            description: 'All, or a part.',
            headers: { 'Content-Range': { schema: { type: 'string' }, example: 'marks 0-24/319' } },
            content: { 'application/json': { schema: list('Mark') } },
          },
        },
      },
      post: writing('Mark'),
    },
  },
  components: { schemas: { Letter: named(), Mark: named() } },
};

/** `Range` as PostgREST understands it, where a description declares it. */
export const ranges: readonly Scenario[] = [
  {
    name: 'parts of a list',
    steps: [
      ...['a', 'b', 'c', 'd', 'e'].map((name) => post('/letters', name)),
      part('without Range', undefined, 200, { 'Accept-Ranges': 'items', 'Content-Range': absent }, 'abc'),
      part('the first two', 'items=0-1', 206, { 'Content-Range': 'items 0-1/*' }, 'ab'),
      part('as PostgREST writes it', '0-1', 206, { 'Content-Range': 'items 0-1/*' }, 'ab'),
      part('the rest', 'items=3-', 206, { 'Content-Range': 'items 3-4/5' }, 'de'),
      part('beyond the end', 'items=3-99', 206, { 'Content-Range': 'items 3-4/5' }, 'de'),
      part('the last two', 'items=-2', 206, { 'Content-Range': 'items 3-4/5' }, 'de'),
      part('no more than the largest page', 'items=0-', 206, { 'Content-Range': 'items 0-2/*' }, 'abc'),
      part('another unit', 'bytes=0-1', 200, { 'Content-Range': absent }, 'abc'),
      part('another unit apart', '0-1', 200, { 'Content-Range': absent }, 'abc', { 'Range-Unit': 'bytes' }),
      part('a condition that cannot hold', 'items=0-1', 200, {}, 'abc', { 'If-Range': '"x"' }),
      part('counted', 'items=1-2', 206, { 'Content-Range': 'items 1-2/5', 'Preference-Applied': 'count=exact' }, 'bc', {
        Prefer: 'count=exact',
      }),
      refused('behind the end', 'items=5-', 416, 'range-not-satisfiable', { 'Content-Range': 'items */5' }),
      refused('the last none', 'items=-0', 416, 'range-not-satisfiable', { 'Content-Range': 'items */5' }),
      refused('backwards', 'items=3-1', 416, 'range-not-satisfiable'),
      refused('several', 'items=0-1,3-4', 416, 'range-not-satisfiable'),
      refused('no range', 'items=one', 400, 'invalid-parameter'),
      {
        name: 'with another page',
        request: { method: 'GET', path: '/letters?limit=1', headers: { Range: 'items=0-1' } },
        answer: { status: 400, json: problem('invalid-parameter') },
      },
      {
        name: 'within what matches',
        request: { method: 'GET', path: '/letters?name__in=b,d,e&_sort=-name', headers: { Range: 'items=0-1' } },
        answer: {
          status: 206,
          headers: { 'Content-Range': 'items 0-1/*' },
          json: [including({ name: 'e' }), including({ name: 'd' })],
        },
      },
      {
        name: 'HEAD has no parts',
        request: { method: 'HEAD', path: '/letters', headers: { Range: 'items=0-1' } },
        answer: { status: 200, headers: { 'Accept-Ranges': 'items' } },
      },
    ],
  },
  {
    name: 'a description without 206',
    steps: [
      {
        name: 'an empty list',
        request: { method: 'GET', path: '/marks', headers: { Range: 'marks=0-9' } },
        answer: { status: 200, headers: { 'Content-Range': 'marks */0' }, json: [] },
      },
      ...['x', 'y', 'z'].map((name) => post('/marks', name)),
      {
        name: 'the whole tells where it lies',
        request: { method: 'GET', path: '/marks' },
        answer: { status: 200, headers: { 'Accept-Ranges': 'marks', 'Content-Range': 'marks 0-2/3' } },
      },
      {
        name: 'a part',
        request: { method: 'GET', path: '/marks', headers: { Range: 'marks=1-1' } },
        answer: {
          status: 200,
          headers: { 'Content-Range': 'marks 1-1/*', 'Cache-Control': 'no-store' },
          json: [including({ name: 'y' })],
        },
      },
      {
        name: 'a part that is the whole',
        request: { method: 'GET', path: '/marks', headers: { Range: 'marks=0-99' } },
        answer: { status: 200, headers: { 'Content-Range': 'marks 0-2/3', 'Cache-Control': absent } },
      },
    ],
  },
];

function post(path: string, name: string): Scenario['steps'][number] {
  return { name: `${path} ${name}`, request: { method: 'POST', path, json: { name } }, answer: { status: 201 } };
}

function part(
  name: string,
  range: string | undefined,
  status: number,
  headers: Readonly<Record<string, unknown>>,
  letters: string,
  more: Readonly<Record<string, string>> = {},
): Scenario['steps'][number] {
  return {
    name,
    request: { method: 'GET', path: '/letters', headers: { ...(range !== undefined && { Range: range }), ...more } },
    answer: { status, headers, json: [...letters].map((letter) => including({ name: letter })) },
  };
}

function refused(
  name: string,
  range: string,
  status: number,
  code: string,
  headers: Readonly<Record<string, unknown>> = {},
): Scenario['steps'][number] {
  return {
    name,
    request: { method: 'GET', path: '/letters', headers: { Range: range } },
    answer: { status, headers, json: problem(code) },
  };
}

function list(name: string): object {
  return { type: 'array', items: { $ref: `#/components/schemas/${name}` } };
}

function writing(name: string): object {
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
  return { requestBody: { required: true, content }, responses: { 201: { description: 'Made.', content } } };
}

function named(): object {
  return {
    type: 'object',
    required: ['name'],
    properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
  };
}
