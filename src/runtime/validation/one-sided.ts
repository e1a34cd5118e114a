import type { JsonSchema, SchemaObject } from '../../model/description.ts';
import { type Definitions, isRecord, isSchema, referenceName, resolve, shapeOf } from '../../model/schema.ts';
import type { Resource } from '../../model/types.ts';
import { withOctets } from './octets.ts';

/**
 * The definitions as requests are checked against them: what only the server writes (`readOnly`, a generated id) is not
 * required of a client (OpenAPI 3.1, section 4.8.24; the same is meant in 3.0).
 */
export function requestDefinitions(definitions: Definitions, resources: readonly Resource[]): Definitions {
  const generated = generatedIds(resources);
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => {
      const id = generated.get(name);
      return [name, relax(schema, definitions, 'readOnly', new Set(id === undefined ? [] : [id]))];
    }),
  );
}

/** The property that the server fills, by the name of the definition that it is a property of. */
export function generatedIds(resources: readonly Resource[]): ReadonlyMap<string, string> {
  const generated = new Map<string, string>();
  for (const { schema, id } of resources) {
    const name = schema === true ? undefined : referenceName(schema);
    if (name !== undefined && id.property !== undefined && id.generate !== 'none') generated.set(name, id.property);
  }
  return generated;
}

/**
 * The definitions as answers are checked against them: what only clients write (`writeOnly`) is not required of the
 * server.
 */
export function responseDefinitions(definitions: Definitions): Definitions {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, relax(schema, definitions, 'writeOnly')]),
  );
}

/** What one side writes alone, and the other side need not send. */
type OneSided = 'readOnly' | 'writeOnly';

/** A schema with `required` cut down by what is `oneSided`; `optional` names what surrounding `allOf`s have found. */
export function relax(
  schema: JsonSchema,
  definitions: Definitions,
  oneSided: OneSided,
  optional: ReadonlySet<string> = new Set(),
): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const names = new Set([...optional, ...namesOf(oneSided, schema, definitions)]);
  return Object.fromEntries(
    Object.entries(withOctets(schema)).map(([keyword, value]) => [
      keyword,
      relaxKeyword(keyword, value, definitions, oneSided, names),
    ]),
  );
}

function relaxKeyword(
  keyword: string,
  value: unknown,
  definitions: Definitions,
  oneSided: OneSided,
  names: ReadonlySet<string>,
): unknown {
  if (keyword === 'required' && Array.isArray(value)) return value.filter((name) => !names.has(name));
  if (data.has(keyword)) return value;
  // Members of these speak of the same object.
  if (combining.has(keyword) && Array.isArray(value)) {
    return value.map((member) => (isSchema(member) ? relax(member, definitions, oneSided, names) : member));
  }
  if (single.has(keyword) && isSchema(value)) return relax(value, definitions, oneSided);
  if (named.has(keyword) && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        isSchema(member) ? relax(member, definitions, oneSided) : member,
      ]),
    );
  }
  if (keyword === 'prefixItems' && Array.isArray(value)) {
    return value.map((member) => (isSchema(member) ? relax(member, definitions, oneSided) : member));
  }
  return value;
}

const data = new Set(['default', 'const', 'enum', 'example', 'examples']);
const combining = new Set(['allOf', 'anyOf', 'oneOf']);
const single = new Set(['items', 'additionalProperties', 'unevaluatedProperties', 'contains', 'propertyNames']);
const named = new Set(['properties', 'patternProperties', 'dependentSchemas']);

function namesOf(oneSided: OneSided, schema: SchemaObject, definitions: Definitions): readonly string[] {
  if (schema.required === undefined && schema.allOf === undefined) return [];
  const names: string[] = [];
  for (const [name, property] of shapeOf(schema, definitions).properties) {
    if (resolve(property, definitions)[oneSided] === true) names.push(name);
  }
  return names;
}
