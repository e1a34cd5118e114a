import type { Diagnostic } from '../diagnostics.ts';
import { printable } from '../printable.ts';

/**
 * A command cannot do what was asked, and knows why. `cli.ts` prints the message and the hint and exits; anything else
 * that is thrown is a defect of ours.
 */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly hint: string | undefined;
  readonly exitCode: number;
  /** The findings behind it, where a description is to blame; already printed for people, repeated for `--json`. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    message: string,
    more: {
      readonly hint?: string | undefined;
      readonly exitCode?: number;
      readonly diagnostics?: readonly Diagnostic[];
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.hint = more.hint;
    this.exitCode = more.exitCode ?? 2;
    this.diagnostics = more.diagnostics ?? [];
  }
}

/**
 * An unexpected error in one line without a stack. Node's messages carry absolute paths; of these only the last segment
 * is shown.
 */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = text.split('\n', 1)[0] ?? '';
  return printable(line.replace(/(?:file:\/\/)?(?:[A-Za-z]:)?(?:[/\\][^\s'"/\\:]+)+(?=[/\\])[/\\]/g, ''));
}
