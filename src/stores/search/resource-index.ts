import type { Resource } from '../../model/types.ts';
import type { ChangeLog } from '../changes.ts';
import type { Refresh } from '../contract.ts';
import { type Agree, createAgree } from './agreement.ts';
import type { Availability } from './availability.ts';
import { type BuildSigns, createBuildSigns } from './build-sign.ts';
import { createElasticPort, path, servedIndex } from './elastic-port.ts';
import type { IndexPort } from './index-port.ts';
import { indexDocuments } from './index-step.ts';
import { type IndexLayout, schemaHash } from './mapping.ts';
import { type IndexNames, indexNames } from './names.ts';
import { rebuild } from './rebuild.ts';
import { createSearcher, type Searcher } from './searcher.ts';
import { sweep } from './sweep.ts';
import { SearchServerError, type Send } from './transport.ts';
import { readWriteSet, type WriteSet, written } from './write-set.ts';

export interface ResourceIndexOptions {
  readonly resource: Resource;
  readonly changes: ChangeLog;
  readonly send: Send;
  readonly availability: Availability;
  readonly prefix: string;
  /** When writes resolve, unless one says otherwise. */
  readonly refresh: Refresh;
  readonly layout: IndexLayout;
  /** Aborted at close. */
  readonly signal: AbortSignal;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** When a build that gives no sign of life is taken over, in milliseconds. */
  readonly abandonedAfter: number;
}

/** Why nothing can be searched. */
export interface Obstacle {
  /** A part of a sentence, for clients: it names no servers. */
  readonly reason: string;
  /** The same for the log, in the words of whoever failed. */
  readonly cause?: unknown;
}

export const noAnswer = 'the search server does not answer';

/** The index of one resource, as this process keeps it in step with the data and searches it. */
export class ResourceIndex {
  readonly searcher: Searcher;
  readonly port: IndexPort;
  /** For writes that somebody waits for. */
  readonly #impatient: IndexPort;
  readonly #options: ResourceIndexOptions;
  readonly #names: IndexNames;
  readonly #hash: string;
  readonly #signs: BuildSigns;
  #agree: Agree;
  /** An index made for this description is read. */
  #served = false;
  /** It was found to be so before. */
  #looked = false;
  /** A build that began here failed. */
  #unfinished = true;
  /** Writes that could not be indexed. What was swept since is in `#caughtUp`. */
  #missed = 0;
  #caughtUp = 0;

  constructor(options: ResourceIndexOptions) {
    const { resource, send, prefix, layout } = options;
    this.#options = options;
    this.#names = indexNames(prefix, resource);
    this.#hash = schemaHash(resource);
    const indexes = { send, prefix, resource, layout };
    this.port = createElasticPort({ ...indexes, timeout: bulkTimeout });
    this.#impatient = createElasticPort({ ...indexes, timeout: patience });
    this.searcher = createSearcher(send, this.#names.read, resource);
    this.#signs = createBuildSigns(options.changes, resource.name, options.abandonedAfter, () => performance.now());
    this.#agree = this.#newAgree();
  }

  /** Why nothing can be searched; `undefined`: it can. */
  async obstacle(): Promise<Obstacle | undefined> {
    const { availability, signal, resource } = this.#options;
    if (signal.aborted) return { reason: 'the store is closed' };
    if (availability.obstacle !== undefined) return { reason: noAnswer, cause: availability.obstacle };
    const agreed = this.#served ? await this.#agree() : undefined;
    if (agreed !== undefined && this.#fits(agreed.set)) return undefined;
    if (availability.reason !== undefined) return { reason: noAnswer, cause: availability.reason };
    return { reason: `the index of "${resource.name}" is being built` };
  }

  /** Writes of this process are not all in the index. */
  get isBehind(): boolean {
    return this.#missed > this.#caughtUp;
  }

  get isServed(): boolean {
    return this.#served;
  }

  /** After a write. Never rejects: the write happened, and whatever fails here stays pending. */
  async index(keys: readonly string[], refresh = this.#options.refresh): Promise<void> {
    const { changes, resource } = this.#options;
    // To wait once is enough.
    const isOne = keys.length <= batch;
    const indexed = await this.#attempt(async () => {
      const agreement = await this.#agree();
      if (agreement === undefined) return 0;
      const step = {
        changes,
        port: this.#impatient,
        resource: resource.name,
        agreement,
        refresh: isOne ? refresh : ('false' as const),
      };
      let count = 0;
      for (let at = 0; at < keys.length; at += batch) {
        count += (await indexDocuments(step, keys.slice(at, at + batch))).length;
      }
      if (!isOne && refresh !== 'false') await this.refresh();
      return count;
    });
    if (indexed === undefined || indexed < keys.length) this.#missed += 1;
  }

  /** After a write to documents that nobody has named. Never rejects. */
  async indexPending(refresh = this.#options.refresh): Promise<void> {
    this.#missed += 1;
    await this.#attempt(() => this.catchUp(0, refresh !== 'false'));
  }

