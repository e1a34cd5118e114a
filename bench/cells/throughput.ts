/** The cells that put peers under load side by side: CPU per request first, requests per second beside it. */
import { join } from 'node:path';
import type { LoadMeasurement } from '../load.ts';
import { memoryOf, resetPeakMemory } from '../measure/process-files.ts';
import { type Peer, peersWith } from '../peers.ts';
import { type PreparedData, prepareData } from '../prepared-data.ts';
import { type Operation, operations } from '../requests.ts';
import type { RunningServer } from '../server.ts';
import type { CellContext } from './context.ts';

/** How long a peer is warmed before its first round of a cell, and before each later one. */
const warmupSeconds = { first: 2, later: 0.3 };
const reads: readonly Operation[] = ['get', 'list', 'filter'];

interface Contestant {
  readonly peer: Peer;
  readonly server: RunningServer;
}

export async function measureThroughput(context: CellContext, folder: string): Promise<void> {
  const wanted = operations.filter((operation) => context.options.only.has(operation));
  if (wanted.length === 0 && !context.options.only.has('memory')) return;
  for (const rows of context.options.rows) {
    const data = await prepareData(context.product, join(folder, String(rows)), rows);
    if (wanted.length > 0) await measureRows(context, data, rows, wanted);
    if (context.options.only.has('memory') && rows === Math.max(...context.options.rows)) {
      await measureMemory(context, data, rows);
    }
  }
}

async function measureRows(
  context: CellContext,
  data: PreparedData,
  rows: number,
  wanted: readonly Operation[],
): Promise<void> {
  const peers = peersWith(context.product).filter((peer) => peer.operations.some((each) => wanted.includes(each)));
  const contestants: Contestant[] = [];
  try {
    for (const peer of peers) contestants.push({ peer, server: await peer.start(data) });
    // Reads before writes: creates make the tables of the faster peers larger.
    for (const operation of wanted) {
      for (const connections of context.options.connections) {
        await measureCell(context, contestants, { operation, rows, connections });
      }
    }
  } finally {
    await Promise.all(contestants.map(({ server }) => server.stop()));
  }
}

interface Cell {
  readonly operation: Operation;
  readonly rows: number;
  readonly connections: number;
}

async function measureCell(context: CellContext, contestants: readonly Contestant[], cell: Cell): Promise<void> {
  const { options, facts, report } = context;
  const taking = contestants.filter(({ peer }) => peer.operations.includes(cell.operation));
  const measured = new Map<string, LoadMeasurement[]>(taking.map(({ peer }) => [peer.name, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const contestant of taking) {
      const measurement = await measureOnce(context, contestant, cell, round);
      measured.get(contestant.peer.name)?.push(measurement);
    }
  }
  for (const [name, rounds] of measured) {
    const prefix = `${cell.operation}/${cell.rows}/${cell.connections}/${name}`;
    facts.record(
      `${prefix}/cpu`,
      rounds.map((each) => (each.serverCpuSeconds / each.requests) * 1e6),
    );
    facts.record(
      `${prefix}/rate`,
      rounds.map((each) => each.requests / each.seconds),
    );
    facts.record(
      `${prefix}/server busy`,
      rounds.map((each) => each.serverCpuSeconds / each.seconds),
    );
    facts.record(
      `${prefix}/generator busy`,
      rounds.map((each) => each.generatorBusy),
    );
    facts.record(
      `${prefix}/p50`,
      rounds.map((each) => each.p50Ms),
    );
    facts.record(
      `${prefix}/p99`,
      rounds.map((each) => each.p99Ms),
    );
  }
  report(`${cell.operation}, ${cell.rows} rows, ${cell.connections} connections`);
}

async function measureOnce(
  { options, generator }: CellContext,
  { peer, server }: Contestant,
  cell: Cell,
  round: number,
): Promise<LoadMeasurement> {
  try {
    return await generator.run({
      ...cell,
      port: server.port,
      pid: server.pid,
      dialect: peer.dialect,
      warmupSeconds: round === 0 ? warmupSeconds.first : warmupSeconds.later,
      seconds: options.seconds,
      // The same requests for all peers of a round, others in the next.
      seed: round + 1,
    });
  } catch (error) {
    throw new Error(`${cell.operation} on ${peer.name}: ${(error as Error).message}`);
  }
}

/** A server of its own that has done nothing else: idle, then under every read cell in turn. */
async function measureMemory(
  { product, facts, options, generator, report }: CellContext,
  data: PreparedData,
  rows: number,
) {
  const peer = peersWith(product).find(({ name }) => name === 'cartouche');
  if (peer === undefined) return;
  // The second start is the one that lasts: the first one has read the description.
  await (await peer.start(data)).stop();
  const server = await peer.start(data);
  try {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    facts.record('memory/idle', [memoryOf(server.pid).residentMb]);
    resetPeakMemory(server.pid);
    for (const operation of reads) {
      for (const connections of options.connections) {
        const job = { operation, rows, connections, port: server.port, pid: server.pid, dialect: peer.dialect };
        await generator.run({ ...job, warmupSeconds: 0, seconds: options.seconds * 2, seed: 1 });
      }
    }
    facts.record('memory/peak', [memoryOf(server.pid).peakMb]);
    report('memory');
  } finally {
    await server.stop();
  }
}
