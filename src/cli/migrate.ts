/** The command that makes stored documents fit a changed description. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Terminal } from '../commands/terminal.ts';
import { type CommonFlags, examples, voiceOf } from './common.ts';

interface MigrateFlags extends CommonFlags {
  readonly data?: string;
  readonly store?: string;
  readonly from?: string;
  readonly rename: ReadonlyMap<string, string>;
  readonly drop: readonly string[];
  readonly backfill: ReadonlyMap<string, unknown>;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly leaveMisfits?: true;
  readonly backup: string | boolean;
}

export function migrateCommand(program: Command, terminal: Terminal): void {
  program
    .command('migrate')
    .summary('make stored data fit a changed description')
    .description('Make stored documents fit a changed description, after a backup. Stopped, it goes on when run again.')
    .argument('<file>', 'the new description')
    .option('-d, --data <file>', 'file with the data (default: the description’s name with .db, here)')
    .addOption(
      new Option('--store <address>', 'the data is in MongoDB: mongodb://…').env('CARTOUCHE_STORE').conflicts('data'),
    )
    .option('--from <file>', 'the old description (default: what the store remembers of it, which is less)')
    .option('--dry-run', 'say what would be done, with counts, and change nothing')
    .addOption(
      new Option('--rename <old=new>', 'books.title=name, or books=volumes; may be repeated')
        .default(new Map(), 'what is certain')
        .argParser(parseRename),
    )
    .addOption(
      new Option('--drop <name>', 'books.title was not renamed, and goes; may be repeated')
        .default([], 'none')
        .argParser((text: string, before: readonly string[]) => [...before, text]),
    )
    .addOption(
      new Option('--backfill <name=value>', 'books.pages=0, where it is missing; JSON or text; may be repeated')
        .default(new Map(), 'the defaults of the description')
        .argParser(parseBackfill),
    )
    .option('--leave-misfits', 'leave documents that cannot be made to fit as they are, instead of changing nothing')
    .option('--backup <file>', 'where to keep the documents as they were (default: beside the data)')
    .option('--no-backup', 'keep none')
    .option('-y, --yes', 'do it')
    .option('--root <folder>', 'let the descriptions refer to files in this folder (default: their own folders)')
    .option('--json', 'print the plan and the counts as a line of JSON')
    .showHelpAfterError('Run "cartouche migrate --help" for its options.')
    .addHelpText(
      'after',
      `${examples([
        'cartouche migrate api.raml --from old.raml --dry-run',
        'cartouche migrate api.raml --rename books.author=writer --backfill books.pages=0 --yes',
        'cartouche migrate api.raml --store mongodb://localhost/shop --yes',
      ])}\nExit code: 0 all documents fit, 1 something is to be decided or does not fit, 2 it could not be done.`,
    )
    .action(async (file: string, flags: MigrateFlags) => {
      const { migrate } = await import('../commands/migrate.ts');
      const {
        json = false,
        dryRun = false,
        yes = false,
        leaveMisfits = false,
        rename,
        drop,
        backfill,
        ...rest
      } = flags;
      const choices = { renames: rename, drops: new Set(drop), backfills: backfill };
      const options = { ...rest, choices, json, dryRun, yes, leaveMisfits };
      process.exitCode = await migrate(file, options, voiceOf(flags, terminal));
    });
}

/** The new name may be given with or without its path. */
function parseRename(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [from = '', to = ''] = partsOf(text, 'old=new');
  return new Map([...before, [from, to]]);
}

function parseBackfill(text: string, before: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const [name = '', value = ''] = partsOf(text, 'name=value');
  return new Map([...before, [name, jsonOrText(value)]]);
}

function partsOf(text: string, form: string): readonly string[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(`Write it as ${form}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
