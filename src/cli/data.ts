/** The commands that look after stored data. */
import { type Command, Option } from 'commander';
import type { Terminal } from '../commands/terminal.ts';
import { type CommonFlags, examples, replicasOption, type ShapeFlags, shardsOption, voiceOf } from './common.ts';

interface CopyFlags extends CommonFlags, ShapeFlags {
  readonly from: string;
  readonly to: string;
  readonly search?: string;
}

interface IndexFlags extends CommonFlags, ShapeFlags {
  readonly data?: string;
  readonly store?: string;
  readonly search: string;
}

interface VerifyFlags extends IndexFlags {
  readonly repair?: true;
}

export function copyCommand(program: Command, terminal: Terminal): void {
  program
    .command('copy')
    .summary('move all data to another store')
    .description(
      'Copy all data from one store to another, and compare both in the end. Stopped, it goes on when run again.',
    )
    .argument('[file]', 'the description, where the source is too old to remember its own')
    .requiredOption('--from <store>', 'an SQLite file, or mongodb://…')
    .requiredOption('--to <store>', 'an SQLite file, or mongodb://…; without documents')
    .option('--search <address>', 'build the index of the copy with Elasticsearch: http://…')
    .addOption(shardsOption())
    .addOption(replicasOption())
    .option('--root <folder>', 'let the description refer to files in this folder (default: its own folder)')
    .option('--json', 'print one line of JSON for each resource')
    .showHelpAfterError('Run "cartouche copy --help" for its options.')
    .addHelpText(
      'after',
      `${examples([
        'cartouche copy --from bookstore.db --to mongodb://localhost/bookstore',
        'cartouche copy --from mongodb://localhost/bookstore --to bookstore.db',
        'cartouche copy --from a.db --to b.db --search http://localhost:9200',
      ])}\nExit code: 0 both sides are the same, 1 they are not, 2 it could not be done.`,
    )
    .action(async (file: string | undefined, flags: CopyFlags) => {
      const { copy } = await import('../commands/copy.ts');
      process.exitCode = await copy(file, { ...flags, json: flags.json ?? false }, voiceOf(flags, terminal));
    });
}

export function indexCommands(program: Command, terminal: Terminal): void {
  const command = (name: string) =>
    program
      .command(name)
      .argument('<file>', 'the description that the data is served by')
      .argument('[resources...]', 'those to look at (default: all)')
      .option('-d, --data <file>', 'file with the data (default: the description’s name with .db, here)')
      .addOption(
        new Option('--store <address>', 'the data is in MongoDB: mongodb://…').env('CARTOUCHE_STORE').conflicts('data'),
      )
      .addOption(
        new Option('--search <address>', 'the Elasticsearch server: http://…')
          .env('CARTOUCHE_SEARCH')
          .makeOptionMandatory(),
      )
      .addOption(shardsOption())
      .addOption(replicasOption())
      .option('--root <folder>', 'let the description refer to files in this folder (default: its own folder)')
      .option('--json', 'print one line of JSON for each resource')
      .showHelpAfterError(`Run "cartouche ${name} --help" for its options.`);
  command('reindex')
    .summary('build search indexes anew')
    .description('Build search indexes anew from the data. Whoever serves them serves on, and misses nothing.')
    .addHelpText(
      'after',
      `${examples([
        'cartouche reindex api.raml --search http://localhost:9200',
        'cartouche reindex api.raml books authors --store mongodb://localhost/shop --search http://localhost:9200',
      ])}\nExit code: 0 they are built, 1 and an index refuses documents, 2 it could not be done.`,
    )
    .action(async (file: string, resources: readonly string[], flags: IndexFlags) => {
      const { reindex } = await import('../commands/reindex.ts');
      process.exitCode = await reindex(
        file,
        resources,
        { ...flags, json: flags.json ?? false },
        voiceOf(flags, terminal),
      );
    });
  command('verify')
    .summary('compare search indexes with the data')
    .description('Compare search indexes with the data, document by document. Changes nothing, unless asked to repair.')
    .option('--repair', 'mend what is different: in its place or, where an index takes nothing older, by a new one')
    .addHelpText(
      'after',
      `${examples([
        'cartouche verify api.raml --search http://localhost:9200',
        'cartouche verify api.raml --store mongodb://localhost/shop --search http://localhost:9200 --repair',
      ])}\nExit code: 0 all are in step, 1 something is different, 2 it could not be done.`,
    )
    .action(async (file: string, resources: readonly string[], flags: VerifyFlags) => {
      const { verify } = await import('../commands/verify.ts');
      const { json = false, repair = false, ...rest } = flags;
      process.exitCode = await verify(file, resources, { ...rest, json, repair }, voiceOf(flags, terminal));
    });
}
