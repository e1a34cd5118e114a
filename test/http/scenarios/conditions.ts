import { absent, including, type Scenario } from '../scenario.ts';
import { petals, problem } from './common.ts';

/** Requests that depend on what is stored: ETags and preconditions. */
export const conditions: readonly Scenario[] = [
  {
    name: 'conditional requests',
    steps: [
      {
        name: 'create only if there is none',
        request: { method: 'PUT', path: '/books/978{{run}}0041', headers: { 'If-None-Match': '*' }, json: petals },
        answer: { status: 201 },
        capture: { first: 'header ETag' },
      },
      {
        name: 'there is one',
        request: { method: 'PUT', path: '/books/978{{run}}0041', headers: { 'If-None-Match': '*' }, json: petals },
        answer: { status: 412, json: problem('precondition-failed') },
      },
      {
        name: 'not modified',
        request: { method: 'GET', path: '/books/978{{run}}0041', headers: { 'If-None-Match': '"x", {{first}}' } },
        answer: { status: 304, headers: { ETag: '{{first}}', 'Content-Type': absent }, text: '' },
      },
      {
        name: 'the change that was based on it',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0041',
          headers: { 'If-Match': '{{first}}' },
          json: { pages: 1 },
        },
        answer: { status: 200 },
        capture: { second: 'header ETag' },
      },
      {
        name: 'another change that was based on it, too late',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0041',
          headers: { 'If-Match': '{{first}}' },
          json: { pages: 2 },
        },
        answer: { status: 412, headers: { ETag: '{{second}}' }, json: problem('precondition-failed') },
      },
      {
        name: 'removal of what was not seen',
        request: { method: 'DELETE', path: '/books/978{{run}}0041', headers: { 'If-Match': '{{first}}' } },
        answer: { status: 412 },
      },
      {
        name: 'nothing was lost',
        request: { method: 'GET', path: '/books/978{{run}}0041' },
        answer: { status: 200, headers: { ETag: '{{second}}' }, json: including({ pages: 1 }) },
      },
      {
        name: 'removal of what was seen',
        request: { method: 'DELETE', path: '/books/978{{run}}0041', headers: { 'If-Match': '{{second}}' } },
        answer: { status: 204 },
      },
      {
        name: 'any document, where there is none',
        request: { method: 'PUT', path: '/books/978{{run}}0041', headers: { 'If-Match': '*' }, json: petals },
        answer: { status: 412 },
      },
    ],
  },
];
