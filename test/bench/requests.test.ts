import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bookWithId, isbnOf } from '../../bench/books.ts';
import { operations, prepareRequests, randomRange, renewIsbn } from '../../bench/requests.ts';

test('books are the same on every run, about 460 bytes, and unique by ISBN', () => {
  const books = Array.from({ length: 2000 }, (_, index) => bookWithId(index + 1));
  assert.deepEqual(bookWithId(7), bookWithId(7));
  assert.equal(new Set(books.map(({ isbn }) => isbn)).size, books.length);
  const mean = books.reduce((sum, book) => sum + JSON.stringify(book).length, 0) / books.length;
  assert.ok(mean > 420 && mean < 500, `${mean} bytes`);
});

for (const operation of operations) {
  test(`${operation}: requests are well formed, and the same for the same seed`, () => {
    const plan = { operation, dialect: 'express', rows: 1000, seed: 3, variety: 500 } as const;
    const requests = prepareRequests(plan);
    assert.deepEqual(requests, prepareRequests(plan));
    assert.notDeepEqual(requests, prepareRequests({ ...plan, seed: 4 }));
    for (const { bytes } of requests) {
      const [head = '', body = ''] = bytes.toString().split('\r\n\r\n');
      assert.match(head, /^(GET|POST|PATCH) \/books(\/\d+|\?\S+)? HTTP\/1.1\r\nHost: /);
      const declared = /Content-Length: (\d+)/.exec(head)?.[1];
      assert.equal(declared, body === '' ? undefined : String(Buffer.byteLength(body)));
      if (body !== '') JSON.parse(body);
    }
  });
}

test('a create gets a fresh ISBN and stays whole', () => {
  const [request] = prepareRequests({ operation: 'post', dialect: 'cartouche', rows: 10, seed: 1, variety: 1 });
  assert.ok(request);
  renewIsbn(request, 77);
  const body = JSON.parse(request.bytes.toString().split('\r\n\r\n')[1] ?? '');
  assert.equal(body.isbn, isbnOf(77));
  assert.equal(body.id, undefined);
});

test('mix is 80 / 15 / 5', () => {
  const requests = prepareRequests({ operation: 'mix', dialect: 'express', rows: 1000, seed: 1, variety: 20_000 });
  const share = (start: string) => requests.filter(({ bytes }) => bytes.toString().startsWith(start)).length / 20_000;
  for (const [start, expected] of [
    ['GET /books/', 0.8],
    ['GET /books?', 0.15],
    ['PATCH', 0.05],
  ] as const) {
    assert.ok(Math.abs(share(start) - expected) < 0.01, `${start}: ${share(start)}`);
  }
});

for (const share of [0.001, 0.05, 0.5]) {
  test(`a range of ${share * 100} % holds that share of the books`, () => {
    const books = Array.from({ length: 20_000 }, (_, index) => bookWithId(index + 1));
    const { from, to } = randomRange(share, () => 0.4);
    const held = books.filter(({ pages }) => pages >= from && pages <= to).length / books.length;
    assert.ok(Math.abs(held - share) < 0.1 * share + 0.0005, `${held}`);
  });
}
