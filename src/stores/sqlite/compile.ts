/**
 * A filter and a sort as SQL. Values are always bound.
 *
 * A compiled condition is NULL or 0 where the filter does not hold, which are the same to WHERE, AND and OR; only `not`
 * has to tell them apart, by IS NOT TRUE. That keeps plain comparisons plain, so that SQLite can use indexes for them.
 */
import { fieldNames } from '../../model/field-path.ts';
import type { Resource } from '../../model/types.ts';
import { comparableTo, type Predicate } from '../../query/evaluate.ts';
import { type ResolvedOperand, resolveOperand } from '../../query/operand.ts';
import { soughtWords, type WordsFilter } from '../../query/relevance.ts';
import type { Filter, Scalar, SortKey } from '../../query/types.ts';
import { fold } from '../../query/values.ts';
import type { SqliteValue } from './driver.ts';
import { elementsAt, valueAt, valueOfElement } from './expressions.ts';
import { fieldColumn, idColumns, linkColumn, quote, type Table } from './layout.ts';

export interface Sql {
  readonly sql: string;
  readonly parameters: readonly SqliteValue[];
}

/** The condition that a filter is. */
export function compileFilter(filter: Filter, resource: Resource, table: Table): Sql {
  switch (filter.kind) {
    case 'all':
      return { sql: '1', parameters: [] };
    case 'and':
      return join(filter.filters, ' AND ', '1', resource, table);
    case 'or':
      return join(filter.filters, ' OR ', '0', resource, table);
    case 'not': {
      const { sql, parameters } = compileFilter(filter.filter, resource, table);
      return { sql: `(${sql}) IS NOT TRUE`, parameters };
    }
    case 'words':
      return compileWords(filter, resource, table);
    default:
      return compilePredicate(filter, resource, table);
  }
}

/** ORDER BY terms. Throws `TypeError` for an array, as the reference does. */
export function compileSort(sort: readonly SortKey[], resource: Resource, table: Table): readonly string[] {
  const terms = sort.flatMap(({ operand, direction }) => {
    const suffix = direction === 'ascending' ? '' : ' DESC';
    return sortColumns(resolveOperand(operand, resource), table).map((column) => `${column}${suffix}`);
  });
  const last = sort.at(-1)?.direction === 'descending' ? ' DESC' : '';
  return [...terms, ...idColumns(table).map((column) => `${quote(column)}${last}`)];
}

/** The column by which a scalar operand can be looked up in an index, if it has one. */
export function columnOf(operand: ResolvedOperand, table: Table): string | undefined {
  switch (operand.kind) {
    case 'id':
      return table.id === 'key' ? 'key' : 'id';
    case 'key':
      return 'key';
    case 'link':
      return linkColumn(table.columns, operand.link.name)?.name;
    case 'field':
      return operand.field.array ? undefined : fieldColumn(table.columns, operand.field)?.name;
  }
}

function sortColumns(operand: ResolvedOperand, table: Table): readonly string[] {
  if (operand.kind === 'field' && operand.field.array) {
    throw new TypeError(`The array "${operand.field.path}" cannot be sorted by.`);
  }
  return [scalarExpression(operand, table)];
}

/** A scalar's value, or NULL. */
export function scalarExpression(operand: ResolvedOperand, table: Table): string {
  const column = columnOf(operand, table);
  if (column !== undefined) return quote(column);
  if (operand.kind === 'field') return valueAt('"doc"', fieldNames(operand.field.path), operand.field.type);
  throw new TypeError(`The table "${table.name}" has no column for this operand.`);
}