  /**
   * Indexes what is pending and older than `grace` (milliseconds). Resolves whether the index took all of it. Rejects as
   * the server and the change log do.
   */
  async catchUp(grace: number, visible: boolean): Promise<boolean> {
    const { changes, resource } = this.#options;
    const missed = this.#missed;
    const behind = missed > this.#caughtUp;
    const tookAll = await sweep({
      changes,
      port: this.port,
      resource: resource.name,
      agree: this.#agree,
      now: new Date(),
      grace,
      remember,
    });
    if (visible || behind) await this.refresh();
    // What others are writing meanwhile is theirs to index.
    if (behind && tookAll) this.#caughtUp = Math.max(this.#caughtUp, missed);
    return tookAll;
  }

  /** Lets searches see all that the index has. */
  async refresh(): Promise<void> {
    if (this.#served) await this.#options.send({ method: 'POST', path: `/${path(this.#names.read)}/_refresh` });
  }

  /** Looks whether an index for this description is read. Changes nothing. Rejects as the server and the change log do. */
  async look(): Promise<WriteSet | undefined> {
    const { changes, resource, send } = this.#options;
    const current = await readWriteSet(changes, resource.name);
    const index = await servedIndex(send, this.#names);
    const isBuilt = current !== undefined && index !== undefined && this.#isWritten(index, current.value);
    if (isBuilt && !this.#looked) {
      this.#looked = true;
      // A process that died may have left something behind; until it is indexed, the data knows better.
      if ((await changes.pending(resource.name, 1, new Date())).length > 0) this.#missed += 1;
    }
    this.#served = isBuilt;
    return current?.value;
  }

  /**
   * Builds the index where there is none for this description, and switches searches over. `join`: goes on with a build
   * that another process began; one that nobody goes on with is taken over in any case. Rejects as the server and the change log do.
   */
  async ensure(join: boolean): Promise<void> {
    for (let attempt = 0; attempt < 3 && !this.#options.signal.aborted; attempt++) {
      const set = await this.look();
      const isBeingBuilt = set?.building !== undefined;
      const joins = join || (isBeingBuilt && (await this.#signs.isAbandoned()));
      if (this.#served && !(isBeingBuilt && joins)) {
        this.#unfinished = false;
        return;
      }
      if (isBeingBuilt && !joins && !this.#unfinished) return;
      this.#unfinished = true;
      await this.rebuild();
    }
  }

  /** Builds the index anew and switches searches over. Resolves the number of documents in it. */
  async rebuild(progress?: (sent: number) => void): Promise<number> {
    const { changes, resource, signal, wait } = this.#options;
    const refused = (await changes.count(resource.name)).refused.map(({ key }) => key);
    const isFirst = (await readWriteSet(changes, resource.name)) === undefined;
    const build = {
      changes,
      port: this.port,
      resource: resource.name,
      schema: this.#hash,
      name: this.#names.index(new Date(), this.#hash),
      // Before there was an index, nobody wrote to another one; what they left is pending.
      wait: isFirst ? () => Promise.resolve() : wait,
      progress: (count: number) => {
        signal.throwIfAborted();
        progress?.(count);
      },
    };
    const sent = await this.#signs.during(() => rebuild(build));
    this.#agree = this.#newAgree();
    await this.look();
    if (refused.length > 0) await changes.mark(resource.name, refused);
    return sent;
  }

  /** A failed search: the caller goes on without the index. */
  failed(error: SearchServerError): void {
    // Somebody has removed the alias, or the whole index.
    if (error.status === 404) this.#served = false;
    if (!error.isAnswer) this.#options.availability.failed(error.message);
  }

  #newAgree(): Agree {
    const { changes, resource } = this.#options;
    return createAgree(changes, resource.name, () => performance.now());
  }

  /**
   * Whether an index has everything, and is for this description. While searches are switched over, the one that is being
   * built is read already and not yet said to serve: who looks then must not take the index for lost.
   */
  #isWritten(index: string, set: WriteSet): boolean {
    return written(set).includes(index) && index.endsWith(`-${this.#hash}`);
  }

  /** By its name too: a build that another description began is finished under this one. */
  #fits({ schema, serving }: WriteSet): boolean {
    return schema === this.#hash && serving.endsWith(`-${this.#hash}`);
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    const { availability } = this.#options;
    if (availability.obstacle !== undefined) return undefined;
    try {
      const result = await work();
      availability.answered();
      return result;
    } catch (error) {
      // Anything else comes from the change log: the document stays pending, and the sweeper meets the same failure.
      if (error instanceof SearchServerError) this.failed(error);
      return undefined;
    }
  }
}

const batch = 500;
const bulkTimeout = 10_000;
/** How long a write waits for a server that hangs; what it misses is indexed later. */
const patience = 5000;
/** Longer than `gc_deletes`, in which an index remembers removals, and than any request can be delayed. */
const remember = 2 * 3_600_000;
