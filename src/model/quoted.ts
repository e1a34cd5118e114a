/**
 * A name from a description within a sentence: quotes and control characters in it are escaped, so that it ends where it
 * seems to end.
 *
 * @example quoted('a"b') // '"a\\"b"'
 */
export function quoted(name: string): string {
  return JSON.stringify(name);
}
