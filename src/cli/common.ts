/** What the commands of the command line have in common. */
import type { Terminal } from '../commands/terminal.ts';

export interface CommonFlags {
  readonly root?: string;
  readonly json?: true;
}

/** For the end of a help text. */
export function examples(lines: readonly string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  $ ${line}`), ''].join('\n');
}

/** With `--json` everything that is said is a line of JSON on standard output. */
export function voiceOf(flags: CommonFlags, terminal: Terminal): Terminal {
  return flags.json ? { ...terminal, complain: () => {}, progress: () => {}, watched: false } : terminal;
}
