import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSpareTime } from '../../src/commands/serve/spare-time.ts';

test('what nobody waits for is done after a while, or at the end, and once', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const done: string[] = [];
  const spareTime = createSpareTime(1000);
  spareTime.add(() => done.push('a'));
  context.mock.timers.tick(5000);
  assert.deepEqual(done, []);
  spareTime.begin();
  context.mock.timers.tick(999);
  assert.deepEqual(done, []);
  context.mock.timers.tick(1);
  assert.deepEqual(done, ['a']);
  spareTime.add(() => done.push('b'));
  spareTime.end();
  spareTime.end();
  assert.deepEqual(done, ['a', 'b']);
});
