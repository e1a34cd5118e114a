import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { groupDiagnostics } from '../diagnostics/group.ts';
import { bySeverity, type Frames, renderDiagnostic } from '../diagnostics/render.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { ApiModel } from '../model/types.ts';
import { type ReadSpecOptions, type ReadSpecResult, readSpec } from '../spec/read.ts';
import { counted } from './columns.ts';
import { CommandFailure } from './failure.ts';
import { type Terminal, withProgress } from './terminal.ts';

/** The description that a command is about: where it is, and what reading it gave. */
export interface DescriptionFile {
  /** As the user typed it. */
  readonly typed: string;
  /** Folder that findings may be read from, instead of the description's own. */
  readonly root: string | undefined;
}

export interface GoodDescription {
  readonly model: ApiModel;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: ReadSpecResult['files'];
}

/** Reads it; shows progress if it takes long. Findings are not printed. `later`: as `ReadSpecOptions`. */
export function readDescription(
  file: DescriptionFile,
  terminal: Terminal,
  later?: ReadSpecOptions['later'],
): Promise<ReadSpecResult> {
  return withProgress(terminal, `Reading ${file.typed}`, () =>
    readSpec(file.typed, { ...(file.root !== undefined && { root: file.root }), ...(later && { later }) }),
  );
}

/** Only what can be served: prints the findings and throws `CommandFailure` otherwise. */
export async function readGoodDescription(
  file: DescriptionFile,
  terminal: Terminal,
  later?: ReadSpecOptions['later'],
): Promise<GoodDescription> {
  const { model, diagnostics, files } = await readDescription(file, terminal, later);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (model && errors.length === 0) return { model, diagnostics, files };
  printFindings(errors, file, terminal);
  throw new CommandFailure(`${file.typed} cannot be served: ${counted(errors.length, 'error')}.`, { diagnostics });
}

/** At most this many different findings are printed; a description that is wrong throughout needs no more to begin with. */
const MOST_FINDINGS = 50;

/** More lines are in no file that is read; five million of them, split, take 250 MB. */
const MOST_LINES = 1_250_000;

/** Findings on standard error, the worst first, with code frames. */
export function printFindings(findings: readonly Diagnostic[], file: DescriptionFile, terminal: Terminal): void {
  const frames = framesOf(file, terminal);
  const groups = groupDiagnostics(bySeverity(findings));
  for (const { finding, others } of groups.slice(0, MOST_FINDINGS)) {
    terminal.complain(`${renderDiagnostic(finding, frames, others)}\n`);
  }
  const left = groups.slice(MOST_FINDINGS).reduce((sum, { others }) => sum + 1 + others.length, 0);
  if (left > 0) terminal.complain(`… and ${counted(left, 'more finding')}.\n`);
}

/** A path of the description as the user would type it: `user.json` of `specs/api.raml` is `specs/user.json`. */
export function displayPath(file: DescriptionFile, path: string): string {
  return path === basename(file.typed) ? file.typed : join(dirname(file.typed), path);
}

/** Absolute paths of the files, the root file among them even when it could not be read. */
export function absolutePaths(
  file: DescriptionFile,
  files: ReadSpecResult['files'],
): readonly { readonly path: string; readonly sha256?: string }[] {
  const folder = dirname(resolve(file.typed));
  const read = files.map(({ path, sha256 }) => ({ path: resolve(folder, path), sha256 }));
  return read.some(({ path }) => path === resolve(file.typed)) ? read : [{ path: resolve(file.typed) }, ...read];
}

/** The files as given, for the service to show. One that has vanished since is left out. */
export function textsOf(
  file: DescriptionFile,
  files: ReadSpecResult['files'],
): readonly { readonly path: string; readonly text: string }[] {
  const folder = dirname(resolve(file.typed));
  return files.flatMap(({ path }) => {
    const text = textOf(resolve(folder, path));
    return text === undefined ? [] : [{ path, text }];
  });
}

function framesOf(file: DescriptionFile, terminal: Terminal): Frames {
  const texts = new Map<string, readonly string[] | undefined>();
  return {
    paint: terminal.paint,
    display: (path) => displayPath(file, path),
    lines: (path) => {
      if (!texts.has(path)) {
        texts.set(path, textOf(resolve(dirname(resolve(file.typed)), path))?.split(/\r\n|\n|\r/, MOST_LINES));
      }
      return texts.get(path);
    },
  };
}

/** A byte order mark is no part of the first line. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch {
    return undefined;
  }
}
