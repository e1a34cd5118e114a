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
 * The same pattern, not matching the names given, nor a name that one of the earlier patterns matches.
 *
 * @example exceptFor('^a', ['ab'], ['z$']) // '^(?!(?:ab)$)(?![\s\S]*?(?:z$))(?:^a)'
 */
export function exceptFor(pattern: string, names: readonly string[], earlier: readonly string[] = []): string {
  const expression = new RegExp(pattern);
  const matched = names.filter((name) => expression.test(name));
  // A back reference counts the groups before it, so that such a pattern cannot be moved into another.
  const movable = [pattern, ...earlier].some((text) => /\\[1-9]/.test(text)) ? [] : earlier;
  if (matched.length === 0 && movable.length === 0) return pattern;
  const declared = matched.length === 0 ? '' : `(?!(?:${matched.map(escaped).join('|')})$)`;
  const others = movable.map((other) => `(?!${searched(other)})`);
  return `^${declared}${others.join('')}${searched(pattern)}`;
}

/** A pattern behind the start of a name: names are searched for it, unless it wants to stand there itself. */
function searched(pattern: string): string {
  return /^\^[^|]*$/.test(pattern) ? `(?:${pattern})` : `[\\s\\S]*?(?:${pattern})`;
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
