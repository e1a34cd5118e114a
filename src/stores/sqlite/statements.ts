import type { Database, Statement } from './driver.ts';

/** Enough for every list that an API's clients really use; more would only hold the memory of attacks. */
const mostStatements = 200;

/**
 * Prepares each SQL text once; those that were not used for long are forgotten. They are kept in two halves, of which the
 * older one is dropped when the younger one is full: exact order of use would cost two writes for each statement run.
 */
export function createStatementCache(database: Database): (sql: string) => Statement {
  let younger = new Map<string, Statement>();
  let older = new Map<string, Statement>();
  return (sql) => {
    const known = younger.get(sql);
    if (known !== undefined) return known;
    const statement = older.get(sql) ?? database.prepare(sql);
    if (younger.size >= mostStatements / 2) {
      older = younger;
      younger = new Map();
    }
    younger.set(sql, statement);
    return statement;
  };
}
