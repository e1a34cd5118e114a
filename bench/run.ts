/**
 * `npm run bench`: Cartouche beside hand-written services, in one interleaved run. Says who does better and by how much;
 * `bench/README.md` says how to read it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { measureQueries } from './cells/queries.ts';
import { measureRanges } from './cells/ranges.ts';
import { measureRouting } from './cells/routing.ts';
import { measureSize } from './cells/size.ts';
import { measureStart } from './cells/start.ts';
import { measureThroughput } from './cells/throughput.ts';
import { Facts } from './facts.ts';
import { LoadGenerator } from './generator.ts';
import { judge } from './goals.ts';
import { describeMachine } from './measure/machine.ts';
import { type Options, parseOptions, usage } from './options.ts';
import { prepareProduct } from './product.ts';
import { goalsTable, machineLines, otherFactsTable, throughputTable } from './report.ts';
import { temporaryFolder, translateScripts } from './workspace.ts';

process.exitCode = await main(process.argv.slice(2));

/** The exit code: 1 when a cell could not run or, with `--check`, when a ratio is below 80 % of its goal. */
async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes('--help')) {
    console.log(usage);
    return 0;
  }
  try {
    return await bench(parseOptions(argv));
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

async function bench(options: Options): Promise<number> {
  const startedAt = performance.now();
  const report = (line: string) => {
    console.error(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}`);
  };
  const machine = describeMachine();
  const folder = temporaryFolder();
  const product = prepareProduct(folder, options.build);
  await translateScripts();
  report('ready');

  const facts = new Facts();
  const generator = new LoadGenerator();
  const failures: string[] = [];
  const attempt = async (measure: () => void | Promise<void>) => {
    try {
      await measure();
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
      report(`FAILED ${failures.at(-1)}`);
    }
  };
  const context = { options, facts, generator, product, report };
  try {
    await attempt(() => measureThroughput(context, folder));
    await attempt(() => measureRanges(context, folder));
    await attempt(() => measureQueries(context, folder));
    await attempt(() => measureRouting(context, folder));
    await attempt(() => measureStart(context, folder));
    await attempt(() => measureSize(options, facts, report, folder));
  } finally {
    generator.stop();
  }

  const verdicts = judge(facts);
  const tables = [throughputTable(facts), otherFactsTable(facts), goalsTable(verdicts)].filter((table) => table !== '');
  console.log(
    [machineLines(machine, product.builtFrom), ...tables, ...failures.map((each) => `FAILED: ${each}`)].join('\n\n'),
  );
  if (options.json !== undefined) {
    mkdirSync(dirname(options.json), { recursive: true });
    const goals = verdicts.map(({ goal: { value: _computed, ...goal }, ...verdict }) => ({ ...goal, ...verdict }));
    writeFileSync(
      options.json,
      JSON.stringify({ machine, facts: Object.fromEntries(facts.entries()), goals, failures }, null, 2),
    );
  }
  return failures.length > 0 || (options.check && verdicts.some(({ far }) => far)) ? 1 : 0;
}
