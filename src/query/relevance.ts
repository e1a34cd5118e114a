import type { Resource } from '../model/types.ts';
import { resolveOperand } from './operand.ts';
import type { Filter, SearchedField } from './types.ts';
import { valuesOf } from './values.ts';
import { wordsOf } from './words.ts';

export type WordsFilter = Extract<Filter, { readonly kind: 'words' }>;

/** What a filter looks for in texts; what must not be there is no reason to rank a document, nor to show it. */
export function soughtWords(filter: Filter): readonly WordsFilter[] {
  switch (filter.kind) {
    case 'words':
      return [filter];
    case 'and':
    case 'or':
      return filter.filters.flatMap(soughtWords);
    default:
      return [];
  }
}

/** Whether a filter looks for words, or for none of them. */
export function hasWords(filter: Filter): boolean {
  switch (filter.kind) {
    case 'words':
      return true;
    case 'and':
    case 'or':
      return filter.filters.some(hasWords);
    case 'not':
      return hasWords(filter.filter);
    default:
      return false;
  }
}

/** Whether some text of a document has the words of a filter. */
export function wordsTest(filter: WordsFilter, resource: Resource): (document: unknown) => boolean {
  const fields = filter.fields.map(({ path }) => textField(path, resource));
  return (document) =>
    fields.some((field) =>
      valuesOf(document, field).some((text) => typeof text === 'string' && occurrences(wordsOf(text), filter) > 0),
    );
}

/**
 * How well a document answers what a filter looks for: each hit counts by the weight of its field, and by the share of
 * the text that it is. The definition of nothing: stores have better ones (BM25), which need to know all documents.
 */
export function relevance(filter: Filter, resource: Resource): (document: unknown) => number {
  const parts = soughtWords(filter).flatMap((sought) =>
    sought.fields.map(({ path, weight }: SearchedField) => ({ sought, weight, field: textField(path, resource) })),
  );
  return (document) => {
    let score = 0;
    for (const { sought, weight, field } of parts) {
      for (const text of valuesOf(document, field)) {
        if (typeof text === 'string') score += weight * share(text, sought);
      }
    }
    return score;
  };
}

/** How much of a text the words are. */
export function share(text: string, sought: Pick<WordsFilter, 'words' | 'prefix'>): number {
  const words = wordsOf(text);
  const hits = occurrences(words, sought);
  return hits === 0 ? 0 : hits / Math.sqrt(words.length);
}

/** How often the words stand one after the other. */
export function occurrences(text: readonly string[], { words, prefix }: Pick<WordsFilter, 'words' | 'prefix'>): number {
  const [first] = words;
  if (first === undefined) return 0;
  if (prefix) return text.filter((each) => each.startsWith(first)).length;
  let found = 0;
  for (let start = 0; start + words.length <= text.length; start++) {
    if (words.every((each, at) => text[start + at] === each)) found += 1;
  }
  return found;
}

function textField(path: string, resource: Resource) {
  const operand = resolveOperand({ kind: 'field', path }, resource);
  if (operand.kind !== 'field' || operand.field.type !== 'string') throw new TypeError(`"${path}" is no text.`);
  return operand.field;
}
