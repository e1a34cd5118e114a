/**
 * Names that the parser does not find: of types, traits, resource types, security schemes.
 */
import { type Diagnostic, type DiagnosticCode, diagnostic } from '../../../diagnostics.ts';
import { suggest } from '../../../suggest.ts';
import type { ParserFinding } from '../parsed.ts';
import { builtinNames, builtinType } from '../types/builtin.ts';
import { namesIn, parseTypeExpression } from '../types/expression.ts';
import type { Excerpts } from './excerpt.ts';
import type { Knowledge } from './knowledge.ts';
import { sentence } from './sentence.ts';

/** The codes for the parser's words. */
const KINDS: Readonly<Record<string, DiagnosticCode>> = {
  trait: 'unknown-trait',
  'resource type': 'unknown-resource-type',
  'security scheme': 'unknown-security-scheme',
};

export function unknownName(finding: ParserFinding, { names, types }: Knowledge): Diagnostic | undefined {
  const { at, message, isWarning } = finding;
  const [, kind = '', name = ''] = /^(?:Unrecognized )?(.+): '(.*)'/.exec(message) ?? [];
  // The conversion looks schemas up itself; of one that a resource type is given, only the parser knows the place.
  if (kind === 'schema') return undefined;
  const isType = kind === 'Reference';
  const nearest = suggest(name, isType ? types : (names.get(kind) ?? []));
  const code = isType ? 'unknown-type' : KINDS[kind];
  return diagnostic(code ?? 'raml-invalid', `There is no ${isType ? 'schema' : kind} "${name}".`, {
    at,
    hint: nearest && `did you mean "${nearest}"?`,
    ...(isWarning && !isType && { severity: 'warning' as const }),
  });
}

export function unknownType(finding: ParserFinding, excerpts: Excerpts, knowledge: Knowledge): Diagnostic | undefined {
  const { at, message, isWarning, code } = finding;
  const unknown = knowledge.told.filter((told) => told.code === 'unknown-type');
  // The conversion knows the place within the type.
  if (unknown.some((told) => told.at !== undefined && excerpts.within(told.at, at))) return undefined;
  const text = excerpts.line(at);
  // A parameter of a resource type or trait: where it is applied, the conversion looks the name up.
  if (text.includes('<<')) return undefined;
  const quoted = /unknown type:? '([^']*)'/.exec(message)?.[1];
  // An example of an unknown type: the type is what is wrong.
  if (/AGAINST_UNKNOWN$/.test(code) && unknown.length > 0) return undefined;
  // The parser takes an expression of names with letters beyond ASCII for one name.
  const names = quoted === undefined ? typeNamesIn(text, at.column) : namesOf(quoted);
  const name = names.find((known) => !isKnownType(known, knowledge.types));
  if (name === undefined && names.length > 0) return undefined;
  const nearest = name === undefined ? undefined : suggest(name, [...knowledge.types, ...builtinNames]);
  return diagnostic('unknown-type', name === undefined ? sentence(message) : `There is no type "${name}".`, {
    at,
    hint: nearest && `did you mean "${nearest}"?`,
    ...(isWarning && { severity: 'warning' as const }),
  });
}

/** Names in the value of the key that begins at a column of a line such as `body: Book[]`. */
function typeNamesIn(line: string, column: number): readonly string[] {
  const value = /^["']?[^:"'{}]+["']?\s*:\s+["']?([^"'#{}]+?)["']?\s*(?:[},].*|#.*)?$/.exec(
    line.slice(column - 1),
  )?.[1];
  return value === undefined ? [] : namesOf(value);
}

function namesOf(text: string): readonly string[] {
  const expression = parseTypeExpression(text);
  return expression ? namesIn(expression) : [];
}

function isKnownType(name: string, types: readonly string[]): boolean {
  if (builtinType(name)) return true;
  return types.some((type) => type === name || type.endsWith(`.${name}`));
}
