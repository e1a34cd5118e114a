import type { Diagnostic } from '../diagnostics.ts';
import { byPlace, bySeverity } from './render.ts';

/** Findings for a program to read, and how many were left out. */
export interface BoundedFindings {
  readonly findings: readonly Diagnostic[];
  readonly omitted: number;
}

/** A description that is wrong throughout has a finding on every line; code scanning shows no more than 5,000. */
export const MOST_REPORTED = 1_000;

/** In the order of files and lines. Where there are too many, errors are kept before warnings, and warnings before notes. */
export function boundedFindings(all: readonly Diagnostic[], most = MOST_REPORTED): BoundedFindings {
  const kept = bySeverity(all).slice(0, most);
  return { findings: byPlace(kept), omitted: all.length - kept.length };
}
