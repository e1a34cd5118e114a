import { absent, including, matching, present, type Scenario } from '../scenario.ts';
import { asProblem, petals, problem } from './common.ts';

/** How documents are changed, and what is answered. */
export const changes: readonly Scenario[] = [
  {
    name: 'kinds of patches',
    steps: [
      {
        name: 'a book',
        request: { method: 'PUT', path: '/books/978{{run}}0051', json: { ...petals, pages: 400, tags: ['a'] } },
        answer: { status: 201 },
      },
      {
        name: 'merge patch by its media type',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0051',
          headers: { 'Content-Type': 'application/merge-patch+json' },
          text: '{"tags":["b"]}',
        },
        answer: { status: 200, json: including({ tags: ['b'], pages: 400 }) },
      },
      {
        name: 'plain JSON is a merge patch',
        request: { method: 'PATCH', path: '/books/978{{run}}0051', json: { pages: null } },
        answer: { status: 200, json: including({ pages: absent, tags: ['b'] }) },
      },
      {
        name: 'JSON Patch',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0051',
          headers: { 'Content-Type': 'application/json-patch+json' },
          text: '[{"op":"test","path":"/title","value":"Petals of Blood"},{"op":"add","path":"/tags/-","value":"c"}]',
        },
        answer: { status: 200, json: including({ tags: ['b', 'c'] }) },
      },
      {
        name: 'a test that fails changes nothing',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0051',
          headers: { 'Content-Type': 'application/json-patch+json' },
          text: '[{"op":"remove","path":"/tags"},{"op":"test","path":"/title","value":"x"}]',
        },
        answer: { status: 409, headers: asProblem, json: problem('patch-failed') },
      },
      {
        name: 'the result must be valid',
        request: { method: 'PATCH', path: '/books/978{{run}}0051', json: { price: -1 } },
        answer: { status: 400, json: problem('invalid-body', { errors: [including({ pointer: '/price' })] }) },
      },
      {
        name: 'it is as it was',
        request: { method: 'GET', path: '/books/978{{run}}0051' },
        answer: { status: 200, json: including({ tags: ['b', 'c'], price: 14.5 }) },
      },
      {
        name: 'no patch at all',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0051',
          headers: { 'Content-Type': 'text/plain' },
          text: 'x',
        },
        answer: {
          status: 415,
          headers: { 'Accept-Patch': matching('application/json-patch\\+json') },
          json: problem('unsupported-media-type'),
        },
      },
    ],
  },
  {
    name: 'preferences',
    steps: [
      {
        name: 'no body after creating',
        request: {
          method: 'POST',
          path: '/books',
          headers: { Prefer: 'return=minimal' },
          json: { isbn: '978{{run}}0061', ...petals },
        },
        answer: {
          status: 201,
          headers: { 'Preference-Applied': 'return=minimal', Location: present, ETag: present },
          text: '',
        },
      },
      {
        name: 'a body after changing',
        request: {
          method: 'PATCH',
          path: '/books/978{{run}}0061',
          headers: { Prefer: 'return=representation' },
          json: { pages: 2 },
        },
        answer: {
          status: 200,
          headers: { 'Preference-Applied': 'return=representation' },
          json: including({ pages: 2 }),
        },
      },
    ],
  },
];
