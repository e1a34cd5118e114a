/** Names that RAML gives to types of its own. */
const builtin: ReadonlySet<string> = new Set(
  'any object array string number integer boolean nil null date-only time-only datetime-only datetime file'.split(' '),
);

/**
 * RAML names for definitions: as they are, but for those that mean something else in a type expression (`a.b` is `b` of
 * the library `a`, `file` is a type already). Different names stay different.
 *
 * @returns the type's name for each definition's
 */
export function typeNames(definitions: readonly string[]): ReadonlyMap<string, string> {
  const isFine = (name: string) => /^[\p{L}\p{N}_-]+$/u.test(name) && !builtin.has(name);
  const taken = new Set(definitions.filter(isFine));
  const names = new Map<string, string>();
  for (const definition of definitions) {
    let name = definition;
    if (!isFine(definition)) {
      const plain = definition.replace(/[^\p{L}\p{N}_-]+/gu, '-');
      const wanted = plain === '' || builtin.has(plain) ? `${plain}Type` : plain;
      name = wanted;
      for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
      taken.add(name);
    }
    names.set(definition, name);
  }
  return names;
}
