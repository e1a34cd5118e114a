/** The commands that write projects. */
import { type Command, Option } from 'commander';
import type { EmitOptions } from '../commands/emit.ts';
import type { Terminal } from '../commands/terminal.ts';
import { type CommonFlags, examples, voiceOf } from './common.ts';

interface EmitFlags extends CommonFlags, Pick<EmitOptions, 'out' | 'store' | 'name' | 'conflict'> {
  readonly check?: true;
  readonly dryRun?: true;
  readonly prune?: true;
  readonly yes?: true;
}

export function emitCommand(program: Command, terminal: Terminal, version: string): void {
  program
    .command('emit')
    .summary('write a TypeScript project that serves a description')
    .description(
      'Write a TypeScript project that serves a description as cartouche serve does, or bring one up to date. Your edits stay.',
    )
    .argument('<file>', 'RAML, OpenAPI or JSON Schema, or a folder of JSON Schemas')
    .requiredOption('-o, --out <folder>', 'the project’s folder')
    .addOption(
      new Option('--store <kind>', 'where it keeps its data (default: as before, else sqlite)').choices([
        'sqlite',
        'mongodb',
        'mongodb+elasticsearch',
      ]),
    )
    .option('--name <name>', 'of the package and the image (default: as before, else made of the title)')
    .option('--check', 'write nothing, and fail if something would be written')
    .option('--dry-run', 'write nothing, and say what would be written')
    .option('--prune', 'move files aside that are not emitted any more')
    .addOption(
      new Option('--conflict <how>', 'where you and Cartouche changed the same thing').choices([
        'markers',
        'rej',
        'ours',
        'theirs',
      ]),
    )
    .option('-y, --yes', 'ask nothing')
    .option('--root <folder>', 'let the description refer to files in this folder (default: its own folder)')
    .option('--json', 'print one line of JSON, and ask nothing')
    .showHelpAfterError('Run "cartouche emit --help" for its options.')
    .addHelpText(
      'after',
      `${examples([
        'cartouche emit api.raml --out my-api',
        'cartouche emit openapi.yaml --out my-api --store mongodb+elasticsearch',
        'cartouche emit api.raml --out my-api --check',
      ])}\nExit code: 0 fine, 1 --check found something to write, 2 it could not be done, 3 something is to be decided first.`,
    )
    .action(async (file: string, { yes, ...flags }: EmitFlags) => {
      const { emit } = await import('../commands/emit.ts');
      const { check = false, dryRun = false, prune = false, json = false, ...rest } = flags;
      const isAsked = process.stdin.isTTY === true && process.stderr.isTTY === true && !json && !yes;
      const { askForStore } = await import('../commands/emit/ask.ts');
      process.exitCode = await emit(
        file,
        { ...rest, check, dryRun, prune, json, version, ...(isAsked && { ask: askForStore }) },
        voiceOf(flags, terminal),
      );
    });
}
