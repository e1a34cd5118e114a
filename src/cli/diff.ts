/** The command that compares descriptions. */
import type { Command } from 'commander';
import type { Terminal } from '../commands/terminal.ts';
import { type CommonFlags, examples, voiceOf } from './common.ts';

interface DiffFlags extends CommonFlags {
  readonly breaking?: true;
}

export function diffCommand(program: Command, terminal: Terminal): void {
  program
    .command('diff')
    .summary('list what has changed between two descriptions')
    .description('List what has changed between two descriptions, and whether it breaks clients of the old one.')
    .argument('<old>', 'RAML, OpenAPI or JSON Schema, or a folder of JSON Schemas')
    .argument('<new>', 'the same; the formats may differ')
    .option('--breaking', 'list breaking changes only')
    .option('--root <folder>', 'let the descriptions refer to files in this folder (default: their own folders)')
    .option('--json', 'print one line of JSON for each change')
    .showHelpAfterError('Run "cartouche diff --help" for its options.')
    .addHelpText(
      'after',
      `${examples([
        'cartouche diff old.raml new.raml',
        'git show main:api.raml > old.raml && cartouche diff old.raml api.raml --breaking',
      ])}\nExit code: 0 nothing breaks, 1 there are breaking changes, 2 it could not be done.`,
    )
    .action(async (old: string, now: string, flags: DiffFlags) => {
      const { diff } = await import('../commands/diff.ts');
      const { json = false, breaking: breakingOnly = false, ...rest } = flags;
      process.exitCode = await diff(old, now, { ...rest, json, breakingOnly }, voiceOf(flags, terminal));
    });
}
