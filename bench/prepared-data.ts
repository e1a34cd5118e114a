/** Database files full of books, made once per number of rows and copied for each peer, since writes change them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Product, serveCommand } from './product.ts';
import { runScript } from './run-script.ts';
import { startServer } from './server.ts';

export interface PreparedData {
  readonly folder: string;
  readonly baseline: string;
  readonly product: string;
}

export async function prepareData(product: Product, folder: string, rows: number): Promise<PreparedData> {
  mkdirSync(folder, { recursive: true });
  const data = { folder, baseline: join(folder, 'baseline.db'), product: join(folder, 'product.db') };
  await runScript('baselines/fill', [data.baseline, String(rows)]);
  // The product makes its own file, so that the tables are those of its first start; then the books go in in bulk.
  const server = await startServer(
    (port) => serveCommand(product, { description: product.books, data: data.product, port }),
    '/books',
  );
  await server.stop();
  await runScript('ours/fill', [product.books, data.product, String(rows)]);
  return data;
}
