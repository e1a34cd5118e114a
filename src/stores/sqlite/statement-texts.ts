import type { Resource } from '../../model/types.ts';
import { linkColumn, quote, type Table } from './layout.ts';
import { changesSql, insertSql } from './writes.ts';

/** The SQL of a collection that does not depend on a query. */
export interface StatementTexts {
  /** The columns that make a `StoredDocument`, in the order in which `#document` reads them. */
  readonly selected: string;
  readonly get: string;
  readonly insert: string;
  readonly changes: string | undefined;
  readonly remove: string;
}

export function statementTexts(table: Table, links: readonly LinkColumn[]): StatementTexts {
  const name = quote(table.name);
  const linkNames = links.map(({ column }) => quote(column));
  const key = table.key === 'integer' ? 'CAST("key" AS TEXT)' : '"key"';
  const selected = [key, '"rev"', '"doc"', ...linkNames].join(', ');
  return {
    selected,
    get: `SELECT ${selected} FROM ${name} WHERE "key" = ?`,
    insert: insertSql(
      table,
      links.map(({ column }) => column),
    ),
    changes: changesSql(table),
    remove: `DELETE FROM ${name} WHERE "key" = ?`,
  };
}

/** An invisible link to a parent, and the column that holds it. */
export interface LinkColumn {
  readonly link: string;
  readonly column: string;
}

/** The links of a resource that have a column, in the order in which they are selected. */
export function linkColumnsOf(resource: Resource, table: Table): readonly LinkColumn[] {
  return resource.links.flatMap(({ name }) => {
    const column = linkColumn(table.columns, name);
    return column === undefined ? [] : [{ link: name, column: column.name }];
  });
}
