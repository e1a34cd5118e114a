/**
 * Ajv asks a value for its properties by name, and every object inherits some, such as `constructor`: it would check
 * the inherited function against the schema, and leaves out a property `__proto__` altogether.
 */
import type { JsonSchema } from '../../model/description.ts';
import { isRecord, isSchema } from '../../model/schema.ts';

/** Whether anything below declares or requires a property that every object inherits. */
export function namesInherited(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(namesInherited);
  if (!isRecord(value)) return false;
  const { properties, required } = value;
  if (isRecord(properties) && Object.keys(properties).some(isInherited)) return true;
  if (Array.isArray(required) && required.some(isInherited)) return true;
  return Object.values(value).some(namesInherited);
}

/**
 * The schema with such properties found by patterns, which ajv holds against the keys that are there. Their defaults
 * are not filled in.
 *
 * @example findByPattern({ properties: { constructor: { type: 'string' } } })
 * // { properties: {}, patternProperties: { '^constructor$': { type: 'string' } } }
 */
export function findByPattern(schema: JsonSchema): JsonSchema {
  const found = rewritten(schema);
  return isSchema(found) ? found : schema;
}

function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten);
  if (!isRecord(value)) return value;
  const below = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rewritten(member)]));
  const { properties, patternProperties } = below;
  if (!isRecord(properties)) return below;
  const entries = Object.entries(properties);
  return {
    ...below,
    properties: Object.fromEntries(entries.filter(([name]) => !isInherited(name))),
    patternProperties: {
      ...(isRecord(patternProperties) && patternProperties),
      ...Object.fromEntries(entries.flatMap(([name, member]) => (isInherited(name) ? [[`^${name}$`, member]] : []))),
    },
  };
}

function isInherited(name: unknown): boolean {
  return typeof name === 'string' && name in Object.prototype;
}
