/** What the commands of the command line have in common. */
import { Option } from 'commander';
import { parseWhole } from '../commands/arguments.ts';
import type { IndexShape } from '../commands/index-shape.ts';
import type { Terminal } from '../commands/terminal.ts';

export interface CommonFlags {
  readonly root?: string;
  readonly json?: true;
}

/** How the indexes that a command makes lie on their servers. */
export function shardsOption(): Option {
  return new Option('--search-shards <number>', 'primary shards of each index that is made (default: 1)')
    .env('CARTOUCHE_SEARCH_SHARDS')
    .argParser(parseWhole(1, 1024));
}

export function replicasOption(): Option {
  return new Option('--search-replicas <number>', 'copies of each shard (default: 1, once there is a second node)')
    .env('CARTOUCHE_SEARCH_REPLICAS')
    .argParser(parseWhole(0, 20));
}

export type ShapeFlags = IndexShape;

/** For the end of a help text. */
export function examples(lines: readonly string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  $ ${line}`), ''].join('\n');
}

/** With `--json` everything that is said is a line of JSON on standard output. */
export function voiceOf(flags: CommonFlags, terminal: Terminal): Terminal {
  return flags.json ? { ...terminal, complain: () => {}, progress: () => {}, watched: false } : terminal;
}
