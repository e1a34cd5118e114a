/** Values for what an answer must have and nothing is known of. */
import { escapePointer } from './pointer.ts';
import { type Definitions, isRecord, isSchema, type Shape, shapeOf } from './schema.ts';
import type { Envelope } from './types.ts';

/** Required properties without a meaning, with a value that fits. */
export function constantsIn(
  shape: Shape,
  pointer: string,
  definitions: Definitions,
  filled: readonly string[],
): Envelope['constants'] {
  return [...shape.required].flatMap((name): Envelope['constants'] => {
    const schema = shape.properties.get(name);
    const here = `${pointer}/${escapePointer(name)}`;
    if (schema === undefined || filled.includes(here)) return [];
    const inner = shapeOf(schema, definitions);
    if (filled.some((other) => other.startsWith(`${here}/`))) return constantsIn(inner, here, definitions, filled);
    const value = sampleOf(inner, definitions, 0);
    return value === undefined ? [] : [{ pointer: here, value }];
  });
}

/** The smallest value that fits: a declared one first (`const`, `default`, example, `enum`), else an empty one. */
function sampleOf(shape: Shape, definitions: Definitions, depth: number): unknown {
  const { schema } = shape;
  for (const key of ['const', 'default', 'example']) if (key in schema) return schema[key];
  for (const key of ['examples', 'enum']) {
    const values = schema[key];
    if (Array.isArray(values) && values.length > 0) return values[0];
  }
  switch (shape.type) {
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 0;
    case 'array':
      return [];
    case 'object':
      return depth > 4 ? {} : sampleObject(shape, definitions, depth);
    case 'string':
      return sampleString(schema);
    default:
      return null;
  }
}

function sampleObject(shape: Shape, definitions: Definitions, depth: number): unknown {
  const value: Record<string, unknown> = {};
  for (const name of shape.required) {
    const property = shape.properties.get(name);
    if (!isSchema(property)) continue;
    Object.defineProperty(value, name, {
      value: sampleOf(shapeOf(property, definitions), definitions, depth + 1),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return value;
}

function sampleString(schema: Readonly<Record<string, unknown>>): string {
  switch (schema.format) {
    case 'date':
      return '1970-01-01';
    case 'date-time':
      return '1970-01-01T00:00:00Z';
    case 'uri':
    case 'url':
      return 'https://example.com/';
    case 'email':
      return 'someone@example.com';
    case 'uuid':
      return '00000000-0000-0000-0000-000000000000';
    default: {
      const length = isRecord(schema) && typeof schema.minLength === 'number' ? schema.minLength : 0;
      return 'x'.repeat(Math.min(length, 1000));
    }
  }
}
