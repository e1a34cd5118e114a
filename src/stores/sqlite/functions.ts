import { occurrences, share } from '../../query/relevance.ts';
import { fold } from '../../query/values.ts';
import { wordsOf } from '../../query/words.ts';
import { aggregateFunctions } from './aggregate-functions.ts';
import type { SqliteValue } from './driver.ts';

/**
 * Functions that compiled conditions call; the connection must define them. The first argument is a stored text, as JSON
 * because the driver cuts others at a NUL.
 */
export const sqlFunctions = {
  ...aggregateFunctions,
  /** (text, folded prefix as JSON) */
  cartouche_prefix: (text: SqliteValue, folded: SqliteValue): number =>
    Number(fold(fromJson(text)).startsWith(fromJson(folded))),
  /** (text, folded part as JSON) */
  cartouche_contains: (text: SqliteValue, folded: SqliteValue): number =>
    Number(fold(fromJson(text)).includes(fromJson(folded))),
  /** (text, words with spaces between them) */
  cartouche_words: (text: SqliteValue, words: SqliteValue): number => wordsIn(text, String(words).split(' '), false),
  /** (text, words with spaces between them, 1 for the beginning of a word): how well it answers, as `relevance` counts */
  cartouche_relevance: (text: SqliteValue, words: SqliteValue, prefix: SqliteValue): number =>
    share(fromJson(text), { words: String(words).split(' '), prefix: Number(prefix) === 1 }),
  /** (text, beginning of a word) */
  cartouche_word_prefix: (text: SqliteValue, word: SqliteValue): number => wordsIn(text, [String(word)], true),
} as const;

function wordsIn(text: SqliteValue, words: readonly string[], prefix: boolean): number {
  return Number(occurrences(wordsOf(fromJson(text)), { words, prefix }) > 0);
}

function fromJson(value: SqliteValue): string {
  return typeof value === 'string' ? String(JSON.parse(value)) : '';
}
