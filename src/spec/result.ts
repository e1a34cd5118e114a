import type { Diagnostic } from '../diagnostics.ts';
import type { ApiDescription } from '../model/description.ts';

/** What a reader gives: the findings, and the description unless an error keeps it from being understood at all. */
export interface ReadResult {
  readonly description?: ApiDescription;
  readonly diagnostics: readonly Diagnostic[];
  /** Files that were read, relative to the root file's folder, with the SHA-256 of each: for caching and `--watch`. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}
