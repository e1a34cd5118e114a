import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workerLocation } from '../../../src/spec/raml/worker-location.ts';

for (const bundle of ['file:///app/dist/cli.cjs', 'file:///app/dist/index.js', 'file:///C:/app/dist/index.js']) {
  test(`${bundle} finds the worker beside itself`, () => {
    const { entry, eval: isScript } = workerLocation(bundle);
    assert.equal(String(entry), bundle.replace(/[^/]+$/, 'raml-worker.cjs'));
    assert.equal(isScript, false);
  });
}

test('TypeScript registers tsx and runs worker.ts', () => {
  const { entry, eval: isScript } = workerLocation('file:///app/src/spec/raml/worker-location.ts');
  assert.match(String(entry), /tsx/);
  assert.match(String(entry), /"file:\/\/\/app\/src\/spec\/raml\/worker\.ts"/);
  assert.equal(isScript, true);
});

test('a file that was compiled by itself runs the worker beside it', () => {
  const { entry, eval: isScript } = workerLocation('file:///app/dist/spec/raml/worker-location.js');
  assert.equal(String(entry), 'file:///app/dist/spec/raml/worker.js');
  assert.equal(isScript, false);
});
