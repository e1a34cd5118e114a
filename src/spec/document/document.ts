/**
 * A parsed YAML or JSON text that still knows where everything stands.
 *
 * Values are plain data: objects, arrays, strings, finite numbers, booleans and null. A key `__proto__` is an own
 * property like any other. A YAML alias shares the object of its anchor, so that a "billion laughs" text stays small;
 * what it would be when written out is counted and limited.
 */
import type { Diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';
import { parseJson } from './json.ts';
import type { DocumentNode } from './node.ts';
import { parseRegularJson } from './regular-json.ts';
import { parseYaml } from './yaml.ts';

export interface ParsedDocument {
  /** Path of the file, relative to the root file's folder. */
  readonly file: string;
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** Offset where the value begins. */
  readonly start: number;
  /** Where an entry of an object or array of this document stands, if there is such an entry. */
  entryOf(parent: DocumentNode, step: string): EntryOffsets | undefined;
  /** The place of an offset. */
  placeAt(offset: number): Position;
}

/** Where an entry of an object or array starts, as offsets into the text: its key, and its value. */
export type EntryOffsets = readonly [key: number, value: number];

/** What the two parsers give. */
export interface ParsedText {
  readonly value: unknown;
  readonly start: number;
  /** Where an entry of a container within the value stands. */
  entryOf(parent: DocumentNode, step: string): EntryOffsets | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses a text. Never throws: what is wrong is a diagnostic, and `value` is then what could be understood (or
 * `undefined`). Text that begins with `{` or `[` is JSON; if it is not, it may still be YAML in flow style.
 *
 * @param origin where the text begins if it stands inside of another file (a block scalar); default: line 1, column 1
 * @example placeOf(childOf(rootOf(parseDocument('a:\n  b: 1', 'x.yaml')), 'a', 'b')) // { file: 'x.yaml', line: 2, column: 3 }
 */
export function parseDocument(
  text: string,
  file: string,
  origin: { readonly line: number; readonly column: number } = { line: 1, column: 1 },
): ParsedDocument {
  const locate = locator(text, file, origin);
  const parsed = parseText(text, file, locate);
  return {
    file,
    value: parsed.value,
    diagnostics: parsed.diagnostics,
    start: parsed.start,
    entryOf: parsed.entryOf,
    placeAt: locate,
  };
}

function parseText(text: string, file: string, locate: (offset: number) => Position): ParsedText {
  if (!/^\s*[[{]/.test(text)) return parseYaml(text, locate);
  const json = parseRegularJson(text) ?? parseJson(text, locate);
  if (json.value !== undefined || /\.json$/i.test(file)) return json;
  // It was JSON as far as it was read; to count it as YAML would take seconds, and refuse it all the same.
  if (json.diagnostics.some(({ code }) => code === 'size-limit')) return json;
  const yaml = parseYaml(text, locate);
  return yaml.diagnostics.some(({ severity }) => severity === 'error') ? json : yaml;
}

/** Offset to place, by binary search over line starts, which are only computed when the first place is asked for. */
function locator(text: string, file: string, origin: { readonly line: number; readonly column: number }) {
  let starts: readonly number[] | undefined;
  return (offset: number): Position => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const column = offset - (starts[low] ?? 0);
    return { file, line: origin.line + low, column: origin.column + column };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
