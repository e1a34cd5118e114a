import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Facts } from '../../bench/facts.ts';
import { goals, judge } from '../../bench/goals.ts';
import { parseOptions } from '../../bench/options.ts';

test('nothing measured, nothing judged', () => {
  assert.deepEqual(judge(new Facts()), []);
});

for (const [ours, met, far] of [
  [20, true, false],
  [30, false, false],
  [50, false, true],
] as const) {
  test(`GET at ${ours} µs where E takes 100: met ${met}, far ${far}`, () => {
    const facts = new Facts();
    facts.record('get/100000/32/express/cpu', [100]);
    facts.record('get/100000/32/cartouche/cpu', [ours]);
    const [verdict, ...others] = judge(facts);
    assert.deepEqual(others, []);
    assert.deepEqual([verdict?.value, verdict?.met, verdict?.far], [100 / ours, met, far]);
  });
}

test('more requests per second are better, too', () => {
  const facts = new Facts();
  facts.record('post/100000/32/express/rate', [1000]);
  facts.record('post/100000/32/cartouche/rate', [2500]);
  assert.deepEqual(
    judge(facts).map(({ value, met }) => [value, met]),
    [[2.5, true]],
  );
});

test('an upper bound is missed above it, and far beyond 125 % of it', () => {
  const facts = new Facts();
  facts.record('memory/idle', [90]);
  facts.record('memory/peak', [300]);
  assert.deepEqual(
    judge(facts).map(({ met, far }) => [met, far]),
    [
      [false, false],
      [false, true],
    ],
  );
});

test('a range is held against the better plan', () => {
  const facts = new Facts();
  facts.record('ranges/5 %/store', [100]);
  facts.record('ranges/5 %/range then sort', [3000]);
  facts.record('ranges/5 %/walk the sort', [80]);
  assert.deepEqual(
    judge(facts).map(({ value, met }) => [value, met]),
    [[1.25, true]],
  );
});

test('every goal has a claim of its own', () => {
  assert.equal(new Set(goals.map(({ claim }) => claim)).size, goals.length);
});

test('options', () => {
  const quick = parseOptions(['--quick', '--only', 'get,start', '--rows', '500']);
  assert.deepEqual([...quick.only], ['get', 'start']);
  assert.deepEqual([quick.rounds, quick.seconds, quick.rows, quick.connections], [3, 1, [500], [1, 32]]);
  assert.equal(parseOptions([]).rounds, 5);
  assert.throws(() => parseOptions(['--only', 'gat']), /there is no cell "gat"/);
  assert.throws(() => parseOptions(['--rounds', 'x']), /--rounds: expected a number/);
  assert.throws(() => parseOptions(['--fast']), /--fast/);
});
