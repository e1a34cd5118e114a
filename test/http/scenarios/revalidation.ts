import { absent, including, matching, type Scenario } from '../scenario.ts';
import { petals, problem } from './common.ts';

const weakTag = matching('^W/"[\\w-]{27}"$');
const page = '/books?title=Revalidated%20{{run}}';
const book = { ...petals, title: 'Revalidated {{run}}' };

/** Reads that show no single revision: their tag is that of their content. */
export const revalidation: readonly Scenario[] = [
  {
    name: 'the ETag of a list',
    steps: [
      {
        name: 'a weak one',
        request: { method: 'GET', path: page },
        answer: { status: 200, headers: { ETag: weakTag } },
        capture: { nothing: 'header ETag' },
      },
      {
        name: 'with which it is not sent again',
        request: { method: 'GET', path: page, headers: { 'If-None-Match': '"x", {{nothing}}' } },
        answer: {
          status: 304,
          headers: { ETag: '{{nothing}}', Link: matching('rel='), 'Content-Type': absent },
          text: '',
        },
      },
      {
        name: 'nor its head',
        request: { method: 'HEAD', path: page, headers: { 'If-None-Match': '{{nothing}}' } },
        answer: { status: 304, headers: { ETag: '{{nothing}}' } },
      },
      {
        name: 'another page has another',
        request: { method: 'GET', path: '/books?limit=1&sort=-isbn', headers: { 'If-None-Match': '{{nothing}}' } },
        answer: { status: 200, headers: { ETag: weakTag } },
      },
      {
        name: 'a book is added',
        request: { method: 'POST', path: '/books', json: { ...book, isbn: '978{{run}}0061' } },
        answer: { status: 201 },
      },
      {
        name: 'and it is sent again',
        request: { method: 'GET', path: page, headers: { 'If-None-Match': '{{nothing}}' } },
        answer: { status: 200, headers: { ETag: weakTag }, json: including({ total: 1 }) },
        capture: { one: 'header ETag' },
      },
      {
        name: 'the book changes',
        request: { method: 'PATCH', path: '/books/978{{run}}0061', json: { pages: 2 } },
        answer: { status: 200 },
      },
      {
        name: 'and it is sent again',
        request: { method: 'GET', path: page, headers: { 'If-None-Match': '{{one}}' } },
        answer: { status: 200, headers: { ETag: weakTag } },
        capture: { changed: 'header ETag' },
      },
      {
        name: 'any will do',
        request: { method: 'GET', path: page, headers: { 'If-None-Match': '*' } },
        answer: { status: 304, headers: { ETag: '{{changed}}' } },
      },
      {
        name: 'a weak tag is nobody’s in If-Match',
        request: { method: 'GET', path: page, headers: { 'If-Match': '{{changed}}' } },
        answer: { status: 412, json: problem('precondition-failed') },
      },
      {
        name: 'but there is one',
        request: { method: 'GET', path: page, headers: { 'If-Match': '*' } },
        answer: { status: 200 },
      },
      {
        name: 'times are not compared: it has none',
        request: {
          method: 'GET',
          path: page,
          headers: { 'If-Modified-Since': 'Tue, 01 Jan 2199 00:00:00 GMT' },
        },
        answer: { status: 200, headers: { 'Last-Modified': absent } },
      },
    ],
  },
  {
    name: 'the ETag of what is computed, made up, or about the server',
    steps: ['/books?_count=true', '/books?_aggs.p.max.field=price', '/stats', '/openapi.json', '/'].flatMap((path) => [
      {
        name: `${path} has one`,
        request: { method: 'GET', path },
        answer: { status: 200, headers: { ETag: weakTag } },
        capture: { tag: 'header ETag' },
      },
      {
        name: `${path} is not sent again`,
        request: { method: 'GET', path, headers: { 'If-None-Match': '{{tag}}' } },
        answer: { status: 304, headers: { ETag: '{{tag}}' }, text: '' },
      },
    ]),
  },
  {
    name: 'health is never kept',
    steps: [
      {
        name: 'no tag',
        request: { method: 'GET', path: '/healthz' },
        answer: { status: 200, headers: { ETag: absent } },
      },
    ],
  },
];
