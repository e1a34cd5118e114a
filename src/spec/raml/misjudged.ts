/**
 * Findings of the parser that are wrong, whatever their words: the specification allows what they complain about.
 */
import { mayExplode } from '../../slow-pattern.ts';
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
    case 'SCALAR_PROHIBITED':
      // The name of a type will do (RAML 1.0, "The Query String").
      return finding.message.includes("'queryString'");
    case 'NULL_EXPECTED':
      // Nothing in a line with braces: `{ (hidden): , … }`.
      return /^[^\s:]+:\s*([,}]|#|$)/.test(excerpts.line(finding.at).slice(finding.at.column - 1));
    case '':
      return isDeclaredInPlace(finding, excerpts);
    case 'INVALID_JSON_SCHEMA':
    case 'INVALID_JSON_SCHEMA_DETAILS':
      return isOfLaterDraft(finding, excerpts);
    case 'TYPE_EXPECTED':
      return isOfFirstPattern(finding, excerpts);
    case 'CAN_NOT_PARSE_JSON':
      return isPlainText(excerpts.line(finding.at).slice(finding.at.column - 1));
    default:
      return false;
  }
}

/** The parser knows JSON Schema up to draft 4, and takes every schema for that; `../schema/lift.ts` looks itself. */
function isOfLaterDraft({ at, message }: ParserFinding, excerpts: Excerpts): boolean {
  return /'exclusiveM(in|ax)imum'/.test(message) || excerpts.mentions(at.file, LATER_DRAFT);
}

const LATER_DRAFT = /json-schema\.org\/(draft-0[67]|draft\/20)/;

/** Text is a value of `any` like another; where the type asks for something else, `fit.ts` tells. */
function isPlainText(line: string): boolean {
  const value = /^[^:]+:\s*(?:\{\s*value\s*:\s*)?(.*)$/.exec(line)?.[1] ?? '';
  return /^("\s*"|'\s*'|["']?[^\s{["'|>!*&#])/.test(value);
}

/**
 * "If two or more pattern properties match, the first one prevails" (RAML 1.0, "Object Type"); the parser asks all of
 * them. Whether the value fits the first, `fit.ts` tells.
 */
function isOfFirstPattern({ at }: ParserFinding, excerpts: Excerpts): boolean {
  const [name = ''] = excerpts.keysAround(at);
  const patterns = excerpts.patternsAround(at);
  return patterns.length > 1 && patterns.some((pattern) => !mayExplode(pattern) && matches(pattern, name));
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return false;
  }
}

/** Of XML the parser knows the elements that named types have, and not those of a type that the body declares itself. */
function isDeclaredInPlace({ at, message }: ParserFinding, excerpts: Excerpts): boolean {
  const element = /^Unexpected element '(.*)'$/.exec(message)?.[1];
  const owner = element === undefined ? undefined : excerpts.ownerOf(at);
  return owner !== undefined && excerpts.keyBelow(owner, ['properties', element ?? '']) !== undefined;
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
