import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuSecondsOf, memoryOf, parseCpuSeconds, parseMemory } from '../../bench/measure/process-files.ts';
import { summarise } from '../../bench/measure/statistics.ts';

test('CPU time is read behind a name with spaces and parentheses', () => {
  const stat = '42 (a) b (c)) S 1 42 42 0 -1 4194560 100 0 0 0 150 25 0 0 20 0 11 0 100 1000 100';
  assert.equal(parseCpuSeconds(stat), 1.75);
});

test('CPU time of a process grows by what it works, and no more', () => {
  const [before, own] = [cpuSecondsOf(process.pid), process.cpuUsage()];
  let sum = 0;
  for (let step = 0; step < 1e8; step++) sum += step;
  const spent = cpuSecondsOf(process.pid) - before;
  const { user, system } = process.cpuUsage(own);
  assert.ok(sum > 0 && Math.abs(spent - (user + system) / 1e6) < 0.1, `${spent} s`);
});

test('memory', () => {
  assert.deepEqual(parseMemory('Name:\tnode\nVmHWM:\t   20480 kB\nVmRSS:\t   10240 kB\n'), {
    residentMb: 10,
    peakMb: 20,
  });
  assert.ok(memoryOf(process.pid).residentMb > 20);
});

for (const [values, median, spread] of [
  [[3], 3, 0],
  [[4, 1, 2], 2, 1.5],
  [[10, 20], 15, 10 / 15],
] as const) {
  test(`median and spread of ${values.join(', ')}`, () => {
    assert.deepEqual(summarise(values), { median, spread });
  });
}

test('nothing has no median', () => {
  assert.throws(() => summarise([]), RangeError);
});
