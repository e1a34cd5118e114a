/** Real descriptions, served: each starts, and every step of a document's life works that its description declares. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Diagnostic } from '../../src/diagnostics.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { createApp } from '../../src/runtime/app.ts';
import { createServer } from '../../src/runtime/server.ts';
import { readSpec } from '../../src/spec/read.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { corpus } from './descriptions.ts';
import { corporaFolder, withoutCorpora } from './folder.ts';
import { walkResource } from './walk.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-corpora-'));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const { file, root, main } of corpus) {
  // Read in `before`, so one after the other: sixty parsers at once would take each other's time.
  describe(file, { skip: withoutCorpora }, () => {
    let served: Served;
    before(async () => {
      served = await serve(file, root);
    });
    after(() => served?.close());
    it('has no error that keeps it from being served', () => {
      const errors = served.diagnostics.filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
    });
    it('answers GET /', async () => {
      assert.ok((await fetch(`${served.url}/`)).status < 500);
    });
    for (const [resource, steps] of Object.entries(main)) {
      it(`${resource}: ${steps}`, async () => {
        assert.equal(await walkResource(served.url, served.model, resource), steps);
      });
    }
  });
}

interface Served {
  readonly model: ApiModel;
  readonly diagnostics: readonly Diagnostic[];
  readonly url: string;
  readonly close: () => Promise<void>;
}

async function serve(file: string, root: string | undefined): Promise<Served> {
  const confined = root === undefined ? {} : { root: join(corporaFolder, root) };
  const { model, diagnostics } = await readSpec(join(corporaFolder, file), { cache: false, ...confined });
  assert.ok(model, `${file} is understood`);
  const store = await openSqliteStore(join(mkdtempSync(join(folder, 'data-')), 'data.db'), model);
  const server = createServer(createApp(model, { store }));
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${portOf(server.http.address())}`;
  const close = async () => {
    await server.close(0);
    await store.close();
  };
  return { model, diagnostics, url, close };
}

function portOf(address: AddressInfo | string | null): number {
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}
