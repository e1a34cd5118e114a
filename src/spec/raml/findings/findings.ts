/**
 * What the parser reports, as diagnostics: its wrong verdicts corrected (`/docs/diagnostics.md` says what is served
 * nevertheless), in words that help.
 */
import { type Diagnostic, diagnostic, diagnosticCatalogue } from '../../../diagnostics.ts';
import type { Position } from '../../../model/description.ts';
import { suggest } from '../../../suggest.ts';
import { parseDocument } from '../../document/document.ts';
import type { Source } from '../../source.ts';
import type { ParserFinding, WorkerAnswer } from '../parsed.ts';
import {
  CIRCLE_CODES,
  FACETS,
  HARMLESS_CODES,
  IGNORED_CODES,
  KNOWN_KEYS,
  MAYBE_VALUE_CODES,
  SCHEMA_CODES,
  UNKNOWN_TYPE_CODES,
  VALUE_CODES,
} from './codes.ts';
import { explainCrash, includeCycle, lostNames } from './crash.ts';
import { Excerpts } from './excerpt.ts';
import { unreadFiles } from './includes.ts';
import type { Knowledge } from './knowledge.ts';
import { libraryChain } from './library-chain.ts';
import { MEDIA_TYPE_IS_MISSING } from './media-type-words.ts';
import { sentence } from './sentence.ts';
import { unknownName, unknownType } from './unknown-name.ts';
import { aboutValue } from './value.ts';
import { reword } from './wording.ts';

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
    ({ code, severity }) => code === 'syntax-error' && severity === 'error',
  );
  const tab = excerpts.firstTab(file);
  const first = errors.filter(
    ({ message }, index) => message !== NO_KEY && errors.findIndex((other) => other.message === message) === index,
  );
  if (errors.length === 0 || !tab) {
    return (first.length > 0 ? first : errors).slice(0, 3).map((error) => withAdvice(error, excerpts));
  }
  return [diagnostic('syntax-error', 'A line is indented with a tab.', { at: tab, hint: 'indent with spaces' })];
}

/** Mostly a consequence of what stands above. */
const NO_KEY = 'A key must be a single value.';

/** The slip that RAML invites: `{ type: string[] }`, where YAML takes the bracket for a list. */
function withAdvice(error: Diagnostic, excerpts: Excerpts): Diagnostic {
  const dash = error.at && /^\s*- /.exec(excerpts.line(error.at))?.[0].length;
  if (error.at && dash !== undefined && error.message.startsWith('A mapping cannot begin')) {
    return {
      ...error,
      at: { ...error.at, column: dash - 1 },
      message: 'An entry of a list ("- ") stands among the keys of an object.',
      hint: 'begin all of them with "- ", or none',
    };
  }
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
  if (code === 'UNRECOGNIZED_ELEMENT' || code === 'UNRESOLVED_REFERENCE') return unknownName(finding, knowledge);
  if (UNKNOWN_TYPE_CODES.has(code)) return unknownType(finding, excerpts, knowledge);
  if (code === 'REQUIRED_MUST_BE_BOOLEAN_IN_DRAFT_3') return undefined;
  // Told of both; one is enough.
  if (code === BOTH_QUERIES && message.includes("'queryString' is already")) return undefined;
  // Told again by OVERRIDE_BUILTIN_FACET.
  if (code === 'OVERRIDE_FACET' && FACETS.some((facet) => message.includes(`'${facet}'`))) return undefined;
  if (isOfApi(finding, excerpts)) return undefined;
  if (SCHEMA_CODES.has(code) && knowledge.told.some(isAboutSchema)) return undefined;
  if (VALUE_CODES.has(code) || MAYBE_VALUE_CODES.has(code)) return aboutValue(finding, excerpts, knowledge);
  if (code === 'UNKNOWN_NODE' || code === 'INVALID_PROPERTY_USAGE' || code === 'UNKNOWN_FACET') {
    return unknownKey(finding, excerpts);
  }
  if (code === 'INVALID_VALUE' && isOddlyCasedProtocol(message)) return undefined;
  const wording = libraryChain(finding, excerpts) ?? reword(finding, excerpts, knowledge);
  const mild = finding.isWarning || HARMLESS_CODES.has(code);
  if (!wording) return diagnostic(mild ? 'raml-questionable' : 'raml-invalid', sentence(message), { at });
  return diagnostic(wording.code, wording.message, {
    at: wording.at ?? at,
    hint: wording.hint,
    severity: mild ? 'warning' : (wording.severity ?? diagnosticCatalogue[wording.code].severity),
  });
}

const BOTH_QUERIES = 'QUERY_STRING_AND_QUERY_PARAMETERS_ARE_MUTUALLY_EXCLUSIVE';

