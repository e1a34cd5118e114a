import type { Sql } from './compile.ts';

/**
 * SQL made of parts, whose bound values stay in the order of their `?`. Plain strings are SQL of our own, never a value.
 *
 * @example sqlText`SELECT count(*) FROM ${quote(table.name)} WHERE ${compileFilter(filter, resource, table)}`
 */
export function sqlText(texts: TemplateStringsArray, ...parts: readonly (Sql | string)[]): Sql {
  const sqls = parts.map((part) => (typeof part === 'string' ? { sql: part, parameters: [] } : part));
  return {
    sql: texts.reduce((sql, text, index) => sql + (sqls[index - 1]?.sql ?? '') + text),
    parameters: sqls.flatMap(({ parameters }) => parameters),
  };
}
