/**
 * Text of a description in TypeScript: always a literal or a comment, never code. Everything that is emitted goes
 * through here; a template that pastes a name between quotes by itself would be a hole.
 */

/** Characters that nobody sees, or that reorder what people see (Trojan Source, CVE-2021-42574). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u00a0\ufeff]/gu;

/**
 * A string literal, between the quotes that need less escaping, as formatters have it.
 *
 * @example quoted("it's") // "it's", with double quotes
 */
export function quoted(text: string): string {
  const quote = countOf(text, "'") > countOf(text, '"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n');
  return `${quote}${visible(escaped)}${quote}`;
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** The inside of a literal, in which each character that nobody sees, or that reorders what people see, is spelled out. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, escapeOf);
}

/**
 * Lines of a documentation comment, at this indentation; nothing for an empty text.
 *
 * @example comment('A book.') // "/** A book. *\/\n"
 */
export function comment(text: string, indent = ''): string {
  const lines = linesOf(text);
  if (lines.length === 0) return '';
  const [only] = lines;
  if (lines.length === 1) return `${indent}/** ${only} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

/** Lines of a comment with `//`; nothing for an empty text. */
export function remark(text: string, indent = ''): string {
  return linesOf(text)
    .map((line) => `${`${indent}// ${line}`.trimEnd()}\n`)
    .join('');
}

/** The name of a member in a type or an object: bare where it is an identifier. */
export function memberName(name: string): string {
  return isIdentifier(name) ? name : quoted(name);
}

/** A member of an object literal. `__proto__: x` would set the prototype, quoted or not. */
export function memberOf(name: string, value: string): string {
  return `${name === '__proto__' ? `['__proto__']` : memberName(name)}: ${value}`;
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name);
}

/** Tools take orders from comments: `@ts-ignore` in a description would silence the compiler. */
const ORDER = /(@ts|biome|eslint|prettier|sourceMappingURL)(?=[-=])/gi;

/** What a comment may hold. The end of a comment in a text is not the end of the comment. */
function linesOf(text: string): readonly string[] {
  const lines = text
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replaceAll('*/', '*\\/').replace(ORDER, '$1 ').replace(INVISIBLE, escapeOf).trimEnd());
  return lines.length === 1 && lines[0] === '' ? [] : lines;
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
