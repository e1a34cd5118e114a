/**
 * What queries cost beside a read of one item, in a small table and in a large one, in the process, without HTTP: a
 * filtered and sorted page, the first and the last page by cursor, a search with 100 hits, and items while another thread
 * scans.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryCosts } from '../ours/queries.ts';
import { prepareData } from '../prepared-data.ts';
import { runScript } from '../run-script.ts';
import type { CellContext } from './context.ts';

export async function measureQueries(
  { options, facts, product, report }: Omit<CellContext, 'generator'>,
  folder: string,
): Promise<void> {
  if (!options.only.has('queries')) return;
  for (const rows of new Set([Math.min(...options.rows), Math.max(...options.rows)])) {
    const own = join(folder, `queries-${rows}`);
    mkdirSync(own);
    const data = await prepareData(product, own, rows);
    const printed = await runScript('ours/queries', [product.books, data.product, String(options.rounds)]);
    const costs: QueryCosts = JSON.parse(printed);
    for (const [name, values] of Object.entries(costs)) facts.record(`queries/${rows}/${name}`, values);
    report(`queries, ${rows} rows`);
  }
}
