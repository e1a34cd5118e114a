/**
 * Tables that are laid out anew: SQLite can add columns to a table, and change little else.
 * All of it runs within the transaction of `migrate`.
 */
import type { Database } from './driver.ts';
import { createTableSql, quote, type Table } from './layout.ts';
import { deleteMeta } from './meta.ts';
import { searchMeta } from './search-layout.ts';
import { copySql } from './writes.ts';

/** Replaces a table whose fields are computed by one that stores them. Its indexes come back as they were. */
export function storeFields(database: Database, table: Table): void {
  const indexes = database
    .prepare(`SELECT "sql" FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`)
    .all(table.name);
  replaceTable(database, table, table);
  for (const [sql] of indexes) database.exec(String(sql));
}

/** Makes `table` with the rows of `old`, and without indexes. */
export function replaceTable(database: Database, old: Table, table: Table): void {
  const aside = 'cartouche_rebuild';
  database.exec(`ALTER TABLE ${quote(old.name)} RENAME TO ${quote(aside)}`);
  // Their names would be in the way.
  for (const name of indexNames(database, aside)) database.exec(`DROP INDEX ${quote(name)}`);
  database.exec(createTableSql(table));
  database.exec(copySql(aside, old, table));
  database.exec(`DROP TABLE ${quote(aside)}`);
  // It goes by row numbers, which may be others now.
  deleteMeta(database, searchMeta(table));
}

/** Our own ones: those that SQLite makes for UNIQUE columns have no SQL. */
export function indexNames(database: Database, table: string): readonly string[] {
  return database
    .prepare(`SELECT "name" FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`)
    .all(table)
    .flatMap(([name]) => (typeof name === 'string' ? [name] : []));
}
