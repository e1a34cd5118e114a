/**
 * Values that are a little wrong: repeatable, so that a seed names them.
 */
import { createRandom, type Random } from '../../../src/fake/random.ts';
import { isObject } from '../../../src/spec/record.ts';

/** `count` values, each one or two changes away from one of those given. */
export function mutationsOf(values: readonly unknown[], count: number, seed: string): readonly unknown[] {
  return Array.from({ length: count }, (_, index) => {
    const random = createRandom(seed, String(index));
    const once = mutate(values[index % values.length], random);
    return random.below(3) === 0 ? mutate(once, random) : once;
  });
}

/** Changes the value itself or, more often, one below it. */
function mutate(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random.below(4) > 0) {
    const at = random.below(value.length);
    return value.map((item: unknown, index) => (index === at ? mutate(item, random) : item));
  }
  if (isObject(value) && Object.keys(value).length > 0 && random.below(4) > 0) {
    const entries = Object.entries(value);
    const at = random.below(entries.length);
    return Object.fromEntries(
      entries.map(([key, inner], index) => [key, index === at ? mutate(inner, random) : inner]),
    );
  }
  return random.below(2) === 0 ? random.pick(STRANGERS) : altered(value, random);
}

/** Values that fit few types. */
export const STRANGERS: readonly [unknown, ...(readonly unknown[])] = [
  null,
  true,
  0,
  -1,
  1.5,
  300,
  70_000,
  3_000_000_000,
  '',
  'x',
  'x'.repeat(300),
  '12',
  '2020-02-30',
  '2020-02-28',
  '12:30:00',
  '2020-02-28T12:30:00',
  '2020-02-28T12:30:00Z',
  'Sun, 28 Feb 2016 16:41:41 GMT',
  [],
  [null],
  {},
  { unknown: 1 },
];

/** A change that keeps the kind of value. */
function altered(value: unknown, random: Random): unknown {
  if (typeof value === 'number') return random.pick([value + 1, value - 1, -value, value + 0.5, value * 1000]);
  if (typeof value === 'string') return random.pick([`${value}!`, value.slice(1), value.toUpperCase(), ` ${value}`]);
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return random.pick([value.slice(1), [...value, ...value.slice(0, 1)], [...value, null]]);
  if (isObject(value)) return alteredObject(value, random);
  return value;
}

function alteredObject(value: Readonly<Record<string, unknown>>, random: Random): unknown {
  const names = Object.keys(value);
  if (names.length === 0 || random.below(3) === 0) return { ...value, unknown: random.pick<unknown>([1, 'x', null]) };
  const gone = names[random.below(names.length)];
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== gone));
}
