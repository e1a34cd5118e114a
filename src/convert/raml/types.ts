/**
 * JSON Schemas as RAML 1.0 types ("Defining Data Types"), where these say exactly the same.
 */
import type { JsonSchema, SchemaObject } from '../../model/description.ts';
import { isRecord, isSchema } from '../../model/schema.ts';
import type { Annotations } from './annotations.ts';
import { scalarType } from './scalars.ts';
import { definitionOf } from './schema-text.ts';
import { compact, facets, onlyWith, type RamlType, type Typed } from './typed.ts';

export interface TypeContext {
  readonly names: ReadonlyMap<string, string>;
  readonly annotations: Annotations;
  /** Whether a definition is written as a type: JSON Schema takes no part in unions. */
  readonly isType: (definition: string) => boolean;
  /** Whether properties and items may refer to one that is JSON Schema, all the same. */
  readonly mayRefer: boolean;
}

/**
 * The type that accepts what the schema accepts.
 *
 * @example typeOf({ type: 'string', format: 'date' }, context) // { type: 'date-only' }
 * @example typeOf({ oneOf: [] }, context) // { unsaid: 'oneOf' }
 */
export function typeOf(schema: JsonSchema, context: TypeContext): Typed {
  if (schema === true) return { type: 'any' };
  if (schema === false) return { unsaid: 'false' };
  const { describing, constraints } = split(schema, context);
  const typed = constrainedType(constraints, context);
  return 'unsaid' in typed ? typed : { type: compact({ ...facets(typed.type), ...describing }) };
}

function constrainedType(schema: SchemaObject, context: TypeContext): Typed {
  if (schema.$ref !== undefined) return referredType(schema, context);
  if (schema.anyOf !== undefined) return unionType(schema, context);
  if (Array.isArray(schema.type)) return typeList(schema);
  switch (schema.type) {
    case 'object':
      return objectType(schema, context);
    case 'array':
      return arrayType(schema, context);
    case undefined:
      return onlyWith(schema, [], () => ({ type: 'any' }));
    default:
      return scalarType(schema);
  }
}

function referredType(schema: SchemaObject, { names, isType, mayRefer }: TypeContext): Typed {
  const definition = definitionOf(schema.$ref) ?? '';
  const name = names.get(definition);
  if (!mayRefer && !isType(definition)) return { unsaid: '$ref' };
  return name === undefined ? { unsaid: '$ref' } : onlyWith(schema, ['$ref'], () => ({ type: name }));
}

function unionType(schema: SchemaObject, context: TypeContext): Typed {
  const options = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  const typed = options.map((option: JsonSchema) => {
    const definition = isRecord(option) ? definitionOf(option.$ref) : undefined;
    if (definition !== undefined && !context.isType(definition)) return undefined;
    const { type } = { type: undefined, ...typeOf(option, context) };
    return typeof type === 'string' && type !== 'any' ? type : undefined;
  });
  if (options.length < 2 || typed.includes(undefined)) return { unsaid: 'anyOf' };
  return onlyWith(schema, ['anyOf'], () => ({ type: typed.join(' | ') }));
}

/** `[string, "null"]` without anything that only one of them would mind. */
function typeList(schema: SchemaObject): Typed {
  const types: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [];
  const isPlain = types.every((type) => type !== 'object' && type !== 'array');
  if (!isPlain || types.length < 2) return { unsaid: 'type' };
  return onlyWith(schema, ['type'], () => ({
    type: types.map((type) => (type === 'null' ? 'nil' : String(type))).join(' | '),
  }));
}

function arrayType(schema: SchemaObject, context: TypeContext): Typed {
  return onlyWith(schema, ['type', 'items', 'minItems', 'maxItems', 'uniqueItems', 'default'], () => {
    const items = isSchema(schema.items) ? typeOf(schema.items, context) : undefined;
    if (items && 'unsaid' in items) return items;
    return { type: { ...schema, ...(items && { items: items.type }) } };
  });
}

const objectKeywords = [
  'type',
  'properties',
  'required',
  'patternProperties',
  'additionalProperties',
  'minProperties',
  'maxProperties',
  'default',
];

