/**
 * The tables of a database, as far as this process knows. A resource has none before the first write to it: a description
 * may have hundreds of resources, and to create a table with its indexes takes as long as to answer ten requests.
 *
 * What is here has been committed. The tempting mistake is to add a table as soon as it is created: a ROLLBACK takes it
 * away again, and every later write would fail.
 */
import type { Resource } from '../../model/types.ts';
import type { Database } from './driver.ts';
import { createIndexSql, createTableSql, idIndexSql, planIndexes, planTable, type Table } from './layout.ts';
import { readTables, writeTables } from './meta.ts';

export class Tables {
  readonly #database: Database;
  readonly #mayBeMadeByOthers: boolean;
  #byResource: ReadonlyMap<string, Table>;
  #schemaVersion: number | undefined;

  /** `mayBeMadeByOthers`: another process writes, so that a table may appear at any time. */
  constructor(database: Database, tables: readonly Table[], mayBeMadeByOthers: boolean) {
    this.#database = database;
    this.#mayBeMadeByOthers = mayBeMadeByOthers;
    this.#byResource = mapOf(tables);
  }

  get all(): readonly Table[] {
    return [...this.#byResource.values()];
  }

  /** `undefined`: nobody has written to the resource yet. */
  find(resource: string): Table | undefined {
    if (this.#mayBeMadeByOthers && !this.#byResource.has(resource)) this.#lookAgain();
    return this.#byResource.get(resource);
  }

  /** A table that has been created, and committed. */
  add(table: Table): void {
    this.#byResource = mapOf([...this.all, table]);
  }

  #lookAgain(): void {
    // https://sqlite.org/pragma.html#pragma_schema_version: it changes with each table, and costs next to nothing to read.
    const version = Number(this.#database.prepare('PRAGMA schema_version').get()?.[0]);
    if (version === this.#schemaVersion) return;
    this.#schemaVersion = version;
    this.#byResource = mapOf(readTables(this.#database));
  }
}

/**
 * Makes the table of a resource, or finds the one that it has. Within a transaction, in which all of it must be undone or
 * nothing: SQLite's tables, and what the database knows of them.
 */
export function makeTable(database: Database, resource: Resource): Table {
  const stored = readTables(database);
  const known = stored.find((table) => table.resource === resource.name);
  if (known !== undefined) return known;
  const names = stored.map(({ name }) => name);
  const table = planTable(resource, undefined, names);
  createTable(database, resource, table);
  writeTables(database, [...stored, table]);
  return table;
}

/** Creates a table with its indexes. Within a transaction. */
export function createTable(database: Database, resource: Resource, table: Table): void {
  database.exec(createTableSql(table));
  const byId = idIndexSql(table);
  if (byId !== undefined) database.exec(byId);
  for (const index of planIndexes(resource, table)) database.exec(createIndexSql(table, index));
}

function mapOf(tables: readonly Table[]): ReadonlyMap<string, Table> {
  return new Map(tables.map((table) => [table.resource, table]));
}
