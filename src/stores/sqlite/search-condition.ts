/**
 * A filter with `words` as SQL, by the help of an index. What is not in the index yet is looked through text by text, so
 * that an answer never depends on how far the index has come.
 */
import type { Resource } from '../../model/types.ts';
import { hasWords, soughtWords, type WordsFilter } from '../../query/relevance.ts';
import type { Filter } from '../../query/types.ts';
import { compileFilter, type Sql } from './compile.ts';
import { quote, rowNumber, type Table } from './layout.ts';

/** An index as it is at this moment. */
export interface SearchIndex {
  /** The FTS5 table. */
  readonly table: string;
  /** The column of a field, by its path. */
  readonly columns: ReadonlyMap<string, string>;
  /** The last row number, in digits, that building has come to; absent: all rows were reached. */
  readonly builtTo?: string;
  /** The keys of documents that were written since, as a JSON list; absent: there are none. */
  readonly late?: string;
}

/** How rows are held against the index: all that it finds at once, or each row for itself, where the page is soon full. */
type Use = 'whole' | 'probe';

/** `compileFilter`, with an index where there is one. */
export function compileSearch(
  filter: Filter,
  resource: Resource,
  table: Table,
  index: SearchIndex | undefined,
  use: Use = 'whole',
): Sql {
  if (index === undefined || !hasWords(filter)) return compileFilter(filter, resource, table);
  const compile = (each: Filter): Sql => compileSearch(each, resource, table, index, use);
  const match = matchOf(filter, index);
  if (match !== undefined) return found(match, compileFilter(filter, resource, table), table, index, use);
  switch (filter.kind) {
    case 'not': {
      const { sql, parameters } = compile(filter.filter);
      return { sql: `(${sql}) IS NOT TRUE`, parameters };
    }
    case 'and':
    case 'or': {
      const [together, others] = partOf(filter, index);
      if (together !== undefined && matchOf(together, index) === undefined) {
        return compileFilter(filter, resource, table);
      }
      const parts = (together === undefined ? others : [together, ...others]).map(compile);
      return {
        sql: `(${parts.map(({ sql }) => sql).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`,
        parameters: parts.flatMap(({ parameters }) => parameters),
      };
    }
    default:
      return compileFilter(filter, resource, table);
  }
}

/** An FTS5 expression that every document of the filter answers to; `undefined` where no index can tell. */
export function necessaryMatch(filter: Filter, index: SearchIndex): string | undefined {
  const match = matchOf(filter, index);
  if (match !== undefined || filter.kind !== 'and') return match;
  const [together] = partOf(filter, index);
  return together && matchOf(together, index);
}

/** An FTS5 expression for everything that counts for the order by relevance, and how much each column counts. */
export function rankedMatch(
  filter: Filter,
  index: SearchIndex,
): { readonly match: string; readonly weights: readonly number[] } | undefined {
  const sought = soughtWords(filter);
  const match = matchOf({ kind: 'or', filters: sought }, index);
  if (match === undefined) return undefined;
  const weights = new Map<string, number>();
  for (const { fields } of sought) {
    for (const { path, weight } of fields) weights.set(path, Math.max(weight, weights.get(path) ?? 0));
  }
  return { match, weights: Array.from(index.columns.keys(), (path) => weights.get(path) ?? 0) };
}

/** Those parts of a filter that one FTS5 expression says, and the others. */
function partOf(
  filter: Extract<Filter, { readonly kind: 'and' | 'or' }>,
  index: SearchIndex,
): readonly [Filter | undefined, readonly Filter[]] {
  const parts = filter.filters.flatMap((part) => (part.kind === filter.kind ? part.filters : [part]));
  const isSaid = (part: Filter): boolean => matchOf(part, index) !== undefined;
  const isDenied = (part: Filter): boolean => filter.kind === 'and' && part.kind === 'not' && isSaid(part.filter);
  // FTS5 can only take away from what it has found.
  const together = parts.some(isSaid) ? parts.filter((part) => isSaid(part) || isDenied(part)) : [];
  const others = parts.filter((part) => !together.includes(part));
  const [only] = together;
  return [together.length > 1 ? { kind: filter.kind, filters: together } : only, others];
}

/** FTS5's parser has a stack of 100, and nobody asks for so many things at once. */
const deepest = 8;
const mostTerms = 500;

/**
 * A filter as an FTS5 expression that finds exactly its documents; `undefined` if there is none. Only words of ours and
 * our names of columns come into it.
 */
function matchOf(filter: Filter, index: SearchIndex, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  switch (filter.kind) {
    case 'words':
      return termOf(filter, index);
    case 'and': {
      const wanted = matchesOf(
        filter.filters.filter(({ kind }) => kind !== 'not'),
        index,
        depth,
      );
      const denied = matchesOf(
        filter.filters.flatMap((each) => (each.kind === 'not' ? [each.filter] : [])),
        index,
        depth,
      );
      if (wanted === undefined || denied === undefined || wanted.length === 0) return undefined;
      const all = wanted.join(' AND ');
      return denied.length === 0 ? all : `(${all}) NOT (${denied.join(' OR ')})`;
    }
    case 'or': {
      const any = matchesOf(filter.filters, index, depth);
      return any === undefined || any.length === 0 ? undefined : any.join(' OR ');
    }
    default:
      return undefined;
  }
}

function matchesOf(filters: readonly Filter[], index: SearchIndex, depth: number): readonly string[] | undefined {
  if (filters.length > mostTerms) return undefined;
  const matches: string[] = [];
  for (const filter of filters) {
    const match = matchOf(filter, index, depth + 1);
    if (match === undefined) return undefined;
    matches.push(`(${match})`);
  }
  return matches;
}

function termOf({ words, prefix, fields }: WordsFilter, { columns }: SearchIndex): string | undefined {
  const names = fields.map(({ path }) => columns.get(path));
  if (words.length === 0 || names.length === 0 || names.includes(undefined)) return undefined;
  return `{${names.join(' ')}} : "${words.join(' ')}"${prefix ? ' *' : ''}`;
}

function found(match: string, slow: Sql, table: Table, { table: name, builtTo, late }: SearchIndex, use: Use): Sql {
  const row = quote(rowNumber(table));
  const matching = `FROM ${quote(name)} WHERE ${quote(name)} MATCH ?`;
  const fast =
    use === 'whole'
      ? `${row} IN (SELECT rowid ${matching})`
      : `(SELECT 1 ${matching} AND rowid = ${quote(table.name)}.${row} LIMIT 1) IS NOT NULL`;
  if (builtTo === undefined && late === undefined) return { sql: fast, parameters: [match] };
  const missing: Sql[] = [];
  if (late !== undefined) missing.push({ sql: '"key" IN (SELECT value FROM json_each(?))', parameters: [late] });
  if (builtTo !== undefined) missing.push({ sql: `${row} > CAST(? AS INTEGER)`, parameters: [builtTo] });
  const outside = missing.map(({ sql }) => sql).join(' OR ');
  const bounds = missing.flatMap(({ parameters }) => parameters);
  return {
    sql: `((${fast} AND NOT (${outside})) OR ((${outside}) AND ${slow.sql}))`,
    parameters: [match, ...bounds, ...bounds, ...slow.parameters],
  };
}