function objectType(schema: SchemaObject, context: TypeContext): Typed {
  return onlyWith(schema, objectKeywords, () => {
    const { properties, required, patternProperties, additionalProperties, ...others } = schema;
    const declared = isRecord(properties) ? properties : {};
    const demanded: readonly unknown[] = Array.isArray(required) ? required : [];
    if (demanded.some((name) => typeof name !== 'string' || !Object.hasOwn(declared, name))) {
      return { unsaid: 'required' };
    }
    const members: (readonly [string, RamlType])[] = [];
    for (const [name, property] of Object.entries(declared)) {
      // A name between slashes is a pattern in RAML.
      if (/^\/.*\/$/s.test(name) || name === '__proto__') return { unsaid: `property ${name}` };
      const typed = typeOf(isSchema(property) ? property : true, context);
      if ('unsaid' in typed) return typed;
      members.push(propertyOf(name, typed.type, demanded.includes(name)));
    }
    const patterns = patternMembers(schema, Object.keys(declared), context);
    if ('unsaid' in patterns) return patterns;
    members.push(...patterns.members);
    return {
      type: {
        ...others,
        ...(members.length > 0 && { properties: Object.fromEntries(members) }),
        ...(typeof additionalProperties === 'boolean' && { additionalProperties }),
      },
    };
  });
}

/** `name?` for an optional property; where the name ends so itself, `required` says it. */
function propertyOf(name: string, type: RamlType, required: boolean): readonly [string, RamlType] {
  if (name.endsWith('?')) return [name, { ...facets(type), required }];
  return [required ? name : `${name}?`, type];
}

/**
 * `/pattern/`, and `//` for all other names. In RAML a declared property wins over a pattern, in JSON Schema both hold:
 * the same only where a pattern matches none of them.
 */
function patternMembers(
  { patternProperties, additionalProperties }: SchemaObject,
  names: readonly string[],
  context: TypeContext,
): { readonly members: readonly (readonly [string, RamlType])[] } | { readonly unsaid: string } {
  const members: (readonly [string, RamlType])[] = [];
  const patterns = Object.entries(isRecord(patternProperties) ? patternProperties : {});
  const [only] = patterns;
  if (patterns.length > 1 || (only && additionalProperties === false)) return { unsaid: 'patternProperties' };
  if (only && (only[0] === '' || names.some((name) => new RegExp(only[0], 'u').test(name)))) {
    return { unsaid: 'patternProperties' };
  }
  if (only) {
    const typed = typeOf(isSchema(only[1]) ? only[1] : true, context);
    if ('unsaid' in typed) return typed;
    members.push([`/${only[0]}/`, typed.type]);
  }
  if (isRecord(additionalProperties)) {
    const typed = typeOf(additionalProperties, context);
    if ('unsaid' in typed) return typed;
    members.push(['//', typed.type]);
  }
  return { members };
}

/** What only describes a value, in RAML's words, and the rest. */
function split(schema: SchemaObject, { annotations }: TypeContext) {
  const describing: Record<string, unknown> = {};
  const constraints: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'description') describing.description = value;
    else if (keyword === 'title') describing.displayName = value;
    else if (keyword === 'examples' && Array.isArray(value)) Object.assign(describing, exampleFacets(value));
    else if (keyword === 'example') Object.assign(describing, schema.examples === undefined && exampleFacets([value]));
    else if (keyword === 'x-cartouche' || keyword === 'deprecated' || /^\(.*\)$/s.test(keyword)) {
      describing[annotations.key(keyword)] = value;
    } else constraints[keyword] = value;
  }
  return { describing, constraints };
}

function exampleFacets(values: readonly unknown[]): object {
  if (values.length === 0) return {};
  const [only] = values;
  return values.length === 1
    ? { example: wrapped(only) }
    : { examples: Object.fromEntries(values.map((value, index) => [`example${index + 1}`, wrapped(value)])) };
}

/** An example that has a property `value` looks like RAML's longer form, and so takes that. */
export function wrapped(value: unknown): unknown {
  return isRecord(value) && Object.hasOwn(value, 'value') ? { value } : value;
}
