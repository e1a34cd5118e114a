/**
 * Makes the tables of a database fit a description, and refuses what would lose data or break a promise. A resource that
 * has no table yet needs none to fit: its first write makes one (`tables.ts`).
 */
import { createHash } from 'node:crypto';
import type { Resource } from '../../model/types.ts';
import { StoreError, type StoreSchema } from '../contract.ts';
import { assertFormsFit, remember } from './described.ts';
import type { Database } from './driver.ts';
import {
  addColumnSql,
  createIndexSql,
  type Index,
  idIndexSql,
  planIndexes,
  planTable,
  quote,
  type Table,
} from './layout.ts';
import { prepareMeta, readMeta, readTables, userVersion, writeMeta, writeTables } from './meta.ts';
import { indexNames, replaceTable, storeFields } from './rebuild.ts';
import { createTable } from './tables.ts';
import { fillSql } from './writes.ts';

/**
 * Raised when the same description makes other tables, columns or indexes than before. 3: only resources that were
 * written to have a table, so that an older Cartouche makes the others, as it must have them all. 4: resources are
 * remembered whole (`described.ts`).
 */
const tableVersion = 4;

export interface MigrationOptions {
  /** `--accept-schema-changes`: go on where stored documents break a new promise, as far as no data is lost. */
  readonly acceptChanges: boolean;
}

/** Runs in one transaction: after a failure, or a crash, everything is as it was. Throws `StoreError` `schema`. */
export function migrate(database: Database, schema: StoreSchema, options: MigrationOptions): readonly Table[] {
  const fingerprint = fingerprintOf(schema);
  const isCurrent = readMeta(database, 'fingerprint') === fingerprint && readMeta(database, 'secret') !== undefined;
  if (isCurrent) return readTables(database);
  database.exec('BEGIN IMMEDIATE');
  try {
    const stored = readTables(database);
    if (!options.acceptChanges) assertFormsFit(database, schema, stored);
    if (isComputed(database)) for (const table of stored) storeFields(database, table);
    prepareMeta(database);
    const described = new Map(schema.resources.map((resource) => [resource.name, resource]));
    const tables = stored.map((table) => {
      const resource = described.get(table.resource);
      // What the description no longer has is kept as it is.
      return resource === undefined ? table : migrateTable(database, resource, table, options);
    });
    writeTables(database, tables);
    remember(database, schema);
    // What was accepted as it is, is looked at again next time: the documents may have been corrected by then.
    writeMeta(database, 'fingerprint', options.acceptChanges ? '' : fingerprint);
    database.exec('COMMIT');
    return tables;
  } catch (error) {
    if (database.inTransaction()) database.exec('ROLLBACK');
    throw error;
  }
}

/** Everything that tables depend on, and whose they are. A database that fits it needs no looking at, however large. */
function fingerprintOf({ title, resources }: StoreSchema): string {
  const parts = resources.map(({ name, kind, id, fields, links, secrets }) => [name, kind, id, fields, links, secrets]);
  return createHash('sha256')
    .update(JSON.stringify([tableVersion, title, parts]))
    .digest('hex');
}

function migrateTable(database: Database, resource: Resource, old: Table, options: MigrationOptions): Table {
  if (isEmpty(database, old)) {
    database.exec(`DROP TABLE ${quote(old.name)}`);
    const table = planTable(resource, { ...old, columns: [] }, []);
    createTable(database, resource, table);
    return table;
  }
  const table = planTable(resource, old, []);
  if (table.key !== old.key || table.id !== old.id) return rebuildTable(database, resource, old, table, options);
  addColumns(database, old, table);
  assertTypesFit(database, old, table, options);
  reconcileIndexes(database, resource, table, options);
  return table;
}

/** One pass over the rows fills all of the new columns. */
function addColumns(database: Database, old: Table, table: Table): void {
  const added = table.columns.slice(old.columns.length);
  for (const column of added) database.exec(addColumnSql(table, column));
  const fill = fillSql(table, added);
  if (fill !== undefined) database.exec(fill);
}

/**
 * A property that has another type now has a new column, which is empty where a stored value is of the old type. Served as
 * they are, those documents would not fit the description that they are served by.
 */
