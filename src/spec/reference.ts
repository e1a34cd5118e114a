import type { DiagnosticCode } from '../diagnostics.ts';

/** A finding before its place is known. */
export interface ProblemSketch {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** References that are no path at all. A Windows drive (`C:\…`) has one letter and is a path. */
export function refuseReference(reference: string): ProblemSketch | undefined {
  if (reference.includes('\0')) {
    return { code: 'file-not-found', message: 'A file name contains a NUL character.' };
  }
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(reference)?.[1]?.toLowerCase();
  if (scheme === 'file') {
    return {
      code: 'file-outside-root',
      message: `"${reference}" is a file: URL, which is not followed.`,
      hint: 'write the path relative to the file that refers to it',
    };
  }
  if (scheme !== undefined || /^[/\\]{2}/.test(reference)) {
    return {
      code: 'network-refused',
      message: `"${reference}" would have to be fetched, and descriptions are read without the network.`,
      hint: 'save a copy beside the description and refer to that',
    };
  }
  return undefined;
}
