/** Opens Cartouche's database of the books' description, as `serve` does. */
import { resolve } from 'node:path';
import { readSpec } from '../../src/spec/read.ts';
import type { Store } from '../../src/stores/contract.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';

export async function openBooks(description: string, data: string): Promise<Store> {
  const { model, diagnostics } = await readSpec(resolve(description));
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return openSqliteStore(data, { resources: model.resources });
}
