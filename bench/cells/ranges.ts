/**
 * A range filter with another sort, from narrow to wide, as the store answers it and as SQLite does when it is forced to
 * either plan: take the range and sort it, or walk the sort order and test. The wrong plan costs a hundred times more, so
 * the store must choose per query. In the process, without HTTP, which would hide the difference.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../facts.ts';
import type { Options } from '../options.ts';
import type { RangeTimes } from '../ours/ranges.ts';
import { prepareData } from '../prepared-data.ts';
import type { Product } from '../product.ts';
import { runScript } from '../run-script.ts';

interface Context {
  readonly options: Options;
  readonly facts: Facts;
  readonly product: Product;
  readonly report: (line: string) => void;
}

export async function measureRanges({ options, facts, product, report }: Context, folder: string): Promise<void> {
  if (!options.only.has('ranges')) return;
  const own = join(folder, 'ranges');
  mkdirSync(own);
  const data = await prepareData(product, own, Math.max(...options.rows));
  const printed = await runScript('ours/ranges', [product.books, data.product, String(options.rounds)]);
  const times: RangeTimes = JSON.parse(printed);
  for (const [name, microseconds] of Object.entries(times)) facts.record(`ranges/${name}`, microseconds);
  report('ranges');
}
