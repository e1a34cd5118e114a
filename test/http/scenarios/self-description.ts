import { holding, including, matching, present, type Scenario } from '../scenario.ts';
import { problem } from './common.ts';

/** What is no stored document: samples, and the server about itself. */
export const selfDescription: readonly Scenario[] = [
  {
    name: 'operations that store nothing answer with their example',
    steps: [
      {
        name: 'an order',
        request: { method: 'POST', path: '/books/9780143106692/order' },
        answer: {
          status: 202,
          headers: { 'X-Cartouche-Sample': 'example' },
          json: { order: 'o-1001', isbn: '9780143106692' },
        },
      },
      {
        name: 'figures',
        request: { method: 'GET', path: '/stats' },
        answer: { status: 200, headers: { 'X-Cartouche-Sample': 'example' }, json: { books: 1200, authors: 800 } },
      },
    ],
  },
  {
    name: 'the server describes itself',
    steps: [
      {
        name: 'what there is',
        request: { method: 'GET', path: '/' },
        answer: {
          status: 200,
          headers: { 'Content-Type': matching('^application/json'), Link: matching('rel="service-desc"') },
          json: including({
            title: 'Bookstore',
            resources: holding(including({ name: 'books', href: matching('/books$') })),
            links: {
              openapi: matching('/openapi.json$'),
              description: matching('/description$'),
              health: present,
              readiness: present,
            },
          }),
        },
      },
      {
        name: 'as a page',
        request: { method: 'GET', path: '/', headers: { Accept: 'text/html' } },
        answer: {
          status: 200,
          headers: { 'Content-Type': matching('^text/html') },
          text: matching('^<!doctype html>'),
        },
      },
      {
        name: 'as OpenAPI',
        request: { method: 'GET', path: '/openapi.json' },
        answer: {
          status: 200,
          json: including({ openapi: matching('^3\\.1'), paths: including({ '/books/{isbn}': present }) }),
        },
      },
      {
        name: 'as given',
        request: { method: 'GET', path: '/description' },
        answer: {
          status: 200,
          headers: { 'Content-Type': matching('^application/(raml\\+yaml|vnd\\.oai\\.openapi)') },
          text: matching('title: Bookstore'),
        },
        capture: { whole: 'header Content-Location' },
      },
      {
        name: 'where its relative references begin',
        request: { method: 'GET', path: '{{whole}}' },
        answer: { status: 200, text: matching('title: Bookstore') },
      },
      {
        name: 'no other file',
        request: { method: 'GET', path: '/description/..%2Fpackage.json' },
        answer: { status: 404, json: problem('not-found') },
      },
      { name: 'alive', request: { method: 'GET', path: '/healthz' }, answer: { status: 200 } },
      { name: 'ready', request: { method: 'GET', path: '/readyz' }, answer: { status: 200 } },
      {
        name: 'an error, explained',
        request: { method: 'GET', path: '/problems/conflict' },
        answer: { status: 200, json: including({ code: 'conflict', status: 409 }) },
      },
      {
        name: 'an error that does not exist',
        request: { method: 'GET', path: '/problems/toString' },
        answer: { status: 404, json: problem('not-found') },
      },
      {
        name: 'these pages are only read',
        request: { method: 'POST', path: '/healthz' },
        answer: { status: 405, headers: { Allow: matching('GET') } },
      },
      { name: 'HEAD', request: { method: 'HEAD', path: '/openapi.json' }, answer: { status: 200, text: '' } },
      {
        name: 'every answer leads there',
        request: { method: 'GET', path: '/books' },
        answer: { status: 200, headers: { Link: matching('rel="service-desc".*rel="describedby"') } },
      },
    ],
  },
];
