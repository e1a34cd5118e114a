/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util';

export const cellNames = [
  'get',
  'list',
  'filter',
  'patch',
  'mix',
  'post',
  'memory',
  'ranges',
  'queries',
  'routing',
  'start',
  'size',
] as const;
export type CellName = (typeof cellNames)[number];

export interface Options {
  readonly only: ReadonlySet<CellName>;
  readonly rounds: number;
  readonly seconds: number;
  readonly rows: readonly number[];
  readonly connections: readonly number[];
  /** Where to write all numbers, if anywhere. */
  readonly json: string | undefined;
  /** Exit 1 where a ratio is below 80 % of its goal. */
  readonly check: boolean;
  /** Measure the `dist` that is there instead of building it. */
  readonly build: boolean;
}

export const usage = `npm run bench -- [options]

  --only CELL,…          ${cellNames.join(', ')} (default: all)
  --rounds N             interleaved rounds, medians are taken of them (default 5; with --quick 3)
  --seconds N            measured seconds per round (default 3; with --quick 1)
  --rows N,…             books in the store (default 1000,100000; with --quick 100000)
  --connections N,…      default 1,32
  --json FILE            write every number to FILE
  --quick                a first impression in a few minutes
  --check                exit 1 where a ratio is below 80 % of its goal
  --no-build             measure the dist that is there`;

/** Throws an Error whose message is for the user. */
export function parseOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    allowNegative: true,
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      rows: { type: 'string' },
      connections: { type: 'string' },
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      build: { type: 'boolean', default: true },
    },
  });
  return {
    only: new Set(values.only === undefined ? cellNames : values.only.split(',').map(asCellName)),
    rounds: number('rounds', values.rounds ?? (values.quick ? '3' : '5'), 1, 100),
    seconds: number('seconds', values.seconds ?? (values.quick ? '1' : '3'), 0.1, 30),
    rows: numbers('rows', values.rows ?? (values.quick ? '100000' : '1000,100000'), 200, 1_000_000),
    connections: numbers('connections', values.connections ?? '1,32', 1, 256),
    json: values.json,
    check: values.check,
    build: values.build,
  };
}

function asCellName(text: string): CellName {
  const found = cellNames.find((name) => name === text);
  if (found === undefined) throw new Error(`--only: there is no cell "${text}"; there are ${cellNames.join(', ')}`);
  return found;
}

function numbers(option: string, text: string, least: number, most: number): number[] {
  return text.split(',').map((part) => number(option, part, least, most));
}

function number(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most)) {
    throw new Error(`--${option}: expected a number from ${least} to ${most}, found "${text}"`);
  }
  return value;
}
