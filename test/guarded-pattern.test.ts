import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compilePattern } from '../src/guarded-pattern.ts';

describe('a pattern of a description', () => {
  it('is a regular expression', () => {
    assert.equal(compilePattern('^[0-9]{3}$').test('123'), true);
    assert.equal(compilePattern('^[0-9]{3}$').test('12x'), false);
    assert.equal(compilePattern('^\\p{Lu}').test('Ä'), true);
  });

  it('may be invalid under the u flag', () => {
    assert.equal(compilePattern('^[\\w\\-]+$').test('a-b'), true);
  });

  const explosive: readonly [source: string, text: string][] = [
    ['^(a+)+$', `${'a'.repeat(40)}!`],
    ['^(a|a)*$', `${'a'.repeat(40)}!`],
    ['^(?:(?:a*)*)*$', `${'a'.repeat(40)}!`],
    ['^([a-z]+\\.?)+@$', 'a'.repeat(60)],
    ['\\s+$', `${' '.repeat(200_000)}x`],
  ];
  for (const [source, text] of explosive) {
    it(`${source} cannot hang the server`, { timeout: 5_000 }, () => {
      const started = performance.now();
      assert.equal(compilePattern(source).test(text), false);
      assert.ok(performance.now() - started < 1_500);
    });
  }

  it('still matches where it nests repetitions', () => {
    assert.equal(compilePattern('^(a+)+$').test('aaaa'), true);
  });
});
