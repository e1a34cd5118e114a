/**
 * Text from a description or a data file, made safe for a terminal: control characters (a terminal's escape sequences
 * begin with one), line separators and bidirectional overrides become visible escapes. Tabs stay; so do newlines if
 * asked for.
 *
 * @example printable('a\u001b[31mb') // 'a\\u001b[31mb'
 */
export function printable(text: string, options: { readonly newlines?: boolean } = {}): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (character === '\n' && options.newlines) return character;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** C0 but for the tab, DEL and C1, line and paragraph separators, bidirectional controls, what nobody sees, surrogates. */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\u200b\u2060-\u2064\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
