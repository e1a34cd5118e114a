import { type BulkWrite, type Collection, type StoredDocument, StoreError } from '../../stores/contract.ts';

/** One document that a request wrote: as it was (absent: it is new), and its revision now (absent: it was removed). */
interface Entry {
  readonly collection: Collection;
  readonly key: string;
  readonly before?: StoredDocument;
  readonly after?: number;
}

/** What could not be undone, for the log. */
export interface Leftover {
  readonly key: string;
  /** Somebody else has changed it meanwhile, so that it is theirs. Otherwise: the store failed. */
  readonly changedByOthers: boolean;
  readonly cause: unknown;
}

/**
 * What one request writes, so that it can be undone. There are no transactions across collections and stores: until it
 * is undone, others see what was written, and if the process dies in between, it stays.
 */
export class Journal {
  readonly #entries: Entry[] = [];
  readonly #pending = new Set<Promise<unknown>>();
  readonly #recording = new Map<Collection, Collection>();
  #isClosed = false;

  /** The same collection, whose writes are remembered here. After the end of the request it refuses them. */
  recording(collection: Collection): Collection {
    const known = this.#recording.get(collection);
    if (known) return known;
    const made = this.#record(collection);
    this.#recording.set(collection, made);
    return made;
  }

  /** Waits for writes that nobody has waited for; rejects as the first of them that failed. Then nothing is taken. */
  async settle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
    this.#isClosed = true;
  }

  /**
   * Undoes everything, the newest first, each document only if it still has the revision that this request gave it.
   * Resolves what is left. Never rejects.
   */
  async undo(): Promise<readonly Leftover[]> {
    this.#isClosed = true;
    await Promise.allSettled(this.#pending);
    const left: Leftover[] = [];
    // What was undone has a new revision, which stands for the one before; that is unique within its collection only.
    const renewed = new Map<Collection, Map<number, number>>();
    for (const entry of this.#entries.reverse()) {
      const ours = renewed.get(entry.collection) ?? new Map<number, number>();
      renewed.set(entry.collection, ours);
      try {
        const revision = await undone(entry, (known) => ours.get(known) ?? known);
        if (revision !== undefined && entry.before) ours.set(entry.before.revision, revision);
      } catch (cause) {
        const changedByOthers =
          cause instanceof StoreError && (cause.kind === 'precondition' || cause.kind === 'conflict');
        left.push({ key: entry.key, changedByOthers, cause });
      }
    }
    return left;
  }

  #record(collection: Collection): Collection {
    const note = (entry: Omit<Entry, 'collection'>): void => {
      this.#entries.push({ collection, ...entry });
    };
    const noteBulk = ({ before, after }: BulkWrite): void =>
      note({ key: before.key, before, ...(after && { after: after.revision }) });
    const write = <T>(work: () => Promise<T>): Promise<T> => this.#track(work);
    return {
      get: (key) => collection.get(key),
      list: (query) => collection.list(query),
      count: (filter) => collection.count(filter),
      aggregate: (filter, aggregations) => collection.aggregate(filter, aggregations),
      nextId: () => collection.nextId(),
      lastId: () => collection.lastId(),
      restore: () => Promise.reject(new TypeError('a request restores nothing')),
      create: (document) =>
        write(async () => {
          const created = await collection.create(document);
          note({ key: created.key, after: created.revision });
          return created;
        }),
      createMany: (documents) =>
        write(async () => {
          const created = await collection.createMany(documents);
          for (const { key, revision } of created) note({ key, after: revision });
          return created;
        }),
      update: (key, precondition, change) =>
        write(async () => {
          let before: StoredDocument | undefined;
          const updated = await collection.update(key, precondition, (current) => {
            const text = change(current);
            before = text === undefined ? undefined : current;
            return text;
          });
          if (updated && before) note({ key, before, after: updated.revision });
          return updated;
        }),
      upsert: () => Promise.reject(new TypeError('what is replaced must be known: update, else create')),
      remove: (key, precondition) =>
        write(async () => {
          const removed = await collection.remove(key, precondition);
          if (removed) note({ key, before: removed });
          return removed;
        }),
      updateMany: (filter, change) => write(() => collection.updateMany(filter, change, noteBulk)),
      removeMany: (filter) => write(() => collection.removeMany(filter, noteBulk)),
    };
  }

  #track<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new TypeError('The request has been answered: it can write no more.'));
    const pending = work();
    this.#pending.add(pending);
    const finished = (): void => {
      this.#pending.delete(pending);
    };
    // Also so that a rejection that a hook did not wait for does not end the process.
    pending.then(finished, finished);
    return pending;
  }
}

/** The revision that what was before has now; `undefined` where there was nothing. */
async function undone(
  { collection, key, before, after }: Entry,
  current: (revision: number) => number,
): Promise<number | undefined> {
  if (after === undefined) {
    if (!before) return undefined;
    const { text, links } = before;
    return (await collection.create({ key, text, links })).revision;
  }
  const precondition = { kind: 'revision', revisions: [current(after)] } as const;
  const touched = before
    ? await collection.update(key, precondition, () => before.text)
    : await collection.remove(key, precondition);
  if (!touched) throw new StoreError('precondition', 'It has been removed meanwhile.');
  return before && touched.revision;
}
