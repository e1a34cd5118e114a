/**
 * What is gone under one name and there under another: a rename, or something else altogether. Nobody can know; a
 * confidence says how much speaks for it.
 */
import { editDistance } from '../suggest.ts';
import { folded, words } from './names.ts';

/** Something that has a name, among its like. */
export interface Named {
  readonly name: string;
  /** Its place among its like, from 0. */
  readonly index: number;
}

export interface Rename<Gone, Come> {
  readonly from: Gone;
  readonly to: Come;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** From here on a rename is taken for one. */
export const certainRename = 0.85;
/** Below, it is not even asked for. */
export const possibleRename = 0.5;

/**
 * Pairs what is gone with what has come, the likeliest first; each is in one pair at most.
 *
 * @param likeness of what the names stand for, from 0 (something else) to 1 (the same)
 */
export function pairRenamed<Gone extends Named, Come extends Named>(
  gone: readonly Gone[],
  come: readonly Come[],
  likeness: (gone: Gone, come: Come) => number,
): readonly Rename<Gone, Come>[] {
  const candidates = gone.flatMap((from) =>
    come.flatMap((to) => {
      const confidence = confidenceOf(from, to, likeness(from, to));
      return confidence < possibleRename ? [] : [{ from, to, confidence }];
    }),
  );
  const pairs: Rename<Gone, Come>[] = [];
  const taken = new Set<Named>();
  for (const pair of candidates.toSorted((one, other) => other.confidence - one.confidence)) {
    if (taken.has(pair.from) || taken.has(pair.to)) continue;
    taken.add(pair.from);
    taken.add(pair.to);
    pairs.push(pair);
  }
  return pairs;
}

/** Half of it is the name, then what it stands for, then the place. Something else altogether is never the same. */
function confidenceOf(from: Named, to: Named, likeness: number): number {
  if (folded(from.name) === folded(to.name)) return likeness >= 0.5 ? 0.95 : 0.7;
  if (likeness < 0.5) return 0;
  const distance = Math.abs(from.index - to.index);
  const confidence = 0.5 * nameLikeness(from.name, to.name) + 0.3 * likeness + 0.2 / (1 + distance);
  return Math.round(confidence * 100) / 100;
}

/**
 * How alike two names are, from 0 to 1: by their words, and by their letters.
 *
 * @example nameLikeness('desc', 'description') // 0.8
 */
export function nameLikeness(one: string, other: string): number {
  const [left, right] = [folded(one), folded(other)];
  if (left === right) return 1;
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  const isBeginning = short.length >= 3 && long.startsWith(short);
  // The distance costs the product of both lengths, and names come from strangers.
  const letters = long.length > longestName ? 0 : 1 - editDistance([...left], [...right]) / long.length;
  return Math.max(sharedWords(one, other), isBeginning ? 0.8 : 0, letters);
}

const longestName = 128;

function sharedWords(one: string, other: string): number {
  const [left, right] = [new Set(words(one)), new Set(words(other))];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared === 0 ? 0 : (2 * shared) / (left.size + right.size);
}
