import type { Database, Statement } from './driver.ts';

/** Enough for every list that an API's clients really use; more would only hold the memory of attacks. */
const mostStatements = 200;

/** Prepares each SQL text once; the least recently used ones are forgotten. */
export function createStatementCache(database: Database): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    const known = statements.get(sql);
    if (known !== undefined) {
      // A Map keeps the order of insertion: taken out and put back, it is the youngest.
      statements.delete(sql);
      statements.set(sql, known);
      return known;
    }
    const prepared = database.prepare(sql);
    statements.set(sql, prepared);
    const oldest = statements.size > mostStatements ? statements.keys().next().value : undefined;
    if (oldest !== undefined) statements.delete(oldest);
    return prepared;
  };
}
