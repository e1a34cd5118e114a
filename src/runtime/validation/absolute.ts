import { isRecord } from '../../model/schema.ts';

/** Under this name ajv knows the definitions of the model. */
export const modelUri = 'urn:cartouche:model';

/** `#/$defs/Book` means the model's definitions, wherever the schema that says so is compiled. */
export function absolute(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === '$ref' && typeof value === 'string' && value.startsWith('#/')) return [keyword, modelUri + value];
      if (LITERAL.has(keyword)) return [keyword, value];
      // The keys below are names of somebody's own: a property may be called "default".
      if (BY_NAME.has(keyword) && isRecord(value)) return [keyword, membersOf(value)];
      return [keyword, absoluteValue(value)];
    }),
  );
}

/** Behind these stand values, not schemas: `{ "$ref": "#/a" }` in an `enum` is what a client sends. */
const LITERAL: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'example', 'examples']);
const BY_NAME: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);

function absoluteValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absoluteValue);
  return isRecord(value) ? absolute(value) : value;
}

function membersOf(schemas: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, absoluteValue(schema)]));
}
