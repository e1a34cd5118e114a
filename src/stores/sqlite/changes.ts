/** Which documents an index has yet to learn of, as the marks of a database say it (`marks.ts`). */
import type { Resource } from '../../model/types.ts';
import { compareText } from '../../query/values.ts';
import type { ChangeLog, IndexableState } from '../changes.ts';
import type { ControlFacts } from '../contract.ts';
import type { Access } from './access.ts';
import { documentReader } from './document-reader.ts';
import type { Database, Row, SqliteValue } from './driver.ts';
import { keyRanges } from './key-order.ts';
import { quote, type Table } from './layout.ts';
import { linkColumnsOf, statementTexts } from './statement-texts.ts';
import { createStatementCache } from './statements.ts';

export interface ChangeLogContext {
  readonly database: Database;
  readonly access: Access;
  readonly control: ControlFacts;
  /** Throws `StoreError` `unknown-resource`. */
  readonly resource: (name: string) => Resource;
  /** `undefined`: nobody has written to the resource yet. */
  readonly table: (name: string) => Table | undefined;
}

type Revised = Pick<IndexableState, 'key' | 'revision'>;

export function createChangeLog(context: ChangeLogContext): ChangeLog {
  const { database, access, control, resource, table } = context;
  const { read, write } = access;
  const statement = createStatementCache(database);

  /** The documents that are stored under these keys, in any order. */
  const stored = (name: string, keys: readonly string[]): readonly IndexableState[] => {
    const laidOut = table(name);
    if (laidOut === undefined) return [];
    const links = linkColumnsOf(resource(name), laidOut);
    const wanted = JSON.stringify(keys);
    const rows = statement(
      `SELECT ${statementTexts(laidOut, links).selected} FROM ${quote(laidOut.name)} WHERE "key" IN (SELECT ${keyValue(laidOut)} FROM json_each(?))`,
    ).all(wanted);
    const marked = statement(
      `SELECT "key", "rev" FROM "cartouche_changes" WHERE "resource" = ? AND "removed" IS NULL
         AND "key" IN (SELECT value FROM json_each(?))`,
    ).all(name, wanted);
    const revisions = new Map(marked.map(([key, revision]) => [key, Number(revision)]));
    return rows.map(documentReader(laidOut, links)).map((document) => {
      const { key } = document;
      return { key, revision: revisions.get(key) ?? document.revision, removed: false, document };
    });
  };

  const removals = (rows: readonly Row[]): readonly IndexableState[] =>
    rows.map(([key, revision]) => ({ key: String(key), revision: Number(revision), removed: true }));

  return {
    pending: (name, limit, before) =>
      read(() => {
        resource(name);
        return statement(
          `SELECT "key" FROM "cartouche_changes"
             WHERE "resource" = ? AND "at" IS NOT NULL AND "at" <= ? AND "refused" IS NULL ORDER BY "at" LIMIT ?`,
        )
          .all(name, before.getTime(), limit)
          .map(([key]) => String(key));
      }),

    read: (name, keys) =>
      read(() => {
        resource(name);
        const removed = statement(
          `SELECT "key", "rev" FROM "cartouche_changes" WHERE "resource" = ? AND "removed" IS NOT NULL
             AND "key" IN (SELECT value FROM json_each(?))`,
        ).all(name, JSON.stringify(keys));
        return [...stored(name, keys), ...removals(removed)];
      }),

    confirm: (name, confirmed) =>
      write(() => {
        resource(name);
        const given = asPairs(confirmed);
        statement(
          `UPDATE "cartouche_changes" SET "at" = NULL, "refused" = NULL
             WHERE "resource" = ? AND ("key", "rev") IN (${pairs})`,
        ).run(name, given);
        const laidOut = table(name);
        if (laidOut === undefined) return;
        // A document's own revision says it all. (What was removed is remembered until it is forgotten.)
        statement(
          `DELETE FROM "cartouche_changes" WHERE "resource" = ? AND "at" IS NULL AND "removed" IS NULL
             AND ("key", "rev") IN (${pairs})
             AND "rev" = (SELECT "rev" FROM ${quote(laidOut.name)} AS stored WHERE stored."key" = "cartouche_changes"."key")`,
        ).run(name, given);
      }),

    fail: (name, failed, { kind, reason }) =>
      write(() => {
        resource(name);
        const laidOut = table(name);
        const parameters = [Date.now(), kind === 'refused' ? reason : null];
        for (const { key, revision } of failed) {
          // What was confirmed before may be refused by a new index: then it has no mark yet.
          if (laidOut !== undefined) {
            statement(
              `INSERT OR IGNORE INTO "cartouche_changes" ("resource", "key", "rev")
                 SELECT ?, ?, "rev" FROM ${quote(laidOut.name)} WHERE "key" = ? AND "rev" = ?`,
            ).run(name, key, key, revision);
          }
          statement(
            `UPDATE "cartouche_changes" SET "at" = ?, "refused" = ? WHERE "resource" = ? AND "key" = ? AND "rev" = ?`,
          ).run(...parameters, name, key, revision);
        }
      }),

    mark: (name, keys) =>
      write(() => {
        resource(name);
        const laidOut = table(name);
        const within = (value: string): string =>
          keys === 'all' ? 'true' : `"key" IN (SELECT ${value} FROM json_each(?))`;
        const wanted = keys === 'all' ? [] : [JSON.stringify(keys)];
        if (laidOut !== undefined) {
          statement(
            `INSERT OR IGNORE INTO "cartouche_changes" ("resource", "key", "rev")
               SELECT ?, CAST("key" AS TEXT), "rev" FROM ${quote(laidOut.name)} WHERE ${within(keyValue(laidOut))}`,
          ).run(name, ...wanted);
        }
        // What waits already keeps its place, unless it was refused: then it is tried again.
        statement(
          `UPDATE "cartouche_changes" SET "at" = ?, "refused" = NULL
             WHERE "resource" = ? AND ("at" IS NULL OR "refused" IS NOT NULL) AND ${within('value')}`,
        ).run(Date.now(), name, ...wanted);
      }),

    scan: (name, after, limit) =>
      read(() => {
        resource(name);
        const laidOut = table(name);
        const keys = (laidOut === undefined ? [] : keyRanges(laidOut, after, limit))
          .flatMap(({ sql, parameters }) => statement(sql).all(...parameters))
          .map(([key]) => String(key))
          .toSorted(compareText)
          .slice(0, limit);
        const removed = statement(
          `SELECT "key", "rev" FROM "cartouche_changes" WHERE "resource" = ? AND "removed" IS NOT NULL
             AND "key" ${after === undefined ? '>=' : '>'} ? ORDER BY "key" LIMIT ?`,
        ).all(name, after ?? '', limit);
        return [...stored(name, keys), ...removals(removed)].toSorted(byKey).slice(0, limit);
      }),

    forget: async (name, before) => {
      resource(name);
      const condition = '"resource" = ? AND "removed" < ? AND "at" IS NULL';
      const parameters: readonly SqliteValue[] = [name, before.getTime()];
      const some = await read(() =>
        statement(`SELECT 1 FROM "cartouche_changes" WHERE ${condition} LIMIT 1`).get(...parameters),
      );
      // Asked at every sweep, and hardly ever the case.
      if (some === undefined) return 0;
      return write(() =>
        Number(statement(`DELETE FROM "cartouche_changes" WHERE ${condition}`).run(...parameters).changes),
      );
    },

    count: (name) =>
      read(() => {
        resource(name);
        const waiting = 'FROM "cartouche_changes" WHERE "resource" = ? AND "at" IS NOT NULL';
        const pending = statement(`SELECT count(*) ${waiting} AND "refused" IS NULL`).get(name)?.[0];
        const refused = statement(
          `SELECT "key", "refused" ${waiting} AND "refused" IS NOT NULL LIMIT ${mostRefused}`,
        ).all(name);
        return {
          pending: Number(pending),
          refused: refused.map(([key, reason]) => ({ resource: name, key: String(key), reason: String(reason) })),
        };
      }),

    ...control,
  };
}

/** How many refused documents are told by name. */
const mostRefused = 100;

/** The pairs of key and revision that a parameter holds, as `asPairs` makes it. */
const pairs = `SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)`;

function asPairs(revised: readonly Revised[]): string {
  return JSON.stringify(revised.map(({ key, revision }) => [key, revision]));
}

/** A key of a JSON list as the table's column has it. */
function keyValue({ key }: Table): string {
  return key === 'integer' ? 'CAST(value AS INTEGER)' : 'value';
}

function byKey(left: IndexableState, right: IndexableState): number {
  return compareText(left.key, right.key);
}
