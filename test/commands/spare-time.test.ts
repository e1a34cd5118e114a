import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSpareTime } from '../../src/commands/serve/spare-time.ts';

test('what nobody waits for is done after a while, or at the end, and once', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const done = { text: '' };
  const spareTime = createSpareTime(1000);
  spareTime.add(() => {
    done.text += 'a';
  });
  context.mock.timers.tick(5000);
  assert.equal(done.text, '');
  spareTime.begin();
  context.mock.timers.tick(999);
  assert.equal(done.text, '');
  context.mock.timers.tick(1);
  assert.equal(done.text, 'a');
  spareTime.add(() => {
    done.text += 'b';
  });
  spareTime.end();
  spareTime.end();
  assert.equal(done.text, 'ab');
});
