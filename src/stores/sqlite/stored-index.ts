import type { Resource } from '../../model/types.ts';
import type { Database } from './driver.ts';
import { quote, type Table } from './layout.ts';
import { readMeta } from './meta.ts';
import type { SearchIndex } from './search-condition.ts';
import { keysAsJson, planSearch, type SearchLayout, searchMeta, watermarkIn } from './search-layout.ts';

/** The full-text index as the file has it, for who only reads, and learns of no write by itself. */
export class StoredIndex {
  readonly #database: Database;
  readonly #table: Table;
  readonly #layout: SearchLayout;

  constructor(database: Database, resource: Resource, table: Table) {
    this.#database = database;
    this.#table = table;
    this.#layout = planSearch(resource, table);
  }

  /**
   * As it is at the moment of the read transaction, which the search must share: everything above the watermark is late.
   * `undefined`: none was built to its end.
   */
  index(): SearchIndex | undefined {
    const { fields, fingerprint, table, columns } = this.#layout;
    if (fields.length === 0) return undefined;
    const watermark = watermarkIn(readMeta(this.#database, searchMeta(this.#table)), fingerprint);
    if (watermark === undefined) return undefined;
    const written = `SELECT CAST("key" AS TEXT) FROM ${quote(this.#table.name)} WHERE "rev" > ?`;
    const late = this.#database
      .prepare(written)
      .all(watermark)
      .map(([key]) => String(key));
    return { table, columns, ...(late.length > 0 && { late: keysAsJson(this.#table, late) }) };
  }
}
