import type { Resource } from '../../model/types.ts';
import { aggregate } from '../../query/aggregate.ts';
import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import { idOfKey } from '../../query/operand.ts';
import { pageFilter } from '../../query/position.ts';
import type { Filter, Query } from '../../query/types.ts';
import {
  type Collection,
  type NewDocument,
  type Page,
  type Precondition,
  type StoredDocument,
  StoreError,
  type TextPage,
} from '../contract.ts';
import { checkPrecondition } from '../preconditions.ts';
import { compileFilter, compileSort } from './compile.ts';
import type { Database, Row, Statement } from './driver.ts';
import { idColumns, quote, type Table } from './layout.ts';
import { createPlanner, type Planner } from './planner.ts';
import type { ReadTurn } from './read-turn.ts';
import type { Sequence } from './sequence.ts';
import { type LinkColumn, linkColumnsOf, type StatementTexts, statementTexts } from './statement-texts.ts';
import { createStatementCache } from './statements.ts';
import type { WriteQueue } from './write-queue.ts';
import { replaceSql } from './writes.ts';

export interface CollectionContext {
  readonly database: Database;
  readonly queue: WriteQueue;
  readonly turn: ReadTurn;
  readonly resource: Resource;
  readonly table: Table;
  readonly sequence: Sequence;
  /** Nobody else writes: what is counted in memory holds. */
  readonly isOnlyWriter: boolean;
  /** Throws when the store is closed. */
  readonly assertOpen: () => void;
  /** Throws when the store can only be read. */
  readonly assertWritable: () => void;
  /** What SQLite threw, as the contract names it. */
  readonly failure: (error: unknown) => unknown;
}

/** A resource's documents in their table. */
export class SqliteCollection implements Collection {
  readonly #context: CollectionContext;
  readonly #planner: Planner;
  readonly #statement: (sql: string) => Statement;
  readonly #sql: StatementTexts;
  readonly #links: readonly LinkColumn[];
  readonly #get: Statement;
  /** Made when it is first needed: who only reads, may read what an older version laid out. */
  #insertion: Statement | undefined;

  constructor(context: CollectionContext) {
    this.#context = context;
    this.#links = linkColumnsOf(context.resource, context.table);
    this.#sql = statementTexts(context.table, this.#links);
    this.#statement = createStatementCache(context.database);
    this.#planner = createPlanner({ ...context, statement: this.#statement, selected: this.#sql.selected });
    this.#get = context.database.prepare(this.#sql.get);
  }

