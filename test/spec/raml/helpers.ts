/**
 * Reading descriptions that a test writes down in place.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../../src/diagnostics.ts';
import type { ApiDescription } from '../../../src/model/description.ts';
import './as-shipped.ts';
import { withRamlFit } from '../../../src/spec/raml/fit.ts';
import { interpret } from '../../../src/spec/raml/interpret.ts';
import type { ParseLimits } from '../../../src/spec/raml/parse.ts';
import { parseRaml } from '../../../src/spec/raml/parser.ts';
import { readRaml } from '../../../src/spec/raml/read.ts';
import type { ReadResult } from '../../../src/spec/result.ts';
import { openSource, type SourceOptions } from '../../../src/spec/source.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files into a fresh folder, gives its path to `use`, and removes it. */
export async function withFiles<Result>(files: Files, use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-raml-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reads `api.raml` of these files the way that users do: in a worker thread. */
export function readFiles(files: Files, limits?: ParseLimits): Promise<ReadResult> {
  return withFiles(files, (folder) => readRaml(openSource(join(folder, 'api.raml')), limits));
}

/** Reads in this thread: many times quicker, for tables of descriptions that are known to be harmless. */
export async function readHere(rootFile: string, options?: SourceOptions): Promise<ReadResult> {
  const source = openSource(rootFile, options);
  return withRamlFit(interpret(JSON.parse(JSON.stringify(await parseRaml(source))), source), source);
}

/** Reads one text in this thread, with other files beside it. */
export async function readText(text: string, beside: Files = {}): Promise<ReadResult> {
  return withFiles({ 'api.raml': text, ...beside }, (folder) => readHere(join(folder, 'api.raml')));
}

/** The description of a text without errors. */
export async function describeText(text: string, beside: Files = {}): Promise<ApiDescription> {
  const { description, diagnostics } = await readText(text, beside);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!description || errors.length > 0) throw new Error(`errors: ${JSON.stringify(errors)}`);
  return description;
}

/** @example told(finding) // 'error raml-invalid api.raml:3:1 RAML does not know …' */
export function told({ severity, code, at, message, hint }: Diagnostic): string {
  const place = at ? `${at.file}:${at.line}:${at.column}` : 'nowhere';
  return `${severity} ${code} ${place} ${message}${hint ? ` (${hint})` : ''}`;
}
