/**
 * Findings of the parser that are wrong, whatever their words: the specification allows what they complain about.
 */
import type { Excerpts } from './findings/excerpt.ts';
import type { ParserFinding } from './parsed.ts';

/** Whether the parser finds fault with something that RAML 1.0 allows. */
export function isMisjudged(finding: ParserFinding, excerpts: Excerpts): boolean {
  switch (finding.code) {
    case 'ALLOWED_FORMAT_VALUES':
      // `integer` takes its facets from `number` (RAML 1.0, "Integer").
      return /\bformat\s*:\s*["']?(float|double)\b/.test(excerpts.line(finding.at));
    case 'INVALID_ANNOTATION_LOCATION':
      return isAllowedTarget(finding, excerpts);
    default:
      return false;
  }
}

/** The parser does not know these values of `allowedTargets` (RAML 1.0, "Target Locations"). */
function isAllowedTarget({ at, message }: ParserFinding, excerpts: Excerpts): boolean {
  const allowed = /allowed targets are: (.*)$/.exec(message)?.[1] ?? '';
  const [, ...outer] = excerpts.keysAround(at);
  const target = targetOf(outer);
  return target !== undefined && allowed.includes(`'${target}'`);
}

/** What an annotation below these keys (innermost first) is about, of what the parser does not know. */
function targetOf(outer: readonly string[]): string | undefined {
  const [first = '', second, third = ''] = outer;
  if (second === 'annotationTypes') return 'AnnotationType';
  if (second === 'responses') return 'Response';
  const aroundBody = first === 'body' ? second : second === 'body' && first.includes('/') ? third : undefined;
  if (aroundBody === undefined) return undefined;
  return /^[1-5][0-9]{2}$/.test(aroundBody) ? 'ResponseBody' : 'RequestBody';
}
