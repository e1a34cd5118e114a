/** The benchmark's resource: books of about 460 bytes of JSON, the same ones on every run. */

export interface Book {
  readonly id: number;
  readonly title: string;
  readonly isbn: string;
  readonly pages: number;
  readonly price: number;
  readonly tags: readonly string[];
  readonly published: string;
  readonly inStock: boolean;
  readonly summary: string;
}

/** `pages` is spread evenly over this many values from `fewestPages` on, so a range of 1 holds 0.1 % of the books. */
export const pageValues = 1000;
export const fewestPages = 50;

/** The book with this id (1, 2, …). Depends on the id only. */
export function bookWithId(id: number): Book {
  const random = randomNumbers(id);
  return {
    id,
    title: `${capitalised(pick(words, random))} ${pick(words, random)} of ${pick(words, random)} ${String(id).padStart(7, '0')}`,
    isbn: isbnOf(id),
    pages: fewestPages + Math.floor(random() * pageValues),
    price: Math.round(random() * 10_000) / 100,
    tags: [pick(words, random), pick(words, random), pick(words, random)],
    published: `${1950 + Math.floor(random() * 75)}-${twoDigits(1 + random() * 12)}-${twoDigits(1 + random() * 28)}`,
    inStock: random() < 0.7,
    summary: sentence(random, 262),
  };
}

/** Thirteen digits, unique for numbers below 10^10. */
export function isbnOf(number: number): string {
  return `978${String(number).padStart(10, '0')}`;
}

/** Mulberry32: numbers in [0, 1), the same sequence for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const words =
  'amber anchor apple autumn basket beacon birch bridge candle canyon castle cedar cinder clover copper coral cotton cradle desert dragon ember engine falcon feather forest garden glacier granite harbor hazel hollow horizon island ivory jasmine juniper kernel kettle ladder lantern legend linen maple marble meadow mirror mountain needle novel ocean orchard oyster paper pebble pepper planet prairie quarry quiver raven ribbon river saddle salmon shadow silver spring summer thistle timber tunnel valley velvet violet walnut willow window winter'.split(
    ' ',
  );

function sentence(random: () => number, length: number): string {
  let text = capitalised(pick(words, random));
  while (text.length < length) text += ` ${pick(words, random)}`;
  return `${text}.`;
}

function pick(choices: readonly string[], random: () => number): string {
  return choices[Math.floor(random() * choices.length)] ?? '';
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function twoDigits(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
