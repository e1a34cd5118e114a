import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeLog, IndexHealth } from '../changes.ts';
import { type Collection, type ControlFacts, type Store, StoreError, type StoreSchema } from '../contract.ts';
import { Availability } from './availability.ts';
import { SearchedCollection } from './collection.ts';
import { eachOf } from './each-of.ts';
import { hashOf } from './names.ts';
import { ResourceIndex } from './resource-index.ts';
import { createSend, openTransport, SearchServerError, type Transport } from './transport.ts';
import { type Difference, repair, verify } from './verify.ts';

export interface SearchOptions {
  /** A server, `http://user:password@localhost:9200`, or a client's `transport`. */
  readonly server: string | Transport;
  readonly schema: StoreSchema;
  /** Begins the names of all indexes. Absent: one that belongs to the data, and to no other. */
  readonly prefix?: string;
  /** A write resolves once searches see it, which takes up to `refreshInterval` longer. Default: false. */
  readonly visible?: boolean;
  /** How long searches may not see what is indexed, as Elasticsearch writes it. Default: `1s`; `100ms` where `visible`. */
  readonly refreshInterval?: string;
  /** Primary shards of the indexes that are made from now on. Default: 1. */
  readonly shards?: number;
  /** Copies of each shard of those. Default: one as soon as there is a second node. */
  readonly replicas?: number;
  /** How often what was left behind is looked for, in milliseconds. Default: 5,000. */
  readonly sweepEvery?: number;
  /**
   * Builds missing indexes and sends them what they missed, in the background. Default: true. Otherwise that is left to
   * another process, or to calls of `rebuildIndex` and `catchUp`.
   */
  readonly maintains?: boolean;
  /** When the build of an index that gives no sign of life is taken over, in milliseconds. Default: a minute. */
  readonly abandonedAfter?: number;
  /** How long a rebuild waits for other processes. For tests of one process. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** A store whose lists, searches and aggregations an index answers. */
export interface SearchedStore extends Store {
  readonly changes: ChangeLog;
  /** Resolves once all indexes are built and read. Rejects with why one is not. */
  built(): Promise<void>;
  /** Whether searches read an index that was made for the present description. */
  isBuilt(resource: string): Promise<boolean>;
  /** Builds the index of a resource anew, and switches searches over in one step. Resolves the number of documents. */
  rebuildIndex(resource: string, progress?: (sent: number) => void): Promise<number>;
  /** Sends an index what it has not learned of yet. Resolves whether it took all of it. */
  catchUp(resource: string): Promise<boolean>;
  /** Compares the data with the index. Changes nothing. */
  verifyIndex(resource: string, progress?: (compared: number) => void): Promise<readonly Difference[]>;
  repairIndex(resource: string, differences: readonly Difference[]): Promise<void>;
}

/**
 * Puts a search server beside a store that can tell its changes. Takes the store over: `close` closes it too. Writes
 * never fail or wait for long because of the index; what it misses, it is sent later. Missing indexes are built in the
 * background.
 *
 * Throws `TypeError` for a store that cannot tell its changes, `StoreError` `unavailable` where the client is missing.
 *
 * @example await withSearch(store, { server: 'http://localhost:9200', schema })
 */
export async function withSearch(inner: Store, options: SearchOptions): Promise<SearchedStore> {
  const { changes } = inner;
  if (changes === undefined) throw new TypeError(`${inner.description} cannot tell its changes to an index.`);
  const { server } = options;
  const { transport, close } =
    typeof server === 'string'
      ? await openTransport(server)
      : { transport: server, close: (): Promise<void> => Promise.resolve() };
  return new SearchingStore(inner, changes, transport, close, options);
}

class SearchingStore implements SearchedStore {
  readonly description: string;
  readonly control?: ControlFacts;
  readonly changes: ChangeLog;
  readonly #inner: Store;
  readonly #options: SearchOptions;
  readonly #transport: Transport;
  readonly #closeTransport: () => Promise<void>;
  readonly #availability = new Availability();
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  readonly #timer: NodeJS.Timeout;
  #schema: StoreSchema;
  /** Absent until the store has answered: their names are made of its secret. */
  #made: ReadonlyMap<string, ResourceIndex> | undefined;
  #building: Promise<void>;
  #sweeping: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(
    inner: Store,
    changes: ChangeLog,
    transport: Transport,
    closeTransport: () => Promise<void>,
    options: SearchOptions,
  ) {
    this.#inner = inner;
    this.#options = options;
    this.#transport = transport;
    this.#closeTransport = closeTransport;
    this.description = `${inner.description}, searched in Elasticsearch`;
    if (inner.control !== undefined) this.control = inner.control;
    this.changes = changes;
    this.#schema = options.schema;
    this.#building = this.#build();
    this.#timer = setInterval(() => void this.#sweep(), options.sweepEvery ?? 5000);
    this.#timer.unref();
  }

  /** Throws `StoreError` `unavailable` where the store has not answered yet. */
  get secret(): string {
    return this.#inner.secret;
  }

