/**
 * What both parsers report alike.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';

/** Levels of nesting. Real descriptions stay below 60; everything behind the parsers may then recurse. */
export const MAX_DEPTH = 256;

export function tooDeep(at: Position): Diagnostic {
  return diagnostic('syntax-error', `The text is nested more than ${MAX_DEPTH} levels deep.`, { at });
}

export function duplicateKey(key: string, at: Position, first: Position): Diagnostic {
  return diagnostic('syntax-error', `The key "${key}" occurs twice; it stands on line ${first.line} already.`, {
    at,
    hint: 'remove or rename one of the two',
  });
}
