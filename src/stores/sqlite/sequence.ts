import type { Scalar } from '../../query/types.ts';
import { RevisionClock } from '../revision.ts';
import type { Database } from './driver.ts';
import { quote, type Table } from './layout.ts';

export const createSequencesSql = `CREATE TABLE IF NOT EXISTS "cartouche_sequences" (
  "resource" TEXT PRIMARY KEY,
  -- No integer id up to this one is ever given out again.
  "last_id" INTEGER NOT NULL,
  -- The highest revision of a document that has been removed.
  "removed_revision" INTEGER NOT NULL,
  -- Until a crash, no revision goes beyond this one.
  "highest_revision" INTEGER NOT NULL
)`;

/**
 * Each block of ids costs one write, and a crash loses at most one block. So they grow with what is created: no more ids
 * are ever lost than have been given out, but for the first few.
 */
const idBlock = { first: 64, largest: 1024 };

/** A minute of revisions. They are recorded ahead, so that opening need not read every row to find the highest. */
const revisionBlock = 60_000_000;

interface Recorded {
  readonly id: number;
  readonly removedRevision: number;
  readonly highestRevision: number;
}

/** What is known of a table's numbers: revisions, ids and rows. Kept in memory, because this process is the only writer. */
export class Sequence {
  readonly clock = new RevisionClock();
  readonly #database: Database;
  readonly #table: Table;
  #lastId = 0;
  /** Ids up to this one are, or will be with the next COMMIT, recorded as given out. */
  #reservedId = 0;
  #block = idBlock.first;
  #removedRevision = 0;
  #recorded: Recorded = { id: 0, removedRevision: 0, highestRevision: 0 };
  #rows: number | undefined;
  #changes = 0;
  /** What was changed before this process opened the table was changed no later than in this revision. */
  readonly #changedBefore: number;

  constructor(database: Database, table: Table) {
    this.#database = database;
    this.#table = table;
    this.#recorded = this.#read();
    this.#lastId = this.#recorded.id;
    this.#reservedId = this.#recorded.id;
    this.#removedRevision = this.#recorded.removedRevision;
    this.clock.seen(this.#removedRevision);
    this.#changedBefore = Math.min(this.#recorded.highestRevision, Date.now() * 1000);
    // Rows are read only after a crash within the last minute, or with a clock that was put back.
    if (this.#recorded.highestRevision < Date.now() * 1000) return;
    this.clock.seen(this.#number(`SELECT max("rev") FROM ${quote(this.#table.name)}`));
  }

  /** Documents in the table. */
  get rows(): number {
    this.#rows ??= this.#number(`SELECT count(*) FROM ${quote(this.#table.name)}`);
    return this.#rows;
  }

  /** Documents written or removed so far by this process. */
  get changes(): number {
    return this.#changes;
  }

  /** Nothing was written or removed after this revision; 0: nothing ever was. */
  get lastChange(): number {
    return Math.max(this.clock.last, this.#changedBefore);
  }

  get hasReserved(): boolean {
    return this.#lastId < this.#reservedId;
  }

  take(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Within a transaction. */
  reserve(): void {
    this.#reservedId = Math.max(this.#reservedId, this.#lastId + this.#block);
    this.#block = Math.min(this.#block * 2, idBlock.largest);
  }

  /** The highest id that was given out or written. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Within a transaction. Ids up to this one are none of ours to give. */
  givenOut(id: number): void {
    this.#lastId = Math.max(this.#lastId, id);
    this.#reservedId = Math.max(this.#reservedId, id);
  }

  /** Within a transaction. */
  inserted(id: Scalar): void {
    this.#changes += 1;
    if (this.#rows !== undefined) this.#rows += 1;
    if (typeof id === 'number' && Number.isSafeInteger(id)) this.givenOut(id);
  }

  replaced(): void {
    this.#changes += 1;
  }

  /** Within a transaction. `revision`: no removed document has a higher one. */
  removed(count: number, revision: number): void {
    if (count === 0) return;
    this.#changes += count;
    if (this.#rows !== undefined) this.#rows -= count;
    this.#removedRevision = Math.max(this.#removedRevision, revision);
    // A removal is a change, too, and leaves no document that says when it was.
    this.clock.next();
  }

  /** Writes down what must outlive the process. Within a transaction. */
  record(): void {
    const { id, removedRevision, highestRevision } = this.#recorded;
    const current = id >= this.#reservedId && removedRevision >= this.#removedRevision;
    if (current && this.clock.last <= highestRevision) return;
    this.#write(this.#reservedId, Math.max(highestRevision, this.clock.last + revisionBlock));
  }

  /** The transaction is undone. Ids and revisions that it gave out stay given out. */
  undone(): void {
    this.#rows = undefined;
    this.#recorded = this.#read();
    this.#reservedId = this.#recorded.id;
  }

  /** On closing: gives back what was reserved and never given out. Within a transaction. */
  release(): void {
    const { id, highestRevision } = this.#recorded;
    if (id === this.#lastId && highestRevision <= this.clock.last) return;
    this.#reservedId = this.#lastId;
    this.#write(this.#lastId, this.clock.last);
  }

  #write(id: number, highestRevision: number): void {
    const removedRevision = this.#removedRevision;
    this.#database
      .prepare('INSERT OR REPLACE INTO "cartouche_sequences" VALUES (?, ?, ?, ?)')
      .run(this.#table.resource, id, removedRevision, highestRevision);
    this.#recorded = { id, removedRevision, highestRevision };
  }

  #read(): Recorded {
    const row = this.#database
      .prepare(
        'SELECT "last_id", "removed_revision", "highest_revision" FROM "cartouche_sequences" WHERE "resource" = ?',
      )
      .get(this.#table.resource);
    const [id, removedRevision, highestRevision] = row ?? [];
    return {
      id: Number(id ?? 0),
      removedRevision: Number(removedRevision ?? 0),
      highestRevision: Number(highestRevision ?? 0),
    };
  }

  #number(sql: string): number {
    return Number(this.#database.prepare(sql).get()?.[0] ?? 0);
  }
}
