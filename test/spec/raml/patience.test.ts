import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Patience } from '../../../src/spec/raml/patience.ts';

/** Uses the processor for a while. */
function work(milliseconds: number): void {
  const start = process.cpuUsage();
  while (process.cpuUsage(start).user / 1000 < milliseconds);
}

/** Whether a limit was reached by the time that `meanwhile` is done. */
async function isReached(patience: Patience, meanwhile: () => void | Promise<void>): Promise<boolean> {
  let reached = false;
  patience.start(() => {
    reached = true;
  });
  await meanwhile();
  await pause(30);
  patience.end();
  return reached;
}

describe('patience', () => {
  test('waiting costs none of it', async () => {
    // V8's own threads still compile what the test has loaded, which is processor time too.
    assert.equal(await isReached(new Patience(400), () => pause(900)), false);
  });

  test('working does', async () => {
    assert.equal(await isReached(new Patience(100), () => work(200)), true);
  });

  test('a process that gets no processor time ends nevertheless', async () => {
    assert.equal(await isReached(new Patience(40), () => pause(400)), true);
  });

  test('what is read earns more of it', async () => {
    const patience = new Patience();
    patience.read(10_000_000);
    assert.equal(await isReached(patience, () => work(3_200)), false);
  });
});