function join(filters: readonly Filter[], word: string, empty: string, resource: Resource, table: Table): Sql {
  const parts = filters.map((filter) => compileFilter(filter, resource, table));
  return {
    sql: parts.length === 0 ? empty : `(${parts.map(({ sql }) => sql).join(word)})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

function compilePredicate(predicate: Predicate, resource: Resource, table: Table): Sql {
  const operand = resolveOperand(predicate.operand, resource);
  const test = someValue(operand, table, (value) => valueTest(predicate, value, operand));
  return isNegative(predicate) ? { ...test, sql: `(${test.sql}) IS NOT TRUE` } : test;
}

/** Looked for in each text, one after the other: right in every case, and slow. */
function compileWords({ words, prefix, fields }: WordsFilter, resource: Resource, table: Table): Sql {
  const name = prefix ? 'cartouche_word_prefix' : 'cartouche_words';
  const parts = fields.map(({ path }) =>
    someValue(resolveOperand({ kind: 'field', path }, resource), table, (value) => ({
      sql: `${value} IS NOT NULL AND ${name}(json_quote(${value}), ?)`,
      parameters: [words.join(' ')],
    })),
  );
  if (words.length === 0 || parts.length === 0) return never;
  return {
    sql: `(${parts.map(({ sql }) => `(${sql})`).join(' OR ')})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/**
 * An ORDER BY term: the best answers to the words of a filter first, as `relevance` counts, for what no index has a rank
 * of. The sum is one of rows: a chain of plus signs would be too deep for SQLite.
 */
export function compileRelevance(filter: Filter, resource: Resource, table: Table): Sql {
  const parts = soughtWords(filter).flatMap(({ words, prefix, fields }) =>
    fields.map(({ path, weight }): Sql => {
      const operand = resolveOperand({ kind: 'field', path }, resource);
      const parameters = [words.join(' '), Number(prefix)];
      const score = (value: string): string => `cartouche_relevance(json_quote(${value}), ?, ?)`;
      if (operand.kind !== 'field' || !operand.field.array) {
        return { sql: `? * ${score(scalarExpression(operand, table))}`, parameters: [weight, ...parameters] };
      }
      const { path: inner, type } = operand.field;
      const elements = elementsAt('"doc"', fieldNames(inner), 'element');
      const sum = `(SELECT total(${score(valueOfElement('element', type))}) FROM ${elements})`;
      return { sql: `? * ${sum}`, parameters: [weight, ...parameters] };
    }),
  );
  const rows = parts.map(({ sql }) => `(${sql})`).join(', ');
  return {
    sql: `(SELECT total(column1) FROM (VALUES ${rows})) DESC`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** Holds if the test holds for the value of a scalar, or for some value of an array. */
function someValue(operand: ResolvedOperand, table: Table, test: (value: string) => Sql): Sql {
  if (operand.kind !== 'field' || !operand.field.array) return test(scalarExpression(operand, table));
  const names = fieldNames(operand.field.path);
  const { sql, parameters } = test(valueOfElement('element', operand.field.type));
  // Not EXISTS: SQLite 3.53 turns that into a join, and then OFFSET counts a document once for each of its elements.
  return {
    sql: `(SELECT 1 FROM ${elementsAt('"doc"', names, 'element')} WHERE ${sql} LIMIT 1) IS NOT NULL`,
    parameters,
  };
}

function isNegative(predicate: Predicate): boolean {
  return predicate.kind === 'compare' && predicate.operator === 'ne';
}

const never: Sql = { sql: '0', parameters: [] };

/** The test of one value, which may be NULL. `ne` is tested as `eq`. */
function valueTest(predicate: Predicate, value: string, operand: ResolvedOperand): Sql {
  switch (predicate.kind) {
    case 'exists':
      return { sql: `${value} IS NOT NULL`, parameters: [] };
    case 'compare':
      return comparison(value, sqlOperators[predicate.operator], predicate.value, operand);
    case 'in': {
      const fitting = predicate.values.filter((each) => fits(each, operand));
      const values = fitting.map((each) => comparableTo(operand, each));
      // One bound list, however long, is one prepared statement.
      const list = JSON.stringify(values.map(bindable));
      return { sql: `${value} IN (SELECT value FROM json_each(?))`, parameters: [list] };
    }
    case 'range': {
      const { from, to } = predicate;
      const parts = [
        from && comparison(value, from.inclusive ? '>=' : '>', from.value, operand),
        to && comparison(value, to.inclusive ? '<=' : '<', to.value, operand),
      ].filter((part) => part !== undefined);
      if (parts.length === 0) return { sql: `${value} IS NOT NULL`, parameters: [] };
      const sql = `(${parts.map((part) => part.sql).join(' AND ')})`;
      return { sql, parameters: parts.flatMap(({ parameters }) => parameters) };
    }
    case 'prefix':
    case 'contains':
      return isText(operand) ? textTest(predicate, value) : never;
  }
}

const sqlOperators = { eq: '=', ne: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

function comparison(value: string, operator: string, wanted: Scalar, operand: ResolvedOperand): Sql {
  if (!fits(wanted, operand)) return never;
  const { sql, parameters } = bound(bindable(comparableTo(operand, wanted)));
  return { sql: `${value} ${operator} ${sql}`, parameters };
}

function textTest(predicate: Extract<Predicate, { readonly kind: 'prefix' | 'contains' }>, value: string): Sql {
  if (predicate.ignoreCase) return foldedTest(predicate.kind, value, fold(predicate.value));
  const start = bound(predicate.value);
  if (predicate.kind === 'contains') return { ...start, sql: `instr(${value}, ${start.sql}) > 0` };
  // A range of texts, which an index serves; LIKE would ignore the case of ASCII letters.
  const next = successor(predicate.value);
  if (next === undefined) return { ...start, sql: `${value} >= ${start.sql}` };
  const end = bound(next);
  const sql = `(${value} >= ${start.sql} AND ${value} < ${end.sql})`;
  return { sql, parameters: [...start.parameters, ...end.parameters] };
}

/**
 * LIKE folds ASCII letters exactly as `fold` does and costs a tenth of a call into JavaScript, so that texts of ASCII
 * alone (their length in bytes is that in characters) are left to it.
 */
function foldedTest(kind: 'prefix' | 'contains', value: string, folded: string): Sql {
  const escaped = folded.replace(/[\\%_]/g, '\\$&');
  const pattern = kind === 'prefix' ? `${escaped}%` : `%${escaped}%`;
  const other = `${value} IS NOT NULL AND cartouche_${kind}(json_quote(${value}), ?)`;
  const json = JSON.stringify(folded);
  // LIKE ends at a NUL and refuses patterns of more than 50,000 bytes.
  if (folded.includes('\0') || folded.length > 10_000) return { sql: other, parameters: [json] };
  return {
    sql: `CASE WHEN length(${value}) = octet_length(${value}) THEN ${value} LIKE ? ESCAPE '\\' ELSE ${other} END`,
    parameters: [pattern, json],
  };
}

/** The smallest text, by UTF-8 bytes, that is greater than all texts with this prefix; `undefined` if there is none. */
function successor(prefix: string): string | undefined {
  const points = [...prefix].map((character) => character.codePointAt(0) ?? 0);
  for (let index = points.length - 1; index >= 0; index--) {
    const point = points[index] ?? 0;
    if (point >= 0x10ffff) continue;
    const next = point === 0xd7ff ? 0xe000 : point + 1;
    return String.fromCodePoint(...points.slice(0, index), next);
  }
  return undefined;
}

/** A value of another type than the operand's compares as false with everything. */
function fits(value: Scalar, operand: ResolvedOperand): boolean {
  switch (operand.kind) {
    case 'key':
    case 'link':
      return typeof value === 'string';
    case 'id':
      return typeof value === (operand.type === 'integer' ? 'number' : 'string');
    case 'field':
      return typeof value === valueTypes[operand.field.type];
  }
}

const valueTypes = {
  string: 'string',
  date: 'string',
  datetime: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
} as const;

function isText(operand: ResolvedOperand): boolean {
  return fits('', operand);
}

/** A bound value, by a way round what `@photostructure/sqlite` 1.2 gets wrong. */
function bound(value: string | number): Sql {
  // It cuts a text at its first NUL; JSON escapes that.
  if (typeof value === 'string' && value.includes('\0')) {
    return { sql: `(? ->> '$[0]')`, parameters: [JSON.stringify([value])] };
  }
  // It takes a number below its epsilon for the integer 0.
  if (typeof value === 'number' && value !== 0 && Math.abs(value) < 1e-15) {
    return { sql: 'CAST(? AS REAL)', parameters: [String(value)] };
  }
  return { sql: '?', parameters: [value] };
}

function bindable(value: Scalar): string | number {
  return typeof value === 'boolean' ? Number(value) : value;
}
