import { fieldNames } from '../../model/field-path.ts';
import type { Field, Resource } from '../../model/types.ts';
import { isDate } from '../../query/bucket-key.ts';
import { resolveOperand } from '../../query/operand.ts';
import type { Filter, Operand } from '../../query/types.ts';
import { type Sql, scalarExpression } from './compile.ts';
import type { Row } from './driver.ts';
import { elementsAt, valueOfElement } from './expressions.ts';
import type { Table } from './layout.ts';
import { sqlText } from './sql-text.ts';

export interface AggregationContext {
  readonly resource: Resource;
  readonly table: Table;
  /** The condition that a filter is. */
  readonly condition: (filter: Filter) => Sql;
  /** Runs a statement. */
  readonly all: (sql: Sql) => readonly Row[];
}

/** The rows of the table that lie in a scope, with the scope's columns beside them. */
export interface Rows {
  readonly from: Sql;
  readonly scope: string;
}

/** A row for each value that a document has, or for each different one. */
export function valuesSql(
  operand: Operand,
  { from, scope }: Rows,
  context: AggregationContext,
  which: 'each' | 'different',
): Sql {
  const { resource, table } = context;
  const resolved = resolveOperand(operand, resource);
  if (resolved.kind !== 'field' || !resolved.field.array) {
    return sqlText`SELECT ${scope}, ${scalarExpression(resolved, table)} AS "agg.value" FROM ${from}`;
  }
  // `json_each` has a "key" and an "id" too: the filter must not see it.
  const source = sqlText`SELECT ${scope}, "doc" AS "agg.document" FROM ${from}`;
  const elements = elementsAt('"agg.document"', fieldNames(resolved.field.path), 'element');
  const distinct = which === 'different' ? 'DISTINCT ' : '';
  return sqlText`SELECT ${distinct}"agg.row", "agg.bucket", ${valueOfElement('element', resolved.field.type)} AS "agg.value" FROM (${source}) CROSS JOIN ${elements}`;
}

/** `measureOf`, of a value of this type. */
export function measureSql(value: string, type: Field['type']): string {
  // A sum of integers would overflow.
  if (isNumber(type)) return `CASE WHEN typeof(${value}) <> 'text' THEN CAST(${value} AS REAL) END`;
  // The driver cuts a text at a NUL; a date has ASCII alone.
  return isDate(type)
    ? `CASE WHEN length(${value}) = octet_length(${value}) THEN cartouche_time(${value}) END`
    : 'NULL';
}

/** Whether its values are numbers as they are. */
export function isNumber(type: Field['type']): boolean {
  return type === 'number' || type === 'integer';
}

/** Whether a document can have several values. */
export function isList(operand: Operand, { resource }: AggregationContext): boolean {
  const resolved = resolveOperand(operand, resource);
  return resolved.kind === 'field' && resolved.field.array;
}
