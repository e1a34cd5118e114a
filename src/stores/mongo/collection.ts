import type { Resource } from '../../model/types.ts';
import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import type { Filter, Query } from '../../query/types.ts';
import type { BulkWrite, Collection, NewDocument, Page, Precondition, StoredDocument } from '../contract.ts';
import { checkPrecondition } from '../preconditions.ts';
import type { RevisionClock } from '../revision.ts';
import { type Step, writeAll } from './batch.ts';
import { columnsOf } from './columns.ts';
import { Ids } from './ids.ts';
import { batchesOf, type Place, type Visit } from './place.ts';
import { Reader } from './reader.ts';
import { createRowMaker, isLive, type RowMaker, storedOf } from './rows.ts';
import type { Row } from './schema.ts';
import { assertAbsent, conflict, Writer } from './writer.ts';

export interface CollectionParts {
  readonly resource: Resource;
  /** Kept when a changed description is adopted. */
  readonly clock: RevisionClock;
  readonly visit: Visit;
  /** Whether writes say that an index has to learn of them; known once the server has answered. */
  readonly isTracked: () => boolean;
  /** Milliseconds for one query. */
  readonly timeLimit: number;
}

export class MongoCollection implements Collection {
  readonly #visit: Visit;
  readonly #resource: Resource;
  readonly #clock: RevisionClock;
  readonly #reader: Reader;
  readonly #writer: Writer;
  readonly #maker: RowMaker;
  readonly #ids: Ids;

  constructor({ resource, clock, visit, isTracked, timeLimit }: CollectionParts) {
    this.#resource = resource;
    this.#clock = clock;
    this.#visit = visit;
    this.#reader = new Reader(resource, timeLimit);
    this.#writer = new Writer(resource, clock);
    this.#maker = createRowMaker(resource, isTracked);
    this.#ids = new Ids(resource);
  }

  get(key: string): Promise<StoredDocument | undefined> {
    return this.#visit((place) => this.#reader.get(key, place));
  }

  list(query: Query): Promise<Page> {
    return this.#visit((place) => this.#reader.list(query, place));
  }

  count(filter: Filter): Promise<number> {
    return this.#visit((place) => this.#reader.count(filter, place));
  }

  aggregate(filter: Filter, aggregations: Aggregations): Promise<AggregationResults> {
    return this.#visit((place) => this.#reader.aggregate(filter, aggregations, place));
  }

