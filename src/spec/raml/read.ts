/**
 * Reads RAML 0.8 and RAML 1.0.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';
import type { ReadResult } from '../result.ts';
import type { Source } from '../source.ts';
import { internalProblem } from './attempt.ts';
import { withRamlFit } from './fit.ts';
import { interpret, readResult } from './interpret.ts';
import { type ParseLimits, parseInWorker } from './parse.ts';
import { sizeProblem } from './size.ts';

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
  const start = { file: source.rootFile, line: 1, column: 1 };
  const root = source.read(source.rootFile, source.rootFile, start);
  if ('problem' in root) return readResult(source, [root.problem]);
  const unfit = firstLineProblem(root.file.text, start) ?? sizeProblem(root.file.text, root.file.path);
  if (unfit) return readResult(source, [unfit]);
  const outcome = await parseInWorker(source, limits);
  if ('problem' in outcome) return readResult(source, [outcome.problem]);
  return withRamlFit(interpret(outcome.answer, source), source).catch((error: unknown) =>
    readResult(source, [internalProblem('this description', start, error)]),
  );
}

/** Found before a thread is started: what the first line must say (RAML 1.0, "Markup Language"). */
function firstLineProblem(text: string, at: Position): Diagnostic | undefined {
  if (text.trim() === '') {
    return diagnostic('empty-description', 'The file is empty.', { at, hint: 'begin it with "#%RAML 1.0"' });
  }
  if (/^#%RAML (0\.8|1\.0)(?![^\s])/.test(text)) return undefined;
  return diagnostic('unknown-format', 'The first line does not name a version of RAML.', {
    at,
    hint: 'begin the file with "#%RAML 1.0" or "#%RAML 0.8"',
  });
}
