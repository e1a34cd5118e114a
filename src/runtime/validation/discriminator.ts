import type { JsonSchema, SchemaObject } from '../../model/description.ts';
import { type Definitions, isRecord, isSchema, referenceName, shapeOf } from '../../model/schema.ts';

/**
 * Definitions in which the property that a `discriminator` names decides which schema must hold (OpenAPI 3.1.1 section
 * 4.8.25), so that a violation speaks of that one alone. A validator of JSON Schema takes `discriminator` for a note.
 *
 * Of a union, the member is picked. Of a schema that others extend by `allOf`, the value must moreover fit the one that
 * is named; they then extend a twin that picks nothing, or else checking would never end.
 */
export function pickByDiscriminator(definitions: Definitions): Definitions {
  const picked = new Map<string, JsonSchema>();
  for (const [name, schema] of Object.entries(definitions)) {
    const inner = pickWithin(schema, definitions);
    const variants = isRecord(inner) ? extensionsOf(name, inner, definitions) : [];
    if (variants.length === 0 || !isRecord(inner)) picked.set(name, inner);
    else {
      picked.set(twinOf(name), inner);
      picked.set(name, { allOf: [{ $ref: referenceTo(twinOf(name)) }, choice(inner, variants)] });
    }
  }
  const twins = new Set([...picked.keys()].filter((name) => picked.has(twinOf(name))));
  return Object.fromEntries(
    [...picked].map(([name, schema]) => [name, isChoice(name, twins) ? schema : extendTwins(schema, twins)]),
  );
}

/** The same for a schema that stands by itself, and all within it. */
export function pickWithin(schema: JsonSchema, definitions: Definitions): JsonSchema {
  if (!isRecord(schema)) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword, pickInKeyword(keyword, value, definitions)]),
  );
  for (const keyword of ['oneOf', 'anyOf']) {
    const variants = variantsOf(schema, keyword, definitions);
    if (!variants) continue;
    const { [keyword]: union, ...rest } = inner;
    const isNullable = listOf(union).some((member) => isRecord(member) && member.type === 'null');
    const objects = { type: isNullable ? ['object', 'null'] : 'object', ...choice(schema, variants) };
    return { ...rest, allOf: [...listOf(rest.allOf), objects] };
  }
  return inner;
}

interface Variant {
  /** Values of the property that name it. */
  readonly values: readonly unknown[];
  readonly schema: JsonSchema;
}

function pickInKeyword(keyword: string, value: unknown, definitions: Definitions): unknown {
  if (data.has(keyword)) return value;
  if (named.has(keyword) && isRecord(value)) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, member]) => [name, isSchema(member) ? pickWithin(member, definitions) : member]),
    );
  }
  if (lists.has(keyword))
    return listOf(value).map((member) => (isSchema(member) ? pickWithin(member, definitions) : member));
  return single.has(keyword) && isSchema(value) ? pickWithin(value, definitions) : value;
}

const data = new Set(['const', 'enum', 'default', 'example', 'examples', 'discriminator']);
const named = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const single = new Set([
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'contains',
  'not',
  'if',
  'then',
  'else',
]);

/** The property decides; a value that names nothing is refused with all that would. */
function choice(schema: SchemaObject, variants: readonly Variant[]): SchemaObject {
  const property = propertyOf(schema) ?? '';
  const values = variants.flatMap((variant) => variant.values);
  return {
    required: [property],
    properties: { [property]: { enum: [...new Set(values)] } },
    allOf: variants.map((variant) => ({
      if: { required: [property], properties: { [property]: { enum: variant.values } } },
      // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema, and nobody awaits this.
      then: variant.schema,
    })),
  };
}

function propertyOf({ discriminator }: SchemaObject): string | undefined {
  const name = isRecord(discriminator) ? discriminator.propertyName : undefined;
  return typeof name === 'string' ? name : undefined;
}

function mappingOf({ discriminator }: SchemaObject): readonly (readonly [value: string, name: string])[] {
  const mapping = isRecord(discriminator) ? discriminator.mapping : undefined;
  if (!isRecord(mapping)) return [];
  return Object.entries(mapping).flatMap(([value, target]) => {
    const name = typeof target === 'string' ? (referenceName({ $ref: target }) ?? target) : undefined;
    return name === undefined ? [] : [[value, name] as const];
  });
}

