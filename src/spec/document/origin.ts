/**
 * Where a text begins that stands inside of a file: a schema in a block scalar, or in an included file.
 */
import { posix } from 'node:path';
import type { Position } from '../../model/description.ts';
import type { Source } from '../source.ts';

/** So many lines must agree before a place is believed; most schemas begin with `{` and a type. */
const LINES_COMPARED = 6;

/**
 * The place of the first character of a text that a parser took out of a file, looked for from `near` on; `near` itself
 * if it cannot be found. The column is that of the block: lines of the text are indented by as much.
 */
export function originOf(text: string, near: Position, source: Source): Position {
  const lines = linesOf(near.file, source);
  const included = /!include\s+([^\s,}\]#]+)/.exec(lines[near.line - 1] ?? '')?.[1];
  if (included !== undefined) {
    const file = posix.normalize(posix.join(posix.dirname(near.file), included));
    return linesOf(file, source).length > 0 ? { file, line: 1, column: 1 } : near;
  }
  const wanted = text.trimEnd().split(/\r\n|\r|\n/);
  const skipped = wanted.findIndex((line) => line.trim() !== '');
  const compared = wanted.slice(skipped, skipped + LINES_COMPARED).map((line) => line.trim());
  const [first] = compared;
  if (first === undefined || skipped === -1) return near;
  const start = lines.findIndex((_, index) => index >= near.line - 1 && agrees(lines, index, compared));
  if (start === -1) return near;
  const indentation = (wanted[skipped] ?? '').search(/\S/);
  const column = (lines[start] ?? '').indexOf(first) + 1 - indentation;
  return { file: near.file, line: start + 1 - skipped, column: Math.max(1, column) };
}

/** The first line of a text may stand behind its key: `schema: { "type": "object" }`. */
function agrees(lines: readonly string[], start: number, compared: readonly string[]): boolean {
  return compared.every((wanted, offset) => {
    const line = (lines[start + offset] ?? '').trim();
    return line === wanted || (offset === 0 && compared.length === 1 && line.includes(wanted));
  });
}

function linesOf(file: string, source: Source): readonly string[] {
  const outcome = source.read(file);
  return 'file' in outcome ? outcome.file.text.split(/\r\n|\r|\n/) : [];
}
