/**
 * A document as MongoDB keeps it: natural BSON, for everybody who looks into the database, and beside it the text where
 * the text says more than BSON can (the spelling of a number, white space, a property that is there twice).
 */
import { nameOf, storedName } from './names.ts';

/** At least one of the two is there. */
export interface Content {
  readonly doc?: unknown;
  readonly text?: string;
}

/** MongoDB takes 100 levels, and a document lies within one of ours. */
const mostLevels = 90;

export function contentOf(text: string, document: unknown): Content {
  if (levelsOf(document) > mostLevels) return { text };
  const doc = withNames(document, storedName);
  return isSaidByBson(text, document) ? { doc } : { doc, text };
}

/** The text that was written. */
export function textOf({ doc, text }: Content): string {
  return text ?? JSON.stringify(withNames(doc, nameOf));
}

/** JSON writes half a surrogate pair as an escape; BSON has no such thing. */
const loneSurrogate = /\\u[dD][89a-fA-F]/;

function isSaidByBson(text: string, document: unknown): boolean {
  return JSON.stringify(document) === text && !loneSurrogate.test(text);
}

function withNames(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => withNames(each, rename));
  if (typeof value !== 'object' || value === null) return value;
  // `fromEntries` defines `__proto__` as a property like any other; assigning would not.
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [rename(name), withNames(each, rename)]));
}

/** One more than asked for is enough: deeper documents would only take longer. */
function levelsOf(value: unknown, above = 0): number {
  if (typeof value !== 'object' || value === null || above > mostLevels) return above;
  let most = above + 1;
  for (const each of Object.values(value)) most = Math.max(most, levelsOf(each, above + 1));
  return most;
}
