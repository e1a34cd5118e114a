/**
 * One process of the service under test: `node worker.ts` with its orders as JSON in `ORDERS`. It tells what it does on
 * its standard output, line by line, before it does it and when it is acknowledged, until it is killed.
 */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Filter } from '../../../src/query/types.ts';
import { type Collection, StoreError, type StoreErrorKind } from '../../../src/stores/contract.ts';
import type { SearchedStore } from '../../../src/stores/search/store.ts';
import { SearchServerError } from '../../../src/stores/search/transport.ts';
import { none } from '../../stores/preconditions.ts';
import { all } from '../../stores/suite.ts';
import { type Chance, createChance } from './random.ts';
import { openSystem, type Place } from './system.ts';
import { type Weakness, weakened } from './weakness.ts';

export interface Orders extends Place {
  readonly role: 'writer' | 'sweeper' | 'rebuilder';
  /** Writers of the same number follow each other, and never run at the same time. */
  readonly number: number;
  readonly seed: number;
  readonly weakness: Weakness;
}

/** What a process tells. */
export type Report =
  | { readonly tells: 'ready' }
  /** It is about to make this the state of a key that nobody else writes; `null`: none. */
  | { readonly tells: 'write'; readonly key: string; readonly text: string | null }
  /** It was acknowledged. `changed`: something was written. */
  | { readonly tells: 'written'; readonly key: string; readonly changed: boolean }
  /** It is about to add one to its own number in a document that everybody writes. */
  | { readonly tells: 'count'; readonly key: string; readonly writer: string }
  | { readonly tells: 'counted'; readonly key: string; readonly writer: string }
  | { readonly tells: 'other'; readonly name: string }
  /** What the store promises does not hold. */
  | { readonly tells: 'broken'; readonly promise: string };

export const ownKeys = 8;
export const countedKeys = 4;
const sharedKeys = 12;

async function main(orders: Orders): Promise<void> {
  const chance = createChance(orders.seed);
  const store = await openSystem(orders, orders.role === 'sweeper' ? 500 : 60_000, weakened(orders.weakness));
  tell({ tells: 'ready' });
  if (orders.role === 'writer') await write(store.collection('books'), orders, chance);
  if (orders.role === 'rebuilder') await rebuild(store);
  // A sweeper sweeps by itself.
  for (;;) await pause(60_000);
}

async function rebuild(store: SearchedStore): Promise<void> {
  for (;;) {
    await store.built().catch(() => undefined);
    await tolerating(async () => {
      try {
        await store.rebuildIndex('books');
        tell({ tells: 'other', name: 'rebuilt' });
      } catch (error) {
        // An operator is told, and begins again; a client never sees it.
        if (!(error instanceof SearchServerError)) throw error;
      }
    });
    await pause(500);
  }
}

async function write(books: Collection, orders: Orders, chance: Chance): Promise<void> {
  for (;;) {
    const turn = chance.next();
    if (turn < 0.55) await tolerating(() => writeOwn(books, orders, chance));
    else if (turn < 0.75) await tolerating(() => count(books, orders, chance));
    else await tolerating(() => writeShared(books, chance));
  }
}

/** A write to a key that only this writer has, and what must hold at once after it. */
async function writeOwn(books: Collection, { number }: Orders, chance: Chance): Promise<void> {
  const key = `own-${number}-${chance.between(0, ownKeys)}`;
  const title = `t${chance.between(0, 2 ** 31)}x${number}`;
  const text = JSON.stringify({ title, pages: chance.between(0, 1000) });
  const before = await books.get(key);
  if (chance.hits(0.3)) {
    tell({ tells: 'write', key, text: null });
    const removed = await books.remove(key, none);
    tell({ tells: 'written', key, changed: removed !== undefined });
    if (removed === undefined) return;
    await expectState(books, key, undefined);
    await expectFound(books, JSON.parse(removed.text).title, []);
    return;
  }
  tell({ tells: 'write', key, text });
  if (before === undefined && chance.hits(0.5)) await books.create({ key, text });
  else if (before !== undefined && chance.hits(0.5)) {
    if ((await books.update(key, none, () => text)) === undefined) return;
  } else await books.upsert({ key, text }, none);
  tell({ tells: 'written', key, changed: true });
  await expectState(books, key, text);
  await expectFound(books, title, [key]);
}

async function expectState(books: Collection, key: string, text: string | undefined): Promise<void> {
  const found = (await books.get(key))?.text;
  if (found !== text) tell({ tells: 'broken', promise: `read ${key}: ${found}, and not what was written, ${text}` });
}

/** Without words, so that the data answers where the index cannot. */
async function expectFound(books: Collection, title: string, keys: readonly string[]): Promise<void> {
  const filter: Filter = { kind: 'compare', operand: { kind: 'field', path: 'title' }, operator: 'eq', value: title };
  const { documents } = await books.list({ ...all, filter });
  const found = documents.map((document) => document.key);
  if (!isDeepStrictEqual(found, keys)) {
    tell({ tells: 'broken', promise: `listed ${found} for "${title}", and not what was written, ${keys}` });
  }
}

/** Everybody adds to their own number: a lost update is a number that is too small. */
async function count(books: Collection, { number }: Orders, chance: Chance): Promise<void> {
  const key = `count-${chance.between(0, countedKeys)}`;
  const writer = String(number);
  tell({ tells: 'count', key, writer });
  const counted = await books.update(key, none, ({ text }) => {
    const numbers: Record<string, number> = JSON.parse(text);
    return JSON.stringify({ ...numbers, [writer]: (numbers[writer] ?? 0) + 1 });
  });
  if (counted === undefined) tell({ tells: 'broken', promise: `${key} is gone` });
  tell({ tells: 'counted', key, writer });
}

/** Documents that all writers write, and remove, at once. */
async function writeShared(books: Collection, chance: Chance): Promise<void> {
  const key = `shared-${chance.between(0, sharedKeys)}`;
  const document = { title: chance.pick(['red', 'green', 'blue']), pages: chance.between(0, 1000) };
  const title: Filter = {
    kind: 'compare',
    operand: { kind: 'field', path: 'title' },
    operator: 'eq',
    value: document.title,
  };
  const turn = chance.next();
  if (turn < 0.6) await books.upsert({ key, text: JSON.stringify(document) }, none);
  else if (turn < 0.85) await books.remove(key, none);
  else if (turn < 0.93) {
    await books.updateMany(title, ({ text }) => JSON.stringify({ ...JSON.parse(text), pages: document.pages }));
  } else await books.removeMany(title);
  tell({ tells: 'other', name: 'shared' });
}

/** What a client is told, and tries again: anything else is a defect. */
const tolerated: ReadonlySet<StoreErrorKind> = new Set(['unavailable', 'index-unavailable', 'timeout', 'conflict']);

async function tolerating(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const kind = error instanceof StoreError ? error.kind : undefined;
    if (kind !== undefined && tolerated.has(kind)) return tell({ tells: 'other', name: kind });
    tell({ tells: 'broken', promise: `threw ${error instanceof Error ? (error.stack ?? error.message) : error}` });
  }
}

/** Into the pipe before it returns: it must not be lost when this process is killed at the next instruction. */
function tell(report: Report): void {
  writeSync(1, `${JSON.stringify(report)}\n`);
}

if (process.env.ORDERS !== undefined) await main(JSON.parse(process.env.ORDERS));
