/**
 * A subtype may only narrow its parent (RAML 1.0, "Type Specialization"): else its values would be no values of the parent.
 */
import type { SchemaObject } from '../../../model/description.ts';
import { isObject, own } from '../../record.ts';

/** What a child allows that its parent does not, in words; empty if it only narrows. */
export function widenings(parent: SchemaObject, child: SchemaObject): readonly string[] {
  return [...widerBounds(parent, child), ...widerProperties(parent, child)];
}

/** Whether parents have no JSON type in common, such as `[string, integer]`: nothing is of all of them. */
export function excludeEachOther(parents: readonly SchemaObject[]): boolean {
  const kinds = parents.map(jsonTypesOf).filter((types) => types !== undefined);
  const [first, ...others] = kinds;
  return first !== undefined && ![...first].some((type) => others.every((types) => types.has(type)));
}

/** The JSON types that a schema allows, where it names them. An integer is a number. */
function jsonTypesOf({ type }: SchemaObject): ReadonlySet<unknown> | undefined {
  if (type === undefined) return undefined;
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return new Set(types.includes('number') ? [...types, 'integer'] : types);
}

function widerBounds(parent: SchemaObject, child: SchemaObject): readonly string[] {
  return Object.entries(child).flatMap(([keyword, value]) => {
    const bound = own(parent, keyword);
    if (typeof value !== 'number' || typeof bound !== 'number') return [];
    const wider = keyword.startsWith('min') ? value < bound : keyword.startsWith('max') && value > bound;
    return wider ? [`"${keyword}" is ${value}, and the parent type has ${bound}`] : [];
  });
}

function widerProperties(parent: SchemaObject, child: SchemaObject): readonly string[] {
  const { properties } = parent;
  if (!isObject(properties) || !isObject(child.properties)) return [];
  return Object.entries(child.properties).flatMap(([name, schema]) => {
    const inherited = own(properties, name);
    const type = isObject(schema) ? schema.type : undefined;
    const parentType = isObject(inherited) ? inherited.type : undefined;
    if (typeof type !== 'string' || typeof parentType !== 'string' || type === parentType) return [];
    return type === 'integer' && parentType === 'number'
      ? []
      : [`the property "${name}" is of type ${type}, and in the parent type of ${parentType}`];
  });
}
