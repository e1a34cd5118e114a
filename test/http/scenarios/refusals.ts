import { holding, including, matching, present, type Scenario } from '../scenario.ts';
import { asProblem, problem } from './common.ts';

/** Bodies and headers that are refused. */
export const refusals: readonly Scenario[] = [
  {
    name: 'bodies that are wrong',
    steps: [
      {
        name: 'everything that is wrong, at once',
        request: { method: 'POST', path: '/books', json: { isbn: 'x', title: '', price: 'a' } },
        answer: {
          status: 400,
          headers: asProblem,
          json: problem('invalid-body', {
            type: matching('/problems/invalid-body$'),
            status: 400,
            title: present,
            detail: present,
            hint: present,
            instance: present,
            errors: holding(
              including({ pointer: '/isbn' }),
              including({ pointer: '/title' }),
              including({ pointer: '/price' }),
            ),
          }),
        },
      },
      {
        name: 'what is required',
        request: { method: 'POST', path: '/authors', json: {} },
        answer: { status: 400, json: problem('invalid-body', { errors: [including({ pointer: '/name' })] }) },
      },
      {
        name: 'none',
        request: { method: 'POST', path: '/books' },
        answer: { status: 400, json: problem('invalid-body') },
      },
      {
        name: 'an array',
        request: { method: 'POST', path: '/authors', json: [] },
        answer: { status: 400, json: problem('invalid-body') },
      },
      {
        name: 'no JSON',
        request: { method: 'POST', path: '/books', headers: { 'Content-Type': 'application/json' }, text: '{"isbn":' },
        answer: { status: 400, json: problem('malformed-body', { detail: matching('line 1, column 9') }) },
      },
      {
        name: 'a form',
        request: {
          method: 'POST',
          path: '/books',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          text: 'a=b',
        },
        answer: { status: 415, headers: { Accept: 'application/json' }, json: problem('unsupported-media-type') },
      },
      {
        name: 'too large',
        request: {
          method: 'POST',
          path: '/books',
          headers: { 'Content-Type': 'application/json' },
          text: { repeat: ' ', times: 2_000_000 },
        },
        answer: { status: 413, json: problem('body-too-large') },
      },
      {
        name: 'headers that are too large',
        request: { method: 'GET', path: '/books', headers: { 'X-Long': { repeat: 'x', times: 100_000 } } },
        answer: { status: 431 },
      },
    ],
  },
];
