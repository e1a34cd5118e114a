/** Names of resources and types: unique, safe for tables and files, whatever a description calls its paths. */
import type { Group } from './groups.ts';
import { kebab, pascal, plural, singular } from './names.ts';
import { lineOf } from './paths.ts';

export interface ResourceName {
  readonly name: string;
  readonly typeName: string;
}

/**
 * A name for each group, in order. Where two want the same, the nested one takes its parent's name in front
 * (`order-items`), and what still clashes is numbered (`items-2`).
 */
export function namesOf(groups: readonly Group[]): ReadonlyMap<Group, ResourceName> {
  const names = new Map<Group, ResourceName>();
  const taken = new Set<string>();
  const types = new Set<string>();
  for (const group of groups.toSorted((left, right) => left.parents - right.parents)) {
    const name = free(wishes(group), taken, types);
    const typeName = pascal(singular(name)) || 'Resource';
    taken.add(name);
    types.add(typeName);
    names.set(group, { name, typeName });
  }
  return names;
}

function wishes(group: Group): readonly string[] {
  if (group.resource !== undefined) return [safe(group.resource)];
  const own = group.kind === 'singleton' ? kebab(group.noun) : plural(group.noun);
  const [place] = group.places;
  const above = place === undefined ? [] : lineOf(place.node).filter(({ segment }) => segment.kind === 'literal');
  const parents = above.map(({ segment }) => singular(segment.name)).slice(0, -1);
  const longer = parents
    .toReversed()
    .map((_, index, all) => safe([...all.slice(0, index + 1).reverse(), own].join('-')));
  return [safe(own), ...longer];
}

/** Letters, digits and `-`, beginning with a letter; short enough for a table name. */
function safe(name: string): string {
  const text = kebab(name).slice(0, 48).replace(/-+$/, '');
  if (text === '') return 'resources';
  return /^[a-z]/.test(text) ? text : `r-${text}`;
}

/** The first wish whose name and type name are both free, else the first one, numbered. */
function free(wanted: readonly string[], names: ReadonlySet<string>, types: ReadonlySet<string>): string {
  const isFree = (name: string) => !names.has(name) && !types.has(pascal(singular(name)));
  const [first = 'resources'] = wanted;
  let name = wanted.find(isFree);
  for (let number = 2; name === undefined; number++) {
    if (isFree(`${first}-${number}`)) name = `${first}-${number}`;
  }
  return name;
}
