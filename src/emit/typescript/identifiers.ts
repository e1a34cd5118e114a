/** Names for things of a description that have to be identifiers, or files. */

/** Words that cannot be, or had better not be, names of one's own. */
const TAKEN: ReadonlySet<string> = new Set(
  (
    'abstract any arguments as asserts async await bigint boolean break case catch class const constructor continue ' +
    'debugger declare default delete do else enum eval export extends false finally for from function get if ' +
    'implements import in infer instanceof interface is keyof let module namespace never new null number object of ' +
    'package private protected prototype public readonly require return set static string super switch symbol this ' +
    'throw true try type typeof undefined unique unknown using var void while with yield ' +
    'array boolean date error function map math number object promise proxy record reflect regexp request response ' +
    'set string symbol partial required readonly pick omit exclude extract nonnullable con prn aux nul'
  ).split(' '),
);

/**
 * An identifier for each name, in the order given: spelled by `spell`, and with a number where that is no identifier,
 * is taken, or differs from another one by case alone, which some file systems do not tell apart. `taken` are others that
 * stand beside them.
 *
 * @example identifiersFor(['book-list', 'BookList'], pascal) // Map { 'book-list' => 'BookList', 'BookList' => 'BookList2' }
 */
export function identifiersFor(
  names: Iterable<string>,
  spell: (name: string) => string,
  fallback = 'Thing',
  taken: Iterable<string> = [],
): ReadonlyMap<string, string> {
  const identifiers = new Map<string, string>();
  const used = new Set<string>(TAKEN);
  for (const name of taken) used.add(name.toLowerCase());
  for (const name of names) {
    if (identifiers.has(name)) continue;
    const spelled = spell(name).slice(0, 60);
    const wished = /^[A-Za-z][A-Za-z0-9-]*$/.test(spelled) ? spelled : fallback + spelled.replace(/[^A-Za-z0-9-]/g, '');
    let chosen = wished;
    for (let number = 2; used.has(chosen.toLowerCase()); number++) chosen = `${wished}${number}`;
    used.add(chosen.toLowerCase());
    identifiers.set(name, chosen);
  }
  return identifiers;
}
