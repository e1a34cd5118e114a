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

describe('the page of a large API', () => {
  const groups = Array.from({ length: 7 }, (_, index) => ({
    name: `r${index}`,
    path: `/r${index}`,
    operations: [
      { method: 'GET', path: `/r${index}/search`, does: `lists r${index}`, requires: ['q', 'X-Key'] },
      { method: 'GET', path: `/r${index}`, does: `lists r${index}` },
    ],
  }));
  const pageOf = (resources: typeof groups) =>
    homeAnswer({ title: 'Large', resources, others: [] }, {}, 'http://localhost/api', true).body;
  const large = pageOf(groups);
  it('begins with its contents', () => {
    assert.match(large, /<nav aria-label="On this page" class="contents"><a href="#section-0">r0<\/a> /);
    assert.doesNotMatch(pageOf(groups.slice(0, 6)), /On this page/);
  });
  it('links what can be opened, without an origin', () => {
    assert.match(large, /<a href="\/api\/r3"><code>\/r3<\/code><\/a>/);
    assert.match(large, /<td class="path"><code>\/r3\/search<\/code><\/td><td>lists r3; needs q, X-Key<\/td>/);
  });
  it('shows a command that works', () => assert.match(large, /<code>curl http:\/\/localhost\/api\/r0<\/code>/));
});

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
