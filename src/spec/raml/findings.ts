/**
 * What the parser reports, as diagnostics: corrected where it is wrong, in words that help.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { Source } from '../source.ts';
import type { ParserFinding, WorkerAnswer } from './parsed.ts';

export function diagnosticsOf(answer: WorkerAnswer, source: Source): readonly Diagnostic[] {
  const at = { file: source.rootFile, line: 1, column: 1 };
  if (answer.thrown !== undefined)
    return [diagnostic('raml-invalid', `The RAML parser failed: ${answer.thrown}.`, { at })];
  return (answer.parsed?.findings ?? []).map((finding: ParserFinding) =>
    diagnostic(finding.isWarning ? 'raml-questionable' : 'raml-invalid', finding.message, { at: finding.at }),
  );
}
