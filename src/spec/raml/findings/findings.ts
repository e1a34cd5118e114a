/**
 * What the parser reports, as diagnostics: its wrong verdicts corrected (`/docs/diagnostics.md` says what is served
 * nevertheless), in words that help.
 */
import { type Diagnostic, type DiagnosticCode, diagnostic } from '../../../diagnostics.ts';
import type { Position } from '../../../model/description.ts';
import { suggest } from '../../../suggest.ts';
import { parseDocument } from '../../document/document.ts';
import type { Source } from '../../source.ts';
import type { ParserFinding, WorkerAnswer } from '../parsed.ts';
import { builtinNames, builtinType } from '../types/builtin.ts';
import { namesIn, parseTypeExpression } from '../types/expression.ts';
import {
  CIRCLE_CODES,
  HARMLESS_CODES,
  IGNORED_CODES,
  KNOWN_KEYS,
  MAYBE_VALUE_CODES,
  UNKNOWN_TYPE_CODES,
  VALUE_CODES,
} from './codes.ts';
import { explainCrash, includeCycle, lostNames } from './crash.ts';
import { Excerpts } from './excerpt.ts';
import { unreadFiles } from './includes.ts';

/** What the conversion knows by the time that the parser's findings are judged. */
export interface Knowledge {
  /** Names of the types that exist, those of libraries qualified. */
  readonly types: readonly string[];
  /** Names of what else can be referred to, by the parser's word for it: `trait`, `resource type`, `security scheme`. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Whether a name is in the description. */
  survived(name: string): boolean;
  /** The conversion's own findings: what they say need not be said again. */
  readonly told: readonly Diagnostic[];
}

export function diagnosticsOf(answer: WorkerAnswer, source: Source, knowledge: Knowledge): readonly Diagnostic[] {
  const excerpts = new Excerpts(source);
  const findings = answer.parsed?.findings ?? [];
  const unread = unreadFiles(findings, answer.refused, excerpts);
  const syntax = syntaxErrors(findings, source, excerpts);
  const broken = new Set(syntax.map(({ at }) => at?.file));
  const judged = findings
    .filter(({ at }) => !broken.has(at.file))
    .filter((finding) => !unread.explains(finding) && !IGNORED_CODES.has(finding.code))
    .map((finding) => judge(finding, excerpts, knowledge));
  const known = [...syntax, ...unread.diagnostics, ...lostNames(source, excerpts, knowledge.survived)];
  const crash = answer.thrown === undefined || known.length > 0 ? [] : [explainCrash(answer.thrown, source, excerpts)];
  const all = [...known, ...crash, ...judged.filter((told) => told !== undefined)];
  return withoutRepeats(all);
}

/** What our own YAML parser says about a file with syntax errors is clearer; findings after them only follow. */
function syntaxErrors(findings: readonly ParserFinding[], source: Source, excerpts: Excerpts): readonly Diagnostic[] {
  const files = new Set(findings.filter(isSyntaxError).map(({ at }) => at.file));
  const tabbed = findings.map(({ at }) => at.file).filter((file) => excerpts.firstTab(file) !== undefined);
  return [...new Set([...files, ...tabbed])].flatMap((file) => {
    const found = ownSyntaxErrors(file, source, excerpts);
    if (found.length > 0) return found;
    return findings.filter((finding) => finding.at.file === file && isSyntaxError(finding)).map(asSyntaxError);
  });
}

function isSyntaxError({ code }: ParserFinding): boolean {
  return code === 'YAML_ERROR' || code === 'SUSPICIOUS_DOUBLEQUOTE';
}

function ownSyntaxErrors(file: string, source: Source, excerpts: Excerpts): readonly Diagnostic[] {
  const outcome = source.read(file);
  if (!('file' in outcome)) return [];
  const errors = parseDocument(outcome.file.text, file).diagnostics.filter(
    ({ code, message, severity }) =>
      code === 'syntax-error' && severity === 'error' && !message.includes(' occurs twice'),
  );
  const tab = excerpts.firstTab(file);
  if (errors.length === 0 || !tab) return errors.slice(0, 3).map(withAdvice);
  return [diagnostic('syntax-error', 'A line is indented with a tab.', { at: tab, hint: 'indent with spaces' })];
}

/** The slip that RAML invites: `{ type: string[] }`, where YAML takes the bracket for a list. */
function withAdvice(error: Diagnostic): Diagnostic {
  if (!/flow-seq-start|flow-map-start/.test(error.message)) return error;
  return {
    ...error,
    message: 'A bracket stands where the value should have ended.',
    hint: 'in a line with braces, put types such as "string[]" in quotes',
  };
}

function asSyntaxError({ message, at }: ParserFinding): Diagnostic {
  const words = message.replace(/^JS-YAML: /, '').replace(/ at line \d+, column \d+$/, '');
  return diagnostic('syntax-error', sentence(words), { at });
}

/** One finding in our terms, `undefined` if it is wrong or said already. */
function judge(finding: ParserFinding, excerpts: Excerpts, knowledge: Knowledge): Diagnostic | undefined {
  const { code, at, message } = finding;
  if (message.includes('JS-YAML: Recursive definition')) return includeCycle(at);
  if (CIRCLE_CODES.has(code) && knowledge.types.length > 0) return circle(finding, knowledge);
  if (code === 'UNRECOGNIZED_ELEMENT') return unknownName(finding, knowledge);
  if (UNKNOWN_TYPE_CODES.has(code)) return unknownType(finding, excerpts, knowledge);
  if (code === 'REQUIRED_MUST_BE_BOOLEAN_IN_DRAFT_3') return undefined;
  if (VALUE_CODES.has(code) || MAYBE_VALUE_CODES.has(code)) return aboutValue(finding, excerpts);
  if (HARMLESS_CODES.has(code)) return questionable(message, at);
  if (code === 'UNKNOWN_NODE' || code === 'INVALID_PROPERTY_USAGE' || code === 'UNKNOWN_FACET') {
    return unknownKey(finding);
  }
  if (code === 'INVALID_VALUE' && isOddlyCasedProtocol(message)) return undefined;
  return diagnostic(finding.isWarning ? 'raml-questionable' : 'raml-invalid', sentence(message), { at });
}

