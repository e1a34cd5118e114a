import { matching, present, type Scenario } from '../scenario.ts';
import { asProblem, petals, problem } from './common.ts';

/** Methods, media types, other origins. */
export const protocol: readonly Scenario[] = [
  {
    name: 'methods and media types',
    steps: [
      {
        name: 'a book',
        request: { method: 'PUT', path: '/books/978{{run}}0071', json: petals },
        answer: { status: 201 },
        capture: { etag: 'header ETag' },
      },
      {
        name: 'HEAD of a document',
        request: { method: 'HEAD', path: '/books/978{{run}}0071' },
        answer: {
          status: 200,
          headers: { ETag: '{{etag}}', 'Content-Type': matching('^application/json'), 'Content-Length': present },
          text: '',
        },
      },
      { name: 'HEAD of a list', request: { method: 'HEAD', path: '/books' }, answer: { status: 200, text: '' } },
      {
        name: 'HEAD of nothing',
        request: { method: 'HEAD', path: '/books/978{{run}}0079' },
        answer: { status: 404, text: '' },
      },
      {
        name: 'OPTIONS',
        request: { method: 'OPTIONS', path: '/books' },
        answer: { status: 204, headers: { Allow: matching('^(?=.*GET)(?=.*POST)(?=.*HEAD)(?=.*OPTIONS)') } },
      },
      {
        name: 'OPTIONS tells the kinds of patches',
        request: { method: 'OPTIONS', path: '/books/978{{run}}0071' },
        answer: { status: 204, headers: { Allow: matching('PATCH'), 'Accept-Patch': matching('merge-patch') } },
      },
      {
        name: 'a method that is not declared',
        request: { method: 'DELETE', path: '/books' },
        answer: {
          status: 405,
          headers: { ...asProblem, Allow: matching('GET, POST') },
          json: problem('method-not-allowed'),
        },
      },
      {
        name: 'a media type that is not declared',
        request: { method: 'GET', path: '/books', headers: { Accept: 'application/xml' } },
        answer: { status: 406, json: problem('not-acceptable') },
      },
      {
        name: 'anything',
        request: { method: 'GET', path: '/books', headers: { Accept: 'text/html, */*;q=0.1' } },
        answer: { status: 200 },
      },
      {
        name: 'a path that is not declared',
        request: { method: 'GET', path: '/shoes' },
        answer: { status: 404, headers: asProblem, json: problem('not-found') },
      },
      {
        name: 'a path that cannot be decoded',
        request: { method: 'GET', path: '/books/%E0%A4%A' },
        answer: { status: 400, json: problem('malformed-path') },
      },
    ],
  },
  {
    name: 'other origins',
    steps: [
      {
        name: 'may read',
        request: { method: 'GET', path: '/books', headers: { Origin: 'https://shop.example' } },
        answer: { status: 200, headers: { 'Access-Control-Allow-Origin': matching('^(\\*|https://shop.example)$') } },
      },
      {
        name: 'may read errors',
        request: { method: 'GET', path: '/shoes', headers: { Origin: 'https://shop.example' } },
        answer: { status: 404, headers: { 'Access-Control-Allow-Origin': matching('^(\\*|https://shop.example)$') } },
      },
      {
        name: 'ask before they write',
        request: {
          method: 'OPTIONS',
          path: '/books',
          headers: {
            Origin: 'https://shop.example',
            'Access-Control-Request-Method': 'POST',
            'Access-Control-Request-Headers': 'content-type',
          },
        },
        answer: {
          status: 204,
          headers: {
            'Access-Control-Allow-Methods': matching('POST'),
            'Access-Control-Allow-Headers': matching('content-type'),
          },
        },
      },
    ],
  },
];
