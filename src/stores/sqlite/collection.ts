import type { Resource } from '../../model/types.ts';
import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import { idOfKey } from '../../query/operand.ts';
import { hasWords } from '../../query/relevance.ts';
import type { Filter, Query } from '../../query/types.ts';
import type { BulkWrite, Collection, NewDocument, Page, Precondition, StoredDocument, TextPage } from '../contract.ts';
import { checkPrecondition } from '../preconditions.ts';
import { BulkWrites } from './bulk-writes.ts';
import { compileSort, type Sql } from './compile.ts';
import type { Database, Statement } from './driver.ts';
import { Elsewhere, mostLate } from './elsewhere.ts';
import { withEstimate } from './estimated-page.ts';
import { type FoundPage, pageOf } from './found-page.ts';
import type { FullText } from './full-text.ts';
import { quote, type Table } from './layout.ts';
import { Marks } from './marks.ts';
import type { ReadTurn } from './read-turn.ts';
import type { Reader } from './reader.ts';
import { Reads } from './reads.ts';
import { Rows } from './rows.ts';
import { compileSearch } from './search-condition.ts';
import type { Sequence } from './sequence.ts';
import { linkColumnsOf, type StatementTexts, statementTexts } from './statement-texts.ts';
import { createStatementCache } from './statements.ts';
import type { WriteQueue } from './write-queue.ts';

export interface CollectionContext {
  readonly database: Database;
  readonly queue: WriteQueue;
  readonly turn: ReadTurn;
  readonly resource: Resource;
  readonly table: Table;
  readonly sequence: Sequence;
  /** Absent: words are looked for text by text. */
  readonly fullText: FullText | undefined;
  /** An index is kept of the data: each write is marked. */
  readonly isMarked: boolean;
  /** For reads that take long; absent where only this connection can read. */
  readonly reader: Reader | undefined;
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
  readonly #reads: Reads;
  readonly #elsewhere: Elsewhere;
  readonly #statement: (sql: string) => Statement;
  readonly #sql: StatementTexts;
  readonly #rows: Rows;
  readonly #marks: Marks | undefined;
  readonly #bulk: BulkWrites;

