/**
 * The full-text index of a resource. A write pays nothing for it: the index is made when somebody first searches, and
 * then catches up with what was written, a few documents at a time, when nothing else is to be done.
 *
 * What is not in the index yet is known at every moment (`SearchIndex`):
 *
 * - While it is built, in the order of row numbers, everything behind the row that it has come to.
 * - The documents that were written since, which this process, the only writer, keeps a list of.
 * - After a restart, the documents whose revision is above a watermark. It is written in the transaction that indexes,
 *   and no document up to it is ever late. A build that did not come to its end begins again.
 *
 * Rows that are gone leave their words behind. They find nothing, as there is no such row; and a new document under the
 * same row number is late, until its words replace them.
 */
import type { Resource } from '../../model/types.ts';
import type { Database, Row } from './driver.ts';
import { quote, rowNumber, type Table } from './layout.ts';
import { deleteMeta, readMeta, writeMeta } from './meta.ts';
import type { SearchIndex } from './search-condition.ts';
import {
  createSearchSql,
  indexedTexts,
  indexSql,
  keysAsJson,
  planSearch,
  type SearchLayout,
  searchMeta,
  watermarkIn,
} from './search-layout.ts';
import type { WriteQueue } from './write-queue.ts';

export interface FullTextContext {
  readonly database: Database;
  readonly queue: WriteQueue;
  readonly isOpen: () => boolean;
}

interface Served {
  readonly resource: Resource;
  readonly table: Table;
}

/** A document that was written, and is not in the index as it is now. */
interface Late {
  /** No lower revision of it is missing. */
  readonly since: number;
  readonly revision: number;
}

type State =
  /** Nobody has searched yet. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; builtTo: string | undefined; watermark: number; readonly late: Map<string, Late> }
  /** This SQLite has no FTS5. */
  | { readonly kind: 'unavailable' };

type Known = Extract<State, { readonly kind: 'known' }>;

/** Before all row numbers. */
const beginning = '-9223372036854775808';

/** How long a step may keep others waiting, in milliseconds, and how long it then waits for them. */
const stepTime = 4;
const pause = 8;

/** How many steps a search waits for. */
const mostSteps = 100;

/** How many documents are fetched at once. */
const chunk = 20;

export class FullText {
  readonly #context: FullTextContext;
  #served: Served | undefined;
  #planned: SearchLayout | undefined;
  #state: State = { kind: 'unknown' };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #removed = 0;

  constructor(context: FullTextContext) {
    this.#context = context;
  }

  /** The resource and its table, as they are described now. Before everything else. */
  serve(resource: Resource, table: Table): void {
    this.rest();
    this.#served = { resource, table };
    this.#planned = undefined;
  }

