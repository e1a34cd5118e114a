/**
 * The words of a text, as full-text search sees them, in their order. Every store searches these and nothing else: the
 * tokenizers of SQLite (`3.14` is two words) and Elasticsearch (it is one) differ, and so would the answers.
 *
 * A word is a run of letters, digits and marks. Letter case, compatibility forms (`ﬁ`) and diacritics are folded. In
 * scripts that write no spaces (Chinese, Japanese) each character is a word, so that a phrase finds any part of a text.
 *
 * @example wordsOf("Don't panic, Zoë!") // ['don', 't', 'panic', 'zoe']
 */
export function wordsOf(text: string): readonly string[] {
  return Array.from(folded(text).matchAll(word), ([found]) => (found.length > longestWord ? cut(found) : found));
}

/** A word, and where it stands in the text, in UTF-16 units. */
export interface LocatedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a text and where they are. To fold a text may lengthen or shorten it, so that parts of it are folded one by
 * one; where they are not words by themselves (`a™` is one word, `atm`), a word is said to stand at all that is between
 * spaces.
 */
export function locatedWords(text: string): readonly LocatedWord[] {
  const words = wordsOf(text);
  const fine = wordsOfParts(text, part);
  const isRight = fine.length === words.length && fine.every(({ word: found }, at) => found === words[at]);
  return isRight ? fine : wordsOfParts(text, /\S+/g);
}

function wordsOfParts(text: string, parts: RegExp): readonly LocatedWord[] {
  return Array.from(text.matchAll(parts), ({ 0: found, index }) =>
    wordsOf(found).map((each) => ({ word: each, start: index, end: index + found.length })),
  ).flat();
}

const word =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{N}\p{M}])+/gu;

/** A word as it is written, or a character that may stand for one (`½`). */
const part =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]\p{M}*|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{N}\p{M}])+|[^\s\p{L}\p{N}\p{M}]/gu;

/** What is longer is no word; Elasticsearch would cut it at 255. */
const longestWord = 100;

/** Never within a character: half of one is no text, and no store keeps it as it is. */
function cut(found: string): string {
  return found.slice(0, longestWord).replace(/\p{Surrogate}$/u, '');
}

/** Decomposed, `é` is `e` and an accent. Only accents are dropped: vowel signs of Indian scripts are marks too. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .normalize('NFC');
}
