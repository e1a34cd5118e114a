/**
 * Names that every JavaScript object has, such as `constructor`: the parser loses them, or takes them for what they are
 * in JavaScript. It is given other names in their place, of the same length so that all places stay right, and what it
 * says is turned back.
 */

/** Replaced is the second letter, by one that nobody writes: from the private use area of Unicode. */
const STAND_INS = 0xec00;
const STAND_IN = /[\uec00-\uec7f]/g;

/** `__proto__`, `constructor`, `toString`, `valueOf` and so on. */
export const RESERVED_NAMES: readonly string[] = Object.getOwnPropertyNames(Object.prototype);

const RESERVED = new RegExp(`(?<![\\w$])(?:${RESERVED_NAMES.join('|')})(?![\\w$])`, 'g');

/**
 * The text with stand-ins for reserved names. A text that holds such letters itself stays as it is: they could not be
 * told from ours.
 *
 * @example withStandIns('a: toString').length // 11
 */
export function withStandIns(text: string): string {
  if (text.search(RESERVED) === -1 || holdsStandIns(text)) return text;
  return text.replace(RESERVED, (name) => {
    const standIn = String.fromCharCode(STAND_INS + name.charCodeAt(1));
    return name.slice(0, 1) + standIn + name.slice(2);
  });
}

/** Whether a text has letters that are stand-ins, or are taken for them. */
export function holdsStandIns(text: string): boolean {
  return text.search(STAND_IN) !== -1;
}

/** The text with the names that were meant. Between capitals, the letter became one, too (`!uppercase`). */
export function withoutStandIns(text: string): string {
  if (!holdsStandIns(text)) return text;
  return text.replace(STAND_IN, (standIn, offset: number) => {
    const letter = String.fromCharCode(standIn.charCodeAt(0) - STAND_INS);
    const [before = '', after = ''] = [text[offset - 1], text[offset + 1]];
    return /[A-Z]/.test(before) && /[A-Z]/.test(after) ? letter.toUpperCase() : letter;
  });
}

/** The same for all texts and keys within plain data. */
export function dataWithoutStandIns<Data>(data: Data): Data {
  const text = JSON.stringify(data);
  return !holdsStandIns(text) ? data : JSON.parse(withoutStandIns(text));
}
