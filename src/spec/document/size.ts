/**
 * Texts that would take more time and memory than a description is worth: told while, or before, they are parsed.
 *
 * The limits are far above what people publish: GitHub's API, one of the largest, has 700 paths. YAML costs about ten
 * times what the same text costs as JSON, so that it has a limit of its own, and a way out.
 */
import { Lexer } from 'yaml';
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';

/** Entries of one object: paths, schemas, properties. */
export const MAX_ENTRIES = 10_000;
/** Characters of a key: a path, a name, a pattern. */
export const MAX_KEY = 4_096;
/** Values of one JSON text, objects and arrays included. Each takes about 300 bytes, with its place. */
export const MAX_VALUES = 400_000;
/** What the YAML parser tells apart: keys, values, commas, spaces, ends of lines. A token takes about 250 bytes. */
const MAX_TOKENS_AT_ONCE = 600_000;
/** Tokens of a text that is read part by part; each takes about two microseconds. 250,000 lines as people write them have 1,900,000. */
const MAX_TOKENS = 2_000_000;

/** How a YAML text may be read. One that is too short for more is not looked at. */
export function yamlSize(text: string): 'whole' | 'parts' | 'too-much' {
  if (text.length <= MAX_TOKENS_AT_ONCE) return 'whole';
  let tokens = 0;
  for (const _token of new Lexer().lex(text)) if (++tokens > MAX_TOKENS) return 'too-much';
  return tokens > MAX_TOKENS_AT_ONCE ? 'parts' : 'whole';
}

/** More than all parts may have, or more in one part that cannot be cut: a list, or what stands in brackets. */
export function tooMuchYaml(size: 'too-much' | 'uncut', at: Position): Diagnostic {
  const most = number(size === 'uncut' ? MAX_TOKENS_AT_ONCE : MAX_TOKENS);
  const where = size === 'uncut' ? 'One list, or one pair of brackets,' : 'The file';
  return diagnostic(
    'size-limit',
    `${where} holds more YAML than is read: at most ${most} keys, values, marks and ends of lines.`,
    { at, hint: 'write it as JSON, which is read about ten times as fast, or split it into several files' },
  );
}

export function tooManyEntries(at: Position): Diagnostic {
  return diagnostic('size-limit', `More than ${number(MAX_ENTRIES)} entries stand in one object here.`, {
    at,
    hint: 'split the description into several; an object with names that nobody knows is written with "additionalProperties"',
  });
}

export function keyTooLong(key: string, at: Position): Diagnostic {
  const message = `The name that begins "${key.slice(0, 40)}" has ${number(key.length)} characters, and at most ${number(MAX_KEY)} are read.`;
  return diagnostic('size-limit', message, { at, hint: 'shorten it' });
}

export function tooManyValues(at: Position): Diagnostic {
  return diagnostic('size-limit', `The file holds more than ${number(MAX_VALUES)} values.`, {
    at,
    hint: 'split the description into several, and leave out large examples',
  });
}

function number(value: number): string {
  return value.toLocaleString('en');
}