  get(key: string): StoredDocument | undefined {
    this.#context.assertOpen();
    if (!this.#isKey(key)) return undefined;
    return this.#reading(() => {
      const row = this.#get.get(key);
      return row === undefined ? undefined : this.#document(row);
    });
  }

  list(query: Query): Page {
    this.#context.assertOpen();
    return this.#reading(() => {
      const { resource } = this.#context;
      const rows = this.#planner.page(
        query.after === undefined ? query : { ...query, filter: pageFilter(query, resource) },
      );
      const more = rows.length > query.limit;
      const documents: StoredDocument[] = [];
      for (const row of rows) if (documents.length < query.limit) documents.push(this.#document(row));
      return query.count !== 'none' ? { documents, total: this.#count(query.filter), more } : { documents, more };
    });
  }

  listTexts({ filter, sort, after, limit, offset, count: counting }: Query): TextPage | undefined {
    const { resource, table, sequence, isOnlyWriter } = this.#context;
    // Without a filter it is known how many there are, and so whether more follow. Another writer would know better.
    if (filter.kind !== 'all' || after !== undefined || limit > mostJoined || !isOnlyWriter) return undefined;
    this.#context.assertOpen();
    return this.#reading(() => {
      const order = compileSort(sort, resource, table).join(', ');
      const page = `SELECT "doc" FROM ${quote(table.name)} ORDER BY ${order} LIMIT ? OFFSET ?`;
      const joined = this.#statement(`SELECT group_concat("doc", ','), count(*) FROM (${page})`).get(limit, offset);
      const texts = joined?.[0];
      const count = Number(joined?.[1]);
      const found = { texts: typeof texts === 'string' ? texts : '', count, more: offset + count < sequence.rows };
      return counting !== 'none' ? { ...found, total: sequence.rows } : found;
    });
  }

  count(filter: Filter): number {
    this.#context.assertOpen();
    return this.#reading(() => this.#count(filter));
  }

  create(document: NewDocument): Promise<StoredDocument> {
    return this.#write('one-statement', () => this.#insert(document, document.links ?? {}));
  }

  createMany(documents: readonly NewDocument[]): Promise<readonly StoredDocument[]> {
    return this.#write('many-statements', () => {
      const created = documents.map((document) => this.#insertRow(document, document.links ?? {}));
      // Only now: what the savepoint undoes must not have been counted.
      for (const { key } of created) this.#context.sequence.inserted(idOfKey(key, this.#context.resource.id));
      return created;
    });
  }

  async nextId(): Promise<number> {
    this.#context.assertOpen();
    this.#context.assertWritable();
    const { sequence } = this.#context;
    // Numbers are reserved in blocks, so that most of them cost no write; what is reserved and unused is lost in a crash.
    if (!sequence.hasReserved) await this.#write('one-statement', () => sequence.reserve());
    return sequence.hasReserved ? sequence.take() : this.nextId();
  }

  update(
    key: string,
    precondition: Precondition,
    change: (current: StoredDocument) => string | undefined,
  ): Promise<StoredDocument | undefined> {
    return this.#write('one-statement', () => {
      const current = this.#current(key);
      if (current === undefined) return undefined;
      checkPrecondition(precondition, current.revision);
      const text = change(current);
      return text === undefined ? current : this.#replace(current, text, undefined);
    });
  }

  upsert(
    document: NewDocument,
    precondition: Precondition,
  ): Promise<{ readonly document: StoredDocument; readonly created: boolean }> {
    return this.#write('one-statement', () => {
      const current = this.#current(document.key);
      checkPrecondition(precondition, current?.revision);
      if (current === undefined) return { document: this.#insert(document, document.links ?? {}), created: true };
      return { document: this.#replace(current, document.text, document.links), created: false };
    });
  }

  remove(key: string, precondition: Precondition): Promise<StoredDocument | undefined> {
    return this.#write('one-statement', () => {
      const current = this.#current(key);
      if (current === undefined) return undefined;
      checkPrecondition(precondition, current.revision);
      this.#statement(this.#sql.remove).run(key);
      this.#context.sequence.removed(1, current.revision);
      return current;
    });
  }

  updateMany(filter: Filter, change: (current: StoredDocument) => string | undefined): Promise<number> {
    return this.#write('many-statements', () => {
      let changed = 0;
      for (const current of this.#matching(filter)) {
        const text = change(current);
        if (text === undefined) continue;
        this.#replace(current, text, undefined);
        changed += 1;
      }
      return changed;
    });
  }

  removeMany(filter: Filter): Promise<number> {
    return this.#write('one-statement', () => {
      const { resource, table, sequence } = this.#context;
      const { sql, parameters } = compileFilter(filter, resource, table);
      const { changes } = this.#statement(`DELETE FROM ${quote(table.name)} WHERE ${sql}`).run(...parameters);
      sequence.removed(Number(changes), sequence.clock.last);
      return Number(changes);
    });
  }

  aggregate(filter: Filter, aggregations: Aggregations): AggregationResults {
    this.#context.assertOpen();
    return this.#reading(() => {
      const candidates = this.#matching(filter).map(({ key, links, text }) => ({
        key,
        links,
        document: JSON.parse(text) as unknown,
      }));
      return aggregate(aggregations, candidates, this.#context.resource);
    });
  }

  restore(documents: readonly StoredDocument[], lastId = 0): Promise<void> {
    return this.#write('many-statements', () => {
      for (const document of documents) this.#restore(document);
      this.#context.sequence.givenOut(lastId);
    });
  }

  lastId(): number {
    this.#context.assertOpen();
    return this.#context.sequence.lastId;
  }

  #restore({ key, text, links, revision }: StoredDocument): void {
    const { sequence, resource } = this.#context;
    const current = this.#current(key);
    if (current !== undefined && current.revision >= revision) return;
    sequence.clock.seen(revision);
    if (current !== undefined) this.#replaceRow(current, text, links, revision);
    else {
      this.#insertRow({ key, text }, links, revision);
      sequence.inserted(idOfKey(key, resource.id));
    }
  }

  async #write<T>(changes: 'one-statement' | 'many-statements', work: () => T): Promise<T> {
    const { assertOpen, assertWritable, queue, failure } = this.#context;
    assertOpen();
    assertWritable();
    try {
      return await queue.submit(work, changes);
    } catch (error) {
      throw failure(error);
    }
  }

  #reading<T>(work: () => T): T {
    try {
      this.#context.turn.enter();
      return work();
    } catch (error) {
      throw this.#context.failure(error);
    }
  }

  /** Of all documents, in the order of ids; read in whole, because the table changes while they are visited. */
  #matching(filter: Filter): readonly StoredDocument[] {
    const { resource, table } = this.#context;
    const { sql, parameters } = compileFilter(filter, resource, table);
    const order = idColumns(table).map(quote).join(', ');
    const all = `SELECT ${this.#sql.selected} FROM ${quote(table.name)} WHERE ${sql} ORDER BY ${order}`;
    return this.#statement(all)
      .all(...parameters)
      .map((row) => this.#document(row));
  }

  #count(filter: Filter): number {
    const { resource, table, sequence } = this.#context;
    if (filter.kind === 'all') return sequence.rows;
    const { sql, parameters } = compileFilter(filter, resource, table);
    const row = this.#statement(`SELECT count(*) FROM ${quote(table.name)} WHERE ${sql}`).get(...parameters);
    return Number(row?.[0]);
  }

  #current(key: string): StoredDocument | undefined {
    if (!this.#isKey(key)) return undefined;
    const row = this.#get.get(key);
    return row === undefined ? undefined : this.#document(row);
  }

  #insert(document: NewDocument, links: Readonly<Record<string, string>>): StoredDocument {
    const { sequence, resource } = this.#context;
    const inserted = this.#insertRow(document, links);
    sequence.inserted(idOfKey(document.key, resource.id));
    return inserted;
  }

  #insertRow(
    { key, text }: NewDocument,
    links: Readonly<Record<string, string>>,
    revision = this.#context.sequence.clock.next(),
  ): StoredDocument {
    if (!this.#isKey(key)) throw new TypeError(`${JSON.stringify(key)} cannot be a key here.`);
    const values = this.#links.map(({ link }) => links[link] ?? null);
    this.#insertion ??= this.#context.database.prepare(this.#sql.insert);
    this.#insertion.run({ document: text }, key, revision, ...values);
    return { key, revision, text, links };
  }

  #replace(
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
    const changedLinks = this.#links.filter(({ link }) => links[link] !== current.links[link]);
    const columns = changedLinks.map(({ column }) => column);
    const values = changedLinks.map(({ link }) => links[link] ?? null);
    const sql = replaceSql(this.#context.table, columns, this.#changes(current.key, text));
    this.#statement(sql).run({ document: text }, revision, ...values, current.key);
    this.#context.sequence.replaced();
    return { key: current.key, revision, text, links };
  }

  /** Which fields the text would change; see `changesSql`. */
  #changes(key: string, text: string): string {
    const { changes } = this.#sql;
    return changes === undefined ? '' : String(this.#statement(changes).get({ document: text }, key)?.[0]);
  }

  #document(row: Row): StoredDocument {
    const [key, revision, text] = row;
    if (typeof key !== 'string' || typeof revision !== 'number' || typeof text !== 'string') {
      throw new StoreError('not-a-database', `A row of the table "${this.#context.table.name}" is damaged.`);
    }
    return { key, revision, text, links: this.#links.length === 0 ? noLinks : this.#linksOf(row) };
  }

  #linksOf(row: Row): Readonly<Record<string, string>> {
    const links: Record<string, string> = {};
    for (const [index, { link }] of this.#links.entries()) {
      const value = row[index + 3];
      if (typeof value === 'string') links[link] = value;
    }
    return links;
  }

  /**
   * An integer column takes `07`, `7.0` and `7` for one key; only the last of them is one. The driver cuts a text at a
   * NUL, so that with one in it a key would be another document's.
   */
  #isKey(key: string): boolean {
    return this.#context.table.key === 'text' ? !key.includes('\0') : /^(?:0|-?[1-9]\d{0,17})$/.test(key);
  }
}

/** Documents may be large: more of them are better handed over one by one. */
const mostJoined = 200;

const noLinks: Readonly<Record<string, string>> = Object.freeze({});
