/** Where a command writes. `cli.ts` makes one of the process's streams; tests pass their own. */
import { styleText } from 'node:util';
import type { Paint } from '../diagnostics/render.ts';

export interface Terminal {
  /** What was asked for: standard output. */
  readonly print: (text: string) => void;
  /** What went wrong, and progress: standard error. */
  readonly complain: (text: string) => void;
  /** Shows how far something has come, in place of what was shown so before; `''` takes it away. Only where `watched`. */
  readonly progress: (text: string) => void;
  /** Somebody watches standard error: progress may be shown. */
  readonly watched: boolean;
  readonly paint: Paint;
}

/** The terminal of this process. Colours only where somebody sees them, and never with `NO_COLOR`. */
export function processTerminal(): Terminal {
  const colours = process.stdout.isTTY === true && process.stderr.isTTY === true && !process.env.NO_COLOR;
  return {
    print: (text) => process.stdout.write(`${text}\n`),
    complain: (text) => process.stderr.write(`${text}\n`),
    progress: (text) => {
      // Back to the beginning of the line, which is cleared (ECMA-48).
      if (process.stderr.isTTY === true) process.stderr.write(`\r\u001b[2K${text}`);
    },
    watched: process.stderr.isTTY === true,
    paint: (style, text) => (colours && text ? styleText(style, text) : text),
  };
}

/** Shows what comes last, a few times a second; `end` takes it away. */
export function createProgress(terminal: Terminal): {
  readonly show: (text: string) => void;
  readonly end: () => void;
} {
  let shown = 0;
  return {
    show: (text) => {
      if (!terminal.watched || performance.now() - shown < 100) return;
      shown = performance.now();
      terminal.progress(terminal.paint('dim', text));
    },
    end: () => terminal.progress(''),
  };
}

/** Runs `work`, and says what takes so long if somebody watches and it takes more than a second. */
export async function withProgress<T>(terminal: Terminal, doing: string, work: () => Promise<T>): Promise<T> {
  if (!terminal.watched) return work();
  const timer = setTimeout(() => terminal.complain(terminal.paint('dim', `${doing} …`)), 1000);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