  collection(resource: string): Collection {
    const inner = this.#inner.collection(resource);
    const index = (): ResourceIndex => this.#index(resource);
    const { changes } = this;
    return new SearchedCollection({ name: resource, inner, changes, index, track: (work) => this.#track(work) });
  }

  ping(): Promise<void> {
    return this.#inner.ping();
  }

  async refresh(): Promise<void> {
    await this.#inner.refresh?.();
    for (const index of this.#indexes.values()) await index.catchUp(0, true);
  }

  async indexHealth(): Promise<IndexHealth> {
    const counts = await Promise.all(this.#schema.resources.map(({ name }) => this.changes.count(name)));
    const pending = counts.reduce((sum, count) => sum + count.pending, 0);
    const refused = counts.flatMap((count) => count.refused);
    const { reason } = this.#availability;
    if (reason !== undefined) return { state: 'unavailable', pending, refused, reason };
    const inStep = pending === 0 && [...this.#indexes.values()].every(({ isServed }) => isServed);
    return { state: inStep ? 'in-step' : 'pending', pending, refused };
  }

  async adopt(schema: StoreSchema): Promise<void> {
    await this.#inner.adopt(schema);
    await this.#building.catch(() => undefined);
    this.#schema = schema;
    this.#made = undefined;
    this.#building = this.#build();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  built(): Promise<void> {
    return this.#building;
  }

  async isBuilt(resource: string): Promise<boolean> {
    const index = this.#index(resource);
    await index.look();
    return index.isServed;
  }

  rebuildIndex(resource: string, progress?: (sent: number) => void): Promise<number> {
    return this.#track(this.#index(resource).rebuild(progress));
  }

  catchUp(resource: string): Promise<boolean> {
    return this.#track(this.#index(resource).catchUp(0, true));
  }

  verifyIndex(resource: string, progress?: (compared: number) => void): Promise<readonly Difference[]> {
    const { port } = this.#index(resource);
    return this.#track(verify({ changes: this.changes, port, resource, ...(progress && { progress }) }));
  }

  repairIndex(resource: string, differences: readonly Difference[]): Promise<void> {
    return repair({ changes: this.changes, port: this.#index(resource).port, resource }, differences);
  }

  #index(resource: string): ResourceIndex {
    const index = this.#indexes.get(resource);
    if (index !== undefined) return index;
    throw new StoreError('unknown-resource', `The store has no resource "${resource}".`);
  }

  get #indexes(): ReadonlyMap<string, ResourceIndex> {
    this.#made ??= this.#indexesOf(this.#schema);
    return this.#made;
  }

  #indexesOf({ resources }: StoreSchema): ReadonlyMap<string, ResourceIndex> {
    const { prefix, visible = false, refreshInterval, shards, replicas } = this.#options;
    const { signal } = this.#closing;
    const common = {
      changes: this.changes,
      send: createSend(this.#transport),
      availability: this.#availability,
      prefix: prefix ?? `cartouche-${hashOf(this.secret, 8)}`,
      refresh: visible ? ('wait_for' as const) : ('false' as const),
      layout: {
        refreshInterval: refreshInterval ?? (visible ? '100ms' : '1s'),
        ...(shards !== undefined && { shards }),
        ...(replicas !== undefined && { replicas }),
      },
      signal,
      abandonedAfter: this.#options.abandonedAfter ?? 60_000,
      wait: this.#options.wait ?? ((milliseconds: number) => pause(milliseconds, undefined, { signal })),
    };
    return new Map(resources.map((resource) => [resource.name, new ResourceIndex({ ...common, resource })]));
  }

  /** Never an unhandled rejection: `built` tells who asks, and each sweep tries again. */
  #build(): Promise<void> {
    const build = this.#noting(async () => {
      await eachOf([...this.#indexes.values()], mostAtOnce, (index) => this.#lookAfter(index, true));
    });
    build.catch(() => undefined);
    return build;
  }

  get #maintains(): boolean {
    return this.#options.maintains !== false;
  }

  async #lookAfter(index: ResourceIndex, join: boolean): Promise<void> {
    if (this.#maintains) await index.ensure(join);
    else await index.look();
  }

  #sweep(): Promise<void> {
    this.#sweeping ??= this.#sweepOnce().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  async #sweepOnce(): Promise<void> {
    await this.#building.catch(() => undefined);
    if (this.#closing.signal.aborted || this.#availability.obstacle !== undefined) return;
    for (const { name } of this.#schema.resources) {
      try {
        await this.#noting(async () => {
          const index = this.#index(name);
          await this.#lookAfter(index, false);
          if (this.#maintains) await index.catchUp(index.isBehind ? 0 : grace, false);
        });
      } catch {
        // It is told in the health, and tried again; one resource must not keep the others from being swept.
      }
    }
  }

  async #noting(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#availability.answered();
    } catch (error) {
      if (error instanceof SearchServerError && !error.isAnswer) this.#availability.failed(error.message);
      throw error;
    }
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    this.#running.add(settled);
    settled.then(() => this.#running.delete(settled));
    return work;
  }

  async #close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#running);
    this.#closing.abort();
    await this.#building.catch(() => undefined);
    await this.#sweeping;
    await this.#inner.close();
    await this.#closeTransport();
  }
}

/** Resources whose indexes are built at the same time: what they wait for is mostly the same. */
const mostAtOnce = 4;

/** Younger changes are left to the process that made them, in milliseconds. */
const grace = 5000;
