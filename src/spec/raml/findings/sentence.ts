/**
 * The parser's message as a sentence.
 *
 * @example sentence("Unknown node: 'x'") // 'Unknown node: "x".'
 */
export function sentence(message: string): string {
  const text = message.trim().replace(/'([^'\n]*)'/g, '"$1"');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`;
}
