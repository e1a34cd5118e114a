/**
 * RAML's regular expressions match whole strings; JSON Schema's match anywhere (JSON Schema 2020-12 §6.4).
 */
import { unicodePattern } from '../../schema/pattern.ts';

/**
 * The same pattern for JSON Schema, or `undefined` when it is no ECMAScript regular expression.
 *
 * @example anchored('[0-9]+') // '^(?:[0-9]+)$'
 * @example anchored('^[0-9]+$') // '^[0-9]+$'
 */
export function anchored(pattern: string): string | undefined {
  const expression = unicodePattern(pattern);
  if (expression === undefined) return undefined;
  const anchoredAlready = /^\^[^|]*(?<!\\)\$$/.test(expression);
  return anchoredAlready ? expression : `^(?:${expression})$`;
}

/**
 * The same pattern, not matching the names given: in RAML a declared property wins over a pattern property, in JSON
 * Schema both hold.
 */
export function exceptFor(pattern: string, names: readonly string[]): string {
  const expression = new RegExp(pattern);
  const matched = names.filter((name) => expression.test(name));
  if (matched.length === 0) return pattern;
  return `^(?!(?:${matched.map(escaped).join('|')})$)(?:${pattern})`;
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
