import type { QueryPair } from './decode.ts';
import { parseSearch } from './lucene.ts';
import type { Filter, SearchedField } from './types.ts';
import type { Subject, Vocabulary } from './vocabulary.ts';

/**
 * Full-text search (`lucene.ts`) in the resource's texts. `fields` (`title^3,summary`) names the only ones to look at, the
 * more important ones first: where no weight is given, the first counts most, as in Ramses. Nothing to search for:
 * `undefined`.
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
  const searched = fields === undefined ? allTexts(vocabulary) : namedTexts(fields, vocabulary, report);
  return parseSearch(text, { vocabulary, fields: searched, report: (message) => report(parameter, message) });
}

/** The properties that are texts for people, else everything that is a text. */
function allTexts({ subjects }: Vocabulary): readonly SearchedField[] {
  const searchable = [...subjects.values()].flatMap((subject) => {
    const path = searchedPath(subject);
    return path === undefined ? [] : [{ path, text: subject.text }];
  });
  const texts = searchable.filter(({ text }) => text);
  return (texts.length > 0 ? texts : searchable).map(({ path }) => ({ path, weight: 1 }));
}

function namedTexts(
  [parameter, value]: QueryPair,
  { subjects }: Vocabulary,
  report: (parameter: string, message: string) => void,
): readonly SearchedField[] {
  const names = value.split(',').map((part) => part.trim());
  const weighted = names.some((name) => boost.test(name));
  return names.flatMap((given, at) => {
    const [, name = given, weight] = boost.exec(given) ?? [];
    const subject = subjects.get(name);
    const path = subject && searchedPath(subject);
    if (path !== undefined) {
      return [{ path, weight: weighted ? Number(weight ?? 1) : names.length - at }];
    }
    report(parameter, `"${name.slice(0, 100)}" is no text to search in`);
    return [];
  });
}

const boost = /^(.+)\^(\d{1,4}(?:\.\d{1,4})?)$/;

/** Where the words of a subject are. An id is looked up as a whole. */
export function searchedPath({ operand, type }: Subject): string | undefined {
  return operand.kind === 'field' && type === 'string' ? operand.path : undefined;
}
