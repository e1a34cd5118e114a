/**
 * The parser's own errors may name files of this machine, which is nobody's business.
 *
 * @example withoutPaths("Cannot find module '/home/ada/x.js'") // "Cannot find module '…'"
 */
export function withoutPaths(message: string): string {
  return message.replace(/(?:\b[A-Za-z]:)?(?:[\\/][\w.@~+-]+){2,}/g, '…');
}
