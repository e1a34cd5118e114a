import type { Connection, Mongoose } from 'mongoose';
import type { Resource } from '../../model/types.ts';
import type { ChangeLog } from '../changes.ts';
import { type Collection, type ControlFacts, type Store, StoreError, type StoreSchema } from '../contract.ts';
import { RevisionClock } from '../revision.ts';
import { createChangeLog } from './changes.ts';
import { MongoCollection } from './collection.ts';
import { factName } from './contents.ts';
import { type Control, createControl, isTrackedFromNow, readSecret } from './control.ts';
import { assertFits, bringIntoForm, type SchemaChanges } from './described.ts';
import { type ConnectionOptions, connect, createConnection, databaseOf, loadMongoose, shownAddress } from './driver.ts';
import { storeErrorOf } from './failures.ts';
import { assertSameApi, isFilled } from './fit.ts';
import type { MongoOptions } from './options.ts';
import { type Place, type Transaction, transactionOf, type Visit } from './place.ts';
import { forgetRemoved } from './removals.ts';
import { modelOf, type Row } from './schema.ts';

/**
 * Opens the database of a MongoDB address (without a database in it: `cartouche`), and makes it fit the description.
 *
 * Where no server answers yet, the store opens all the same: every call then waits for the server as long as
 * `serverSelectionTimeout`, and throws `StoreError` `unavailable`; it is looked for again and again. So does `secret`,
 * which lies in the database.
 *
 * Throws `StoreError`: `schema` (the stored data does not fit), `unavailable` (no mongoose; an address that is none).
 *
 * @example await openMongoStore('mongodb://db1,db2/bookstore?replicaSet=rs0', { resources: model.resources })
 */
export async function openMongoStore(url: string, schema: StoreSchema, options: MongoOptions = {}): Promise<Store> {
  if (!/^mongodb(\+srv)?:\/\//.test(url)) {
    throw new StoreError('unavailable', 'The address of MongoDB begins with mongodb:// or mongodb+srv://.');
  }
  const store = new MongoStore(url, schema, options, await loadMongoose());
  try {
    await store.ready();
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'unavailable') return store;
    await store.close();
    throw error;
  }
  return store;
}

/** A server that answered. */
interface Served {
  readonly connection: Connection;
  readonly control: Control;
  readonly transaction: Transaction;
  readonly secret: string;
}

class MongoStore implements Store {
  readonly description: string;
  readonly control: ControlFacts;
  readonly changes?: ChangeLog;
  readonly #url: string;
  readonly #mongoose: Mongoose;
  /** Known once the server has answered. */
  #isTracked: boolean;
  readonly #changes: SchemaChanges;
  readonly #rememberRemovals: number;
  readonly #forgetting: NodeJS.Timeout;
  readonly #timeLimit: number;
  readonly #batchSize: number;
  readonly #connection: ConnectionOptions;
  readonly #clocks = new Map<string, RevisionClock>();
  readonly #running = new Set<Promise<unknown>>();
  #schema: StoreSchema;
  #resources: ReadonlyMap<string, Resource>;
  #collections = new Map<string, MongoCollection>();
  #places = new Map<string, Place>();
  #served: Served | undefined;
  #preparing: Promise<Served> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #adopting: Promise<void> = Promise.resolve();
  #isOpen = true;
  #closed: Promise<void> | undefined;

  constructor(url: string, schema: StoreSchema, options: MongoOptions, mongoose: Mongoose) {
    const {
      serverSelectionTimeout = 5000,
      timeLimit = 10_000,
      poolSize = 20,
      batchSize = 500,
      tracked = false,
      acceptSchemaChanges = false,
      rememberRemovals = 3_600_000,
    } = options;
    this.#url = url;
    this.#mongoose = mongoose;
    this.#isTracked = tracked;
    this.#changes = { accept: acceptSchemaChanges };
    this.#rememberRemovals = rememberRemovals;
    this.#forgetting = setInterval(() => void this.#forget(), Math.min(Math.max(rememberRemovals / 4, 50), 600_000));
    this.#forgetting.unref();
    this.#timeLimit = timeLimit;
    this.#batchSize = batchSize;
    this.#connection = { serverSelectionTimeout, poolSize };
    this.description = `MongoDB, ${shownAddress(url)}`;
    this.#schema = schema;
    this.#resources = resourcesOf(schema);
    this.control = {
      readControl: (name) => this.#run(({ control }) => control.read(factName(name))),
      writeControl: (name, version, value) => this.#run(({ control }) => control.write(factName(name), version, value)),
    };
    if (tracked) {
      this.changes = createChangeLog(
        (name) => this.#visitOf(this.#resourceNamed(name)),
        (work) => this.#visitAny(work),
      );
    }
  }

