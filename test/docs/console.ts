/**
 * Examples in Markdown: in a block marked `console`, a line that begins with `$ ` is a command, and what follows is its
 * output. `…` stands for anything within a line; a line of nothing but `…` for any lines. A command goes on in the next
 * line after a backslash.
 *
 *     ```console
 *     $ curl -s http://127.0.0.1:3000/books/1
 *     {"id":"1","title":"…"}
 *     ```
 */

export interface ConsoleCommand {
  /** Line of the document, from 1. */
  readonly line: number;
  readonly command: string;
  /** Without the newline at the end. */
  readonly expected: string;
}

/** All commands of all `console` blocks, in the order of the document. */
export function consoleCommands(markdown: string): readonly ConsoleCommand[] {
  const commands: { line: number; command: string; output: string[] }[] = [];
  let inside = false;
  let goesOn = false;
  for (const [index, text] of markdown.split('\n').entries()) {
    const last = commands.at(-1);
    if (/^\s*```/.test(text)) {
      inside = !inside && /^\s*```console\b/.test(text);
      goesOn = false;
    } else if (inside && goesOn && last) {
      last.command += `\n${text}`;
      goesOn = text.endsWith('\\');
    } else if (inside && text.startsWith('$ ')) {
      commands.push({ line: index + 1, command: text.slice(2), output: [] });
      goesOn = text.endsWith('\\');
    } else if (inside) {
      last?.output.push(text);
    }
  }
  return commands.map(({ line, command, output }) => ({ line, command, expected: output.join('\n').trimEnd() }));
}

/**
 * Whether an output is what was shown. Spaces at line ends do not count. Where both are JSON, how it is laid out does
 * not count either.
 */
export function matchesShown(expected: string, actual: string): boolean {
  if (fits(expected, actual)) return true;
  const [shown, got] = [parseJson(expected), parseJson(actual)];
  return shown !== undefined && got !== undefined && fits(JSON.stringify(shown), JSON.stringify(got));
}

function fits(shown: string, actual: string): boolean {
  const parts = tidy(shown)
    .split('\n')
    .map((line) => (line.trim() === '…' ? '(?:.*\n)*?' : `${line.split('…').map(literally).join('.*')}\n`));
  return new RegExp(`^${parts.join('')}$`, 'u').test(`${tidy(actual)}\n`);
}

function tidy(text: string): string {
  return text.replace(/[ \t\r]+$/gm, '').trimEnd();
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
