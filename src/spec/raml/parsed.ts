/**
 * What raml-1-parser understood, as it crosses from the worker thread: its JSON, narrowed by hand where it is used.
 *
 * Every element carries the place of its key as `@at: [file, line, column]`, 1-based, put there by `parser.ts`.
 */
import type { Diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';
import { isObject, type Json } from '../record.ts';
import type { SourceFile } from '../source.ts';

export type RamlVersion = '0.8' | '1.0';

export interface ParsedRaml {
  readonly version: RamlVersion;
  /** `Api`, `Overlay`, `Extension`, or the name of a fragment: `Library`, `DataType`, … */
  readonly kind: string;
  readonly specification: Json;
  readonly findings: readonly ParserFinding[];
}

/** What the parser found fault with, in its own words and codes. */
export interface ParserFinding {
  readonly code: string;
  readonly message: string;
  readonly isWarning: boolean;
  readonly at: Position;
}

/** The worker's only message. */
export interface WorkerAnswer {
  /** Absent when the parser threw. */
  readonly parsed?: ParsedRaml;
  /** The message of the error that the parser threw: it is not made for odd input. */
  readonly thrown?: string;
  readonly files: readonly SourceFile[];
  /** References that were not followed, with the reason. */
  readonly refused: readonly RefusedReference[];
  /** Why files were kept from the parser that it would not have finished. */
  readonly unsafe: readonly Diagnostic[];
}

export interface RefusedReference {
  /** Path relative to the root file's folder, or the URL. */
  readonly path: string;
  readonly problem: Diagnostic;
}

/** The elements of a list, `[]` for anything else. */
export function elementsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A list of texts, or one text that stands alone. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The place of an element; of one that the parser made up (an undeclared URI parameter), its owner's. */
export function placeOf(element: Json, owner: Position): Position {
  return toPosition(element['@at']) ?? owner;
}

/** The place of the `example` or `examples` key of an element. */
export function placeOfExamples(element: Json, owner: Position): Position {
  return toPosition(element['@examplesAt']) ?? placeOf(element, owner);
}

/**
 * Whether a key that RAML does not know is meant as an extension.
 *
 * @example isExtensionName('x-database') // true
 */
export function isExtensionName(name: unknown): boolean {
  return typeof name === 'string' && /^(x-|_)/.test(name);
}

/** The parser goes on with this text in place of that of a file that it was not given. */
export function isTextOfUnreadFile(text: unknown): boolean {
  return typeof text === 'string' && /^\s*Can not resolve \S+\s*$/.test(text);
}

function toPosition(value: unknown): Position | undefined {
  if (!Array.isArray(value)) return undefined;
  const [file, line, column]: readonly unknown[] = value;
  if (typeof file !== 'string' || typeof line !== 'number' || typeof column !== 'number') return undefined;
  return { file, line, column };
}
