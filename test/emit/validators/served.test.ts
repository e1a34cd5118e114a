/** A server with validators that were compiled ahead never compiles one of its own, whatever a document goes through. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { createApp } from '../../../src/runtime/app.ts';
import type { LogEntry } from '../../../src/runtime/log.ts';
import { createServer } from '../../../src/runtime/server.ts';
import { readSpec } from '../../../src/spec/read.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { corpus } from '../../corpora/descriptions.ts';
import { corporaFolder, withoutCorpora } from '../../corpora/folder.ts';
import { walkResource } from '../../corpora/walk.ts';
import { writtenValidators } from './written.ts';

for (const name of ['ramses-example/example.raml', 'museum-openapi-example', 'stripe.raml', 'petstore-expanded.yaml']) {
  it(name, { skip: withoutCorpora }, async () => {
    const entry = corpus.find(({ file }) => file.includes(name));
    assert.ok(entry);
    const { model } = await readSpec(join(corporaFolder, entry.file), { cache: false });
    assert.ok(model);
    const store = await openSqliteStore(':memory:', model);
    const told: LogEntry[] = [];
    const validators = await writtenValidators(model);
    const app = createApp(model, { store, validators, checkResponses: 'warn', log: (entry) => told.push(entry) });
    const server = createServer(app);
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    const address = server.http.address();
    assert.ok(typeof address === 'object' && address !== null);
    const url = `http://127.0.0.1:${address.port}`;
    for (const [resource, steps] of Object.entries(entry.main)) {
      assert.equal(await walkResource(url, model, resource), steps);
    }
    // Errors too, in the declared form.
    for (const { path } of model.paths)
      await (await fetch(`${url}${path.replace(/\{[^}]*\}/g, 'nobody')}?limit=x`)).text();
    await server.close(0);
    await store.close();
    assert.deepEqual(
      told.filter(({ request }) => request === 'validators'),
      [],
    );
  });
}
