/**
 * The command line: argv to a command. The only file that ends the process.
 *
 * Exit codes: 0 fine, 1 there are findings (`inspect`, `diff`, `migrate`, `copy`, `verify`), 2 it could not be done.
 */
import { Command, CommanderError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { type CommonFlags, examples, replicasOption, type ShapeFlags, shardsOption, voiceOf } from './cli/common.ts';
import { copyCommand, indexCommands } from './cli/data.ts';
import { diffCommand } from './cli/diff.ts';
import { migrateCommand } from './cli/migrate.ts';
import { parseBasePath, parseBytes, parseOrigin, parsePort } from './commands/arguments.ts';
import { CommandFailure, reasonOf } from './commands/failure.ts';
import { jsonLine } from './commands/json-line.ts';
import { processTerminal, type Terminal } from './commands/terminal.ts';
import { printable } from './printable.ts';

const DEFAULT_PORT = 3000;
const DEFAULT_BODY_LIMIT = 1024 ** 2;

interface InspectFlags extends CommonFlags {
  readonly format: 'text' | 'json' | 'sarif';
}

interface ServeFlags extends CommonFlags, ShapeFlags {
  readonly port: number;
  readonly host: string;
  readonly data?: string;
  readonly store?: string;
  readonly search?: string;
  readonly acceptSchemaChanges?: true;
  readonly watch?: true;
  readonly readOnly?: true;
  readonly checkResponses: 'off' | 'warn' | 'strict';
  readonly basePath: string;
  readonly cors: boolean | readonly string[];
  readonly bodyLimit: number;
  readonly quiet?: true;
}

interface ConvertFlags extends CommonFlags {
  readonly to: 'openapi';
  readonly out?: string;
}

function commandLine(terminal: Terminal): Command {
  const program = new Command('cartouche')
    .description('From a RAML, OpenAPI or JSON Schema description to a live, durable API, in one command.')
    .version(packageJson.version, '-V, --version')
    .showHelpAfterError('Run "cartouche --help" for what there is.')
    .addHelpText('after', examples(['cartouche serve api.raml', 'cartouche inspect openapi.yaml']))
    .exitOverride();
  serveCommand(program, terminal);
  inspectCommands(program, terminal);
  convertCommand(program, terminal);
  diffCommand(program, terminal);
  migrateCommand(program, terminal);
  copyCommand(program, terminal);
  indexCommands(program, terminal);
  return program;
}

function serveCommand(program: Command, terminal: Terminal): void {
  program
    .command('serve')
    .summary('serve a description as a live API')
    .description('Serve a description as a live API, and keep what it is given in an SQLite file.')
    .argument('<file>', 'RAML, OpenAPI or JSON Schema, or a folder of JSON Schemas')
    .addOption(new Option('-p, --port <number>', '0 takes a free one').default(DEFAULT_PORT).argParser(parsePort))
    .option('--host <address>', 'address to listen on; 0.0.0.0 for all networks', '127.0.0.1')
    .option('-d, --data <file>', 'file for the data, or :memory: (default: the description’s name with .db, here)')
    .addOption(
      new Option('--store <address>', 'keep the data in MongoDB: mongodb://…').env('CARTOUCHE_STORE').conflicts('data'),
    )
    .addOption(new Option('--search <address>', 'search it with Elasticsearch: http://…').env('CARTOUCHE_SEARCH'))
    .addOption(shardsOption())
    .addOption(replicasOption())
    .option(
      '--accept-schema-changes',
      'convert stored data to the changed description, or serve it as it is where it does not fit, and take over the file of another API',
    )
    .option('-w, --watch', 'reload when the description or a file that it includes changes')
    .option('--read-only', 'refuse all writes')
    .addOption(
      new Option('--check-responses <mode>', 'compare answers with the description: report, or answer 500')
        .choices(['off', 'warn', 'strict'])
        .default('off'),
    )
    .addOption(
      new Option('--base-path <path>', 'serve below this path').default('', 'the root').argParser(parseBasePath),
    )
    .addOption(new Option('--cors <origin>', 'allow this origin only; may be repeated').argParser(parseOrigin))
    .addOption(new Option('--no-cors', 'send no CORS headers').default(true, 'any origin is allowed'))
    .addOption(
      new Option('--body-limit <size>', 'largest request body')
        .default(DEFAULT_BODY_LIMIT, '1mb')
        .argParser(parseBytes),
    )
    .option('--root <folder>', 'let the description refer to files in this folder (default: its own folder)')
    .option('-q, --quiet', 'print problems only')
    .option('--json', 'print one line of JSON for each event')
    .showHelpAfterError('Run "cartouche serve --help" for its options.')
    .addHelpText(
      'after',
      examples([
        'cartouche serve api.raml',
        'cartouche serve openapi.yaml --port 8080 --watch',
        'cartouche serve api.raml --data :memory: --port 0 --json',
        'cartouche serve api.raml --search http://localhost:9200',
        'cartouche serve api.raml --store mongodb://localhost/shop --search http://localhost:9200',
      ]),
    )
    .action(async (file: string, flags: ServeFlags) => {
      const { serve } = await import('./commands/serve.ts');
      const {
        acceptSchemaChanges = false,
        watch = false,
        readOnly = false,
        quiet = false,
        json = false,
        ...rest
      } = flags;
      await serve(
        file,
        { ...rest, acceptSchemaChanges, watch, readOnly, quiet, json },
        voiceOf(flags, terminal),
        stopSignal(),
      );
    });
}

function inspectCommands(program: Command, terminal: Terminal): void {
  const command = (name: string, findingsOnly: boolean) =>
    program
      .command(name)
      .argument('<file>', 'RAML, OpenAPI or JSON Schema, or a folder of JSON Schemas')
      .option('--root <folder>', 'let the description refer to files in this folder (default: its own folder)')
      .addOption(
        new Option('--format <format>', 'sarif is for editors and code scanning')
          .choices(['text', 'json', 'sarif'])
          .default('text'),
      )
      .option('--json', 'short for --format json, on one line')
      .showHelpAfterError(`Run "cartouche ${name} --help" for its options.`)
      .action(async (file: string, flags: InspectFlags) => {
        const { inspect } = await import('./commands/inspect.ts');
        const { json, format: wanted, ...rest } = flags;
        const format = json ? 'json' : wanted;
        process.exitCode = await inspect(
          file,
          { ...rest, format, findingsOnly, version: packageJson.version },
          voiceOf(format === 'text' ? {} : { json: true }, terminal),
        );
      });
  const codes = '\nExit code: 0 nothing to report, 1 warnings, 2 it cannot be served.';
  command('inspect', false)
    .summary('show what a description says, and what is concluded from it')
    .description(
      'Show all findings, resources and operations of a description, and everything that was concluded from it.',
    )
    .addHelpText(
      'after',
      `${examples(['cartouche inspect api.raml', 'cartouche inspect api.raml --format sarif > findings.sarif'])}${codes}`,
    );
  command('validate', true)
    .summary('check a description')
    .description('Check a description: prints findings only.')
    .addHelpText('after', `${examples(['cartouche validate api.raml && git push'])}${codes}`);
}

function convertCommand(program: Command, terminal: Terminal): void {
  program
    .command('convert')
    .summary('write a description in another format')
    .description('Write a description in another format, and report what could not be carried over.')
    .argument('<file>', 'RAML, OpenAPI, JSON Schema, or a folder of JSON Schemas')
    .addOption(new Option('--to <format>', 'what to write').choices(['openapi', 'raml']).makeOptionMandatory())
    .option('-o, --out <file>', 'write to this file (default: standard output)')
    .option('--root <folder>', 'let the description refer to files in this folder (default: its own folder)')
    .option('--json', 'write JSON instead of YAML (not RAML), and the report as a line of JSON on standard error')
    .showHelpAfterError('Run "cartouche convert --help" for its options.')
    .addHelpText(
      'after',
      `${examples([
        'cartouche convert api.raml --to openapi > openapi.yaml',
        'cartouche convert api.raml --to openapi --out openapi.json',
        'cartouche convert schemas/ --to raml > api.raml',
      ])}\nExit code: 0 it is written, whatever is reported, 2 it could not be done.`,
    )
    .action(async (file: string, flags: ConvertFlags) => {
      const { convert } = await import('./commands/convert.ts');
      await convert(file, { ...flags, json: flags.json ?? false }, terminal);
    });
}

/** Aborted by the first SIGINT or SIGTERM; the second ends the process at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}

async function main(argv: readonly string[]): Promise<void> {
  const terminal = processTerminal();
  process.on('uncaughtException', (error) => {
    complainAbout(error, argv, terminal);
    process.exit(2);
  });
  // A reader such as `head` has seen enough.
  process.stdout.on('error', () => process.exit(0));
  try {
    refuseBareFile(argv);
    await commandLine(terminal).parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = complainAbout(error, argv, terminal);
  }
  await Promise.all([process.stdout, process.stderr].map(drained));
  // A worker or a socket that somebody forgot must not keep a command from ending.
  process.exit();
}

/** A pipe takes what is written piece by piece, and `process.exit` would cut off the rest. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

/** `cartouche api.raml`: the first thing that anybody tries. */
function refuseBareFile(argv: readonly string[]): void {
  const [first] = argv;
  if (first === undefined || !/\.(?:raml|ya?ml|json)$/i.test(first)) return;
  throw new CommandFailure('A command is missing.', { hint: `cartouche serve ${argv.join(' ')}` });
}

/** Says what went wrong; returns the exit code. */
function complainAbout(error: unknown, argv: readonly string[], terminal: Terminal): number {
  // Commander has printed its message; for `--help` and `--version` it has printed what was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (process.env.CARTOUCHE_DEBUG && error instanceof Error) terminal.complain(error.stack ?? '');
  const failure = error instanceof CommandFailure ? error : defect(error);
  if (argv.includes('--json')) {
    const { message, hint, diagnostics } = failure;
    terminal.print(jsonLine('failed', { message, hint, diagnostics }));
  } else {
    terminal.complain(`${terminal.paint('red', 'error:')} ${printable(failure.message, { newlines: true })}`);
    if (failure.hint) terminal.complain(`  ${terminal.paint('cyan', 'hint:')} ${printable(failure.hint)}`);
  }
  return failure.exitCode;
}

function defect(error: unknown): CommandFailure {
  return new CommandFailure(`Cartouche has a defect: ${reasonOf(error)}`, {
    hint: 'please report it, with the description if you may share it; CARTOUCHE_DEBUG=1 shows the stack',
  });
}

void main(process.argv.slice(2));