  get secret(): string {
    if (this.#served !== undefined) return this.#served.secret;
    throw new StoreError('unavailable', 'MongoDB has not answered yet.');
  }

  collection(name: string): Collection {
    this.#assertOpen();
    const resource = this.#resourceNamed(name);
    const known = this.#collections.get(name);
    if (known !== undefined) return known;
    const clock = this.#clocks.get(name) ?? new RevisionClock();
    this.#clocks.set(name, clock);
    const collection = new MongoCollection({
      resource,
      clock,
      visit: this.#visitOf(resource),
      isTracked: () => this.#isTracked,
      timeLimit: this.#timeLimit,
    });
    this.#collections.set(name, collection);
    return collection;
  }

  async ping(): Promise<void> {
    await this.#run(async ({ connection }) => {
      await databaseOf(connection).admin().ping();
    });
  }

  async adopt(schema: StoreSchema): Promise<void> {
    this.#assertOpen();
    const adopting = this.#adopting.then(async () => {
      const served = await this.ready();
      const placeOf = (resource: Resource): Place => this.#createPlace(resource, served);
      await assertFits(schema, placeOf, served.control, this.#changes);
      // From here on, documents are written in the new form; then those that were written before follow.
      this.#schema = schema;
      this.#resources = resourcesOf(schema);
      this.#collections = new Map();
      this.#places = new Map();
      // What began before writes in the old form: it has to come to its end, or nobody would find what it writes last.
      await Promise.allSettled(this.#running);
      await bringIntoForm(schema, placeOf, served.control, this.#changes);
    });
    // One after the other, and `close` waits for the last.
    this.#adopting = adopting.catch(() => undefined);
    try {
      await adopting;
    } catch (error) {
      throw storeErrorOf(error);
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** Resolves once a server has answered and the data fits. Throws `StoreError`. */
  ready(): Promise<Served> {
    if (this.#served !== undefined) return Promise.resolve(this.#served);
    this.#preparing ??= this.#prepare().finally(() => {
      this.#preparing = undefined;
    });
    return this.#preparing;
  }

  async #prepare(): Promise<Served> {
    const connection = createConnection(this.#mongoose);
    try {
      await connect(connection, this.#url, this.#connection);
      const control = createControl(databaseOf(connection));
      const served = {
        connection,
        control,
        transaction: await transactionOf(connection),
        secret: await readSecret(control),
      };
      const placeOf = (resource: Resource): Place => this.#createPlace(resource, served);
      if (!this.#changes.accept) {
        await assertSameApi(this.#schema, control, (name) => isFilled(databaseOf(connection), name));
      }
      await assertFits(this.#schema, placeOf, control, this.#changes);
      await bringIntoForm(this.#schema, placeOf, control, this.#changes);
      this.#isTracked = await isTrackedFromNow(this.#isTracked, control);
      this.#served = served;
      return served;
    } catch (error) {
      await connection.close(true).catch(() => undefined);
      this.#retryLater();
      throw storeErrorOf(error);
    }
  }

  #retryLater(): void {
    if (!this.#isOpen) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.ready().catch(() => undefined), retryAfter);
    this.#retry.unref();
  }

  /** Where an index is kept, it is asked first (`ChangeLog.forget`). */
  async #forget(): Promise<void> {
    if (this.#served === undefined || this.#isTracked || !this.#isOpen) return;
    const before = new Date(Date.now() - this.#rememberRemovals);
    for (const resource of this.#resources.values()) {
      // Whatever goes wrong goes wrong for requests, too; the next turn comes.
      await this.#visitOf(resource)((place) => forgetRemoved(place, before)).catch(() => undefined);
    }
  }

  async #close(): Promise<void> {
    this.#isOpen = false;
    clearTimeout(this.#retry);
    clearInterval(this.#forgetting);
    await this.#adopting;
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
    await this.#preparing?.catch(() => undefined);
    await this.#served?.connection.close();
  }

  #visitOf(resource: Resource): Visit {
    return (work) =>
      this.#run((served) => {
        const place = this.#places.get(resource.name) ?? this.#createPlace(resource, served);
        return work(place);
      });
  }

  #visitAny: Visit = (work) => {
    const [resource] = this.#resources.values();
    if (resource === undefined) throw new StoreError('unknown-resource', 'The store has no resources.');
    return this.#visitOf(resource)(work);
  };

  /** While it runs, the store stays open. */
  async #run<T>(work: (served: Served) => Promise<T>): Promise<T> {
    this.#assertOpen();
    const run = this.ready().then(work);
    this.#running.add(run);
    try {
      return await run;
    } catch (error) {
      throw storeErrorOf(error);
    } finally {
      this.#running.delete(run);
    }
  }

  #createPlace(resource: Resource, { connection, control, transaction }: Served): Place {
    const model = modelOf(this.#mongoose, connection, resource);
    const rows = databaseOf(connection).collection<Row>(resource.name);
    const place = { model, rows, control, transaction, batchSize: this.#batchSize };
    if (this.#resources.get(resource.name) === resource) this.#places.set(resource.name, place);
    return place;
  }

  #resourceNamed(name: string): Resource {
    const resource = this.#resources.get(name);
    if (resource !== undefined) return resource;
    throw new StoreError('unknown-resource', `The store has no resource "${name}".`);
  }

  #assertOpen(): void {
    if (!this.#isOpen) throw new StoreError('unavailable', 'The store is closed.');
  }
}

/** Milliseconds until an absent server is looked for again. */
const retryAfter = 2000;

function resourcesOf({ resources }: StoreSchema): ReadonlyMap<string, Resource> {
  return new Map(resources.map((resource) => [resource.name, resource]));
}