  constructor(context: CollectionContext) {
    this.#context = context;
    const links = linkColumnsOf(context.resource, context.table);
    this.#sql = statementTexts(context.table, links);
    this.#statement = createStatementCache(context.database);
    this.#marks = context.isMarked ? new Marks(context.table, this.#statement) : undefined;
    const onWritten = (key: string): void => this.#bulk.written(key);
    this.#rows = new Rows({
      ...context,
      links,
      sql: this.#sql,
      statement: this.#statement,
      marks: this.#marks,
      onWritten,
    });
    this.#reads = new Reads({ ...context, statement: this.#statement, selected: this.#sql.selected });
    this.#elsewhere = new Elsewhere({ ...context, reads: this.#reads });
    this.#bulk = new BulkWrites({
      ...context,
      rows: this.#rows,
      marks: this.#marks,
      elsewhere: this.#elsewhere,
      statement: this.#statement,
      selected: this.#sql.selected,
      condition: (filter) => this.#condition(filter),
      write: (changes, work) => this.#write(changes, work),
      removed: (count, revision) => this.#removed(count, revision),
    });
  }

  get(key: string): StoredDocument | undefined {
    this.#context.assertOpen();
    return this.#reading(() => this.#rows.get(key));
  }

  list(query: Query): Page | Promise<Page> {
    this.#context.assertOpen();
    const { fullText, sequence } = this.#context;
    // Only what is in the index has a rank.
    const missing = query.ranked && fullText !== undefined ? fullText.missing(sequence.rows) : 0;
    if (fullText === undefined || missing === 0 || missing > mostLate) return this.#page(query);
    return fullText.catchUp().then(() => this.#page(query));
  }

  #guessed(query: Query, guess: number): Page | Promise<Page> {
    const add = (page: Page): Page => withEstimate(page, query, guess);
    const page = this.#page({ ...query, count: 'none' });
    return page instanceof Promise ? page.then(add) : add(page);
  }

  listTexts(query: Query): TextPage | undefined {
    const { filter, sort, after, limit, offset, count: counting } = query;
    const { resource, table, sequence, isOnlyWriter } = this.#context;
    // Without a filter it is known how many there are, and so whether more follow. Another writer would know better.
    if (filter.kind !== 'all' || after !== undefined || limit > mostJoined || !isOnlyWriter) return undefined;
    this.#context.assertOpen();
    if (this.#elsewhere.isLongPage(query)) return undefined;
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

  count(filter: Filter): number | Promise<number> {
    this.#context.assertOpen();
    return this.#reading(() =>
      this.#elsewhere.isLongCount(filter) ? this.#elsewhere.count(filter) : this.#count(filter),
    );
  }

  create(document: NewDocument): Promise<StoredDocument> {
    return this.#write('one-statement', () => this.#rows.insert(document, document.links ?? {}));
  }

  createMany(documents: readonly NewDocument[]): Promise<readonly StoredDocument[]> {
    return this.#write('many-statements', () => {
      const created = documents.map((document) => this.#rows.insertRow(document, document.links ?? {}));
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
      const current = this.#rows.get(key);
      if (current === undefined) return undefined;
      checkPrecondition(precondition, current.revision);
      const text = change(current);
      return text === undefined ? current : this.#rows.replace(current, text, undefined);
    });
  }

  upsert(
    document: NewDocument,
    precondition: Precondition,
  ): Promise<{ readonly document: StoredDocument; readonly created: boolean }> {
    return this.#write('one-statement', () => {
      const current = this.#rows.get(document.key);
      checkPrecondition(precondition, current?.revision);
      if (current === undefined) return { document: this.#rows.insert(document, document.links ?? {}), created: true };
      return { document: this.#rows.replace(current, document.text, document.links), created: false };
    });
  }

  remove(key: string, precondition: Precondition): Promise<StoredDocument | undefined> {
    return this.#write('one-statement', () => {
      const current = this.#rows.get(key);
      if (current === undefined) return undefined;
      checkPrecondition(precondition, current.revision);
      this.#statement(this.#sql.remove).run(key);
      this.#removed(1, this.#marks?.removed(key, this.#context.sequence.clock.next()) ?? current.revision);
      return current;
    });
  }

  async updateMany(
    filter: Filter,
    change: (current: StoredDocument) => string | undefined,
    tell?: (written: BulkWrite) => void,
  ): Promise<number> {
    this.#context.assertOpen();
    this.#context.assertWritable();
    return this.#bulk.update(filter, change, tell);
  }

  async removeMany(filter: Filter, tell?: (written: BulkWrite) => void): Promise<number> {
    this.#context.assertOpen();
    this.#context.assertWritable();
    return this.#bulk.remove(filter, tell);
  }

  aggregate(filter: Filter, aggregations: Aggregations): AggregationResults | Promise<AggregationResults> {
    this.#context.assertOpen();
    return this.#reading(() =>
      this.#elsewhere.isLongAggregation()
        ? this.#elsewhere.aggregate(filter, aggregations)
        : this.#reads.aggregate(filter, aggregations),
    );
  }

  restore(documents: readonly StoredDocument[], lastId = 0): Promise<void> {
    return this.#write('many-statements', () => {
      const added = documents.filter((document) => this.#rows.restore(document));
      for (const { key } of added) this.#context.sequence.inserted(idOfKey(key, this.#context.resource.id));
      this.#context.sequence.givenOut(lastId);
    });
  }

  lastId(): number {
    this.#context.assertOpen();
    return this.#context.sequence.lastId;
  }

  lastChange(): number | undefined {
    return this.#context.isOnlyWriter ? this.#context.sequence.lastChange : undefined;
  }

  async #write<T>(changes: 'one-statement' | 'many-statements', work: () => T): Promise<T> {
    const { assertOpen, assertWritable, queue, failure } = this.#context;
    assertOpen();
    assertWritable();
    try {
      // With its mark, each write is several statements.
      return await queue.submit(work, this.#marks === undefined ? changes : 'many-statements');
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

  #page(query: Query): Page | Promise<Page> {
    this.#context.assertOpen();
    return this.#reading(() => {
      const guess =
        query.count === 'estimated' && this.#elsewhere.isLongCount(query.filter)
          ? this.#reads.estimate(query.filter)
          : undefined;
      if (guess !== undefined) return this.#guessed(query, guess);
      const page = (found: FoundPage): Page => pageOf(query, found, (row) => this.#rows.document(row));
      if (this.#elsewhere.isLongPage(query)) return this.#elsewhere.page(query).then(page);
      const found = { rows: this.#reads.page(query), measure: this.#reads.measure(query) };
      if (query.count === 'none') return page(found);
      // What is quickly found is not always quickly counted.
      if (!this.#elsewhere.isLongCount(query.filter)) return page({ ...found, total: this.#count(query.filter) });
      return this.#elsewhere.count(query.filter).then((total) => page({ ...found, total }));
    });
  }

  #condition(filter: Filter): Sql {
    const { resource, table, fullText } = this.#context;
    return compileSearch(filter, resource, table, hasWords(filter) ? fullText?.index() : undefined);
  }

  #removed(count: number, revision: number): void {
    const { sequence, fullText } = this.#context;
    sequence.removed(count, revision);
    fullText?.removed(count, sequence.rows);
  }

  #count(filter: Filter): number {
    return filter.kind === 'all' ? this.#context.sequence.rows : this.#reads.count(filter);
  }
}

/** Documents may be large: more of them are better handed over one by one. */
const mostJoined = 200;
