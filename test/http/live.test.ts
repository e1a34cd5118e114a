import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createApp, createServer, openSqliteStore, readSpec, type Store } from '../../src/index.ts';
import type { ApiModel } from '../../src/model/types.ts';
import type { ApiServer } from '../../src/runtime/server.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';
import { scenarios } from './scenarios.ts';
import { runScenarios } from './suite.ts';

const file = fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url));

interface Setting {
  readonly open: (model: ApiModel, folder: string) => Promise<Store>;
  readonly basePath?: string;
}

const settings: Readonly<Record<string, Setting>> = {
  memory: { open: (model) => openMemoryStore(model) },
  'memory, below a base path': { open: (model) => openMemoryStore(model), basePath: '/shop/v1' },
  sqlite: { open: (model, folder) => openSqliteStore(join(folder, 'books.db'), model) },
};

for (const [name, { open, basePath = '' }] of Object.entries(settings)) {
  describe(`specs/bookstore.raml, ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'cartouche-http-'));
    let store: Store | undefined;
    let server: ApiServer | undefined;
    let url = '';

    before(async () => {
      const { model } = await readSpec(file);
      if (!model) throw new Error(`${file} cannot be read`);
      store = await open(model, folder);
      const description = [{ path: 'bookstore.raml', text: readFileSync(file, 'utf8') }];
      server = createServer(createApp(model, { store, description, basePath }));
      url = (await listen(server)) + basePath;
    });
    after(async () => {
      await server?.close();
      await store?.close();
      rmSync(folder, { recursive: true });
    });

    runScenarios('every scenario', scenarios, () => url);
  });
}

function listen({ http }: ApiServer): Promise<string> {
  return new Promise((resolve, reject) => {
    http.on('error', reject);
    http.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${portOf(http.address())}`));
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
}
