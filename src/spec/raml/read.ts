/**
 * Reads RAML 0.8 and RAML 1.0.
 */
import type { ReadResult } from '../result.ts';
import type { Source } from '../source.ts';
import { interpret, readResult } from './interpret.ts';
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
  if ('problem' in root) return readResult(source, [root.problem]);
  const outcome = await parseInWorker(source, limits);
  return 'problem' in outcome ? readResult(source, [outcome.problem]) : interpret(outcome.answer, source);
}
