import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { remembering } from '../../src/runtime/remember.ts';

describe('remembering', () => {
  it('makes each result once, even if it is nothing', () => {
    const { make, made } = counted(() => undefined);
    assert.deepEqual([make('a'), make('b'), make('a')], [undefined, undefined, undefined]);
    assert.deepEqual(made, ['a', 'b']);
  });

  it('does not remember errors', () => {
    const { make, made } = counted(() => {
      throw new Error('no');
    });
    assert.throws(() => make('a'), /no/);
    assert.throws(() => make('a'), /no/);
    assert.deepEqual(made, ['a', 'a']);
  });

  it('does not keep what is long', () => {
    const { make, made } = counted((key) => key);
    const long = 'x'.repeat(300);
    assert.deepEqual([make(long), make(long)], [long, long]);
    assert.equal(made.length, 2);
  });

  it('forgets rather than grow', () => {
    const { make, made } = counted((key) => key);
    for (let index = 0; index < 1000; index++) make(String(index));
    assert.equal(make('0'), '0');
    assert.equal(made.length, 1001);
  });
});

function counted<Result>(result: (key: string) => Result) {
  const made: string[] = [];
  const make = remembering((key: string) => {
    made.push(key);
    return result(key);
  });
  return { make, made };
}
