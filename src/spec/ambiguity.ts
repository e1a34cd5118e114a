/**
 * Two templates that differ in the names of their parameters only: which one a request means, nobody can tell.
 */
import { type Diagnostic, diagnostic, type Severity } from '../diagnostics.ts';
import type { PathItem } from '../model/description.ts';

/** @param severity RAML does not forbid them, and where the methods differ each is found. */
export function ambiguousPaths(paths: readonly PathItem[], severity: Severity): readonly Diagnostic[] {
  const seen = new Map<string, PathItem>();
  return paths.flatMap((item) => {
    const shape = item.path.replace(/\{[^{}]*\}/g, '{}');
    const other = seen.get(shape);
    if (!other) {
      seen.set(shape, item);
      return [];
    }
    if (other.path === item.path) return [];
    const message = `"${item.path}" and "${other.path}" (line ${other.at.line}) match the same requests.`;
    const hint = 'merge the two, or make the paths differ';
    return [diagnostic('ambiguous-path', message, { at: item.at, hint, severity })];
  });
}
