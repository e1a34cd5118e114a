import type { SchemaObject } from '../model/description.ts';
import type { Random } from './random.ts';
import { plausibleRange } from './words.ts';

/** A number within its bounds, near what its name suggests, with few decimals. `undefined` when the bounds are empty. */
export function numberValue(keywords: SchemaObject, name: string, random: Random, whole: boolean): number | undefined {
  const step = stepOf(keywords.multipleOf, whole);
  const { from, to, decimals } = rangeOf(keywords, name, whole);
  if (step !== undefined) return multiple(step, from, to, random);
  const scale = 10 ** decimals;
  const text = (from + (random.below(10_001) / 10_000) * (to - from)).toFixed(decimals);
  const value = Number(text);
  if (value >= from && value <= to && isInside(keywords, value)) return value;
  const middle = (from + to) / 2;
  const rounded = Math.round(middle * scale) / scale;
  return [rounded, middle, from, to].find((candidate) => isInside(keywords, candidate));
}

function stepOf(multipleOf: unknown, whole: boolean): number | undefined {
  const declared = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : undefined;
  if (!whole) return declared;
  if (declared === undefined) return 1;
  for (let factor = 1; factor <= 1000; factor++) {
    if (Number.isInteger(Number((declared * factor).toFixed(10)))) return Number((declared * factor).toFixed(10));
  }
  return 1;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly decimals: number;
}

/** The name's usual range where the bounds allow it, else what the bounds allow, at most 1000 wide. */
function rangeOf(keywords: SchemaObject, name: string, whole: boolean): Range {
  const usual = plausibleRange(name);
  const low = Math.max(number(keywords.minimum) ?? -Infinity, above(number(keywords.exclusiveMinimum), whole));
  const high = Math.min(number(keywords.maximum) ?? Infinity, below(number(keywords.exclusiveMaximum), whole));
  const from = Math.max(low, usual.from);
  const to = Math.min(high, usual.to);
  // Where both only touch, the one number left may be a bound that is excluded.
  if (from < to || (from === to && isInside(keywords, from))) return { from, to, decimals: usual.decimals };
  if (low === -Infinity) return { from: high - 1000, to: high, decimals: usual.decimals };
  return { from: low, to: Math.min(high, low + 1000), decimals: usual.decimals };
}

/** The smallest whole number above an exclusive bound; for real numbers the bound itself, checked afterwards. */
function above(bound: number | undefined, whole: boolean): number {
  if (bound === undefined) return -Infinity;
  return whole ? Math.floor(bound) + 1 : bound;
}

function below(bound: number | undefined, whole: boolean): number {
  if (bound === undefined) return Infinity;
  return whole ? Math.ceil(bound) - 1 : bound;
}

/**
 * Rounded to the decimals of the step, so that 0.01 × 1999 is 19.99 and not 19.990000000000002. Validators divide in
 * binary, where 19.99 / 0.01 is no whole number; a multiple that survives this is preferred.
 */
function multiple(step: number, from: number, to: number, random: Random): number | undefined {
  const decimals = decimalsOf(step);
  const first = Math.ceil(Number((from / step).toFixed(6)));
  const last = Math.floor(Number((to / step).toFixed(6)));
  if (first > last) return undefined;
  const count = Math.min(last - first + 1, 1_000_000);
  const start = random.below(count);
  // `+ 0` turns -0 into 0.
  const valueAt = (index: number): number => Number(((first + ((start + index) % count)) * step).toFixed(decimals)) + 0;
  for (let index = 0; index < Math.min(count, 200); index++) {
    if (Number.isInteger(valueAt(index) / step)) return valueAt(index);
  }
  return valueAt(0);
}

function decimalsOf(value: number): number {
  const [, exponent] = /e-(\d+)$/.exec(String(value)) ?? [];
  return exponent === undefined ? (String(value).split('.')[1]?.length ?? 0) : Math.min(100, Number(exponent));
}

function isInside(keywords: SchemaObject, value: number): boolean {
  return (
    value >= (number(keywords.minimum) ?? -Infinity) &&
    value <= (number(keywords.maximum) ?? Infinity) &&
    value > (number(keywords.exclusiveMinimum) ?? -Infinity) &&
    value < (number(keywords.exclusiveMaximum) ?? Infinity)
  );
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
