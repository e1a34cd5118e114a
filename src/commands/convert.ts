import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Conversion, Loss } from '../convert/loss.ts';
import { toOpenapi } from '../convert/openapi/document.ts';
import { toRaml } from '../convert/raml/document.ts';
import { jsonText, ramlText, yamlText } from '../convert/text.ts';
import type { Format } from '../model/description.ts';
import type { ApiModel } from '../model/types.ts';
import { printable } from '../printable.ts';
import { counted } from './columns.ts';
import { type DescriptionFile, displayPath, printFindings, readDescription } from './description.ts';
import { CommandFailure, reasonOf } from './failure.ts';
import { formatName } from './format-name.ts';
import { jsonLine } from './json-line.ts';
import type { Terminal } from './terminal.ts';

export const convertTargets = ['openapi', 'raml'] as const;
export type ConvertTarget = (typeof convertTargets)[number];

export interface ConvertOptions {
  readonly to: ConvertTarget;
  /** File to write. Default: standard output. */
  readonly out?: string;
  /** JSON instead of YAML, which RAML is always, and the report as one line of JSON. */
  readonly json: boolean;
  readonly root?: string;
}

/**
 * `cartouche convert`: the description in another format on standard output or in a file, and on standard error what
 * could not be carried over, each with its place.
 *
 * @throws CommandFailure if the description has errors, is in the target format already, or cannot be written
 */
export async function convert(typed: string, options: ConvertOptions, terminal: Terminal): Promise<void> {
  const file: DescriptionFile = { typed, root: options.root };
  const model = await readConvertible(file, options, terminal);
  const { document, losses } = conversionOf(model, options.to);
  const text = textOf(document, options);
  if (options.out === undefined) terminal.print(text.trimEnd());
  else write(options.out, text);
  if (options.json) terminal.complain(jsonLine('converted', { file: typed, to: options.to, out: options.out, losses }));
  else printLosses(losses, file, terminal);
}

function conversionOf(model: ApiModel, to: ConvertTarget): Conversion {
  switch (to) {
    case 'openapi':
      return toOpenapi(model);
    case 'raml':
      return toRaml(model);
  }
}

function textOf(document: object, { to, json, out }: ConvertOptions): string {
  if (to === 'raml') return ramlText(document);
  const isJson = json || out?.toLowerCase().endsWith('.json') === true;
  return isJson ? jsonText(document) : yamlText(document);
}

async function readConvertible(file: DescriptionFile, options: ConvertOptions, terminal: Terminal): Promise<ApiModel> {
  const { typed } = file;
  if (options.out !== undefined && resolve(options.out) === resolve(typed)) {
    throw new CommandFailure(`${typed} would be overwritten by what is made of it.`, { hint: 'name another file' });
  }
  const { model, diagnostics } = await readDescription(file, terminal);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!model || errors.length > 0) {
    if (!options.json) printFindings(errors, file, terminal);
    throw new CommandFailure(`${typed} cannot be converted: ${counted(errors.length, 'error')}.`, { diagnostics });
  }
  if (isAlready(model.format, options.to)) {
    throw new CommandFailure(`${typed} is ${formatName[model.format]} already.`);
  }
  return model;
}

/** RAML 0.8 is not yet what is written, RAML 1.0. */
function isAlready(format: Format, to: ConvertTarget): boolean {
  return to === 'raml' ? format === 'raml-1.0' : format.startsWith(to);
}

function write(out: string, text: string): void {
  try {
    writeFileSync(out, text);
  } catch (error) {
    throw new CommandFailure(`${out} cannot be written: ${reasonOf(error)}.`, { cause: error });
  }
}

/** What is lost comes first. */
function printLosses(losses: readonly Loss[], file: DescriptionFile, terminal: Terminal): void {
  const lost = losses.filter(({ kind }) => kind === 'lost');
  const changed = losses.filter(({ kind }) => kind === 'changed');
  for (const { kind, message, at } of [...lost, ...changed]) {
    const place = `${displayPath(file, at.file)}:${at.line}:${at.column}`;
    const label = kind === 'lost' ? terminal.paint('yellow', kind) : terminal.paint('dim', kind);
    terminal.complain(`${printable(place)}: ${label}: ${printable(message)}`);
  }
  if (losses.length > 0) terminal.complain(`${file.typed}: ${lost.length} lost, ${changed.length} changed.`);
}
