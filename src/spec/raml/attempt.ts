/**
 * A defect of our own conversion is told like a mistake of the description, at the part that it was met in, and the
 * rest is read all the same.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';
import { withoutPaths } from './without-paths.ts';

interface Attempt {
  /** The part of the description, in words: `the type "Book"`. */
  readonly what: string;
  readonly at: Position;
  report(finding: Diagnostic): void;
}

/** What `make` gives; if it throws, `otherwise`, and a finding. */
export function attempt<Result>(make: () => Result, otherwise: Result, { what, at, report }: Attempt): Result {
  try {
    return make();
  } catch (error) {
    report(internalProblem(what, at, error));
    return otherwise;
  }
}

export function internalProblem(what: string, at: Position, error: unknown): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  return diagnostic('internal', `Cartouche failed at ${what}: ${withoutPaths(message)}.`, {
    at,
    hint: 'this is a defect of Cartouche, please report it; to go on, write this part in another way',
  });
}
