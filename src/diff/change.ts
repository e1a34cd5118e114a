import type { Position } from '../model/description.ts';
import { type ChangeCode, type ChangeKind, type ChangeSeverity, changeCatalogue } from './catalogue.ts';

/** One difference between two descriptions of an API. JSON-serialisable. */
export interface Change {
  readonly code: ChangeCode;
  readonly severity: ChangeSeverity;
  /** `GET /books`, in the order of the description; of what is gone as the old one has it. Empty: the whole API. */
  readonly operations: readonly string[];
  /** What is changed there: `Book.title`, `query parameter "limit"`, `response 200`. */
  readonly subject: string;
  /** What was, and what is: `was integer, is string`. */
  readonly message: string;
  /** What it means for clients of the old description. */
  readonly impact: string;
  readonly advice?: string;
  /** Where it stands in the old description, or would stand; absent where neither can be said. */
  readonly before?: Position;
  /** The same in the new one. */
  readonly after?: Position;
}

/** A change before it is known which operations it concerns. */
export type Finding = Pick<Change, 'code' | 'subject' | 'message' | 'before' | 'after'>;

export function changeOf(finding: Finding, operations: readonly string[]): Change {
  const { code, subject, message, before, after } = finding;
  const kind: ChangeKind = changeCatalogue[code];
  return {
    code,
    severity: kind.severity,
    operations,
    subject,
    message,
    impact: kind.impact,
    ...(kind.advice !== undefined && { advice: kind.advice }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}
