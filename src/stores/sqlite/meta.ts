/** What a database says of itself: that it is ours, of which format, for which description, and with which tables. */
import { randomUUID } from 'node:crypto';
import { StoreError } from '../contract.ts';
import type { Database } from './driver.ts';
import type { Table } from './layout.ts';
import { markedFormatVersion } from './marks.ts';
import { createSequencesSql } from './sequence.ts';

/** "Cart": marks a file as ours (https://sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x43617274;

/**
 * Raised when an older Cartouche could not go on with what this one writes. 2: fields are plain columns, which an older
 * one would leave empty.
 */
const formatVersion = 2;

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
  if (userVersion(database) > markedFormatVersion) {
    throw new StoreError('schema', 'The database was written by a newer version of Cartouche. Update this one.');
  }
}

/** Makes a database ours, of the present format. */
export function prepareMeta(database: Database): void {
  database.exec(`PRAGMA application_id = ${applicationId}`);
  // Marks stay, and what they ask for.
  database.exec(`PRAGMA user_version = ${Math.max(formatVersion, userVersion(database))}`);
  database.exec('CREATE TABLE IF NOT EXISTS "cartouche_meta" ("name" TEXT PRIMARY KEY, "value" TEXT NOT NULL)');
  database.exec(createSequencesSql);
  database.prepare(`INSERT OR IGNORE INTO "cartouche_meta" VALUES ('secret', ?)`).run(randomUUID());
}

/**
 * What is signed for this data, for as long as it lives. A database that is opened read-only, and has none yet, signs
 * for this process.
 */
export function readSecret(database: Database): string {
  return readMeta(database, 'secret') ?? randomUUID();
}

/** The format that it was last written in; 0 for an empty file. */
export function userVersion(database: Database): number {
  return Number(database.prepare('PRAGMA user_version').get()?.[0]);
}

/** `undefined`: it says nothing of that, or is new. */
export function readMeta(database: Database, name: string): string | undefined {
  const exists = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'cartouche_meta'`).get() !== undefined;
  if (!exists) return undefined;
  const value = database.prepare('SELECT "value" FROM "cartouche_meta" WHERE "name" = ?').get(name)?.[0];
  return typeof value === 'string' ? value : undefined;
}

export function writeMeta(database: Database, name: string, value: string): void {
  database.prepare('INSERT OR REPLACE INTO "cartouche_meta" ("name", "value") VALUES (?, ?)').run(name, value);
}

export function deleteMeta(database: Database, name: string): void {
  database.prepare('DELETE FROM "cartouche_meta" WHERE "name" = ?').run(name);
}

/** The tables that the database has: those of resources that were written to. */
export function readTables(database: Database): readonly Table[] {
  const value: unknown = JSON.parse(readMeta(database, 'tables') ?? '[]');
  if (isTables(value)) return value;
  throw new StoreError('not-a-database', 'The database does not know its own tables; it is damaged.');
}

export function writeTables(database: Database, tables: readonly Table[]): void {
  writeMeta(database, 'tables', JSON.stringify(tables));
}

function isTables(value: unknown): value is readonly Table[] {
  const isTable = (each: unknown): boolean =>
    typeof each === 'object' && each !== null && 'resource' in each && 'columns' in each && Array.isArray(each.columns);
  return Array.isArray(value) && value.every(isTable);
}
