import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { factsOf } from '../../src/emit/facts-of.ts';
import { readSpec } from '../../src/spec/read.ts';

test('each operation is told with a phrase, and with a request that can be sent', async () => {
  const { model } = await readSpec(fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url)));
  assert.ok(model);
  const ids = model.bindings.map(({ operation }) => operation);
  const facts = factsOf(model, {
    name: 'bookstore',
    store: 'sqlite',
    port: 3000,
    basePath: '/api',
    descriptionFile: 'bookstore.raml',
    cartouche: '0.1.0',
    routers: [{ file: 'all', operations: ids }],
  });
  const operations = facts.routers.flatMap((router) => router.operations);
  assert.deepEqual(
    operations.map(({ id }) => id),
    ids,
  );
  for (const { id, does, curl } of operations) {
    assert.notEqual(does, '', id);
    const url = curl.find((word) => word.startsWith('http://localhost:3000/api/'));
    assert.ok(url && URL.canParse(url) && !/[{}]/.test(url), `${id}: ${curl.join(' ')}`);
    const body = curl[curl.indexOf('-d') + 1];
    if (curl.includes('-d')) JSON.parse(body ?? '');
  }
});
