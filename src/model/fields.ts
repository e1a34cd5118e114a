/**
 * The declared scalar properties of a resource, which stores index, and the ones that must never be shown.
 */
import type { JsonSchema } from './description.ts';
import { fieldPath } from './field-path.ts';
import { words } from './names.ts';
import { propertyOverrides } from './overrides.ts';
import { type Definitions, isRecord, isSchema, type Shape, shapeOf } from './schema.ts';
import type { Field } from './types.ts';

/** A nested object deeper than this is stored like everything, but its properties are not fields. */
const deepest = 4;
/** Schemas that nest each other would otherwise multiply without end; SQLite has room for 2,000 columns. */
const mostFields = 500;

export interface FieldsFound {
  readonly fields: readonly Field[];
  /** Dotted paths. */
  readonly secrets: readonly string[];
  /** There were more properties than `mostFields`. */
  readonly cut: boolean;
}

/** Finds fields and secrets, in the order of declaration, nested ones behind their parent. */
export function fieldsOf(schema: JsonSchema, definitions: Definitions): FieldsFound {
  const found: Found = { fields: [], secrets: new Set(hiddenFields(schema, definitions)), cut: false };
  visit(shapeOf(schema, definitions), [], false, [], definitions, found);
  return { fields: found.fields, secrets: [...found.secrets], cut: found.cut };
}

/** The settings that Ramses keeps with a property: `_db_settings: { type: …, primary_key: … }`. */
export function databaseSettings(schema: JsonSchema | undefined): Readonly<Record<string, unknown>> {
  const settings = isRecord(schema) ? schema._db_settings : undefined;
  return isRecord(settings) ? settings : noSettings;
}

const noSettings: Readonly<Record<string, unknown>> = {};

interface Found {
  readonly fields: Field[];
  readonly secrets: Set<string>;
  cut: boolean;
}

function visit(
  shape: Shape,
  steps: readonly string[],
  throughArray: boolean,
  trail: readonly string[],
  definitions: Definitions,
  found: Found,
): void {
  if (trail.length >= deepest) return;
  for (const [name, schema] of shape.properties) {
    if (found.fields.length >= mostFields) {
      found.cut = true;
      return;
    }
    const names = [...steps, name];
    const path = fieldPath(names);
    const outer = shapeOf(schema, definitions);
    const inner = outer.type === 'array' ? shapeOf(outer.items, definitions) : outer;
    const array = throughArray || outer.type === 'array';
    if (isSecret(outer)) {
      found.secrets.add(path);
      continue;
    }
    if (inner.type === 'object') {
      const here = inner.name ?? '';
      if (here === '' || !trail.includes(here)) visit(inner, names, array, [...trail, here], definitions, found);
      continue;
    }
    // Nobody can ask for a name that is empty.
    const field = name === '' ? undefined : fieldOf(name, path, outer, inner, array);
    if (field !== undefined && !found.secrets.has(path)) found.fields.push(field);
  }
}

function fieldOf(name: string, path: string, outer: Shape, inner: Shape, array: boolean): Field | undefined {
  const settings = databaseSettings(outer.schema);
  if (settings.type === 'dict' || settings.type === 'file' || settings.type === 'pickle') return undefined;
  const type = ramsesType(settings) ?? typeOf(inner);
  if (type === undefined) return undefined;
  const overrides = propertyOverrides(outer.schema);
  const isRelation = settings.type === 'relationship';
  const chosen = inner.schema.enum !== undefined || inner.schema.const !== undefined;
  const free = type === 'string' && !chosen && inner.schema.format === undefined && settings.type !== 'choice';
  const isArray = array || settings.type === 'list';
  return {
    path,
    type,
    array: isArray,
    unique: overrides.unique ?? (settings.unique === true || settings.primary_key === true),
    indexed: overrides.indexed ?? (!isArray && !(type === 'string' && isLong(name, inner.schema))),
    text: overrides.text ?? (free && !isRelation),
  };
}

function isSecret(shape: Shape): boolean {
  return propertyOverrides(shape.schema).secret ?? shape.schema.writeOnly === true;
}

function hiddenFields(schema: JsonSchema, definitions: Definitions): readonly string[] {
  const { schema: own, properties } = shapeOf(schema, definitions);
  const hidden = Array.isArray(own._hidden_fields) ? own._hidden_fields : [];
  const names = hidden.filter((name) => typeof name === 'string');
  return names.map((name) => (properties.has(name) ? fieldPath([name]) : name));
}

function typeOf(shape: Shape): Field['type'] | undefined {
  switch (shape.type) {
    case 'string':
      if (shape.schema.format === 'date') return 'date';
      if (shape.schema.format === 'date-time') return 'datetime';
      return shape.schema.format === 'binary' || shape.schema.contentEncoding !== undefined ? undefined : 'string';
    case 'integer':
    case 'number':
    case 'boolean':
      return shape.type;
    default:
      return undefined;
  }
}

const ramsesTypes: ReadonlyMap<unknown, Field['type']> = new Map<unknown, Field['type']>([
  ['string', 'string'],
  ['text', 'string'],
  ['unicode', 'string'],
  ['unicode_text', 'string'],
  ['choice', 'string'],
  ['time', 'string'],
  ['integer', 'integer'],
  ['small_integer', 'integer'],
  ['big_integer', 'integer'],
  ['interval', 'integer'],
  ['float', 'number'],
  ['decimal', 'number'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['datetime', 'datetime'],
]);

/** The type that Ramses stored, where it says more than the schema; `choice` and `list` leave it to the schema. */
function ramsesType(settings: Readonly<Record<string, unknown>>): Field['type'] | undefined {
  if (settings.type === 'choice') return undefined;
  if (settings.type === 'list') return ramsesTypes.get(settings.item_type);
  if (settings.type === 'foreign_key') return ramsesTypes.get(settings.ref_column_type);
  return ramsesTypes.get(settings.type);
}

const longNames: ReadonlySet<string> = new Set(
  'description body content text notes note summary bio message comment comments html markdown abstract details biography remarks'.split(
    ' ',
  ),
);

function isLong(name: string, schema: Readonly<Record<string, unknown>>): boolean {
  if (typeof schema.maxLength === 'number') return schema.maxLength > 400;
  if (schema.enum !== undefined || schema.format !== undefined || schema.pattern !== undefined) return false;
  return longNames.has(words(name).at(-1) ?? '');
}

/** Narrows the items of an array schema, for callers that look at one property. */
export function elementOf(schema: JsonSchema | undefined, definitions: Definitions): JsonSchema | undefined {
  const shape = shapeOf(schema, definitions);
  return shape.type === 'array' && isSchema(shape.items) ? shape.items : undefined;
}
