/**
 * Reads RAML 0.8 and RAML 1.0.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { ReadResult } from '../result.ts';
import type { Source } from '../source.ts';
import { describe } from './describe/describe.ts';
import { diagnosticsOf } from './findings.ts';
import { type ParseLimits, parseInWorker } from './parse.ts';

/**
 * Reads the root file of a source and everything that it includes.
 *
 * Gives a description whenever the parser understood the file, errors or not, and all findings: the parser's own,
 * corrected, and those of the conversion. Never rejects; starts one worker thread and ends it.
 *
 * @example
 * const { description, diagnostics } = await readRaml(openSource('api.raml'));
 */
export async function readRaml(source: Source, limits: ParseLimits = {}): Promise<ReadResult> {
  const root = source.read(source.rootFile);
  if ('problem' in root) return toResult(source, [root.problem]);
  const outcome = await parseInWorker(source, limits);
  if ('problem' in outcome) return toResult(source, [outcome.problem]);
  const { answer } = outcome;
  source.adopt(answer.files);
  const findings = diagnosticsOf(answer, source);
  if (!answer.parsed) return toResult(source, findings);
  const { kind } = answer.parsed;
  if (!['Api', 'Overlay', 'Extension'].includes(kind))
    return toResult(source, [fragmentAlone(kind, source), ...findings]);
  const described = describe(answer.parsed, source);
  return { ...toResult(source, [...findings, ...described.diagnostics]), description: described.description };
}

function toResult(source: Source, diagnostics: readonly Diagnostic[]): ReadResult {
  return { diagnostics, files: source.files().map(({ path, sha256 }) => ({ path, sha256 })) };
}

function fragmentAlone(kind: string, source: Source): Diagnostic {
  return diagnostic('raml-invalid', `This is a RAML ${kind}, a part for other files to include, and no API.`, {
    at: { file: source.rootFile, line: 1, column: 1 },
    hint: 'name the file whose first line is "#%RAML 1.0" alone',
  });
}
