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

/** Declared fields, everything that leads to one, and the properties. */
export function selectablePaths(resource: Resource, properties: readonly string[]): ReadonlySet<string> {
  const paths = new Set(properties.filter((name) => !isSecret(name, resource)));
  for (const { path } of resource.fields) {
    if (isSecret(path, resource)) continue;
    const names = path.split('.');
    for (let length = 1; length <= names.length; length++) paths.add(names.slice(0, length).join('.'));
  }
  if (resource.id.property !== undefined) paths.add(resource.id.property);
  return paths;
}