/** A library leaves the default media type to the API that uses it. */
function isOfApi(finding: ParserFinding, excerpts: Excerpts): boolean {
  if (!excerpts.isFragment || !/^(INVALID_MEDIATYPE|MEDIATYPE_EXCEPTION)$/.test(finding.code)) return false;
  return reword(finding, excerpts, NOTHING_KNOWN)?.message === MEDIA_TYPE_IS_MISSING;
}

const NOTHING_KNOWN: Knowledge = { types: [], names: new Map(), properties: [], told: [], survived: () => true };

/** A circle that the conversion did not meet can be served: it leads through a list, or is none (`constructor`). */
function circle({ at, message }: ParserFinding, { told }: Knowledge): Diagnostic | undefined {
  return told.some(({ code }) => code === 'circular-type') ? undefined : questionable(message, at);
}

/** The conversion reads schemas itself, and knows the place within the file. */
function isAboutSchema({ code, message }: Diagnostic): boolean {
  if (message.endsWith('is no type of JSON Schema.')) return true;
  return ['schema-invalid', 'syntax-error', 'unresolved-reference', 'file-not-found', 'invalid-pattern'].includes(code);
}

function questionable(message: string, at: Position): Diagnostic {
  return diagnostic('raml-questionable', sentence(message), { at });
}

function unknownKey({ code, message, at, isWarning }: ParserFinding, excerpts: Excerpts): Diagnostic {
  const key = /'([^']*)'/.exec(message)?.[1] ?? '';
  if (/^(x-|_)/.test(key)) {
    return questionable(`RAML does not know the key "${key}"; it is kept as an extension.`, at);
  }
  // Everything else that is unknown could be a slip of the pen that changes what is served.
  const harmless = isWarning || (code === 'UNKNOWN_FACET' && key === 'usage');
  const isFacet = code === 'UNKNOWN_FACET';
  const outer = excerpts.emptyKeyBefore(at);
  // Of some facets the parser gives the place of what stands inside.
  const isHere = excerpts
    .line(at)
    .slice(at.column - 1)
    .replace(/^["']/, '')
    .startsWith(key);
  return diagnostic('unknown-key', `RAML does not know the ${isFacet ? 'facet' : 'key'} "${key}" here.`, {
    at: isHere ? at : (excerpts.keyAbove(at, key) ?? at),
    severity: harmless ? 'warning' : 'error',
    hint: outer === undefined ? hintForKey(key, isFacet, excerpts) : `indent it deeper if it belongs to "${outer}"`,
  });
}

function hintForKey(key: string, isFacet: boolean, excerpts: Excerpts): string | undefined {
  const meant = isFacet ? MEANT_BY_FACET : excerpts.isRaml08 ? { ...MEANT, ...MEANT_IN_08 } : MEANT;
  if (Object.hasOwn(meant, key)) return meant[key];
  if (/^[\w.+-]+\/[\w.+-]+$/.test(key)) return 'put media types under "body"';
  const nearest = suggest(key, isFacet ? FACETS : KNOWN_KEYS);
  return nearest && nearest !== key ? `did you mean "${nearest}"?` : undefined;
}

/** Words of OpenAPI, JSON Schema or everyday speech, and what RAML calls them. */
const MEANT: Readonly<Record<string, string>> = {
  queryParams: 'did you mean "queryParameters"?',
  query: 'did you mean "queryParameters"?',
  params: 'did you mean "queryParameters" or "uriParameters"?',
  parameters: 'did you mean "queryParameters" or "uriParameters"?',
  pathParameters: 'did you mean "uriParameters"?',
  requestBody: 'did you mean "body"?',
  summary: 'did you mean "displayName" or "description"?',
  servers: 'did you mean "baseUri"?',
  paths: 'resources stand at the root: "/books:"',
  definitions: 'did you mean "types"?',
  security: 'did you mean "securedBy"?',
};

/** What came with RAML 1.0. */
const MEANT_IN_08: Readonly<Record<string, string>> = {
  types: 'RAML 0.8 has "schemas"; if the file means RAML 1.0, begin it with "#%RAML 1.0"',
  type: 'in a body, RAML 0.8 says "schema"',
  definitions: 'did you mean "schemas"?',
};

/** Of RAML 0.8 and JSON Schema. */
const MEANT_BY_FACET: Readonly<Record<string, string>> = {
  repeat: 'it is RAML 0.8: write type: string[] for a list',
  formParameters: 'it is RAML 0.8: write "properties"',
  usage: 'did you mean "description"?',
  nullable: 'write type: string | nil',
  oneOf: 'write type: A | B',
  anyOf: 'write type: A | B',
  allOf: 'write type: [A, B]',
  const: 'write enum with a single value',
  $ref: 'write type: Name',
};

/** `Http` is as good as `HTTP` (RAML 1.0, "Protocols"). */
function isOddlyCasedProtocol(message: string): boolean {
  return /^Invalid value: '(https?)'\. Allowed values are: 'HTTP', 'HTTPS'/i.test(message);
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
