/** Values that may be wrong in one place or two, from one that is right: the same for the same seed. */
import { createRandom, type Random } from '../../../src/fake/random.ts';

export function mutated(value: unknown, seed: string): unknown {
  const random = createRandom(seed, '');
  let changed = changedSomewhere(value, random);
  if (random.below(10) < 3) changed = changedSomewhere(changed, random);
  return changed;
}

function changedSomewhere(value: unknown, random: Random): unknown {
  const goesDeeper = random.below(4) > 0;
  if (Array.isArray(value) && value.length > 0 && goesDeeper) {
    const at = random.below(value.length);
    return value.map((item, index) => (index === at ? changedSomewhere(item, random) : item));
  }
  if (isObject(value)) {
    const names = Object.keys(value);
    const name = names[random.below(names.length)];
    if (name !== undefined && goesDeeper) return withMember(value, name, changedSomewhere(value[name], random));
    if (name !== undefined && random.below(2) === 0) {
      return Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
    }
    // A slip of the pen, which "did you mean" answers; or what every object inherits.
    const slip = random.below(5) > 0 ? `${name ?? ''}s` : random.pick(['__proto__', 'constructor', 'toString']);
    return withMember(value, slip, 'x');
  }
  if (Array.isArray(value) && random.below(5) < 2) return [...value, ...value];
  return odd[random.below(odd.length)];
}

const odd: readonly unknown[] = [
  ...[null, true, '', 'x', 'a longer text, with "quotes"', 'ü'.repeat(300), '2020-13-01', 'https://example.com'],
  ...[0, -1, 1.5, 1e9, [], [1, 1], [{}], {}, { a: { b: [] } }],
];

function withMember(value: object, name: string, member: unknown): unknown {
  // Not by assignment: `__proto__` is a name like any other.
  return Object.fromEntries([...Object.entries(value).filter(([other]) => other !== name), [name, member]]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
