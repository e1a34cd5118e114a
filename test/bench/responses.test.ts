import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResponseReader } from '../../bench/responses.ts';

const reply = 'HTTP/1.1 200 OK\r\nDate: today\r\ncontent-length: 5\r\n\r\nhello';

test('a reply is whole at its last byte, wherever the chunks break', () => {
  for (let first = 1; first < reply.length; first++) {
    const reader = new ResponseReader();
    for (let repeat = 0; repeat < 2; repeat++) {
      assert.equal(take(reader, reply.slice(0, first)), false, `whole after ${first} bytes`);
      assert.equal(take(reader, reply.slice(first)), true, `not whole, broken at ${first}`);
      assert.equal(reader.status, 200);
    }
  }
});

test('only the given length of a chunk counts', () => {
  const reader = new ResponseReader();
  assert.equal(reader.take(Buffer.from(`${reply}left over from before`), reply.length), true);
});

test('204 has no body', () => {
  assert.equal(take(new ResponseReader(), 'HTTP/1.1 204 No Content\r\nDate: today\r\n\r\n'), true);
});

test('what was refused can be reported', () => {
  const reader = new ResponseReader();
  take(reader, 'HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno');
  assert.equal(reader.status, 404);
  assert.match(reader.refusal, /404 Not Found/);
});

test('a reply without a length, and one that is too long, are refused', () => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  assert.throws(() => take(new ResponseReader(), chunked), /no Content-Length/);
  assert.throws(() => take(new ResponseReader(), `${reply}!`), /longer than its Content-Length/);
});

function take(reader: ResponseReader, text: string): boolean {
  return reader.take(Buffer.from(text), text.length);
}
