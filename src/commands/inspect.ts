import { relative, resolve, sep } from 'node:path';
import { boundedFindings } from '../diagnostics/bounded.ts';
import type { Paint } from '../diagnostics/render.ts';
import { sarifLog } from '../diagnostics/sarif.ts';
import type { Diagnostic, Severity } from '../diagnostics.ts';
import type { ApiModel, Inference } from '../model/types.ts';
import { printable } from '../printable.ts';
import { columns, counted } from './columns.ts';
import { type DescriptionFile, displayPath, printFindings, readDescription } from './description.ts';
import { formatName } from './format-name.ts';
import { inventoryOf } from './inventory.ts';
import { notesOn } from './notes.ts';
import type { Terminal } from './terminal.ts';

export interface InspectOptions {
  readonly format: 'text' | 'json' | 'sarif';
  readonly root?: string;
  /** Findings only: `cartouche validate`. */
  readonly findingsOnly: boolean;
  /** Of Cartouche, for SARIF. */
  readonly version: string;
}

/**
 * `cartouche inspect`: everything that was found in a description, and everything that was concluded from it, with the
 * place, the evidence, and how to say otherwise.
 *
 * @returns the exit code: 0 nothing to report, 1 there are warnings, 2 it cannot be served
 */
export async function inspect(typed: string, options: InspectOptions, terminal: Terminal): Promise<number> {
  const file: DescriptionFile = { typed, root: options.root };
  const { model, diagnostics: found } = await readDescription(file, terminal);
  const diagnostics = model ? [...found, ...notesOn(model)] : found;
  if (options.format === 'sarif') {
    terminal.print(JSON.stringify(sarifLog(diagnostics, { version: options.version, display: sarifPath(file) })));
    return exitCodeFor(diagnostics);
  }
  if (options.format === 'json') {
    const { findings, omitted } = boundedFindings(diagnostics);
    const data = { file: typed, diagnostics: findings, omitted };
    terminal.print(JSON.stringify({ ...data, ...(model && !options.findingsOnly && reportData(model)) }));
    return exitCodeFor(diagnostics);
  }
  printFindings(diagnostics, file, terminal);
  if (model && !options.findingsOnly && hasSomething(model)) terminal.print(report(model, file, terminal.paint));
  const summary = summaryOf(diagnostics);
  if (summary) terminal.complain(`${typed}: ${summary}.`);
  return exitCodeFor(diagnostics);
}

/** Paths as SARIF wants them: from the working directory, with slashes. */
function sarifPath(file: DescriptionFile): (path: string) => string {
  return (path) =>
    relative('', resolve(displayPath(file, path)))
      .split(sep)
      .join('/');
}

/** Of a text that is wrong near its beginning, readers understand nothing. */
function hasSomething(model: ApiModel): boolean {
  return model.title !== '' || model.bindings.length > 0;
}

function exitCodeFor(diagnostics: readonly Diagnostic[]): number {
  const has = (wanted: Severity) => diagnostics.some(({ severity }) => severity === wanted);
  return has('error') ? 2 : has('warning') ? 1 : 0;
}

function summaryOf(diagnostics: readonly Diagnostic[]): string {
  const count = (wanted: Severity) => diagnostics.filter(({ severity }) => severity === wanted).length;
  const counts = [
    { count: count('error'), noun: 'error' },
    { count: count('warning'), noun: 'warning' },
    { count: count('info'), noun: 'note' },
  ];
  return counts
    .filter((entry) => entry.count > 0)
    .map((entry) => counted(entry.count, entry.noun))
    .join(', ');
}

/** What `--json` adds to the findings. */
function reportData(model: ApiModel): object {
  const { title, version, format, resources, bindings, inferences } = model;
  return { title, version, format, resources, operations: bindings, inferences };
}

function report(model: ApiModel, file: DescriptionFile, paint: Paint): string {
  const { resources, samples } = inventoryOf(model);
  const name = [model.title, model.version].filter(Boolean).join(' ');
  const operations = counted(model.bindings.length, 'operation');
  return [
    `${paint('bold', printable(name))} (${formatName[model.format]}): ${counted(resources.length, 'resource')}, ${operations}`,
    ...resources.flatMap(({ resource, paths }) => [
      '',
      `${paint('bold', printable(resource.name))} ${paint('dim', `${resource.kind} of ${printable(resource.typeName)}, ${placeOf(resource, file)}`)}`,
      ...indented(
        paths.flatMap(({ path, operations }) =>
          operations.map(({ method, does }) => [method, printable(path), printable(does)]),
        ),
      ),
    ]),
    ...(samples.length > 0
      ? [
          '',
          paint('bold', 'Answered with samples'),
          ...indented(samples.map(({ method, path, why }) => [method, printable(path), printable(why)])),
        ]
      : []),
    ...(model.inferences.length > 0 ? ['', paint('bold', 'Inferred'), ...inferred(model, file, paint)] : []),
  ].join('\n');
}

/** Conclusions that are the same in many places are one entry; `--json` has each by itself. */
function inferred(model: ApiModel, file: DescriptionFile, paint: Paint): readonly string[] {
  const entries = new Map<string, Inference[]>();
  for (const inference of model.inferences) {
    const key = JSON.stringify([inference.conclusion, inference.evidence, inference.override]);
    entries.set(key, [...(entries.get(key) ?? []), inference]);
  }
  return [...entries.values()].flatMap((same) => inferredEntry(same, file, paint));
}

function inferredEntry(same: readonly Inference[], file: DescriptionFile, paint: Paint): readonly string[] {
  const [first] = same;
  if (!first) return [];
  const subjects = listed(same.map(({ subject }) => subject));
  const places = placeOf(first, file) + (same.length > 1 ? ` and ${counted(same.length - 1, 'more place')}` : '');
  return [
    `  ${paint('bold', subjects)}: ${printable(first.conclusion)}`,
    `    because    ${printable(first.evidence)} ${paint('dim', `(${places})`)}`,
    `    otherwise  ${printable(first.override)}`,
  ];
}

function listed(names: readonly string[]): string {
  const different = [...new Set(names)];
  const shown = different.slice(0, 3).map((name) => printable(name));
  return shown.join(', ') + (different.length > shown.length ? `, and ${different.length - shown.length} more` : '');
}

function placeOf({ at }: Pick<Inference, 'at'>, file: DescriptionFile): string {
  return printable(`${displayPath(file, at.file)}:${at.line}:${at.column}`);
}

function indented(rows: readonly (readonly string[])[]): readonly string[] {
  return columns(rows).map((line) => `  ${line}`);
}
