/**
 * Limits that exclude each other: `minimum: 10` beside `maximum: 3`. Valid, and no value fits.
 */
import { isObject, own } from '../record.ts';

const PAIRS = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

export interface ImpossibleRange {
  readonly lower: string;
  readonly upper: string;
  readonly message: string;
}

/** The first such pair of a schema, or of anything that has keywords of these names. */
export function impossibleRange(schema: unknown): ImpossibleRange | undefined {
  if (!isObject(schema)) return undefined;
  for (const [lower, upper] of PAIRS) {
    const least = own(schema, lower);
    if (typeof least !== 'number') continue;
    const most = own(schema, upper);
    if (typeof most !== 'number' || least <= most) continue;
    return { lower, upper, message: `No value fits: "${lower}" is ${least}, and "${upper}" is ${most}.` };
  }
  return undefined;
}
