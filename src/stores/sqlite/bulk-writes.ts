import type { Filter } from '../../query/types.ts';
import type { BulkWrite, StoredDocument } from '../contract.ts';
import type { Sql } from './compile.ts';
import type { Statement } from './driver.ts';
import type { Elsewhere } from './elsewhere.ts';
import { idColumns, quote, type Table } from './layout.ts';
import type { Marks } from './marks.ts';
import type { Rows } from './rows.ts';
import { keysAsJson } from './search-layout.ts';
import type { Sequence } from './sequence.ts';

export interface BulkWritesContext {
  readonly table: Table;
  readonly sequence: Sequence;
  readonly rows: Rows;
  readonly marks: Marks | undefined;
  readonly elsewhere: Elsewhere;
  readonly statement: (sql: string) => Statement;
  /** The columns of `rows.document`. */
  readonly selected: string;
  /** As the index of words is at the moment. */
  readonly condition: (filter: Filter) => Sql;
  readonly write: <T>(changes: 'one-statement' | 'many-statements', work: () => T) => Promise<T>;
  /** Documents are gone; `revision` is that of the latest removal. */
  readonly removed: (count: number, revision: number) => void;
}

/**
 * Changes of all documents that match. Where no index finds them, they are found by the other thread first, so that
 * nobody waits; the write then looks at those alone, and at what was written meanwhile. So it changes exactly what matches
 * in its own moment, all or none.
 */
export class BulkWrites {
  readonly #context: BulkWritesContext;
  /** For each change whose documents are still being found. */
  readonly #meanwhile = new Set<Set<string>>();

  constructor(context: BulkWritesContext) {
    this.#context = context;
  }

  /** A document was written. */
  written(key: string): void {
    for (const keys of this.#meanwhile) keys.add(key);
  }

  async update(
    filter: Filter,
    change: (current: StoredDocument) => string | undefined,
    tell?: (written: BulkWrite) => void,
  ): Promise<number> {
    const { changed, writes } = await this.#write('many-statements', filter, (condition) => {
      let changed = 0;
      const writes: BulkWrite[] = [];
      for (const before of this.#matching(condition)) {
        const text = change(before);
        if (text === undefined) continue;
        const after = this.#context.rows.replace(before, text, undefined);
        if (tell) writes.push({ before, after });
        changed += 1;
      }
      return { changed, writes };
    });
    if (tell) writes.forEach(tell);
    return changed;
  }

  async remove(filter: Filter, tell?: (written: BulkWrite) => void): Promise<number> {
    const { gone, count } = await this.#write('one-statement', filter, (condition) => {
      const { table, sequence, marks, statement, removed } = this.#context;
      const { sql, parameters } = condition;
      const gone = tell ? this.#matching(condition) : [];
      marks?.removedAll(sql, parameters, sequence.clock.next());
      const { changes } = statement(`DELETE FROM ${quote(table.name)} WHERE ${sql}`).run(...parameters);
      removed(Number(changes), sequence.clock.last);
      return { gone, count: Number(changes) };
    });
    if (tell) for (const before of gone) tell({ before });
    return count;
  }

  async #write<T>(
    changes: 'one-statement' | 'many-statements',
    filter: Filter,
    work: (condition: Sql) => T,
  ): Promise<T> {
    const { elsewhere, condition, write, table } = this.#context;
    if (!elsewhere.isLongCount(filter)) return write(changes, () => work(condition(filter)));
    const meanwhile = new Set<string>();
    this.#meanwhile.add(meanwhile);
    try {
      const found = await elsewhere.keys(filter);
      return await write(changes, () => {
        const { sql, parameters } = condition(filter);
        const keys = keysAsJson(table, [...new Set([...found, ...meanwhile])]);
        return work({
          sql: `"key" IN (SELECT value FROM json_each(?)) AND (${sql})`,
          parameters: [keys, ...parameters],
        });
      });
    } finally {
      this.#meanwhile.delete(meanwhile);
    }
  }

  /** Of all documents, in the order of ids; read in whole, because the table changes while they are visited. */
  #matching({ sql, parameters }: Sql): readonly StoredDocument[] {
    const { table, statement, selected, rows } = this.#context;
    const order = idColumns(table).map(quote).join(', ');
    const all = `SELECT ${selected} FROM ${quote(table.name)} WHERE ${sql} ORDER BY ${order}`;
    return statement(all)
      .all(...parameters)
      .map((row) => rows.document(row));
  }
}
