/** Texts of a description in Markdown: words, never structure, a link, or HTML. */

/** In one line. What would begin a list, a heading or a rule at its beginning does not either. */
export function words(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]|<>~&$]/g, '\\$&')
    .replace(/:(?=\/\/)|@/g, '\\$&')
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A span of code, also in a table. */
export function code(text: string): string {
  const shown = visible(text).replaceAll('|', '\\|');
  if (shown === '') return '';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = /^`|`$/.test(shown) ? ' ' : '';
  return fence + pad + shown + pad + fence;
}

/** A block of code, which ends where it ends, whatever stands in it. */
export function codeBlock(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}\n`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** One line, without what nobody sees or what reorders what people see. */
function visible(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
      (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    );
}
