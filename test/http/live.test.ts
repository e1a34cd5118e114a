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

const specs = fileURLToPath(new URL('../../specs/', import.meta.url));

interface Setting {
  readonly spec: string;
  readonly open: (model: ApiModel, folder: string) => Promise<Store>;
  readonly basePath?: string;
}

const inMemory: Setting['open'] = (model) => openMemoryStore(model);
const inSqlite: Setting['open'] = (model, folder) => openSqliteStore(join(folder, 'books.db'), model);

const settings: readonly Setting[] = [
  { spec: 'bookstore.raml', open: inMemory },
  { spec: 'bookstore.raml', open: inSqlite },
  { spec: 'bookstore.raml', open: inMemory, basePath: '/shop/v1' },
  { spec: 'bookstore.openapi.yaml', open: inSqlite },
];

for (const { spec, open, basePath = '' } of settings) {
  describe(`${spec} ${open === inMemory ? 'in memory' : 'in SQLite'} below "${basePath}/"`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'cartouche-http-'));
    let store: Store | undefined;
    let server: ApiServer | undefined;
    let url = '';

    before(async () => {
      const { model } = await readSpec(join(specs, spec));
      if (!model) throw new Error(`${spec} cannot be read`);
      store = await open(model, folder);
      const description = [{ path: spec, text: readFileSync(join(specs, spec), 'utf8') }];
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