  /** Does nothing more until somebody searches again. */
  rest(): void {
    if (this.#state.kind === 'known') this.#state = { kind: 'unknown' };
  }

  /** The index as it is now, for a search; the first call has it made. `undefined`: there is none. */
  index(): SearchIndex | undefined {
    const state = this.#known();
    if (state === undefined) return undefined;
    // After a failure, a search tries again.
    if (!isDone(state)) this.#schedule(state);
    const { table, columns } = this.#layout;
    if (state.builtTo === beginning) return undefined;
    const { builtTo } = state;
    const late = state.late.size === 0 ? undefined : keysAsJson(this.#table, [...state.late.keys()]);
    return { table, columns, ...(builtTo !== undefined && { builtTo }), ...(late !== undefined && { late }) };
  }

  /** How many documents are late, as far as is known without counting; `rows`: how many there are. */
  missing(rows: number): number {
    const state = this.#known();
    if (state === undefined) return 0;
    return state.late.size + (state.builtTo === undefined ? 0 : rows);
  }

  /** Indexes what is late; resolves when all of it is done, or cannot be, or much is written meanwhile. */
  async catchUp(): Promise<void> {
    for (let steps = 0; steps < mostSteps; steps++) {
      const state = this.#known();
      if (state === undefined || isDone(state) || !(await this.#step(state))) return;
    }
  }

  /** A document was written. Within a transaction, which may still be undone. */
  written(key: string, revision: number): void {
    if (this.#state.kind !== 'known') return;
    const { late } = this.#state;
    // An undone write leaves the older revision, which must not be forgotten.
    late.set(key, { since: late.get(key)?.since ?? revision, revision });
    this.#schedule(this.#state);
  }

  /** Documents were removed; `rows` are left. Within a transaction. */
  removed(count: number, rows: number): void {
    if (this.#state.kind !== 'known') return;
    this.#removed += count;
    // More is left behind than there is: a new index is smaller.
    if (this.#removed > rows + 1000) this.forget();
  }

  /** The next search makes the index anew. Within a transaction, which may still be undone. */
  forget(): void {
    if (this.#state.kind === 'unavailable') return;
    this.#state = { kind: 'unknown' };
    this.#removed = 0;
    deleteMeta(this.#context.database, searchMeta(this.#table));
  }

  get #table(): Table {
    return this.#described.table;
  }

  get #layout(): SearchLayout {
    // When it is first needed: most resources are never searched.
    this.#planned ??= planSearch(this.#described.resource, this.#table);
    return this.#planned;
  }

  get #described(): Served {
    if (this.#served === undefined) throw new TypeError('The index serves no resource yet.');
    return this.#served;
  }

  #known(): Known | undefined {
    if (this.#state.kind === 'unavailable' || this.#layout.fields.length === 0) return undefined;
    if (this.#state.kind === 'known') return this.#state;
    const { database } = this.#context;
    const watermark = watermarkIn(readMeta(database, searchMeta(this.#table)), this.#layout.fingerprint);
    const state: Known = {
      kind: 'known',
      builtTo: watermark === undefined ? beginning : undefined,
      watermark: watermark ?? 0,
      late: new Map(watermark === undefined ? [] : this.#writtenSince(watermark)),
    };
    this.#state = state;
    return state;
  }

  #writtenSince(watermark: number): readonly (readonly [string, Late])[] {
    const rows = this.#context.database
      .prepare(`SELECT CAST("key" AS TEXT), "rev" FROM ${quote(this.#table.name)} WHERE "rev" > ? ORDER BY "rev"`)
      .all(watermark);
    return rows.map(([key, rev]) => [String(key), { since: Number(rev), revision: Number(rev) }]);
  }

  /** Takes a step when nothing else is to be done, and goes on until all is indexed. */
  #schedule(state: Known): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(async () => {
      const isDoing = this.#state === state && (await this.#step(state));
      this.#timer = undefined;
      if (isDoing && !isDone(state)) this.#schedule(state);
      else if (this.#state !== state && this.#state.kind === 'known') this.#schedule(this.#state);
    }, pause);
    // Nobody waits for an index.
    this.#timer.unref();
  }

  /** Indexes for a short while, and writes down how far it came. Resolves false if it could not. */
  async #step(state: Known): Promise<boolean> {
    if (!this.#context.isOpen()) return false;
    try {
      const commit = await this.#context.queue.submit(() => {
        if (this.#state !== state) return undefined;
        return state.builtTo === undefined ? this.#indexLate(state) : this.#build(state, state.builtTo);
      }, 'many-statements');
      if (this.#state === state) commit?.();
      return commit !== undefined;
    } catch (error) {
      // A full disk, say. Searches are slower and right; the next write or search tries again.
      if (error instanceof Error && /no such module/.test(error.message)) this.#state = { kind: 'unavailable' };
      return false;
    }
  }

  /** Within a transaction. What comes back is to be called when it is committed. */
  #build(state: Known, from: string): () => void {
    const { database } = this.#context;
    const number = quote(rowNumber(this.#table));
    if (from === beginning) {
      deleteMeta(database, searchMeta(this.#table));
      database.exec(`DROP TABLE IF EXISTS ${quote(this.#layout.table)}`);
      database.exec(createSearchSql(this.#layout));
    }
    const next = database.prepare(
      `SELECT CAST(${number} AS TEXT), "rev", "doc" FROM ${quote(this.#table.name)} WHERE ${number} > CAST(? AS INTEGER) ORDER BY ${number} LIMIT ${chunk}`,
    );
    let { watermark } = state;
    let builtTo: string | undefined = from;
    for (const end = performance.now() + stepTime; builtTo !== undefined && performance.now() < end; ) {
      const rows: readonly Row[] = next.all(builtTo);
      watermark = Math.max(watermark, this.#indexRows(rows));
      builtTo = rows.length < chunk ? undefined : String(rows.at(-1)?.[0]);
    }
    // What was written meanwhile, even if it is indexed by now, counts as late.
    const [earliest] = state.late.values();
    if (earliest !== undefined) watermark = Math.min(watermark, earliest.since - 1);
    if (builtTo === undefined) this.#writeDown(watermark);
    return () => {
      state.builtTo = builtTo;
      state.watermark = watermark;
    };
  }

  /** Within a transaction. What comes back is to be called when it is committed. */
  #indexLate(state: Known): () => void {
    const { database } = this.#context;
    const number = quote(rowNumber(this.#table));
    const some = database.prepare(
      `SELECT CAST(${number} AS TEXT), "rev", "doc" FROM ${quote(this.#table.name)} WHERE "key" IN (SELECT value FROM json_each(?))`,
    );
    const late = [...state.late];
    let { watermark } = state;
    let done = 0;
    for (const end = performance.now() + stepTime; done < late.length && performance.now() < end; done += chunk) {
      const keys = late.slice(done, done + chunk).map(([key]) => key);
      watermark = Math.max(watermark, this.#indexRows(some.all(keysAsJson(this.#table, keys))));
    }
    const rest = late[done];
    if (rest !== undefined) watermark = Math.min(watermark, rest[1].since - 1);
    watermark = Math.max(watermark, state.watermark);
    if (watermark > state.watermark) this.#writeDown(watermark);
    return () => {
      state.watermark = watermark;
      for (const [key, { revision }] of late.slice(0, done)) forgetOrKeep(state.late, key, revision);
    };
  }

  /** The highest revision among the rows (row number, revision, document). */
  #indexRows(rows: readonly Row[]): number {
    const insert = this.#context.database.prepare(indexSql(this.#layout));
    let highest = 0;
    for (const [number = null, rev, text] of rows) {
      insert.run(number, ...indexedTexts(this.#layout, JSON.parse(String(text))));
      highest = Math.max(highest, Number(rev));
    }
    return highest;
  }

  #writeDown(watermark: number): void {
    const { fingerprint } = this.#layout;
    writeMeta(this.#context.database, searchMeta(this.#table), JSON.stringify({ fingerprint, watermark }));
  }
}

function isDone({ builtTo, late }: Known): boolean {
  return builtTo === undefined && late.size === 0;
}

/** What was written again since then is late from there on. */
function forgetOrKeep(late: Map<string, Late>, key: string, indexed: number): void {
  const now = late.get(key);
  late.delete(key);
  if (now !== undefined && now.revision > indexed) late.set(key, { since: now.revision, revision: now.revision });
}
