import { bySeverity } from '../../diagnostics/render.ts';
import type { Diagnostic } from '../../diagnostics.ts';
import { counted } from '../columns.ts';
import { type DescriptionFile, printFindings } from '../description.ts';
import type { Terminal } from '../terminal.ts';

/** More would push the announcement off the screen; `inspect` prints all. */
const SHOWN = 3;

/** The first warnings of a description that is served all the same. Notes are part of the announcement. */
export function warnAbout(findings: readonly Diagnostic[], file: DescriptionFile, terminal: Terminal): void {
  const warnings = bySeverity(findings.filter(({ severity }) => severity === 'warning'));
  printFindings(warnings.slice(0, SHOWN), file, terminal);
  const left = warnings.length - SHOWN;
  if (left > 0) terminal.complain(`… and ${counted(left, 'more warning')}: cartouche inspect ${file.typed}\n`);
}
