/**
 * What the tables of words are given and give: one finding of the parser, and it in words of our own.
 */
import type { DiagnosticCode, Severity } from '../../../diagnostics.ts';
import type { Position } from '../../../model/description.ts';
import { suggest } from '../../../suggest.ts';
import type { ParserFinding } from '../parsed.ts';
import type { Excerpts } from './excerpt.ts';
import type { Knowledge } from './knowledge.ts';

export interface Wording {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Only where it is milder, or more severe, than the code. */
  readonly severity?: Severity;
  /** A better place than the parser's. */
  readonly at?: Position | undefined;
}

export interface Heard {
  readonly finding: ParserFinding;
  /** What stands in quotes in the parser's message, in its order. */
  readonly quoted: readonly string[];
  readonly excerpts: Excerpts;
  readonly knowledge: Knowledge;
}

/** Words by the parser's codes. */
export type Words = Readonly<Record<string, (heard: Heard) => Wording>>;

export function wrongShape(key: string, shape: string, hint: string | undefined): Wording {
  return { code: 'invalid-value', message: `"${key}" must be ${shape}.`, hint };
}

export function nearestOf(name: string, known: readonly string[]): string | undefined {
  const nearest = suggest(name, known);
  return nearest && `did you mean "${nearest}"?`;
}

/** The word that stands at a finding: mostly a key. */
export function keyAt({ at }: ParserFinding, excerpts: Excerpts): string {
  return /^["']?([^\s"'{}[\],:]+)/.exec(excerpts.line(at).slice(at.column - 1))?.[1] ?? '';
}

/** @example lower('MinLength') // 'minLength' */
export function lower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
