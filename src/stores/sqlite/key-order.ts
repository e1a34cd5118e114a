/**
 * Keys in the order of their texts, which is that of every index, for tables that have integers for keys and order them
 * by size: 1, 10, 2. To sort them all for each page would take as long as all the rest.
 *
 * Integers of as many digits are in the order of their texts already (negative ones backwards), so that the order is made
 * of as many runs along the primary key as there are lengths.
 */
import { quote, type Table } from './layout.ts';

export interface KeyRange {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/**
 * Queries for the keys behind a key (`undefined`: all), of at most `limit` each. The first `limit` of what they find are
 * the first there are.
 */
export function keyRanges(table: Table, after: string | undefined, limit: number): readonly KeyRange[] {
  const key = table.key === 'text' ? '"key"' : 'CAST("key" AS TEXT)';
  const from = `SELECT ${key} FROM ${quote(table.name)}`;
  const end = `LIMIT ${limit}`;
  if (table.key === 'text') {
    if (after === undefined) return [{ sql: `${from} ORDER BY "key" ${end}`, parameters: [] }];
    return [{ sql: `${from} WHERE "key" > ? ORDER BY "key" ${end}`, parameters: [after] }];
  }
  return lengths.flatMap((length) => [
    ...rangeOf(smallestBehind(length, '-', after), length).map(({ first, last }) => ({
      sql: `${from} WHERE "key" BETWEEN -CAST(? AS INTEGER) AND -CAST(? AS INTEGER) ORDER BY "key" DESC ${end}`,
      parameters: [last, first],
    })),
    ...rangeOf(smallestBehind(length, '', after), length).map(({ first, last }) => ({
      sql: `${from} WHERE "key" BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER) ORDER BY "key" ${end}`,
      parameters: [first, last],
    })),
  ]);
}

/** `Rows` takes keys of up to 18 digits. */
const lengths = Array.from({ length: 18 }, (_, at) => at + 1);

/** The smallest number of that many digits whose text, behind that sign, comes after a key. */
function smallestBehind(length: number, sign: '' | '-', after: string | undefined): bigint {
  // Zero has no sign.
  const smallest = length === 1 && sign === '' ? 0n : 10n ** BigInt(length - 1);
  if (after === undefined) return smallest;
  // `-` comes before all digits.
  if (sign === '-' && !after.startsWith('-')) return 10n ** BigInt(length);
  if (sign === '' && after.startsWith('-')) return smallest;
  const digits = after.slice(sign.length);
  const behind =
    length <= digits.length
      ? BigInt(digits.slice(0, length)) + 1n
      : BigInt(digits) * 10n ** BigInt(length - digits.length);
  return behind > smallest ? behind : smallest;
}

function rangeOf(first: bigint, length: number): readonly { readonly first: string; readonly last: string }[] {
  const last = 10n ** BigInt(length) - 1n;
  return first > last ? [] : [{ first: String(first), last: String(last) }];
}
