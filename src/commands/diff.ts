import type { Change } from '../diff/change.ts';
import { diffModels } from '../diff/diff.ts';
import type { Position } from '../model/description.ts';
import type { ApiModel } from '../model/types.ts';
import { printable } from '../printable.ts';
import { counted } from './columns.ts';
import { type DescriptionFile, displayPath, printFindings, readDescription } from './description.ts';
import { CommandFailure } from './failure.ts';
import { jsonLine } from './json-line.ts';
import type { Terminal } from './terminal.ts';

export interface DiffOptions {
  readonly root?: string;
  /** Leaves out what breaks nobody. */
  readonly breakingOnly: boolean;
  readonly json: boolean;
}

/**
 * `cartouche diff`: what has changed between two descriptions, of whatever formats, the breaking changes first.
 *
 * Resolves the exit code: 1 where clients of the old one may break. Throws `CommandFailure` where one cannot be read.
 */
export async function diff(old: string, now: string, options: DiffOptions, terminal: Terminal): Promise<0 | 1> {
  const files: Files = {
    before: { typed: old, root: options.root },
    after: { typed: now, root: options.root },
  };
  const changes = diffModels(
    await readComparable(files.before, options, terminal),
    await readComparable(files.after, options, terminal),
  );
  const breaking = changes.filter(({ severity }) => severity === 'breaking');
  const safe = changes.filter(({ severity }) => severity === 'safe');
  const shown = options.breakingOnly ? breaking : [...breaking, ...safe];
  if (options.json) {
    for (const change of shown) terminal.print(jsonLine('change', change));
    terminal.print(jsonLine('compared', { before: old, after: now, breaking: breaking.length, safe: safe.length }));
  } else print(shown, { breaking: breaking.length, safe: safe.length }, files, terminal);
  return breaking.length > 0 ? 1 : 0;
}

interface Files {
  readonly before: DescriptionFile;
  readonly after: DescriptionFile;
}

async function readComparable(file: DescriptionFile, { json }: DiffOptions, terminal: Terminal): Promise<ApiModel> {
  const { model, diagnostics } = await readDescription(file, terminal);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (model && errors.length === 0) return model;
  if (!json) printFindings(errors, file, terminal);
  throw new CommandFailure(`${file.typed} cannot be compared: ${counted(errors.length, 'error')}.`, { diagnostics });
}

function print(
  changes: readonly Change[],
  counts: { readonly breaking: number; readonly safe: number },
  files: Files,
  terminal: Terminal,
): void {
  for (const change of changes) terminal.print(`${textOf(change, files, terminal)}\n`);
  const all = counts.breaking + counts.safe;
  terminal.print(
    all === 0 ? 'Nothing has changed.' : `${counted(all, 'change')}: ${counts.breaking} breaking, ${counts.safe} safe.`,
  );
}

function textOf(change: Change, files: Files, { paint }: Terminal): string {
  const { code, severity, subject, message, impact, advice, operations } = change;
  const label = severity === 'breaking' ? paint('red', severity) : paint('green', severity);
  const lines = [
    `${label}: ${printable(`${subject}: ${message}`)} ${paint('dim', `[${code}]`)}`,
    `  ${paint('dim', printable(placesOf(change, files)))}`,
    ...(operations.length > 0 ? [`  in ${printable(someOf(operations))}`] : []),
    `  ${impact}${advice === undefined ? '' : ` To avoid it, ${advice}.`}`,
  ];
  return lines.join('\n');
}

function placesOf({ before, after }: Change, files: Files): string {
  const place = (file: DescriptionFile, { file: path, line, column }: Position) =>
    `${displayPath(file, path)}:${line}:${column}`;
  const [was, is] = [before && place(files.before, before), after && place(files.after, after)];
  if (was === undefined || is === undefined) return was ?? is ?? files.after.typed;
  return `${was} → ${is}`;
}

/** One edit of a type may concern a hundred operations. */
function someOf(operations: readonly string[]): string {
  const shown = operations.slice(0, mostOperations);
  const left = operations.length - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ');
}

const mostOperations = 5;
