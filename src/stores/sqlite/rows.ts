import type { Resource } from '../../model/types.ts';
import { idOfKey } from '../../query/operand.ts';
import type { NewDocument, StoredDocument } from '../contract.ts';
import { documentReader } from './document-reader.ts';
import type { Database, Row, Statement } from './driver.ts';
import type { FullText } from './full-text.ts';
import type { Table } from './layout.ts';
import type { Marks } from './marks.ts';
import type { Sequence } from './sequence.ts';
import type { LinkColumn, StatementTexts } from './statement-texts.ts';
import { replaceSql } from './writes.ts';

export interface RowsContext {
  readonly database: Database;
  readonly resource: Resource;
  readonly table: Table;
  readonly sequence: Sequence;
  readonly links: readonly LinkColumn[];
  readonly sql: StatementTexts;
  readonly statement: (sql: string) => Statement;
  /** Told of each write. */
  readonly fullText: FullText | undefined;
  /** Told of each document that is written, within its transaction. */
  readonly onWritten: (key: string) => void;
  /** Absent: no index is kept of the data. */
  readonly marks: Marks | undefined;
}

/** Documents as rows of their table, one at a time. What writes, runs within a transaction. */
export class Rows {
  readonly #context: RowsContext;
  /** Of the columns that `StatementTexts.selected` names. */
  readonly document: (row: Row) => StoredDocument;
  readonly #get: Statement;
  /** Made when it is first needed: who only reads, may read what an older version laid out. */
  #insertion: Statement | undefined;

  constructor(context: RowsContext) {
    this.#context = context;
    this.document = documentReader(context.table, context.links);
    this.#get = context.database.prepare(context.sql.get);
  }

  /** `undefined`: there is no such document. */
  get(key: string): StoredDocument | undefined {
    if (!this.#isKey(key)) return undefined;
    const row = this.#get.get(key);
    return row === undefined ? undefined : this.document(row);
  }

  /** Throws what SQLite throws for a key or a value that is taken. */
  insert(document: NewDocument, links: Readonly<Record<string, string>>): StoredDocument {
    const { sequence, resource } = this.#context;
    const inserted = this.insertRow(document, links);
    sequence.inserted(idOfKey(document.key, resource.id));
    return inserted;
  }

  /** `insert`, without counting it: a savepoint may undo it. */
  insertRow(
    { key, text }: NewDocument,
    links: Readonly<Record<string, string>>,
    revision = this.#context.sequence.clock.next(),
  ): StoredDocument {
    if (!this.#isKey(key)) throw new TypeError(`${JSON.stringify(key)} cannot be a key here.`);
    const values = this.#context.links.map(({ link }) => links[link] ?? null);
    this.#insertion ??= this.#context.database.prepare(this.#context.sql.insert);
    this.#insertion.run({ document: text }, key, revision, ...values);
    this.#context.marks?.written(key, revision);
    this.#context.fullText?.written(key, revision);
    this.#context.onWritten(key);
    return { key, revision, text, links };
  }

  /** `newLinks`: absent, the document stays where it is. */
  replace(
    current: StoredDocument,
    text: string,
    newLinks: Readonly<Record<string, string>> | undefined,
  ): StoredDocument {
    return this.#replaceRow(current, text, newLinks ?? current.links, this.#context.sequence.clock.next());
  }

  #replaceRow(
    current: StoredDocument,
    text: string,
    links: Readonly<Record<string, string>>,
    revision: number,
  ): StoredDocument {
    const changedLinks = this.#context.links.filter(({ link }) => links[link] !== current.links[link]);
    const columns = changedLinks.map(({ column }) => column);
    const values = changedLinks.map(({ link }) => links[link] ?? null);
    const sql = replaceSql(this.#context.table, columns, this.#changes(current.key, text));
    this.#context.statement(sql).run({ document: text }, revision, ...values, current.key);
    this.#context.marks?.written(current.key, revision);
    this.#context.sequence.replaced();
    this.#context.fullText?.written(current.key, revision);
    this.#context.onWritten(current.key);
    return { key: current.key, revision, text, links };
  }

  /** Which fields the text would change; see `changesSql`. */
  #changes(key: string, text: string): string {
    const { changes } = this.#context.sql;
    return changes === undefined ? '' : String(this.#context.statement(changes).get({ document: text }, key)?.[0]);
  }

  /**
   * An integer column takes `07`, `7.0` and `7` for one key; only the last of them is one. The driver cuts a text at a
   * NUL, so that with one in it a key would be another document's.
   */
  #isKey(key: string): boolean {
    return this.#context.table.key === 'text' ? !key.includes('\0') : /^(?:0|-?[1-9]\d{0,17})$/.test(key);
  }

  /**
   * Takes a document over from another store, unless it is here with that revision or a newer one. Whether it is new
   * here, and to be counted: a savepoint may undo it.
   */
  restore({ key, text, links, revision }: StoredDocument): boolean {
    const current = this.get(key);
    if (current !== undefined && current.revision >= revision) return false;
    this.#context.sequence.clock.seen(revision);
    // Such a revision may be one that counts as indexed.
    this.#context.fullText?.forget();
    if (current !== undefined) this.#replaceRow(current, text, links, revision);
    else this.insertRow({ key, text }, links, revision);
    return current === undefined;
  }
}
