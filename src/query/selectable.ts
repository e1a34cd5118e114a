import { fieldNames, fieldPath } from '../model/field-path.ts';
import { type Definitions, isRecord, shapeOf } from '../model/schema.ts';
import type { Resource } from '../model/types.ts';
import { isSecret } from './vocabulary.ts';

/** The names of all properties, where the schema tells; with a schema for additional ones it does not. */
export function documentProperties(
  { schema, links }: Resource,
  definitions: Definitions,
): readonly string[] | undefined {
  const { properties, schema: own } = shapeOf(schema, definitions);
  if (properties.size === 0 || own.patternProperties !== undefined || isRecord(own.additionalProperties)) {
    return undefined;
  }
  return [...properties.keys(), ...links.flatMap(({ property }) => property ?? [])];
}

/** Declared fields, everything that leads to one, and the properties: paths by the names that clients give them. */
export function selectablePaths(resource: Resource, properties: readonly string[]): ReadonlyMap<string, string> {
  const shown = properties.filter((name) => !isSecret(fieldPath([name]), resource));
  const paths = new Map(shown.map((name) => [name, fieldPath([name])]));
  const add = (names: readonly string[]): void => {
    const name = names.join('.');
    if (!paths.has(name)) paths.set(name, fieldPath(names));
  };
  for (const { path } of resource.fields) {
    if (isSecret(path, resource)) continue;
    const names = fieldNames(path);
    for (let length = 1; length <= names.length; length++) add(names.slice(0, length));
  }
  if (resource.id.property !== undefined) add([resource.id.property]);
  return paths;
}
