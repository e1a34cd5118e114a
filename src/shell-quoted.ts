/**
 * A word for a POSIX shell: everything but the quote itself is literal between single quotes.
 *
 * @example shellQuoted("it's") // "'it'\\''s'"
 */
export function shellQuoted(text: string): string {
  return /^[\w./:=@%+,~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
