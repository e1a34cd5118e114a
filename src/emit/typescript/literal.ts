import { isRecord } from '../../model/schema.ts';
import { memberName, memberOf, quoted } from './text.ts';

/** Longest line, as the formatter of emitted projects has it. */
export const lineWidth = 120;

/**
 * A JSON value as a literal, laid out as Biome lays it out. Members that are `undefined` are left out.
 *
 * @param column where the literal begins; `room` is what follows on its last line, such as a comma
 * @example literal({ id: 'get /books', tags: [] }) // "{ id: 'get /books', tags: [] }"
 */
export function literal(value: unknown, indent = '', column = indent.length, room = 1): string {
  const flat = flatOf(value);
  if (flat !== undefined && column + widthOf(flat) + room <= lineWidth) return flat;
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === 'number') ? filled(value, indent) : listOf(value, indent);
  }
  if (!isRecord(value)) return flat ?? 'undefined';
  const inner = `${indent}  `;
  const lines = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${memberLine(name, member, inner)},\n`);
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
}

/** Columns that a text takes, of which East Asian characters and emoji take two. */
export function widthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is where ASCII begins.
  if (/^[\u0000-\u024f]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += /\p{Mn}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

function memberLine(name: string, value: unknown, indent: string): string {
  const start = `${indent}${memberOf(name, '')}`;
  const beside = literal(value, indent, widthOf(start));
  // A text that is too long begins a line of its own, unless that would win next to nothing.
  const isShort = widthOf(memberName(name)) < 5;
  if (typeof value === 'string' && !isShort && widthOf(start) + widthOf(beside) + 1 > lineWidth) {
    return `${start.trimEnd()}\n${indent}  ${beside}`;
  }
  return `${start}${beside}`;
}

function listOf(items: readonly unknown[], indent: string): string {
  const inner = `${indent}  `;
  return `[\n${items.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
}

/** Numbers, as many on a line as there is room for. */
function filled(items: readonly number[], indent: string): string {
  const lines: string[] = [];
  let line = `${indent}  `;
  for (const item of items) {
    const text = `${numberOf(item)},`;
    if (line.trim() !== '' && widthOf(line) + text.length > lineWidth) {
      lines.push(line.trimEnd());
      line = `${indent}  `;
    }
    line += `${text} `;
  }
  return `[\n${[...lines, line.trimEnd()].join('\n')}\n${indent}]`;
}

/** On one line; `undefined` where it has to be broken whatever its length. */
function flatOf(value: unknown): string | undefined {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return numberOf(value);
  if (Array.isArray(value)) {
    if (value.length > 1 && (value.every(hasMembers) || value.every(hasItems))) return undefined;
    return allFlat(value.map(flatOf), (items) => `[${items.join(', ')}]`);
  }
  if (!isRecord(value)) return String(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => {
      const flat = flatOf(member);
      return flat === undefined ? undefined : memberOf(name, flat);
    });
  return members.length === 0 ? '{}' : allFlat(members, (texts) => `{ ${texts.join(', ')} }`);
}

function allFlat(texts: readonly (string | undefined)[], join: (texts: readonly string[]) => string) {
  const flat = texts.filter((text) => text !== undefined);
  return flat.length === texts.length ? join(flat) : undefined;
}

function hasMembers(value: unknown): boolean {
  return isRecord(value) && Object.values(value).filter((member) => member !== undefined).length > 1;
}

function hasItems(value: unknown): boolean {
  return Array.isArray(value) && value.length > 1;
}

function numberOf(value: number): string {
  return String(value).replace('e+', 'e');
}
