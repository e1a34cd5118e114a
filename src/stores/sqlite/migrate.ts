/**
 * Makes a database fit a description, and refuses what would lose data or break a promise. The database remembers its
 * tables in `cartouche_meta`, since SQLite cannot tell what an expression in a column once meant.
 */
import { createHash } from 'node:crypto';
import type { Resource } from '../../model/types.ts';
import { StoreError, type StoreSchema } from '../contract.ts';
import type { Database } from './driver.ts';
import {
  addColumnSql,
  type Column,
  createIndexSql,
  createTableSql,
  type Index,
  idIndexSql,
  planIndexes,
  planTable,
  quote,
  rowNumber,
  type Table,
} from './layout.ts';
import { createSequencesSql } from './sequence.ts';

/** "Cart": marks a file as ours (https://sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x43617274;

/** Raised when a newer Cartouche writes what this one could not read. */
const formatVersion = 1;

/** Raised when the same description makes other columns or indexes than before. */
const tableVersion = 1;

export interface MigrationOptions {
  /** `--accept-schema-changes`: go on where stored documents break a new promise, as far as no data is lost. */
  readonly acceptChanges: boolean;
}

/** Runs in one transaction: after a failure, or a crash, everything is as it was. Throws `StoreError` `schema`. */
export function migrate(database: Database, schema: StoreSchema, options: MigrationOptions): readonly Table[] {
  const fingerprint = fingerprintOf(schema);
  if (readMeta(database, 'fingerprint') === fingerprint) return readTables(database);
  database.exec('BEGIN IMMEDIATE');
  try {
    prepareMeta(database);
    const known = new Map(readTables(database).map((table) => [table.resource, table]));
    for (const resource of schema.resources) {
      known.set(resource.name, migrateTable(database, resource, known, options));
    }
    const tables = [...known.values()];
    writeMeta(database, 'tables', JSON.stringify(tables));
    // What was accepted as it is, is looked at again next time: the documents may have been corrected by then.
    writeMeta(database, 'fingerprint', options.acceptChanges ? '' : fingerprint);
    database.exec('COMMIT');
    return tables;
  } catch (error) {
    if (database.inTransaction()) database.exec('ROLLBACK');
    throw error;
  }
}

/** Throws `StoreError` `not-a-database` unless the file is empty or ours. */
export function assertOurs(database: Database): void {
  const [id] = database.prepare('PRAGMA application_id').get() ?? [];
  const [objects] = database.prepare('SELECT count(*) FROM sqlite_master').get() ?? [];
  if (id !== applicationId && objects !== 0) {
    throw new StoreError(
      'not-a-database',
      'The file is an SQLite database of another program. Choose another data file.',
    );
  }
  const [version] = database.prepare('PRAGMA user_version').get() ?? [];
  if (Number(version) > formatVersion) {
    throw new StoreError('schema', 'The database was written by a newer version of Cartouche. Update this one.');
  }
}

/** The tables that the database has. */
export function readTables(database: Database): readonly Table[] {
  const value: unknown = JSON.parse(readMeta(database, 'tables') ?? '[]');
  if (isTables(value)) return value;
  throw new StoreError('not-a-database', 'The database does not know its own tables; it is damaged.');
}

function isTables(value: unknown): value is readonly Table[] {
  const isTable = (each: unknown): boolean =>
    typeof each === 'object' && each !== null && 'resource' in each && 'columns' in each && Array.isArray(each.columns);
  return Array.isArray(value) && value.every(isTable);
}

function prepareMeta(database: Database): void {
  database.exec(`PRAGMA application_id = ${applicationId}`);
  database.exec(`PRAGMA user_version = ${formatVersion}`);
  database.exec('CREATE TABLE IF NOT EXISTS "cartouche_meta" ("name" TEXT PRIMARY KEY, "value" TEXT NOT NULL)');
  database.exec(createSequencesSql);
}

/** `undefined`: it says nothing of that, or is new. */
function readMeta(database: Database, name: string): string | undefined {
  const exists = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'cartouche_meta'`).get() !== undefined;
  if (!exists) return undefined;
  const value = database.prepare('SELECT "value" FROM "cartouche_meta" WHERE "name" = ?').get(name)?.[0];
  return typeof value === 'string' ? value : undefined;
}

function writeMeta(database: Database, name: string, value: string): void {
  database.prepare('INSERT OR REPLACE INTO "cartouche_meta" ("name", "value") VALUES (?, ?)').run(name, value);
}

/** Everything that tables depend on. A database that fits it needs no looking at, however many tables it has. */
function fingerprintOf({ resources }: StoreSchema): string {
  const parts = resources.map(({ name, kind, id, fields, links }) => [name, kind, id, fields, links]);
  return createHash('sha256')
    .update(JSON.stringify([tableVersion, parts]))
    .digest('hex');
}

function migrateTable(
  database: Database,
  resource: Resource,
  known: ReadonlyMap<string, Table>,
  options: MigrationOptions,
): Table {
  const old = known.get(resource.name);
  const names = [...known.values()].map(({ name }) => name);
  if (old === undefined) return createTable(database, resource, planTable(resource, undefined, names));
  if (isEmpty(database, old)) {
    database.exec(`DROP TABLE ${quote(old.name)}`);
    return createTable(
      database,
      resource,
      planTable(
        resource,
        undefined,
        names.filter((name) => name !== old.name),
      ),
    );
  }
  const table = planTable(resource, old, names);
  if (table.key !== old.key || table.id !== old.id) return rebuildTable(database, resource, old, table, options);
  for (const column of addedColumns(old, table)) database.exec(addColumnSql(table, column));
  reconcileIndexes(database, resource, table, options);
  return table;
}

function createTable(database: Database, resource: Resource, table: Table): Table {
  database.exec(createTableSql(table));
  const byId = idIndexSql(table);
  if (byId !== undefined) database.exec(byId);
  for (const index of planIndexes(resource, table)) database.exec(createIndexSql(table, index));
  return table;
}

function addedColumns(old: Table, table: Table): readonly Column[] {
  return table.columns.slice(old.columns.length);
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
  const stored = ['key', 'rev', 'doc', ...old.columns.flatMap((each) => (each.kind === 'link' ? [each.name] : []))];
  const columns = stored.map(quote).join(', ');
  const aside = quote('cartouche_rebuild');
  database.exec(`ALTER TABLE ${quote(old.name)} RENAME TO ${aside}`);
  for (const name of indexNames(database, 'cartouche_rebuild')) database.exec(`DROP INDEX ${quote(name)}`);
  database.exec(createTableSql(table));
  database.exec(
    `INSERT INTO ${quote(table.name)} (${columns}) SELECT ${columns} FROM ${aside} ORDER BY ${quote(rowNumber(old))}`,
  );
  database.exec(`DROP TABLE ${aside}`);
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

/** Our own ones: those that SQLite makes for UNIQUE columns have no SQL. */
function indexNames(database: Database, table: string): readonly string[] {
  return database
    .prepare(`SELECT "name" FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`)
    .all(table)
    .flatMap(([name]) => (typeof name === 'string' ? [name] : []));
}
