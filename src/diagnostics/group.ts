import type { Diagnostic } from '../diagnostics.ts';
import type { Position } from '../model/description.ts';

/** Findings that say the same in many places: the first, and where else. */
export interface DiagnosticGroup {
  readonly finding: Diagnostic;
  readonly others: readonly Position[];
}

/** Brings together what has the same code, severity, message and hint; groups stand where their first finding stood. */
export function groupDiagnostics(findings: readonly Diagnostic[]): readonly DiagnosticGroup[] {
  const groups = new Map<string, { readonly finding: Diagnostic; readonly others: Position[] }>();
  for (const finding of findings) {
    const { code, severity, message, hint, at } = finding;
    const key = JSON.stringify([code, severity, message, hint]);
    const group = groups.get(key);
    if (!group) groups.set(key, { finding, others: [] });
    else if (at) group.others.push(at);
  }
  return [...groups.values()];
}
