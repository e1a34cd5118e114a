import type { Facts } from '../facts.ts';
import type { LoadGenerator } from '../generator.ts';
import type { Options } from '../options.ts';
import type { Product } from '../product.ts';

/** What cells need that put servers under load. */
export interface CellContext {
  readonly options: Options;
  readonly facts: Facts;
  readonly generator: LoadGenerator;
  readonly product: Product;
  readonly report: (line: string) => void;
}
