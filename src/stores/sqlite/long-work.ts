/**
 * Which reads may take long, so that they must not keep the thread that answers everybody. Decided by what is known
 * without reading: how many rows there are, and which indexes.
 */
import type { Resource } from '../../model/types.ts';
import { resolveOperand } from '../../query/operand.ts';
import type { Filter, Query } from '../../query/types.ts';
import { columnOf } from './compile.ts';
import { idColumns, planIndexes, type Table } from './layout.ts';

export interface LongWork {
  /** Finding the page; not counting what it is a page of. */
  page(query: Query): boolean;
  count(filter: Filter): boolean;
  aggregation(): boolean;
}

/** So many rows are read in about 5 ms, whatever is to be found out about them. */
const fewRows = 5000;

export interface LongWorkContext {
  readonly resource: Resource;
  readonly table: Table;
  /** How many there are. */
  readonly rows: () => number;
  /** Whether words are found by an index, as things are. */
  readonly findsWords: () => boolean;
  /** How many rows a filter holds for, counted no further than `most`. */
  readonly countUpTo: (filter: Filter, most: number) => number;
}

export function createLongWork({ resource, table, rows, findsWords, countUpTo }: LongWorkContext): LongWork {
  const indexed: ReadonlySet<string> = new Set([
    ...idColumns(table),
    ...planIndexes(resource, table).map(({ column }) => column),
  ]);
  const hasIndex = (operand: Parameters<typeof resolveOperand>[0]): boolean => {
    const column = columnOf(resolveOperand(operand, resource), table);
    return column !== undefined && indexed.has(column);
  };
  const isServed = (filter: Filter): boolean => {
    switch (filter.kind) {
      case 'and':
        return filter.filters.some(isServed);
      case 'or':
        return filter.filters.every(isServed);
      case 'compare':
        return filter.operator !== 'ne' && hasIndex(filter.operand);
      case 'in':
      case 'range':
        return hasIndex(filter.operand);
      case 'prefix':
        return !filter.ignoreCase && hasIndex(filter.operand);
      case 'all':
      case 'not':
      case 'exists':
      case 'contains':
        return false;
      case 'words':
        return findsWords();
    }
  };
  /** All that its index leads to must be read: the rest of the filter has no say in that. */
  const readsMany = (filter: Filter): boolean => {
    if (!isServed(filter)) return true;
    const served = filter.kind === 'and' ? { ...filter, filters: filter.filters.filter(isServed) } : filter;
    return countUpTo(served, fewRows + 1) > fewRows;
  };
  const isServedWhole = (filter: Filter): boolean =>
    filter.kind === 'and' ? filter.filters.every(isServedWhole) : isServed(filter);

  const count = (filter: Filter): boolean => filter.kind !== 'all' && rows() > fewRows && readsMany(filter);
  return {
    count,
    aggregation: () => rows() > fewRows,
    page: (query) => {
      if (rows() <= fewRows) return false;
      const ordered = query.sort.length <= 1 && query.sort.every(({ operand }) => hasIndex(operand));
      if (query.filter.kind === 'all') return !ordered;
      // All that match must be ranked before the best are known.
      if (query.ranked) return readsMany(query.filter);
      // The planner finds these quickly, however many there are.
      if (ordered && isServedWhole(query.filter)) return false;
      return readsMany(query.filter);
    },
  };
}
