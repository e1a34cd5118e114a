/** A page of documents that have certain words, by the help of an index. */
import type { Resource } from '../../model/types.ts';
import { resolveOperand } from '../../query/operand.ts';
import type { Query } from '../../query/types.ts';
import { columnOf, compileRelevance, compileSort, type Sql } from './compile.ts';
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
  const ranks = query.ranked && query.measure === 'bm25' ? ranksOf(query, index) : undefined;
  const best = query.ranked && ranks === undefined ? compileRelevance(query.filter, resource, table) : undefined;
  const match = necessaryMatch(query.filter, index);
  const isNeeded = match !== undefined;
  // A good part of all documents: the page is full long before all of them would be found.
  const isCommon =
    !query.ranked && isNeeded && isOrderIndexed(query, context, indexed) && isFrequent(match, index, context);
  const condition = compileSearch(query.filter, resource, table, index, isCommon ? 'probe' : 'whole');
  // Hidden from the optimiser by a unary plus, so that it begins with what was found.
  const terms = isCommon || !isNeeded ? order : order.map((term) => `+${term}`);
  const page = `WHERE ${condition.sql} ORDER BY ${[...(ranks?.order ?? []), ...(best ? [best.sql] : []), ...terms].join(', ')} LIMIT ? OFFSET ?`;
  const text = `${ranks?.sql ?? ''}SELECT ${selected} FROM ${ranks === undefined ? quote(table.name) : joined(table, isNeeded && isWhole(index))} ${page}`;
  return statement(text).all(
    ...(ranks?.parameters ?? []),
    ...condition.parameters,
    ...(best?.parameters ?? []),
    query.limit + 1,
    query.offset,
  );
}

/** Where each document of the page has a rank, the best plan is to begin with those that have one. */
function joined(table: Table, isRanked: boolean): string {
  const number = quote(rowNumber(table));
  const name = quote(table.name);
  return isRanked
    ? `"cartouche_ranks" CROSS JOIN ${name} ON ${number} = "rank.row"`
    : `${name} LEFT JOIN "cartouche_ranks" ON ${number} = "rank.row"`;
}

/**
 * By what a page is ordered. What is not in the index yet has no rank that could be compared with those of the others, so
 * that BM25 has to wait for all; but a search that has begun by one measure goes on by it, or its pages would repeat some
 * documents and skip others. What was written since comes last then.
 */
export function measureOf({ filter, measure }: Query, index: SearchIndex | undefined): 'bm25' | 'share' {
  if (measure === 'share' || index?.builtTo !== undefined) return 'share';
  if (index === undefined || rankedMatch(filter, index) === undefined) return 'share';
  return measure === 'bm25' || isWhole(index) ? 'bm25' : 'share';
}

function isWhole({ builtTo, late }: SearchIndex): boolean {
  return builtTo === undefined && late === undefined;
}

function isOrderIndexed({ sort }: Query, { resource, table }: SearchContext, indexed: ReadonlySet<string>): boolean {
  const [first] = sort;
  if (sort.length > 1) return false;
  const column = first === undefined ? idColumns(table)[0] : columnOf(resolveOperand(first.operand, resource), table);
  return column !== undefined && indexed.has(column);
}

/** Counts no further than to where it is. */
function isFrequent(match: string, { table }: SearchIndex, { sequence, statement }: SearchContext): boolean {
  const enough = Math.ceil(sequence.rows / 20);
  const name = quote(table);
  const counted = statement(`SELECT count(*) FROM (SELECT 1 FROM ${name} WHERE ${name} MATCH ? LIMIT ?)`);
  return Number(counted.get(match, enough)?.[0]) >= enough;
}

/**
 * BM25 of each row that has some of the words (https://www.sqlite.org/fts5.html#the_bm25_function; smaller is better), in a
 * table of its own: asked row by row, FTS5 would count all documents each time.
 */
function ranksOf({ filter }: Query, index: SearchIndex): (Sql & { readonly order: readonly string[] }) | undefined {
  const ranked = rankedMatch(filter, index);
  if (ranked === undefined) return undefined;
  const name = quote(index.table);
  const value = `bm25(${[name, ...ranked.weights.map(() => '?')].join(', ')})`;
  const ranks = `SELECT rowid AS "rank.row", ${value} AS "rank.value" FROM ${name} WHERE ${name} MATCH ?`;
  return {
    sql: `WITH "cartouche_ranks" AS MATERIALIZED (${ranks}) `,
    parameters: [...ranked.weights, ranked.match],
    order: ['"rank.value" IS NULL', '"rank.value"'],
  };
}
