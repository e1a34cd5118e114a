/**
 * A range filter with another sort, from narrow to wide, as the store answers it and as SQLite does when it is forced to
 * either plan: take the range and sort it, or walk the sort order and test. The wrong plan costs a hundred times more, so
 * the store must choose per query. In the process, without HTTP, which would hide the difference.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RangeTimes } from '../ours/ranges.ts';
import { prepareData } from '../prepared-data.ts';
import { runScript } from '../run-script.ts';
import type { CellContext } from './context.ts';

export async function measureRanges(
  { options, facts, product, report }: Omit<CellContext, 'generator'>,
  folder: string,
): Promise<void> {
  if (!options.only.has('ranges')) return;
  const own = join(folder, 'ranges');
  mkdirSync(own);
  const data = await prepareData(product, own, Math.max(...options.rows));
  const printed = await runScript('ours/ranges', [product.books, data.product, String(options.rounds)]);
  const times: RangeTimes = JSON.parse(printed);
  for (const [name, microseconds] of Object.entries(times)) facts.record(`ranges/${name}`, microseconds);
  report('ranges');
}
