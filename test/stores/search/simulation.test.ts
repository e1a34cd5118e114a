/**
 * Whether the index ends up as the database is, whatever happens on the way: the real code of the protocol, over ports
 * that fail, and processes that die. Each run has its own seed: SEED=<number> RUNS=1 repeats one.
 */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createAgree } from '../../../src/stores/search/agreement.ts';
import { indexDocuments } from '../../../src/stores/search/index-step.ts';
import { rebuild } from '../../../src/stores/search/rebuild.ts';
import { sweep } from '../../../src/stores/search/sweep.ts';
import { verify } from '../../../src/stores/search/verify.ts';
import { FakeDatabase, FakeIndex, type SimulatedDatabase, type Weakness } from './fakes.ts';
import { type Faults, latest, Process, pick, Scheduler } from './scheduler.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.RUNS ?? 1500);

const none: Faults = { kills: false, network: false };
const kills: Faults = { kills: true, network: false };
const everything: Faults = { kills: true, network: true };

for (const [title, faults] of [
  ['no faults', none],
  ['processes die', kills],
  ['processes die, and requests fail, come late and twice', everything],
] as const) {
  test(`the index ends up as the database: ${title}, seed ${seed}`, async () => {
    for (let run = 0; run < runs; run++) {
      assert.deepEqual(await differencesAfter(seed + run, faults, 'none'), [], `seed ${seed + run}`);
    }
  });

  test(`the index ends up as SQLite: ${title}, seed ${seed}`, async (t) => {
    mock.timers.enable({ apis: ['Date'] });
    t.after(() => mock.timers.reset());
    // A real database takes as long as ten of the others.
    for (let run = 0; run < runs / 10; run++) {
      const scheduler = new Scheduler(seed + run, none);
      mock.timers.setTime(scheduler.now);
      const database = await openSqliteDatabase(scheduler);
      assert.deepEqual(await differences(scheduler, faults, database), [], `seed ${seed + run}`);
      await database.close();
    }
  });
}

for (const [weakness, faults] of [
  ['no version', none],
  ['no flag', kills],
  ['mark in a side collection', kills],
  ['early purge', everything],
] as const) {
  test(`a weaker protocol is caught: ${weakness}, seed ${seed}`, async () => {
    for (let run = 0; run < 20_000; run++) {
      if ((await differencesAfter(seed + run, faults, weakness)).length > 0) return;
    }
    assert.fail('no run noticed');
  });
}

const resource = 'books';
const keys = ['a', 'b', 'c'];

function differencesAfter(seedOfRun: number, faults: Faults, weakness: Weakness): Promise<readonly string[]> {
  const scheduler = new Scheduler(seedOfRun, none);
  return differences(scheduler, faults, new FakeDatabase(scheduler, weakness));
}

/** One life of a system: writers, sweepers and a rebuild at once, then peace, and what is different after it. */
async function differences(
  scheduler: Scheduler,
  faults: Faults,
  database: SimulatedDatabase,
): Promise<readonly string[]> {
  const remember = 4 * latest;
  const index = new FakeIndex(scheduler, database.weakness, remember);
  const system: System = { scheduler, database, index, remember };
  await live(system, none, [(process) => build(system, process)]);
  const writers = Array.from({ length: 3 }, () => (process: Process) => writer(system, process));
  const sweepers = Array.from({ length: 2 }, () => (process: Process) => sweeper(system, process, 3));
  const rebuilds = scheduler.random() < 0.3 ? [(process: Process) => build(system, process)] : [];
  await live(system, faults, [...writers, ...sweepers, ...rebuilds]);
  // Peace: what is still on its way arrives, then somebody sweeps.
  scheduler.now += 60_000;
  await live(system, none, [(process) => sweeper(system, process, 1)]);
  const found = index.found();
  const stored = await database.stored();
  return [...new Set([...found.keys(), ...stored.keys()])].filter((key) => found.get(key) !== stored.get(key));
}

interface System {
  readonly scheduler: Scheduler;
  readonly database: SimulatedDatabase;
  readonly index: FakeIndex;
  readonly remember: number;
}

async function live(
  { scheduler }: System,
  faults: Faults,
  lives: readonly ((process: Process) => Promise<void>)[],
): Promise<void> {
  scheduler.faults = faults;
  const processes = lives.map(() => new Process());
  for (const [at, life] of lives.entries()) {
    // What fails leaves its marks to others.
    life(processes[at] ?? new Process()).catch(() => undefined);
  }
  await scheduler.run(processes);
  scheduler.faults = none;
}

async function writer({ scheduler, database, index }: System, process: Process): Promise<void> {
  const { random } = scheduler;
  const changes = database.changesFor(process);
  const port = index.portFor(process);
  const agree = createAgree(changes, resource, () => scheduler.now);
  for (let write = 0; write < 3; write++) {
    const key = pick(keys, random);
    try {
      if (database.weakness === 'mark in a side collection') {
        await scheduler.call(process, () => void database.marks.set(key, scheduler.now));
      }
      const before = await scheduler.call(process, () => database.revisionOf(key));
      const removed = before !== undefined && random() < 0.4;
      if (!(await scheduler.call(process, () => database.write(key, before, removed)))) continue;
      const agreement = await agree();
      if (agreement === undefined) continue;
      await indexDocuments({ changes, port, resource, agreement, refresh: 'false' }, [key]);
    } catch {
      // The client is told; the next one comes.
    }
  }
}

async function sweeper(
  { scheduler, database, index, remember }: System,
  process: Process,
  times: number,
): Promise<void> {
  const changes = database.changesFor(process);
  const port = index.portFor(process);
  const agree = createAgree(changes, resource, () => scheduler.now);
  for (let time = 0; time < times; time++) {
    const now = new Date(scheduler.now);
    await sweep({ changes, port, resource, agree, now, grace: 100, remember }).catch(() => undefined);
    await scheduler.sleep(process, 500);
  }
}

async function build({ scheduler, database, index }: System, process: Process): Promise<void> {
  await rebuild({
    changes: database.changesFor(process),
    port: index.portFor(process),
    resource,
    schema: 'schema',
    name: `books-${String(scheduler.now).padStart(12, '0')}`,
    wait: (milliseconds) => scheduler.sleep(process, milliseconds),
  });
}

test('verify finds what is different, and nothing that waits', async () => {
  const scheduler = new Scheduler(1, none);
  const database = new FakeDatabase(scheduler, 'none');
  const index = new FakeIndex(scheduler, 'none', 1000);
  const system: System = { scheduler, database, index, remember: 1000 };
  await live(system, none, [(process) => build(system, process)]);
  for (const key of ['a', 'b', 'c']) database.write(key, undefined, false);
  scheduler.now += 1000;
  await live(system, none, [(process) => sweeper(system, process, 1)]);
  const documents = index.indexes.get(index.serving ?? '');
  documents?.delete('b');
  documents?.set('z', { revision: 7, removed: false, at: 0 });
  database.write('c', database.rows.get('c')?.revision, false);
  let found: unknown;
  await live(system, none, [
    async (process) => {
      found = await verify({ changes: database.changesFor(process), port: index.portFor(process), resource });
    },
  ]);
  assert.deepEqual(found, [
    { key: 'b', stored: database.rows.get('b')?.revision, indexed: undefined },
    { key: 'z', stored: undefined, indexed: 7 },
  ]);
});
