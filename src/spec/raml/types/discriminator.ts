/**
 * Discriminators (RAML 1.0, "Using Discriminator"): the property whose value names the type of an object.
 */
import type { SchemaObject } from '../../../model/description.ts';
import { isObject, type Json, own, setOwn } from '../../record.ts';
import { textOf } from '../parsed.ts';
import { typedValue } from './named-parameters.ts';

/** RAML's `discriminator` and `discriminatorValue`, kept apart until the family of types is known. */
export function discriminatorOf(declaration: Json): SchemaObject {
  const discriminator = textOf(declaration.discriminator);
  const value = own(declaration, 'discriminatorValue');
  return {
    ...(discriminator !== undefined && { discriminator: { propertyName: discriminator } }),
    ...((typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') && {
      'x-discriminatorValue': value,
    }),
  };
}

/** The property that tells the types of a family apart. */
export function discriminatorName(schema: SchemaObject): string | undefined {
  return isObject(schema.discriminator) ? textOf(schema.discriminator.propertyName) : undefined;
}

/**
 * Completes a `discriminator`: which value stands for which type. The property of a type then only takes the values of
 * the type itself and of its subtypes.
 *
 * @param mapping from the values of a type and its subtypes to their references
 * @param values the same values
 */
export function tellApart(schema: SchemaObject, mapping: Json, values: readonly unknown[]): SchemaObject {
  const property = discriminatorName(schema);
  if (property === undefined) return schema;
  return {
    ...schema,
    ...(isObject(schema.properties) && {
      properties: restrictDiscriminator(schema.properties, property, values),
    }),
    discriminator: { propertyName: property, mapping },
  };
}

function restrictDiscriminator(properties: Json, name: string, values: readonly unknown[]): Json {
  const property = own(properties, name);
  if (!isObject(property) || property.enum || property.pattern) return properties;
  // Types without a value of their own have their name, which a number cannot be.
  const { type } = property;
  const typed = typeof type === 'string' ? values.map((value) => typedValue(value, type)) : [];
  const possible = typed.filter((value) => isOfType(value, type));
  if (possible.length === 0) return properties;
  const restricted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(properties)) {
    setOwn(restricted, key, key === name ? { ...property, enum: possible } : value);
  }
  return restricted;
}

function isOfType(value: unknown, type: unknown): boolean {
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}
