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

/**
 * YAML forbids two equal keys. JSON only advises against them, and every parser takes the last, so that a text of
 * somebody else's is not refused for it.
 */
export function duplicateKey(language: 'YAML' | 'JSON', key: string, at: Position, first: Position): Diagnostic {
  const message = `The key "${key}" occurs twice; it stands on line ${first.line} already.`;
  const hint = 'remove or rename one of the two';
  return language === 'YAML'
    ? diagnostic('duplicate-key', message, { at, hint })
    : diagnostic('duplicate-key', `${message} The last one counts.`, { at, hint, severity: 'warning' });
}
