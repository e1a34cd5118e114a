import type { QueryPair } from './decode.ts';
import type { Filter } from './types.ts';
import type { Subject, Vocabulary } from './vocabulary.ts';

/** Each word is looked for in each text. */
const mostWords = 10;

/**
 * Free-text search: every word is contained, in any letter case, in one of the resource's texts. `fields` (a
 * comma-separated list) names the only ones to look at. Nothing to search for: `undefined`.
 */
export function searchFilter(
  search: QueryPair | undefined,
  fields: QueryPair | undefined,
  vocabulary: Vocabulary,
  report: (parameter: string, message: string) => void,
): Filter | undefined {
  if (search === undefined) {
    if (fields !== undefined) report(fields[0], 'has no meaning without "q"');
    return undefined;
  }
  const [parameter, text] = search;
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length > mostWords) report(parameter, `must have at most ${mostWords} words`);
  const subjects = fields === undefined ? textSubjects(vocabulary) : namedSubjects(fields, vocabulary, report);
  if (words.length === 0) return undefined;
  const filters = words.slice(0, mostWords).map(
    (word): Filter => ({
      kind: 'or',
      filters: subjects.map(({ operand }) => ({ kind: 'contains', operand, value: word, ignoreCase: true })),
    }),
  );
  const [only] = filters;
  return only !== undefined && filters.length === 1 ? only : { kind: 'and', filters };
}

function textSubjects({ subjects }: Vocabulary): readonly Subject[] {
  const texts = [...subjects.values()].filter(({ text }) => text);
  return texts.length > 0
    ? texts
    : [...subjects.values()].filter(({ type, name }) => type === 'string' && name !== '_pk');
}

function namedSubjects(
  [parameter, value]: QueryPair,
  { subjects }: Vocabulary,
  report: (parameter: string, message: string) => void,
): readonly Subject[] {
  return value.split(',').flatMap((name) => {
    const subject = subjects.get(name.trim());
    if (subject?.type === 'string') return [subject];
    report(parameter, `"${name.slice(0, 100)}" is no text to search in`);
    return [];
  });
}
