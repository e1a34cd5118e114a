/**
 * Which schemas are kinds of things that have a collection of their own, and by what each thing is known.
 */
import type { JsonSchema, Position } from '../../model/description.ts';
import { databaseSettings } from '../../model/fields.ts';
import { folded, kebab, plural, sameNoun, singular } from '../../model/names.ts';
import { overrideIn } from '../../model/overrides.ts';
import { type Definitions, referenceName, type Shape, shapeOf } from '../../model/schema.ts';
import type { Candidate } from './candidates.ts';

export interface Entity {
  readonly definition: string;
  readonly shape: Shape;
  /** `books`: the segment of its path. */
  readonly plural: string;
  /** The property that is its id, or what the parameter is called where it has none. */
  readonly idName: string;
  readonly idType: 'string' | 'integer';
  readonly at: Position;
}

/** A schema that describes objects and has no collection, and why. */
export interface ValueObject {
  readonly definition: string;
  readonly why: string;
  readonly at: Position;
}

export interface Sorted {
  readonly entities: readonly Entity[];
  readonly values: readonly ValueObject[];
}

/**
 * A schema with an id is a kind of thing. One without is a part of others where others refer to it, a list where it
 * holds an array of them, and else a kind of thing whose ids the server makes.
 */
export function sortCandidates(candidates: readonly Candidate[], $defs: Definitions): Sorted {
  const entities: Entity[] = [];
  const values: ValueObject[] = [];
  const taken = new Set<string>();
  const names = new Set(candidates.map(({ definition }) => definition));
  const users = usersOf($defs);
  for (const { definition, name, at } of candidates) {
    const shape = shapeOf({ $ref: `#/$defs/${definition}` }, $defs);
    if (!describesObjects(shape)) continue;
    const id = idOf(name, shape);
    const why = id === undefined ? whyNoEntity(definition, shape, names, users) : undefined;
    if (why !== undefined) {
      values.push({ definition, why, at });
      continue;
    }
    const segment = freeSegment(overriddenName(shape) ?? plural(name), taken);
    taken.add(segment);
    const idName = id ?? 'id';
    const idType = shapeOf(shape.properties.get(idName), $defs).type === 'integer' ? 'integer' : 'string';
    entities.push({ definition, shape, plural: segment, idName, idType, at });
  }
  return { entities, values };
}

function describesObjects(shape: Shape): boolean {
  return (shape.type === undefined || shape.type === 'object') && shape.properties.size > 0;
}

function whyNoEntity(
  definition: string,
  shape: Shape,
  candidates: ReadonlySet<string>,
  users: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  for (const [name, property] of shape.properties) {
    const of = elementName(property);
    if (of === undefined || !candidates.has(of)) continue;
    if (isListName(definition) || sameNoun(definition, of)) return `"${name}" lists things of type ${of}`;
  }
  const [user] = users.get(definition) ?? [];
  return user === undefined ? undefined : `it has no id, and is a part of ${user}`;
}

/** The definition that an array's items refer to. */
export function elementName(property: JsonSchema | undefined): string | undefined {
  if (typeof property !== 'object') return undefined;
  const { items } = property;
  return typeof items === 'object' && items !== null ? referenceName({ ...items }) : undefined;
}

function isListName(name: string): boolean {
  return /(?:collection|list|page|results?)$/i.test(name);
}

/** An override, Ramses' primary key, else a name that people give to ids. */
function idOf(name: string, shape: Shape): string | undefined {
  const said = overridden(shape)?.id;
  if (typeof said === 'string') return said;
  const names = [...shape.properties.keys()];
  const primary = names.find((each) => databaseSettings(shapeOf(shape.properties.get(each), {}).schema).primary_key);
  const noun = folded(singular(name));
  return primary ?? names.find((each) => ['id', 'uuid', `${noun}id`, `${noun}uuid`].includes(folded(each)));
}

function overridden(shape: Shape): Readonly<Record<string, unknown>> | undefined {
  return overrideIn([{ name: 'x-cartouche', value: shape.schema['x-cartouche'] }]);
}

function overriddenName(shape: Shape): string | undefined {
  const said = overridden(shape)?.resource;
  return typeof said === 'string' ? kebab(said) : undefined;
}

function freeSegment(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted || 'things';
  let free = base;
  for (let number = 2; taken.has(free); number++) free = `${base}-${number}`;
  return free;
}

/** Who refers to a definition, by its name; itself does not count. */
function usersOf($defs: Definitions): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  for (const [user, schema] of Object.entries($defs)) {
    for (const [, name = ''] of JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"/]+)/g)) {
      if (name !== user) users.set(name, (users.get(name) ?? new Set()).add(user));
    }
  }
  return users;
}
