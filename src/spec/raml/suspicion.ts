/**
 * Texts that the RAML parser would never finish: it writes every YAML alias out, and recurses without a bound.
 */

/** A few aliases are daily bread; a "billion laughs" text needs some dozens. */
const MANY_ALIASES = 10;

/**
 * Whether a text deserves a look by our own YAML parser, which counts without writing out, before the RAML parser gets
 * it. Quick, and often right: descriptions rarely use aliases at all.
 */
export function isSuspicious(text: string): boolean {
  return /(?:[[{]\s*){200}/.test(text) || usesManyAliases(text);
}

function usesManyAliases(text: string): boolean {
  const anchors = new Set([...text.matchAll(/(?<![^\s,[{:-])&([\w.-]+)/g)].map(([, name]) => name));
  if (anchors.size === 0) return false;
  const aliases = [...text.matchAll(/(?<![^\s,[{:-])\*([\w.-]+)/g)].filter(([, name]) => anchors.has(name));
  return aliases.length >= MANY_ALIASES;
}
