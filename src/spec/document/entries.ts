import type { EntryOffsets } from './document.ts';

/** So many keys are found faster by looking at each than by an index, which has to be made first. */
const FEW = 16;

/** Where the entries of one object or array stand. Two numbers in a list for each, since few are asked for. */
export class Entries {
  /** In the order of the text; none for an array. */
  readonly #keys: readonly string[] | undefined;
  /** A place of key and of value for each. */
  readonly #offsets: readonly number[];
  #index: ReadonlyMap<string, number> | undefined;

  constructor(keys: readonly string[] | undefined, offsets: readonly number[]) {
    this.#keys = keys;
    this.#offsets = offsets;
  }

  /** Of a key that occurs twice, the last. */
  find(step: string): EntryOffsets | undefined {
    const index = this.#indexOf(step);
    if (index === undefined || index < 0) return undefined;
    const key = this.#offsets[index * 2];
    const value = this.#offsets[index * 2 + 1];
    return key === undefined || value === undefined ? undefined : [key, value];
  }

  #indexOf(step: string): number | undefined {
    const keys = this.#keys;
    if (keys === undefined) return isIndex(step) ? Number(step) : undefined;
    if (keys.length <= FEW) return keys.lastIndexOf(step);
    this.#index ??= new Map(keys.map((key, at) => [key, at]));
    return this.#index.get(step);
  }
}

function isIndex(step: string): boolean {
  return /^(?:0|[1-9][0-9]*)$/.test(step);
}
