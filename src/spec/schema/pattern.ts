/**
 * Regular expressions as JSON Schema means them: ECMA-262 with Unicode.
 */

/**
 * The pattern in a form that compiles with the `u` flag, or `undefined` if it is no regular expression. Older
 * descriptions escape characters that need none (`\-`, `\_`, `\@`), which Unicode mode forbids; the backslash is then
 * left out. What compiles only without the flag is left alone, for a validator that tries both.
 *
 * @example unicodePattern('^[\\w\\_]+\\@x$') // '^[\\w_]+@x$'
 */
export function unicodePattern(pattern: string): string | undefined {
  if (compiles(pattern, 'u')) return pattern;
  const lean = pattern.replace(/\\([\s\S])/g, (escaped, character: string) =>
    /[\^$\\.*+?()[\]{}|/\-a-zA-Z0-9]/.test(character) ? escaped : character,
  );
  const plain = dashesOutsideClasses(lean);
  if (compiles(plain, 'u')) return plain;
  return compiles(pattern, '') ? pattern : undefined;
}

/** Why a pattern is no regular expression, in the words of the engine: `Unterminated character class`. */
export function patternFault(pattern: string): string | undefined {
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^.*: /s, '') : undefined;
  }
}

function compiles(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}

/** `\-` is an escape inside of `[…]` only. */
function dashesOutsideClasses(pattern: string): string {
  return pattern.replace(/\[(?:\\[\s\S]|[^\]\\])*\]|\\-/g, (match) => (match === '\\-' ? '-' : match));
}
