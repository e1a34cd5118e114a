/**
 * Filters and sorts of `query/types.ts` as MongoDB takes them, with the meaning that `query/evaluate.ts` gives them; a
 * differential test on a real server holds them to it. Names are those of columns, values are scalars of the column's
 * type: nothing that a client sends becomes an operator.
 */
import type { Resource } from '../../model/types.ts';
import { comparableTo, type Predicate } from '../../query/evaluate.ts';
import { resolveOperand } from '../../query/operand.ts';
import type { Bound, Filter, Operand, Scalar, SortKey } from '../../query/types.ts';
import { fold } from '../../query/values.ts';
import { StoreError } from '../contract.ts';
import { type Column, columnsOf, foldedName } from './columns.ts';

/** A filter of MongoDB. */
export type Condition = Readonly<Record<string, unknown>>;

export interface Compiler {
  /** Throws `StoreError` `unsupported` for words, `TypeError` for what the resource does not have. */
  filter(filter: Filter): Condition;
  /** The order of a list: no two documents are equal in it. Throws `TypeError` for an array. */
  sort(sort: readonly SortKey[]): Readonly<Record<string, 1 | -1>>;
}

export function createCompiler(resource: Resource): Compiler {
  const columns = new Map(columnsOf(resource).map((column) => [nameOfOperand(column.operand), column]));
  const columnOf = (operand: Operand): Column => {
    resolveOperand(operand, resource);
    const column = columns.get(nameOfOperand(operand));
    if (column !== undefined) return column;
    return { operand, name: '%key', path: '_id', type: 'string', array: false, unique: false, indexed: false };
  };
  const compile = (filter: Filter): Condition => {
    switch (filter.kind) {
      case 'all':
        return {};
      case 'and':
        return filter.filters.length === 0 ? {} : { $and: filter.filters.map(compile) };
      case 'or':
        return filter.filters.length === 0 ? nothing : { $or: filter.filters.map(compile) };
      case 'not':
        return { $nor: [compile(filter.filter)] };
      case 'words':
        throw new StoreError(
          'unsupported',
          'Searching for words needs an index beside MongoDB: serve with --search and the address of Elasticsearch.',
        );
      default:
        return predicate(filter, columnOf(filter.operand), resource);
    }
  };
  return { filter: compile, sort: (sort) => compileSort(sort, columnOf) };
}

/** Matches no document. */
const nothing: Condition = { _id: { $in: [] } };

function nameOfOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'field':
      return `field ${operand.path}`;
    case 'link':
      return `link ${operand.name}`;
    default:
      return operand.kind;
  }
}

function predicate(filter: Predicate, column: Column, resource: Resource): Condition {
  const { path } = column;
  const resolved = resolveOperand(filter.operand, resource);
  const comparable = (value: Scalar): Scalar => comparableTo(resolved, value);
  switch (filter.kind) {
    case 'exists':
      return { [path]: { $exists: true } };
    case 'compare': {
      if (!fits(filter.value, column)) return filter.operator === 'ne' ? {} : nothing;
      const value = comparable(filter.value);
      // Not `$ne`, which also asks something else of arrays than "no element is equal".
      if (filter.operator === 'ne') return { $nor: [{ [path]: { $eq: value } }] };
      return { [path]: { [`$${filter.operator}`]: value } };
    }
    case 'in': {
      const values = filter.values.filter((value) => fits(value, column)).map(comparable);
      return values.length === 0 ? nothing : { [path]: { $in: values } };
    }
    case 'range': {
      const bounds = [filter.from, filter.to].flatMap((bound) => bound ?? []);
      if (!bounds.every(({ value }) => fits(value, column))) return nothing;
      if (bounds.length === 0) return { [path]: { $exists: true } };
      const limits = { ...limit('$gt', filter.from, comparable), ...limit('$lt', filter.to, comparable) };
      // Without it, one element may satisfy the one bound, and another element the other.
      return { [path]: column.array && bounds.length > 1 ? { $elemMatch: limits } : limits };
    }
    case 'prefix':
    case 'contains':
      return textCondition(filter, column);
  }
}

function limit(operator: '$gt' | '$lt', bound: Bound | undefined, comparable: (value: Scalar) => Scalar): Condition {
  return bound === undefined ? {} : { [bound.inclusive ? `${operator}e` : operator]: comparable(bound.value) };
}

/** Another type matches nothing. MongoDB thinks the same; mongoose would make the text "5" of the number 5. */
function fits(value: Scalar, { type }: Column): boolean {
  return type === 'id' ? typeof value !== 'boolean' : typeof value === type;
}

/** A document without folded texts has texts that folding does not change. */
function textCondition(filter: Extract<Filter, { readonly kind: 'prefix' | 'contains' }>, column: Column): Condition {
  if (column.type !== 'string' && column.type !== 'id') return nothing;
  const anchor = filter.kind === 'prefix' ? '^' : '';
  const pattern = (text: string): Condition => ({ $regex: `${anchor}${literal(text)}` });
  const { path } = column;
  if (!filter.ignoreCase) return { [path]: pattern(filter.value) };
  const folded = pattern(fold(filter.value));
  const foldedPath = `fields.${foldedName(column)}`;
  return { $or: [{ [foldedPath]: folded }, { $and: [{ [foldedPath]: { $exists: false } }, { [path]: folded }] }] };
}

/** A text as a regular expression that finds it. MongoDB takes no NUL in one. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/#-]/g, '\\$&').replaceAll('\0', '\\x00');
}

function compileSort(
  sort: readonly SortKey[],
  columnOf: (operand: Operand) => Column,
): Readonly<Record<string, 1 | -1>> {
  const last = sort.at(-1)?.direction ?? 'ascending';
  const keys: SortKey[] = [...sort, { operand: { kind: 'id' }, direction: last }];
  const order = new Map<string, 1 | -1>();
  for (const { operand, direction } of keys) {
    const column = columnOf(operand);
    if (column.array) throw new TypeError(`The array "${column.name}" cannot be sorted by.`);
    const { path } = column;
    // The first key decides; the same one again says nothing more.
    if (!order.has(path)) order.set(path, direction === 'ascending' ? 1 : -1);
  }
  if (!order.has('_id')) order.set('_id', last === 'ascending' ? 1 : -1);
  return Object.fromEntries(order);
}
