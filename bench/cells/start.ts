/** Milliseconds from the creation of a process to the last byte of its first 200, on all cores. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Product, serveCommand } from '../product.ts';
import { runScript } from '../run-script.ts';
import { startServer } from '../server.ts';
import { descriptionWith, resourceNames } from '../specs/many-resources.ts';
import { repository, scriptPath } from '../workspace.ts';
import type { CellContext } from './context.ts';

/** A way to start something; resolves the milliseconds. */
interface Start {
  readonly name: string;
  readonly once: () => Promise<number>;
}

const ramsesExample = join(repository, '../shared/corpora/real/ramses-tech+ramses-example/example.raml');
/** 100 kB over many files: the parser, and not the start of Node, is what takes the time. */
const github = join(repository, '../shared/corpora/real/raml-apis+GitHub/api.raml');

export async function measureStart(
  { options, facts, product, report }: Omit<CellContext, 'generator'>,
  folder: string,
): Promise<void> {
  if (!options.only.has('start')) return;
  const starts = startsOf(product, folder);
  const measured = new Map<string, number[]>(starts.map(({ name }) => [name, []]));
  // A round of one start each is short, so there are twice as many.
  for (let round = 0; round < options.rounds * 2; round++) {
    for (const { name, once } of starts) measured.get(name)?.push(await once());
  }
  for (const [name, milliseconds] of measured) facts.record(`start/${name}`, milliseconds);
  report('start');
}

function startsOf(product: Product, folder: string): Start[] {
  const baseline = join(folder, 'start-baseline.db');
  const manyResources = join(folder, 'start-500.openapi.json');
  writeFileSync(manyResources, descriptionWith(500));
  const script = (framework: 'bare' | 'express' | 'fastify') => ({
    name: framework,
    once: () =>
      firstAnswer(
        () => ({ arguments: [scriptPath(`baselines/${framework}`)], environment: { DATA: baseline } }),
        '/books?',
      ),
  });
  return [
    script('bare'),
    script('express'),
    script('fastify'),
    ...coldAndSecond(product, folder, 'small', product.books, '/books'),
    { name: 'raml parser alone', once: () => parserAlone(ramsesExample) },
    ...coldAndSecond(product, folder, 'ramses', ramsesExample, '/stories'),
    { name: 'raml parser alone, github', once: () => parserAlone(github) },
    ...coldAndSecond(product, folder, 'github', github, '/emojis'),
    ...coldAndSecond(product, folder, '500', manyResources, `/${resourceNames(500)[0]}`),
  ];
}

/** Cold: neither cache nor database. Second: right after it, with both. */
function coldAndSecond(product: Product, folder: string, name: string, description: string, path: string): Start[] {
  const data = join(folder, `start-${name}.db`);
  const own = { ...product, cache: join(folder, `start-${name}-cache`) };
  const once = () => firstAnswer((port) => serveCommand(own, { description, data, port }), path);
  const forget = () => {
    rmSync(own.cache, { recursive: true, force: true });
    for (const suffix of ['', '-wal', '-shm', '-lock']) rmSync(data + suffix, { force: true });
  };
  return [
    {
      name: `${name} cold`,
      once: () => {
        forget();
        return once();
      },
    },
    { name: `${name} second`, once },
  ];
}

async function firstAnswer(command: Parameters<typeof startServer>[0], path: string): Promise<number> {
  const server = await startServer(command, path, 'starting');
  await server.stop();
  return server.firstAnswerMs;
}

async function parserAlone(description: string): Promise<number> {
  const startedAt = performance.now();
  await runScript('baselines/raml-parser', [description], 'starting');
  return performance.now() - startedAt;
}
