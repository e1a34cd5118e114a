/**
 * Chooses how a page is found when the filter names one index and the sort another. `pages >= 300` by `price` can be
 * answered in two ways, and each is a hundred times slower than the other where it is wrong:
 *
 * - *range*: take what the filter's index holds, and sort it. Costs as many rows as the range holds.
 * - *walk*: follow the sort's index and test each row until the page is full. Costs `page × rows ÷ matches`.
 *
 * SQLite cannot know how much a range holds, and always takes the first. We estimate it from a sample of the column, and
 * count (no further than to the point where both cost the same) where the sample is too coarse to tell.
 */
import type { Resource } from '../../model/types.ts';
import { resolveOperand } from '../../query/operand.ts';
import { hasWords } from '../../query/relevance.ts';
import type { Filter, Query } from '../../query/types.ts';
import { columnOf, compileFilter, compileRelevance, compileSort, type Sql } from './compile.ts';
import type { Row, Statement } from './driver.ts';
import type { FullText } from './full-text.ts';
import { idColumns, planIndexes, quote, rowNumber, type Table } from './layout.ts';
import { createSampler, type Sampler } from './sampler.ts';
import { searchedPage } from './searched-page.ts';
import type { Sequence } from './sequence.ts';

export interface Planner {
  /** The rows of the page, and one more if there is one. */
  page(query: Query): readonly Row[];
}

export interface PlannerContext {
  readonly resource: Resource;
  readonly table: Table;
  readonly sequence: Sequence;
  readonly fullText: Pick<FullText, 'index'> | undefined;
  readonly statement: (sql: string) => Statement;
  /** What a row consists of. */
  readonly selected: string;
}

/** Below this many rows every plan is fast, and thinking is not. */
const smallestTable = 2000;

export function createPlanner(context: PlannerContext): Planner {
  const indexed = indexedColumns(context);
  const sampler = createSampler(context);
  return {
    page: (query) => {
      const wanted = { limit: query.limit + 1, offset: query.offset };
      const index = hasWords(query.filter) ? context.fullText?.index() : undefined;
      if (index !== undefined) return searchedPage(query, index, context, indexed);
      const order = compileSort(query.sort, context.resource, context.table);
      if (query.ranked) return ranked(context, query.filter, order, wanted);
      const question = context.sequence.rows < smallestTable ? undefined : questionOf(query, order, context, indexed);
      if (question === undefined) return straight(context, query.filter, order, wanted);
      return answer(question, wanted, context, sampler);
    },
  };
}

interface Wanted {
  readonly limit: number;
  readonly offset: number;
}

/** A conjunct of the filter; `column`: the index that could serve it. */
interface Part extends Sql {
  readonly filter: Filter;
  readonly column: string | undefined;
}

/** A query that has two plans. */
interface Question {
  readonly parts: readonly Part[];
  readonly order: readonly string[];
  /** The column whose index has the order. */
  readonly sortColumn: string;
}

function straight(context: PlannerContext, filter: Filter, order: readonly string[], wanted: Wanted): readonly Row[] {
  const { resource, table, statement, selected } = context;
  const { sql, parameters } = compileFilter(filter, resource, table);
  const where = filter.kind === 'all' ? '' : `WHERE ${sql} `;
  const text = `SELECT ${selected} FROM ${quote(table.name)} ${where}ORDER BY ${order.join(', ')} LIMIT ? OFFSET ?`;
  return statement(text).all(...parameters, wanted.limit, wanted.offset);
}

function ranked(context: PlannerContext, filter: Filter, order: readonly string[], wanted: Wanted): readonly Row[] {
  const { resource, table, statement, selected } = context;
  const condition = compileFilter(filter, resource, table);
  const best = compileRelevance(filter, resource, table);
  const by = [best.sql, ...order].join(', ');
  const text = `SELECT ${selected} FROM ${quote(table.name)} WHERE ${condition.sql} ORDER BY ${by} LIMIT ? OFFSET ?`;
  return statement(text).all(...condition.parameters, ...best.parameters, wanted.limit, wanted.offset);
}

function questionOf(
  { filter, sort }: Query,
  order: readonly string[],
  { resource, table }: PlannerContext,
  indexed: ReadonlySet<string>,
): Question | undefined {
  if (filter.kind === 'all' || sort.length > 1) return undefined;
  const [first] = sort;
  const sortColumn =
    first === undefined ? idColumns(table)[0] : columnOf(resolveOperand(first.operand, resource), table);
  if (sortColumn === undefined || !indexed.has(sortColumn)) return undefined;
  const parts = conjuncts(filter).map((each) => ({
    ...compileFilter(each, resource, table),
    filter: each,
    column: indexedColumnOf(each, resource, table, indexed),
  }));
  if (!parts.some(({ column }) => column !== undefined && column !== sortColumn)) return undefined;
  // Rows of one value lie in the order of ids already: the index serves both.
  const ordered = sort.length === 0 && parts.some((part) => part.column !== undefined && isEquality(part.filter));
  return ordered ? undefined : { parts, order, sortColumn };
}

