/** Repeatable randomness: a function of the seed alone, the same on every machine. */
export interface Random {
  /** A whole number from 0 up to and without `bound`. */
  below(bound: number): number;
  /** From `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<Item>(items: readonly [Item, ...(readonly Item[])]): Item;
}

/**
 * Random numbers for one place of one sample. Each place has its own stream, so that adding a property to a schema does
 * not change what its neighbours become.
 *
 * @example createRandom(42, '/title').below(6)
 */
export function createRandom(seed: number | string, place: string): Random {
  let state = hash(`${seed}\n${place}`);
  // mulberry32 (public domain, Tommy Ettinger): 32 bits of state are plenty for sample data.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
