/** A page of documents that have certain words, by the help of an index. */
import type { Resource } from '../../model/types.ts';
import { resolveOperand } from '../../query/operand.ts';
import type { Query } from '../../query/types.ts';
import { columnOf, compileSort, type Sql } from './compile.ts';
import type { Row, Statement } from './driver.ts';
import { idColumns, quote, rowNumber, type Table } from './layout.ts';
import { compileSearch, necessaryMatch, rankedMatch, type SearchIndex } from './search-condition.ts';
import type { Sequence } from './sequence.ts';

interface SearchContext {
  readonly resource: Resource;
  readonly table: Table;
  readonly sequence: Sequence;
  readonly statement: (sql: string) => Statement;
  /** What a row consists of. */
  readonly selected: string;
}

/** The rows of the page, and one more if there is one. `indexed`: the columns that have an index. */
export function searchedPage(
  query: Query,
  index: SearchIndex,
  context: SearchContext,
  indexed: ReadonlySet<string>,
): readonly Row[] {
  const { resource, table, statement, selected } = context;
  const order = compileSort(query.sort, resource, table);
  const condition = compileSearch(query.filter, resource, table, index);
  const ranks = query.ranked ? ranksOf(query, index) : undefined;
  const number = quote(rowNumber(table));
  const from =
    ranks === undefined ? quote(table.name) : `${quote(table.name)} LEFT JOIN ${ranks.sql} ON ${number} = "rank.row"`;
  const terms = orderTerms(query, index, context, indexed, order, ranks !== undefined);
  const text = `SELECT ${selected} FROM ${from} WHERE ${condition.sql} ORDER BY ${terms.join(', ')} LIMIT ? OFFSET ?`;
  return statement(text).all(...(ranks?.parameters ?? []), ...condition.parameters, query.limit + 1, query.offset);
}

/**
 * The best come first, those that are not in the index yet last. Else, an order is hidden from the optimiser by a unary
 * plus, so that it begins with what was found, unless that is a good part of all: then the page is full long before all
 * of it would be sorted.
 */
function orderTerms(
  query: Query,
  index: SearchIndex,
  context: SearchContext,
  indexed: ReadonlySet<string>,
  order: readonly string[],
  isRanked: boolean,
): readonly string[] {
  if (isRanked) return ['"rank.value" IS NULL', '"rank.value"', ...order.map((term) => `+${term}`)];
  const match = necessaryMatch(query.filter, index);
  if (match === undefined || (isOrderIndexed(query, context, indexed) && isCommon(match, index, context))) return order;
  return order.map((term) => `+${term}`);
}

function isOrderIndexed({ sort }: Query, { resource, table }: SearchContext, indexed: ReadonlySet<string>): boolean {
  const [first] = sort;
  if (sort.length > 1) return false;
  const column = first === undefined ? idColumns(table)[0] : columnOf(resolveOperand(first.operand, resource), table);
  return column !== undefined && indexed.has(column);
}

/** Counts no further than to where it is. */
function isCommon(match: string, { table }: SearchIndex, { sequence, statement }: SearchContext): boolean {
  const enough = Math.ceil(sequence.rows / 20);
  const name = quote(table);
  const counted = statement(`SELECT count(*) FROM (SELECT 1 FROM ${name} WHERE ${name} MATCH ? LIMIT ?)`);
  return Number(counted.get(match, enough)?.[0]) >= enough;
}

/** BM25 of each row that has some of the words: https://www.sqlite.org/fts5.html#the_bm25_function (smaller is better). */
function ranksOf({ filter }: Query, index: SearchIndex): Sql | undefined {
  const ranked = rankedMatch(filter, index);
  if (ranked === undefined) return undefined;
  const name = quote(index.table);
  const value = `bm25(${[name, ...ranked.weights.map(() => '?')].join(', ')})`;
  const sql = `(SELECT rowid AS "rank.row", ${value} AS "rank.value" FROM ${name} WHERE ${name} MATCH ?)`;
  return { sql, parameters: [...ranked.weights, ranked.match] };
}