function answer(question: Question, wanted: Wanted, context: PlannerContext, sampler: Sampler): readonly Row[] {
  const rows = context.sequence.rows;
  const needed = wanted.offset + wanted.limit;
  const evenPoint = Math.ceil(Math.sqrt(needed * rows));
  const { part, matches } = narrowest(question, evenPoint, sampler);
  if (matches < evenPoint) return byRange(question, part, wanted, context);
  const bound = question.parts.some(({ column }) => column === question.sortColumn);
  // With a fifth of all rows to sort, even the longest walk costs no more than half as much again.
  if (bound || matches >= rows / 5) return walk(question, wanted, context, undefined);
  // Where the sort and the filter go together (`created >= yesterday` by id), all matches may lie at the far end.
  const budget = Math.ceil(Math.max((2 * needed * rows) / matches, matches / 2));
  const found = walk(question, wanted, context, budget < rows ? budget : undefined);
  return found.length === wanted.limit || budget >= rows ? found : byRange(question, part, wanted, context);
}

/** The part that holds the fewest rows, and about how many: exact below `evenPoint` where that is not clear. */
function narrowest(
  question: Question,
  evenPoint: number,
  sampler: Sampler,
): { readonly part: Part; readonly matches: number } {
  let best: { readonly part: Part; readonly matches: number } | undefined;
  for (const part of question.parts) {
    if (part.column === undefined || part.column === question.sortColumn) continue;
    const matches = sampler.matches(part, part.column, evenPoint);
    if (best === undefined || matches < best.matches) best = { part, matches };
  }
  if (best === undefined) throw new TypeError('A question has a part with an index of its own.');
  return best;
}

/** Every part but one is hidden from the optimiser by a unary plus, and so is the order. */
function byRange({ parts, order }: Question, chosen: Part, wanted: Wanted, context: PlannerContext): readonly Row[] {
  const { table, statement, selected } = context;
  const where = parts.map((part) => (part === chosen ? part.sql : `+(${part.sql})`)).join(' AND ');
  const hidden = order.map((term) => `+${term}`).join(', ');
  const text = `SELECT ${selected} FROM ${quote(table.name)} WHERE ${where} ORDER BY ${hidden} LIMIT ? OFFSET ?`;
  return statement(text).all(...parametersOf(parts), wanted.limit, wanted.offset);
}

function walk(
  { parts, order, sortColumn }: Question,
  wanted: Wanted,
  context: PlannerContext,
  budget: number | undefined,
): readonly Row[] {
  const { table, statement, selected } = context;
  const orderBy = `ORDER BY ${order.join(', ')}`;
  const name = quote(table.name);
  if (budget === undefined) {
    const where = parts.map((part) => (part.column === sortColumn ? part.sql : `+(${part.sql})`)).join(' AND ');
    const text = `SELECT ${selected} FROM ${name} WHERE ${where} ${orderBy} LIMIT ? OFFSET ?`;
    return statement(text).all(...parametersOf(parts), wanted.limit, wanted.offset);
  }
  // Names with a dot are never columns of ours. The join visits the walked rows in their order; documents are read for
  // the page only.
  const holds = parts.map((part) => `(${part.sql})`).join(' AND ');
  const number = quote(rowNumber(table));
  const walked = `SELECT ${number} AS "walk.row", ${holds} AS "walk.holds" FROM ${name} ${orderBy} LIMIT ?`;
  const text = `SELECT ${selected} FROM (${walked}) CROSS JOIN ${name} ON ${number} = "walk.row" WHERE "walk.holds" LIMIT ? OFFSET ?`;
  return statement(text).all(...parametersOf(parts), budget, wanted.limit, wanted.offset);
}

function parametersOf(parts: readonly Part[]): Sql['parameters'] {
  return parts.flatMap(({ parameters }) => parameters);
}

function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.filters.flatMap(conjuncts) : [filter];
}

function indexedColumnOf(
  filter: Filter,
  resource: Resource,
  table: Table,
  indexed: ReadonlySet<string>,
): string | undefined {
  const usable =
    filter.kind === 'in' ||
    filter.kind === 'range' ||
    (filter.kind === 'compare' && filter.operator !== 'ne') ||
    (filter.kind === 'prefix' && !filter.ignoreCase);
  if (!usable) return undefined;
  const column = columnOf(resolveOperand(filter.operand, resource), table);
  return column !== undefined && indexed.has(column) ? column : undefined;
}

function isEquality(filter: Filter): boolean {
  return filter.kind === 'compare' && filter.operator === 'eq';
}

function indexedColumns({ resource, table }: PlannerContext): ReadonlySet<string> {
  return new Set([...idColumns(table), ...planIndexes(resource, table).map(({ column }) => column)]);
}