  create(document: NewDocument): Promise<StoredDocument> {
    return this.#visit(async (place) => {
      await this.#ids.use([document.key], place.control);
      // Nearly always the key is new, and need not be asked for.
      const first = this.#live(document, undefined);
      if (await this.#writer.replace(undefined, first, place)) return storedOf(first);
      return this.#writer.write(document.key, place, (current) => {
        assertAbsent(current);
        const write = this.#live(document, current);
        return { write, result: storedOf(write) };
      });
    });
  }

  createMany(documents: readonly NewDocument[]): Promise<readonly StoredDocument[]> {
    return this.#visit(async (place) => {
      const keys = documents.map(({ key }) => key);
      if (new Set(keys).size < keys.length) throw conflict(['key']);
      await this.#ids.use(keys, place.control);
      const steps = await this.#writeAll(place, async () => {
        const rows = await this.#rowsOf(keys, place);
        for (const row of rows.values()) assertAbsent(row);
        const planned = documents.map((document): Step => {
          const before = rows.get(document.key);
          return { before, after: this.#live(document, before) };
        });
        await this.#writer.assertFree(
          planned.map(({ after }) => after),
          place,
        );
        return planned;
      });
      return steps.map(({ after }) => storedOf(after));
    });
  }

  nextId(): Promise<number> {
    return this.#visit(({ control }) => this.#ids.next(control));
  }

  update(
    key: string,
    precondition: Precondition,
    change: (current: StoredDocument) => string | undefined,
  ): Promise<StoredDocument | undefined> {
    return this.#visit((place) =>
      this.#writer.write<StoredDocument | undefined>(key, place, (current) => {
        if (!isLive(current)) return { done: undefined };
        checkPrecondition(precondition, current._rev);
        const write = this.#changed(current, change);
        return write === undefined ? { done: storedOf(current) } : { write, result: storedOf(write) };
      }),
    );
  }

  upsert(
    document: NewDocument,
    precondition: Precondition,
  ): Promise<{ readonly document: StoredDocument; readonly created: boolean }> {
    return this.#visit(async (place) => {
      await this.#ids.use([document.key], place.control);
      return this.#writer.write(document.key, place, (current) => {
        const stored = isLive(current) ? storedOf(current) : undefined;
        checkPrecondition(precondition, stored?.revision);
        const write = this.#live({ links: stored?.links ?? {}, ...document }, current);
        return { write, result: { document: storedOf(write), created: stored === undefined } };
      });
    });
  }

  remove(key: string, precondition: Precondition): Promise<StoredDocument | undefined> {
    return this.#visit((place) =>
      this.#writer.write<StoredDocument | undefined>(key, place, (current) => {
        if (!isLive(current)) return { done: undefined };
        checkPrecondition(precondition, current._rev);
        const write = this.#maker.removed(key, this.#writer.nextRevision(current));
        return { write, result: storedOf(current) };
      }),
    );
  }

  updateMany(
    filter: Filter,
    change: (current: StoredDocument) => string | undefined,
    tell?: (written: BulkWrite) => void,
  ): Promise<number> {
    return this.#visit(async (place) => {
      const steps = await this.#writeAll(place, async () => {
        const rows = await this.#reader.matching(filter, place);
        const planned = rows.flatMap((before): Step[] => {
          const after = this.#changed(before, change);
          return after === undefined ? [] : [{ before, after }];
        });
        await this.#writer.assertFree(
          planned.flatMap(({ before, after }) => (this.#changesUnique(before, after) ? [after] : [])),
          place,
        );
        return planned;
      });
      if (tell) steps.flatMap(bulkWriteOf).forEach(tell);
      return steps.length;
    });
  }

  /** In parts, each document by itself: what is removed already stays so if the server fails. */
  removeMany(filter: Filter, tell?: (written: BulkWrite) => void): Promise<number> {
    if (tell) return this.#removeAll(filter, tell);
    return this.#visit(async (place) => {
      let removed = 0;
      const found = await this.#reader.marks(filter, place);
      for (const batch of batchesOf(found, place.batchSize)) {
        let marks = batch;
        const keys = marks.map(({ _id }) => _id);
        // Who lost a race is looked at again: it may no longer match.
        while (marks.length > 0) {
          const writes = marks.map((mark) => ({
            replaceOne: {
              filter: { _id: mark._id, _rev: mark._rev },
              replacement: this.#maker.removed(mark._id, this.#writer.nextRevision(mark)),
            },
          }));
          const { matchedCount } = await place.rows.bulkWrite(writes, { ordered: false });
          removed += matchedCount;
          marks = matchedCount === marks.length ? [] : await this.#reader.marks(filter, place, keys);
        }
      }
      return removed;
    });
  }

  /** Whoever wants to know what was removed is told of exactly that: all or none. */
  #removeAll(filter: Filter, tell: (written: BulkWrite) => void): Promise<number> {
    return this.#visit(async (place) => {
      const steps = await this.#writeAll(place, async () =>
        (await this.#reader.matching(filter, place)).map((before) => ({
          before,
          after: this.#maker.removed(before._id, this.#writer.nextRevision(before)),
        })),
      );
      steps.flatMap(bulkWriteOf).forEach(tell);
      return steps.length;
    });
  }

  restore(documents: readonly StoredDocument[], lastId = 0): Promise<void> {
    return this.#visit(async (place) => {
      await this.#ids.use(
        documents.map(({ key }) => key),
        place.control,
        lastId,
      );
      for (const part of batchesOf(documents, place.batchSize)) {
        await this.#writeAll(place, async () => {
          const rows = await this.#rowsOf(
            part.map(({ key }) => key),
            place,
          );
          return part.flatMap((document): Step[] => {
            const before = rows.get(document.key);
            // What was removed here is not stored, however new its removal: the copy is what is wanted.
            if (isLive(before) && before._rev >= document.revision) return [];
            this.#clock.seen(document.revision);
            return [{ before, after: this.#maker.restored(document, before) }];
          });
        });
      }
    });
  }

  lastId(): Promise<number> {
    return this.#visit(({ control }) => this.#ids.last(control));
  }

  #writeAll(place: Place, plan: () => Promise<readonly Step[]>): Promise<readonly Step[]> {
    return writeAll(place, { writer: this.#writer, maker: this.#maker }, plan);
  }

  #live(document: NewDocument, current: Row | undefined): Row {
    return this.#maker.live(document, this.#writer.nextRevision(current));
  }

  #changed(current: Row, change: (current: StoredDocument) => string | undefined): Row | undefined {
    const stored = storedOf(current);
    const text = change(stored);
    return text === undefined ? undefined : this.#live({ key: stored.key, text, links: stored.links }, current);
  }

  #changesUnique(before: Row | undefined, after: Row): boolean {
    const unique = columnsOf(this.#resource).filter((column) => column.unique);
    return unique.some(({ name }) => after.fields?.[name] !== before?.fields?.[name]);
  }

  async #rowsOf(keys: readonly string[], { model }: Place): Promise<ReadonlyMap<string, Row>> {
    const rows = await model.find({ _id: { $in: keys } }).lean<Row[]>();
    return new Map(rows.map((row) => [row._id, row]));
  }
}

function bulkWriteOf({ before, after }: Step): readonly BulkWrite[] {
  if (!isLive(before)) return [];
  return [isLive(after) ? { before: storedOf(before), after: storedOf(after) } : { before: storedOf(before) }];
}
