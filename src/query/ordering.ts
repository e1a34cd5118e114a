import { suggest } from '../suggest.ts';
import type { SortKey } from './types.ts';
import { looseSubject, type Vocabulary } from './vocabulary.ts';

export interface Ordering {
  /**
   * `-price,title`. `declared`: a parameter of the description, which may also write `price:desc` or `price desc`, and
   * may spell a field loosely.
   */
  readKeys(parameter: string, text: string, whose: 'ours' | 'declared'): void;
  /** `desc`, for the keys that do not say themselves. */
  readDirection(parameter: string, text: string): void;
  finish(): readonly SortKey[];
}

type Direction = SortKey['direction'];

/** More keys than anybody needs, fewer than it takes to make a store sweat. */
const mostKeys = 10;

/** Collects what a query says about the order. */
export function createOrdering(
  vocabulary: Vocabulary,
  enumerated: ReadonlySet<string> | undefined,
  report: (parameter: string, message: string) => void,
): Ordering {
  const keys: { readonly key: SortKey; readonly explicit: boolean }[] = [];
  let seen: string | undefined;
  let general: Direction | undefined;

  const readKey = (parameter: string, text: string, whose: 'ours' | 'declared'): void => {
    const { name, direction } = parseKey(text, whose);
    const subject =
      vocabulary.subjects.get(name) ?? (whose === 'declared' ? looseSubject(name, vocabulary) : undefined);
    if (subject?.array) report(parameter, `"${name}" is a list, which has no place in an order`);
    else if (subject !== undefined) {
      const key = { operand: subject.operand, direction: direction ?? 'ascending' };
      keys.push({ key, explicit: direction !== undefined });
    } else if (!enumerated?.has(parameter)) report(parameter, unknownField(name, vocabulary));
  };

  return {
    readKeys: (parameter, text, whose) => {
      if (seen !== undefined) return report(parameter, 'must be given once');
      seen = parameter;
      const texts = text.split(',');
      if (texts.length > mostKeys) return report(parameter, `must name at most ${mostKeys} fields`);
      for (const each of texts) readKey(parameter, each.trim(), whose);
    },
    readDirection: (parameter, text) => {
      general = directions[text.toLowerCase()];
      if (general === undefined && !enumerated?.has(parameter)) report(parameter, 'must be "asc" or "desc"');
    },
    finish: () => {
      if (keys.length === 0) return general === undefined ? noKeys : [{ operand: { kind: 'id' }, direction: general }];
      return keys.map(({ key, explicit }) => (explicit ? key : { ...key, direction: general ?? key.direction }));
    },
  };
}

const noKeys: readonly SortKey[] = [];

const directions: Readonly<Record<string, Direction>> = {
  asc: 'ascending',
  ascending: 'ascending',
  ascend: 'ascending',
  '1': 'ascending',
  desc: 'descending',
  descending: 'descending',
  descend: 'descending',
  '-1': 'descending',
};

function parseKey(
  text: string,
  whose: 'ours' | 'declared',
): { readonly name: string; readonly direction: Direction | undefined } {
  if (text.startsWith('-')) return { name: text.slice(1), direction: 'descending' };
  // A "+" that was not encoded arrives as a space, and was trimmed off.
  if (text.startsWith('+')) return { name: text.slice(1), direction: 'ascending' };
  const [, name, word] = (whose === 'declared' && /^(.+?)[:. ]\s*([a-z]+)$/i.exec(text)) || [];
  const direction = word === undefined ? undefined : directions[word.toLowerCase()];
  return name === undefined || direction === undefined ? { name: text, direction: undefined } : { name, direction };
}

function unknownField(name: string, { subjects }: Vocabulary): string {
  if (name === '') return 'must name a field';
  const near = suggest(name, subjects.keys());
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return `"${name.slice(0, 100)}" is no field to sort by${hint}`;
}
