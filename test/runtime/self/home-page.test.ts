import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { homeAnswer } from '../../../src/runtime/self/home.ts';

const operations = [{ method: 'GET', path: '/a"b', does: 'lists <i>' }];
const overview = {
  title: '<script>',
  description: '</style>&',
  resources: ['<b>', '<b>'].map((name) => ({ name, path: '/a', operations })),
  others: [],
};
const { body, headers } = homeAnswer(overview, { openapi: '/openapi.json' }, 'http://localhost', true);
const page = String(body);

describe('the page for browsers', () => {
  const parts: Readonly<Record<string, RegExp>> = {
    'a language': /<html lang="en">/,
    'a title': /<title>&lt;script&gt;<\/title>/,
    landmarks: /<header>.*<nav aria-label="About this API">.*<\/header>\s*<main>.*<\/main>/s,
    'tables with names': /<h2 id="section-1">&lt;b&gt;<\/h2>\s*<table aria-labelledby="section-1">/,
    'columns with names': /<th scope="col">Method<\/th>/,
  };
  for (const [name, pattern] of Object.entries(parts)) it(`has ${name}`, () => assert.match(page, pattern));

  it('holds no markup of the description', () => assert.doesNotMatch(page, /<script|<b>|<i>|<\/style>&|a"b/));
  it('loads and runs nothing, and is in no frame', () => {
    assert.doesNotMatch(page, /\s(?:src|on\w+)=|@import|url\(/);
    assert.match(headers['Content-Security-Policy'] ?? '', /^default-src 'none'.*frame-ancestors 'none'$/);
  });
});
