import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ApiError } from '../../../src/errors.ts';
import { createRouter } from '../../../src/runtime/routing/router.ts';

const paths = [
  '/',
  '/books',
  '/books/new',
  '/books/{isbn}',
  '/books/{isbn}.json',
  '/books/{isbn}/reviews/{id}',
  '/books/new/drafts',
  '/map/{lat},{lng}',
  '/compare/{base}...{head}',
  '/export{mediaTypeExtension}',
  '/café/{name}',
  '/files/{+path}',
  '/files/list',
  '/__proto__/{constructor}',
];

const requests: Readonly<Record<string, readonly [path: string, ...values: string[]] | undefined>> = {
  '/': ['/'],
  '/books': ['/books'],
  '/books/': ['/books'],
  '/books/new': ['/books/new'],
  '/books/9': ['/books/{isbn}', '9'],
  '/books/9.json': ['/books/{isbn}.json', '9'],
  '/books/.json': ['/books/{isbn}', '.json'],
  '/books/new/reviews/1': ['/books/{isbn}/reviews/{id}', 'new', '1'],
  '/books/9.json/reviews/1': ['/books/{isbn}/reviews/{id}', '9.json', '1'],
  '/books/new/drafts': ['/books/new/drafts'],
  '/books//reviews/1': undefined,
  '/books/9/reviews': undefined,
  '/Books': undefined,
  '//books': undefined,
  '/map/1.5,-2': ['/map/{lat},{lng}', '1.5', '-2'],
  '/map/1.5': undefined,
  '/compare/a...b...c': ['/compare/{base}...{head}', 'a', 'b...c'],
  '/export': ['/export{mediaTypeExtension}', ''],
  '/export.xml': ['/export{mediaTypeExtension}', '.xml'],
  '/caf%C3%A9/a%2Fb': ['/café/{name}', 'a/b'],
  '/files/list': ['/files/list'],
  '/files/a/b%20c': ['/files/{+path}', 'a/b c'],
  '/__proto__/x': ['/__proto__/{constructor}', 'x'],
  '/constructor': undefined,
};

describe('the router', () => {
  const router = createRouter<string>();
  for (const path of paths) router.add(path, 'GET', () => path);

  for (const [path, expected] of Object.entries(requests)) {
    it(`${path} ${expected ? `is ${expected[0]}` : 'is nothing'}`, () => {
      const match = router.match(path);
      assert.deepEqual(match && [match.place.methods.get('GET')?.value, ...match.values], expected);
    });
  }

  it('refuses what cannot be decoded', () => {
    assert.throws(
      () => router.match('/books/%zz'),
      (error) => error instanceof ApiError && error.code === 'malformed-path',
    );
  });

  it('keeps the names of each method of one place', () => {
    const shared = createRouter<number>();
    shared.add('/a/{x}', 'GET', () => 1);
    shared.add('/a/{y}', 'PUT', () => 2);
    shared.add('/a/{z}', 'PUT', () => 3);
    const methods = shared.match('/a/1')?.place.methods;
    assert.deepEqual(methods?.get('GET'), { value: 1, parameters: ['x'] });
    assert.deepEqual(methods?.get('PUT'), { value: 2, parameters: ['y'] });
  });

  it('makes nothing of what nobody comes near', () => {
    const made: string[] = [];
    const late = createRouter<string>();
    for (const path of ['/a', '/a/{id}', '/b', '/%62/{id}', '/b']) {
      late.add(path, 'GET', () => {
        made.push(path);
        return path;
      });
    }
    assert.deepEqual(made, []);
    assert.equal(late.match('/c'), undefined);
    assert.deepEqual(made, []);
    assert.equal(late.match('/b/1')?.place.methods.get('GET')?.value, '/%62/{id}');
    assert.equal(late.match('/%62')?.place.methods.get('GET')?.value, '/b');
    assert.deepEqual(made, ['/b', '/%62/{id}']);
  });

  it('finds any id in any of a thousand places', () => {
    const large = createRouter<number>();
    for (let index = 0; index < 1_000; index++) large.add(`/r${index}/{id}`, 'GET', () => index);
    fc.assert(
      fc.property(fc.nat(999), fc.string({ minLength: 1, unit: 'grapheme' }), (index, id) => {
        const match = large.match(`/r${index}/${encodeURIComponent(id)}`);
        assert.equal(match?.place.methods.get('GET')?.value, index);
        assert.deepEqual(match?.values, [id]);
      }),
    );
  });
});