/** The members of a union by the values that name them; `undefined` where one of them has no name. */
function variantsOf(schema: SchemaObject, keyword: string, definitions: Definitions): readonly Variant[] | undefined {
  const property = propertyOf(schema);
  const members = listOf(schema[keyword]).filter(isSchema);
  if (property === undefined || members.length === 0) return undefined;
  const mapping = mappingOf(schema);
  const variants: Variant[] = [];
  for (const member of members) {
    if (isRecord(member) && member.type === 'null') continue;
    const values = valuesOf(member, property, mapping, definitions);
    if (values.length === 0) return undefined;
    variants.push({ values, schema: pickWithin(member, definitions) });
  }
  return variants;
}

/** What is mapped to it; what it says of the property itself; else its name. */
function valuesOf(
  member: JsonSchema,
  property: string,
  mapping: readonly (readonly [value: string, name: string])[],
  definitions: Definitions,
): readonly unknown[] {
  const name = referenceName(member);
  const mapped = mapping.filter(([, target]) => target === name).map(([value]) => value);
  const declared = shapeOf(member, definitions).properties.get(property);
  const own = isRecord(declared) ? ('const' in declared ? [declared.const] : listOf(declared.enum)) : [];
  if (own.length > 0) return [...new Set([...mapped, ...own])];
  return name === undefined ? mapped : [...new Set([...mapped, name])];
}

/** Schemas that extend this one by `allOf` or are mapped by it, and itself. Empty: nobody does. */
function extensionsOf(name: string, schema: SchemaObject, definitions: Definitions): readonly Variant[] {
  const property = propertyOf(schema);
  if (property === undefined || schema.oneOf !== undefined || schema.anyOf !== undefined) return [];
  const mapping = mappingOf(schema);
  const extending = Object.keys(definitions).filter((other) => other !== name && extendsBy(other, name, definitions));
  const others = [...new Set([...extending, ...mapping.map(([, target]) => target)])].filter(
    (other) => other !== name && extending.includes(other),
  );
  if (others.length === 0) return [];
  const variants = others.map((other): Variant => {
    const values = mapping.filter(([, target]) => target === other).map(([value]) => value);
    return { values: values.length > 0 ? [...values, other] : [other], schema: { $ref: referenceTo(other) } };
  });
  const declared = shapeOf(schema, definitions).properties.get(property);
  const own = isRecord(declared) ? listOf(declared.enum) : [];
  return [
    ...variants,
    {
      values: [name, ...mapping.filter(([, target]) => target === name).map(([value]) => value), ...own],
      schema: true,
    },
  ];
}

/** `Lion` is an `Animal`: `allOf` leads there, over any number of steps. */
function extendsBy(name: string, base: string, definitions: Definitions, seen = new Set<string>()): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  return basesOf(definitions[name]).some((other) => other === base || extendsBy(other, base, definitions, seen));
}

function basesOf(schema: JsonSchema | undefined): readonly string[] {
  if (!isRecord(schema)) return [];
  return listOf(schema.allOf).flatMap((member) => {
    if (!isSchema(member)) return [];
    const name = referenceName(member);
    return name === undefined ? basesOf(member) : [name];
  });
}

/** References in `allOf` lead to the twins. */
function extendTwins(schema: JsonSchema, twins: ReadonlySet<string>): JsonSchema {
  if (!isRecord(schema) || !Array.isArray(schema.allOf)) return schema;
  const allOf = schema.allOf.map((member: unknown) => {
    const name = isSchema(member) ? referenceName(member) : undefined;
    if (name !== undefined && twins.has(name)) return { $ref: referenceTo(twinOf(name)) };
    return isSchema(member) ? extendTwins(member, twins) : member;
  });
  return { ...schema, allOf };
}

function isChoice(name: string, twins: ReadonlySet<string>): boolean {
  return twins.has(name);
}

function twinOf(name: string): string {
  return `${name} without choice`;
}

function referenceTo(name: string): string {
  return `#/$defs/${name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('%', '%25').replaceAll(' ', '%20')}`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