function assertTypesFit(database: Database, old: Table, table: Table, options: MigrationOptions): void {
  if (options.acceptChanges) return;
  for (const column of table.columns.slice(old.columns.length)) {
    if (column.kind !== 'field') continue;
    const { path, type } = column;
    const was = old.columns.findLast((each) => each.kind === 'field' && each.path === path);
    if (was?.kind !== 'field') continue;
    const rows = count(database, table, `${quote(was.name)} IS NOT NULL AND ${quote(column.name)} IS NULL`);
    if (rows === 0) continue;
    throw new StoreError(
      'schema',
      `"${path}" of "${table.resource}" was of type ${was.type} and is of type ${type} now, which ${rows} stored documents do not fit. Nothing was changed. Convert them with cartouche migrate, restore the description, or start with --accept-schema-changes to serve them as they are.`,
      { fields: [path] },
    );
  }
}

/** Up to format 1, SQLite computed the fields' columns. */
function isComputed(database: Database): boolean {
  return userVersion(database) === 1;
}

/** The id has another type now. Documents are copied if all their ids fit. */
function rebuildTable(
  database: Database,
  resource: Resource,
  old: Table,
  table: Table,
  options: MigrationOptions,
): Table {
  const rows = count(database, old, '1');
  const was = `The id of "${resource.name}" was ${idWords(old)} and is ${idWords(table)} now`;
  const misfits = table.id !== old.id ? rows : table.key === 'integer' ? count(database, old, notAnInteger) : 0;
  if (misfits > 0) {
    throw new StoreError(
      'schema',
      `${was}, which ${misfits} of ${rows} stored documents do not fit. Nothing was changed. Restore the description, or choose another data file.`,
    );
  }
  if (!options.acceptChanges) {
    throw new StoreError(
      'schema',
      `${was}. All ${rows} stored documents fit. Start with --accept-schema-changes to convert them.`,
    );
  }
  replaceTable(database, old, table);
  reconcileIndexes(database, resource, table, options);
  return table;
}

/** Keys that integer affinity would change, or leave as text. */
const notAnInteger = `CAST(CAST("key" AS INTEGER) AS TEXT) <> "key"`;

function idWords(table: Table): string {
  if (table.id === 'key') return table.key === 'integer' ? 'an integer' : 'a text';
  return `${table.id === 'integer' ? 'an integer' : 'a text'} under its parent`;
}

/** Indexes are derived data: those that the description asks for are made, all others dropped. */
function reconcileIndexes(database: Database, resource: Resource, table: Table, options: MigrationOptions): void {
  const wanted = planIndexes(resource, table);
  const existing = new Set(indexNames(database, table.name));
  const kept = new Set([...wanted.map(({ name }) => name), `${table.name}.id`]);
  for (const name of existing) if (!kept.has(name)) database.exec(`DROP INDEX ${quote(name)}`);
  const byId = idIndexSql(table);
  if (byId !== undefined) database.exec(byId);
  for (const index of wanted) {
    if (existing.has(index.name)) continue;
    if (index.unique && !mayBeUnique(database, resource, table, index, options)) continue;
    database.exec(createIndexSql(table, index));
  }
}

/** With `acceptChanges`, a repeated value goes unpunished until the documents have been corrected. */
function mayBeUnique(
  database: Database,
  resource: Resource,
  table: Table,
  index: Index,
  options: MigrationOptions,
): boolean {
  const column = quote(index.column);
  const repeated = `${column} IN (SELECT ${column} FROM ${quote(table.name)} GROUP BY ${column} HAVING count(*) > 1)`;
  const rows = count(database, table, repeated);
  if (rows === 0) return true;
  if (options.acceptChanges) return false;
  const field = table.columns.find(({ name }) => name === index.column);
  const path = field?.kind === 'field' ? field.path : index.column;
  throw new StoreError(
    'schema',
    `"${path}" of "${resource.name}" is unique now, but ${rows} stored documents share their value with another. Nothing was changed. Correct them, or start with --accept-schema-changes to serve them as they are, without that check.`,
    { fields: [path] },
  );
}

function isEmpty(database: Database, table: Table): boolean {
  return database.prepare(`SELECT 1 FROM ${quote(table.name)} LIMIT 1`).get() === undefined;
}

function count(database: Database, table: Table, condition: string): number {
  const row = database.prepare(`SELECT count(*) FROM ${quote(table.name)} WHERE ${condition}`).get();
  return Number(row?.[0]);
}
