/**
 * Names for OpenAPI's components, which may hold letters, digits, `.`, `_` and `-` only. Different names stay different.
 *
 * @example componentNames(['Book', 'A/B', 'A B']) // Book → Book, A/B → A_B, A B → A_B_2
 */
export function componentNames(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    names.map((name) => {
      const base = name.replace(/[^A-Za-z0-9._-]+/g, '_') || '_';
      let free = base;
      for (let number = 2; taken.has(free); number++) free = `${base}_${number}`;
      taken.add(free);
      return [name, free];
    }),
  );
}