/** A circle that the conversion did not meet can be served: it leads through a list, or is none (`constructor`). */
function circle({ at, message }: ParserFinding, { told }: Knowledge): Diagnostic | undefined {
  return told.some((finding) => finding.message.includes('made of itself')) ? undefined : questionable(message, at);
}

function unknownType({ at, message, isWarning }: ParserFinding, excerpts: Excerpts, knowledge: Knowledge) {
  if (knowledge.told.some((told) => told.at?.file === at.file && told.at.line === at.line)) return undefined;
  const text = excerpts.line(at);
  // A parameter of a resource type or trait: where it is applied, the conversion looks the name up.
  if (text.includes('<<')) return undefined;
  const names = typeNamesIn(text, at.column);
  const unknown = names.filter((name) => !isKnownType(name, knowledge.types));
  if (names.length > 0 && unknown.length === 0) return undefined;
  const [name] = unknown;
  const nearest = name === undefined ? undefined : suggest(name, [...knowledge.types, ...builtinNames]);
  return diagnostic(
    isWarning ? 'raml-questionable' : 'unresolved-reference',
    name === undefined ? sentence(message) : `There is no type "${name}".`,
    { at, hint: nearest && `did you mean "${nearest}"?` },
  );
}

function unknownName({ at, message, isWarning }: ParserFinding, { names }: Knowledge): Diagnostic | undefined {
  const [, kind = '', name = ''] = /^Unrecognized (.+): '(.*)'/.exec(message) ?? [];
  // The conversion looks schemas up itself.
  if (kind === 'schema') return undefined;
  const nearest = suggest(name, names.get(kind) ?? []);
  return diagnostic(isWarning ? 'raml-questionable' : 'unresolved-reference', `There is no ${kind} "${name}".`, {
    at,
    hint: nearest && `did you mean "${nearest}"?`,
  });
}

/** Names in the value of the key that begins at a column of a line such as `body: Book[]`. */
function typeNamesIn(line: string, column: number): readonly string[] {
  const value = /^["']?[^:"'{}]+["']?\s*:\s+["']?([^"'#{}]+?)["']?\s*(?:[},].*|#.*)?$/.exec(
    line.slice(column - 1),
  )?.[1];
  const expression = value === undefined ? undefined : parseTypeExpression(value);
  return expression ? namesIn(expression) : [];
}

function isKnownType(name: string, types: readonly string[]): boolean {
  if (builtinType(name)) return true;
  return types.some((type) => type === name || type.endsWith(`.${name}`));
}

function aboutValue(finding: ParserFinding, excerpts: Excerpts): Diagnostic | undefined {
  const { code, at, message, isWarning } = finding;
  const twin = code === 'SCALAR_EXPECTED' ? excerpts.earlierTwin(at) : undefined;
  if (twin !== undefined) {
    return diagnostic('raml-questionable', `This key occurs twice; it stands on line ${twin} already.`, {
      at,
      hint: 'remove one of the two, or bring them together',
    });
  }
  const keys = excerpts.keysAround(at);
  if (code === 'SCALAR_EXPECTED' && keys[0] === 'example') {
    return questionable('RAML 0.8 wants an example as text; this one is taken as it is.', at);
  }
  const inExample = !/\.raml$/i.test(at.file) || keys.some((key) => key === 'example' || key === 'examples');
  if (inExample) return diagnostic('example-mismatch', sentence(message), { at });
  const inValue = VALUE_CODES.has(code) || keys.some((key) => key === 'default' || key.startsWith('('));
  if (inValue) return questionable(message, at);
  return diagnostic(isWarning ? 'raml-questionable' : 'raml-invalid', sentence(message), { at });
}

function questionable(message: string, at: Position): Diagnostic {
  return diagnostic('raml-questionable', sentence(message), { at });
}

function unknownKey({ code, message, at, isWarning }: ParserFinding): Diagnostic {
  const key = /'([^']*)'/.exec(message)?.[1] ?? '';
  const kept = /^(x-|_)/.test(key);
  // Everything else that is unknown could be a slip of the pen that changes what is served.
  const harmless = kept || (code === 'UNKNOWN_FACET' && key === 'usage');
  const severity: DiagnosticCode = harmless || isWarning ? 'raml-questionable' : 'raml-invalid';
  const nearest = suggest(key, KNOWN_KEYS);
  const kind = code === 'UNKNOWN_FACET' ? 'facet' : 'key';
  const message_ = kept
    ? `RAML does not know the key "${key}"; it is kept as an extension.`
    : `RAML does not know the ${kind} "${key}" here.`;
  return diagnostic(severity, message_, { at, hint: nearest && !kept ? `did you mean "${nearest}"?` : undefined });
}

/** `Http` is as good as `HTTP` (RAML 1.0, "Protocols"). */
function isOddlyCasedProtocol(message: string): boolean {
  return /^Invalid value: '(https?)'\. Allowed values are: 'HTTP', 'HTTPS'/i.test(message);
}

/** @example sentence("Unknown node: 'x'") // 'Unknown node: "x".' */
function sentence(message: string): string {
  const text = message.trim().replace(/'([^'\n]*)'/g, '"$1"');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`;
}

function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, message, at }) => {
    const key = JSON.stringify([code, message, at]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
