/**
 * Writers, sweepers and rebuilders in processes that are killed at random, on real servers that stop, hang, die and come
 * back, through a network that delays, repeats, reorders and cuts. When all has come to rest, the index has what the data
 * has, and nothing that was acknowledged is lost.
 *
 * SECONDS=<number> makes it longer (60), SEED=<number> repeats its choices; what the machine makes of them differs.
 * WEAKNESS='no version' or 'deaf' plants a bug (`faults/weakness.ts`): each was found within a minute.
 *
 * Of MongoDB, connections are cut and what they carry is delayed; no network repeats or reorders what TCP carries.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { listOf, member, numberOf, textOf } from '../../src/stores/search/json.ts';
import type { SearchedStore } from '../../src/stores/search/store.ts';
import { createSend, openTransport } from '../../src/stores/search/transport.ts';
import { all } from '../stores/suite.ts';
import { elasticsearchUrl, newPrefix, noElasticsearch, removeIndexes } from './elasticsearch.ts';
import { calm, type HttpProxy, startHttpProxy, storm } from './faults/http-proxy.ts';
import { Ledger } from './faults/ledger.ts';
import { noOwnElasticsearch, type OwnElasticsearch, startOwnElasticsearch } from './faults/own-elasticsearch.ts';
import { type Running, start } from './faults/processes.ts';
import { createChance } from './faults/random.ts';
import { openSystem, type Place } from './faults/system.ts';
import { calmTcp, startTcpProxy, stormyTcp, type TcpProxy } from './faults/tcp-proxy.ts';
import type { Weakness } from './faults/weakness.ts';
import { countedKeys, type Orders } from './faults/worker.ts';
import { freshDatabase, noMongo } from './mongo-server.ts';

const seconds = Number(process.env.SECONDS ?? 60);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const weakness = (process.env.WEAKNESS ?? 'none') as Weakness;
const chance = createChance(seed);
const roles: readonly Orders['role'][] = ['writer', 'writer', 'writer', 'sweeper', 'rebuilder'];

describe('nothing is lost, and the index ends up as the data', { skip: noMongo || noElasticsearch }, () => {
  const mongo = freshDatabase();
  const prefix = newPrefix();
  const ledger = new Ledger();
  let own: OwnElasticsearch | undefined;
  let cable: HttpProxy;
  let wire: TcpProxy;
  let direct: Place;
  let processes: Running[] = [];
  before(async () => {
    own = noOwnElasticsearch === false ? await startOwnElasticsearch() : undefined;
    direct = { mongo, search: own?.url ?? elasticsearchUrl, prefix };
    cable = await startHttpProxy(() => direct.search, chance);
    const { hostname, port } = new URL(mongo);
    wire = await startTcpProxy({ host: hostname, port: Number(port || 27017) }, chance);
  });
  after(async () => {
    await Promise.all(processes.map((each) => each.kill()));
    await cable.close();
    await wire.close();
    if (own === undefined) await clean(direct);
    await own?.close();
  });

  test(`${seconds} seconds, seed ${seed}`, async (context) => {
    if (noOwnElasticsearch !== false) context.diagnostic(noOwnElasticsearch);
    const through = new URL(mongo);
    through.host = `127.0.0.1:${wire.port}`;
    const first = await openSystem(direct, 60_000);
    await first.built();
    for (let at = 0; at < countedKeys; at++) {
      await first.collection('books').create({ key: `count-${at}`, text: '{}' });
    }
    await first.close();
    const place: Place = { mongo: String(through), search: cable.url, prefix };
    const begin = (number: number): Running => {
      const orders = { ...place, role: roles[number] ?? 'writer', number, seed: chance.between(0, 2 ** 31), weakness };
      return start(orders, (report) => ledger.note(report));
    };
    processes = roles.map((_, number) => begin(number));
    const end = Date.now() + seconds * 1000;
    let killed = 0;
    const killing = (async () => {
      while (Date.now() < end) {
        await pause(chance.between(500, 3000));
        const at = chance.between(0, processes.length);
        const victim = processes[at];
        // A rebuild takes longer than the others live; some are to come to their end.
        if (victim === undefined || (victim.orders.role === 'rebuilder' && chance.hits(0.7))) continue;
        await victim.kill();
        killed += 1;
        processes[at] = begin(at);
      }
    })();
    const story: string[] = [];
    const weather = (async () => {
      for (let at = 0; Date.now() < end; at++) {
        const name = scenes[at] ?? chance.pick(scenes);
        if (name === 'killed' && Date.now() > end - 5000) continue;
        story.push(name);
        await happens(name);
      }
    })();
    await Promise.all([killing, weather]);
    await Promise.all(processes.map((each) => each.kill()));
    processes = [];
    await cable.settle();
    const told = { killed, ...ledger.told, http: cable.happened, tcp: wire.happened, scenes: countsOf(story) };
    context.diagnostic(JSON.stringify(told));
    assert.deepEqual(ledger.broken, []);
    assert.deepEqual(await differences(), { lost: [], different: [], refused: [], versions: [] });
    // On a machine that has much else to do, too.
    assert.ok((ledger.told.written ?? 0) > 20, 'writes were acknowledged');
  });

  /** One of the things that go wrong, for a while; calm again after it. */
  async function happens(name: (typeof scenes)[number]): Promise<void> {
    switch (name) {
      case 'calm':
        return pause(chance.between(1000, 3000));
      case 'storm':
        cable.weather = storm;
        wire.weather = stormyTcp;
        await pause(chance.between(3000, 8000));
        break;
      case 'search away':
        cable.isAway = true;
        await pause(chance.between(1000, 5000));
        break;
      case 'data away':
        wire.isAway = true;
        await pause(chance.between(300, 1500));
        break;
      case 'frozen':
        own?.freeze();
        await pause(chance.between(500, 4000));
        own?.thaw();
        break;
      case 'killed':
        await own?.kill();
        await pause(chance.between(0, 2000));
        await own?.restart();
        break;
    }
    cable.weather = calm;
    wire.weather = calmTcp;
    cable.isAway = false;
    wire.isAway = false;
  }

  /** Of what is stored against what was acknowledged, and against what is found, once nothing waits any more. */
  async function differences() {
    const store = await openSystem(direct, 200);
    try {
      await store.built();
      await until(async () => (await store.indexHealth?.())?.state === 'in-step');
      const { documents } = await store.collection('books').list({ ...all, limit: 1000 });
      const stored = new Map<string, string>();
      for (const { key } of documents) stored.set(key, (await store.collection('books').get(key))?.text ?? '');
      for (const { key, removed } of (await store.changes?.scan('books', undefined, 10_000)) ?? []) {
        if (!removed && !stored.has(key)) stored.set(key, (await store.collection('books').get(key))?.text ?? '');
      }
      const versions = weakness === 'no version' ? [] : await store.verifyIndex('books');
      const refused = (await store.indexHealth?.())?.refused ?? [];
      return { lost: ledger.lost(stored), different: await contentDifferences(store, stored), refused, versions };
    } finally {
      await store.close();
    }
  }

  /** What the index has of each document, besides its revision. */
  async function contentDifferences(
    store: SearchedStore,
    stored: ReadonlyMap<string, string>,
  ): Promise<readonly string[]> {
    await store.refresh?.();
    const { transport, close } = await openTransport(direct.search);
    const body = { size: 1000, docvalue_fields: ['f.title', 'f.pages'], _source: ['raw'] };
    const path = `/${encodeURIComponent(`${prefix}-books@R`)}/_search`;
    const answer = await createSend(transport)({ method: 'POST', path, body });
    await close();
    const found = new Map(
      listOf(member(answer, 'hits', 'hits')).map((hit) => {
        const [title] = listOf(member(hit, 'fields', 'f.title'));
        const [pages] = listOf(member(hit, 'fields', 'f.pages'));
        return [textOf(member(hit, '_source', 'raw')) ?? '', `${textOf(title)} ${numberOf(pages)}`];
      }),
    );
    const wanted = new Map(
      [...stored].map(([key, text]) => {
        const { title, pages }: { title?: string; pages?: number } = JSON.parse(text);
        return [key, `${title} ${pages}`];
      }),
    );
    return [...new Set([...found.keys(), ...wanted.keys()])]
      .filter((key) => found.get(key) !== wanted.get(key))
      .map((key) => `${key} is found as ${found.get(key)}, and stored as ${wanted.get(key)}`);
  }
});

/** The first of them happen in every run, in this order; others follow by chance. */
const scenes = [
  'storm',
  'search away',
  'calm',
  'frozen',
  'storm',
  'data away',
  'killed',
  'storm',
  'calm',
] as const satisfies readonly string[];

function countsOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 120_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, 'it never came to hold');
    await pause(100);
  }
}

async function clean({ search, prefix }: Place): Promise<void> {
  const { transport, close } = await openTransport(search);
  await removeIndexes(createSend(transport), prefix);
  await close();
}
