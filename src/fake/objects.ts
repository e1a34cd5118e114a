import { compilePattern } from '../guarded-pattern.ts';
import type { JsonSchema, SchemaObject } from '../model/description.ts';
import { isRecord, isSchema } from '../model/schema.ts';
import type { Generation } from './generation.ts';
import { textFor } from './pattern.ts';
import { plainWord } from './words.ts';

/**
 * An object with all that is required and, as `optional` says and room allows, what is not. Members stand in the order
 * in which they are declared. `undefined` when something required cannot be made.
 */
export function objectValue(generation: Generation, keywords: SchemaObject, place: string): object | undefined {
  const declared = record(keywords.properties);
  const members = new Map<string, unknown>();
  const required = requiredNames(keywords);
  const maximum = typeof keywords.maxProperties === 'number' ? keywords.maxProperties : Infinity;
  const add = (name: string): boolean => {
    if (members.has(name)) return true;
    const schema = schemaOf(keywords, declared, name);
    if (generation.isHidden(schema, `${place}/${name}`)) return true;
    const value = generation.value(schema, `${place}/${name}`, name);
    if (value !== undefined) members.set(name, value);
    return value !== undefined;
  };
  let room = maximum - required.size;
  for (const name of [...Object.keys(declared), ...required]) {
    if (required.has(name)) {
      if (!add(name)) return undefined;
    } else if (room > 0 && isChosen(generation, place, name) && add(name) && members.has(name)) room--;
  }
  if (!addDependent(keywords, members, add)) return undefined;
  addMore(generation, keywords, place, members, add, maximum);
  return Object.fromEntries(inOrder(members, Object.keys(declared)));
}

function requiredNames({ required }: SchemaObject): ReadonlySet<string> {
  return new Set(Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []);
}

function isChosen(generation: Generation, place: string, name: string): boolean {
  switch (generation.options.optional) {
    case 'none':
      return false;
    case 'some':
      return generation.hasRoom() && generation.random(`${place}/${name}#chosen`).below(3) > 0;
    case 'all':
      return generation.hasRoom();
  }
}

/** What the presence of one member demands of others, until nothing new is demanded. */
function addDependent(
  keywords: SchemaObject,
  members: ReadonlyMap<string, unknown>,
  add: (name: string) => boolean,
): boolean {
  for (let changed = true; changed; ) {
    const before = members.size;
    for (const [name, needed] of Object.entries(record(keywords.dependentRequired))) {
      if (!members.has(name) || !Array.isArray(needed)) continue;
      if (!needed.every((other) => typeof other === 'string' && add(other))) return false;
    }
    changed = members.size > before;
  }
  return true;
}

/** Beyond this, nobody wants to read it; a schema that demands more gets no sample that fits. */
const mostInvented = 1000;

/** Fills up to `minProperties`; and gives a map one entry, so that its reader sees what it maps. */
function addMore(
  generation: Generation,
  keywords: SchemaObject,
  place: string,
  members: ReadonlyMap<string, unknown>,
  add: (name: string) => boolean,
  maximum: number,
): void {
  const minimum = typeof keywords.minProperties === 'number' ? keywords.minProperties : 0;
  for (const name of Object.keys(record(keywords.properties))) {
    if (members.size >= minimum) break;
    add(name);
  }
  const wanted = members.size === 0 && isMap(keywords) && isChosen(generation, place, '') ? 1 : 0;
  const target = Math.min(maximum, Math.max(minimum, wanted), mostInvented);
  for (let attempt = 0; members.size < target && attempt < target * 4; attempt++) {
    const name = inventedName(generation, keywords, `${place}#name${attempt}`);
    if (name !== undefined && schemaOf(keywords, record(keywords.properties), name) !== false) add(name);
  }
}

function isMap({ additionalProperties, patternProperties }: SchemaObject): boolean {
  return isRecord(additionalProperties) || isRecord(patternProperties);
}

function inventedName(generation: Generation, keywords: SchemaObject, place: string): string | undefined {
  const random = generation.random(place);
  const [pattern] = Object.keys(record(keywords.patternProperties));
  if (pattern !== undefined) {
    return textFor(pattern, { minLength: 0, maxLength: Infinity, accepts: () => true }, random);
  }
  if (isSchema(keywords.propertyNames)) {
    const name = generation.value({ allOf: [{ type: 'string' }, keywords.propertyNames] }, place, 'key');
    return typeof name === 'string' ? name : undefined;
  }
  return plainWord(random);
}

/** Declared, and every pattern that the name matches; else what additional properties look like. */
function schemaOf(keywords: SchemaObject, declared: Readonly<Record<string, unknown>>, name: string): JsonSchema {
  const own = Object.hasOwn(declared, name) ? declared[name] : undefined;
  const patterned = Object.entries(record(keywords.patternProperties))
    .filter(([pattern]) => compilePattern(pattern).test(name))
    .map(([, schema]) => schema);
  const parts = [own, ...patterned].filter(isSchema);
  const [only] = parts;
  if (only !== undefined) return parts.length === 1 ? only : { allOf: parts };
  if (isSchema(keywords.additionalProperties)) return keywords.additionalProperties;
  return isSchema(keywords.unevaluatedProperties) ? keywords.unevaluatedProperties : true;
}

function inOrder(
  members: ReadonlyMap<string, unknown>,
  names: readonly string[],
): readonly (readonly [string, unknown])[] {
  const declared = names.filter((name) => members.has(name));
  const others = [...members.keys()].filter((name) => !names.includes(name));
  return [...declared, ...others].map((name) => [name, members.get(name)] as const);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
