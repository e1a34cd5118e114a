/**
 * What an index has yet to learn of, and what it must remember as removed. A mark is written in the transaction that
 * writes the document, so that no crash can part the two; it lies in a table of its own, so that the tables of documents
 * stay as they are, and cost those who have no index nothing.
 */
import type { Database, SqliteValue, Statement } from './driver.ts';
import { quote, type Table } from './layout.ts';

const createMarksSql = `CREATE TABLE "cartouche_changes" (
  "resource" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  -- By which an index orders the states of a document: that of the document, or of its removal.
  "rev" INTEGER NOT NULL,
  -- When the document was removed, in milliseconds since 1970. NULL: it is stored.
  "removed" INTEGER,
  -- Since when the index is to learn of it. NULL: it has.
  "at" INTEGER,
  -- Why the index does not take it.
  "refused" TEXT,
  PRIMARY KEY ("resource", "key")
) WITHOUT ROWID;
CREATE INDEX "cartouche_changes.at" ON "cartouche_changes" ("resource", "at") WHERE "at" IS NOT NULL;
CREATE INDEX "cartouche_changes.removed" ON "cartouche_changes" ("resource", "removed") WHERE "removed" IS NOT NULL`;

/** Raised by `createMarks`: a Cartouche that knows no marks would write documents without them. */
export const markedFormatVersion = 3;

/** Whether an index was ever kept of this database. From then on every write is marked, whoever opens it. */
export function hasMarks(database: Database): boolean {
  return database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'cartouche_changes'`).get() !== undefined;
}

/** Throws what SQLite throws. */
export function createMarks(database: Database): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(createMarksSql);
    database.exec(`PRAGMA user_version = ${markedFormatVersion}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.inTransaction()) database.exec('ROLLBACK');
    throw error;
  }
}

/** The marks of one resource. Everything here runs within the transaction of the write that it belongs to. */
export class Marks {
  readonly #table: Table;
  readonly #statement: (sql: string) => Statement;

  constructor(table: Table, statement: (sql: string) => Statement) {
    this.#table = table;
    this.#statement = statement;
  }

  written(key: string, revision: number): void {
    this.#statement(`${insertSql} VALUES (?, ?, ?, NULL, ?) ${raiseSql}`).run(
      this.#table.resource,
      key,
      revision,
      Date.now(),
    );
  }

  /** The revision that was given. */
  removed(key: string, revision: number): number {
    const now = Date.now();
    this.#statement(`${insertSql} VALUES (?, ?, ?, ?, ?) ${raiseSql}`).run(
      this.#table.resource,
      key,
      revision,
      now,
      now,
    );
    return revision;
  }

  /** Before they are: all rows that a condition holds for, under one revision above all of theirs. */
  removedAll(condition: string, parameters: readonly SqliteValue[], revision: number): void {
    const now = Date.now();
    this.#statement(
      `${insertSql} SELECT ?, CAST("key" AS TEXT), ?, ?, ? FROM ${quote(this.#table.name)} WHERE ${condition} ${raiseSql}`,
    ).run(this.#table.resource, revision, now, now, ...parameters);
  }
}

const insertSql = 'INSERT INTO "cartouche_changes" ("resource", "key", "rev", "removed", "at")';

/**
 * A document may come back, from a copy, with a revision below that of its removal. An index would not take it, so that
 * there it has a revision of its own.
 */
const raiseSql = `ON CONFLICT ("resource", "key") DO UPDATE SET
  "rev" = max(excluded."rev", "cartouche_changes"."rev" + 1),
  "removed" = excluded."removed", "at" = excluded."at", "refused" = NULL`;
