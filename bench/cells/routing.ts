/**
 * What a GET of an item costs when its resource is the only one, and when it is the middle one of 500. Beside it, all
 * 500 in turn, which also costs what SQLite needs to have 500 tables and statements at hand.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Product, serveCommand } from '../product.ts';
import { type RunningServer, startServer } from '../server.ts';
import { descriptionWith, resourceNames } from '../specs/many-resources.ts';
import type { CellContext } from './context.ts';

interface Contestant {
  readonly name: string;
  readonly server: RunningServer;
  readonly paths: readonly string[];
  readonly costs: number[];
}

export async function measureRouting({ options, facts, generator, product, report }: CellContext, folder: string) {
  if (!options.only.has('routing')) return;
  const contestants: Contestant[] = [];
  const servers: RunningServer[] = [];
  try {
    for (const size of [1, 500]) {
      const server = await startWith(product, folder, size);
      servers.push(server);
      const paths = await createOneOfEach(server, size);
      const middle = paths.slice(Math.floor(size / 2)).slice(0, 1);
      contestants.push({ name: String(size), server, paths: middle, costs: [] });
      if (size > 1) contestants.push({ name: `${size} in turn`, server, paths, costs: [] });
    }
    for (let round = 0; round < options.rounds; round++) {
      for (const { server, paths, costs } of contestants) {
        const measured = await generator.run({
          ...{ port: server.port, pid: server.pid, paths, operation: 'get', dialect: 'cartouche', rows: 1, seed: 1 },
          connections: 32,
          warmupSeconds: round === 0 ? 2 : 0.3,
          seconds: options.seconds,
        });
        costs.push((measured.serverCpuSeconds / measured.requests) * 1e6);
      }
    }
    for (const { name, costs } of contestants) facts.record(`routing/${name}`, costs);
    report('routing');
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function startWith(product: Product, folder: string, size: number): Promise<RunningServer> {
  const description = join(folder, `resources-${size}.openapi.json`);
  writeFileSync(description, descriptionWith(size));
  const data = join(folder, `resources-${size}.db`);
  return startServer((port) => serveCommand(product, { description, data, port }), `/${resourceNames(size)[0]}`);
}

/** The paths of the items. */
async function createOneOfEach(server: RunningServer, size: number): Promise<string[]> {
  const origin = `http://127.0.0.1:${server.port}`;
  const paths: string[] = [];
  for (const name of resourceNames(size)) {
    const reply = await fetch(`${origin}/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: `the first of ${name}`, amount: 1, active: true }),
    });
    if (reply.status !== 201) throw new Error(`POST /${name} answers ${reply.status}: ${await reply.text()}`);
    const location = reply.headers.get('location');
    if (location === null) throw new Error(`POST /${name} answers no Location`);
    paths.push(new URL(location, origin).pathname);
  }
  return paths;
}
