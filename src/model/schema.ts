/**
 * Looking at JSON Schemas: following `$ref`s into `$defs`, seeing through `allOf`, `nullable` unions and RAML's unions,
 * finding properties. Nothing here changes a schema; `Shape` is a view for inference, never for validation.
 */
import type { JsonSchema, SchemaObject } from './description.ts';
import { fieldNames } from './field-path.ts';
import { remembering } from './memory.ts';
import { folded } from './names.ts';
import { isStructural } from './structural.ts';

/** The `$defs` that `$ref`s point into. */
export type Definitions = Readonly<Record<string, JsonSchema>>;

/** A schema as inference sees it: references followed, `allOf` merged, `null` set aside. */
export interface Shape {
  /** The name in `$defs` that the schema was reached by, the outermost one. */
  readonly name?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';
  readonly nullable: boolean;
  /** Declared properties in order; those of `allOf` members included, later ones win. */
  readonly properties: ReadonlyMap<string, JsonSchema>;
  readonly required: ReadonlySet<string>;
  /** `additionalProperties: false` somewhere. */
  readonly closed: boolean;
  readonly items?: JsonSchema;
  /** The schema object that the references ended at, `{}` for `true`; for `format`, `pattern`, `enum`, `_…` keys. */
  readonly schema: SchemaObject;
}

/** References and members that are followed before a schema counts as circular. */
export const maximumReferences = 64;

/** Narrows to an object that is not an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Narrows to a schema: an object or a boolean. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || isRecord(value);
}

/** The name in `$defs` that a `$ref` object points to, e.g. `Book` for `{ $ref: '#/$defs/Book' }`. */
export function referenceName(schema: JsonSchema | undefined): string | undefined {
  if (!isRecord(schema) || typeof schema.$ref !== 'string') return undefined;
  const match = /^#\/\$defs\/([^/]+)$/.exec(schema.$ref);
  return match?.[1] === undefined ? undefined : decodePointer(match[1]);
}

/**
 * Follows `$ref`s to a schema that is none. Circles and references that lead nowhere give `{}`.
 *
 * @example resolve({ $ref: '#/$defs/Book' }, $defs) // the Book schema
 */
export function resolve(schema: JsonSchema | undefined, definitions: Definitions): SchemaObject {
  let current: unknown = schema;
  for (let step = 0; step < maximumReferences; step++) {
    if (!isRecord(current)) return {};
    if (typeof current.$ref !== 'string') return current;
    const target = at(current.$ref, definitions);
    const { $ref: _, ...siblings } = current;
    if (Object.keys(siblings).some(isStructural)) {
      return { ...siblings, allOf: [...asArray(siblings.allOf), ...(isSchema(target) ? [target] : [])] };
    }
    current = isRecord(target) ? { ...target, ...siblings } : target;
  }
  return {};
}

/** Nothing is said: absent, `true`, `{}` or only annotations. */
export function isSilent(schema: JsonSchema | undefined, definitions: Definitions): boolean {
  return !isRecord(schema) || isSilentOnce(representativeOf(schema, definitions), definitions);
}

const isSilentOnce = remembering(
  (schema: SchemaObject, definitions: Definitions) => !Object.keys(resolve(schema, definitions)).some(isStructural),
);

/** Looks at a schema. Costs the size of its top level, not of the tree below; each schema is looked at once. */
export function shapeOf(schema: JsonSchema | undefined, definitions: Definitions): Shape {
  return isRecord(schema) ? lookOnce(representativeOf(schema, definitions), definitions) : unknownShape;
}

const lookOnce = remembering(look);

function look(schema: SchemaObject, definitions: Definitions): Shape {
  const gathered: Gathered = {
    properties: new Map(),
    required: new Set(),
    types: new Set(),
    closed: false,
    nullable: false,
    items: undefined,
    own: {},
    steps: 0,
  };
  gather(schema, definitions, gathered);
  const type = principalType(gathered);
  const name = nameOf(schema, definitions);
  return {
    ...(name !== undefined && { name }),
    ...(type !== undefined && { type }),
    nullable: gathered.nullable || gathered.types.has('null'),
    properties: gathered.properties,
    required: gathered.required,
    closed: gathered.closed,
    ...(gathered.items !== undefined && { items: gathered.items }),
    schema: gathered.own,
  };
}

/** The property at a dotted path, looking through arrays: `authors.name`. */
export function propertyAt(
  schema: JsonSchema | undefined,
  path: string,
  definitions: Definitions,
): JsonSchema | undefined {
  let current = schema;
  for (const name of fieldNames(path)) {
    let shape = shapeOf(current, definitions);
    if (shape.type === 'array') shape = shapeOf(shape.items, definitions);
    current = shape.properties.get(name);
    if (current === undefined) return undefined;
  }
  return current;
}

/** The declared property that a folded name stands for (`authorid` for `authorId` or `author_id`), the first if several. */
export function propertyNamed(shape: Shape, foldedName: string): string | undefined {
  let names = foldedNames.get(shape);
  if (names === undefined) {
    names = new Map();
    for (const name of shape.properties.keys()) {
      const key = folded(name);
      if (!names.has(key)) names.set(key, name);
    }
    foldedNames.set(shape, names);
  }
  return names.get(foldedName);
}

const foldedNames = new WeakMap<Shape, Map<string, string>>();

/** A text that is equal for schemas that mean the same by name, else by their written form. */
export function schemaKey(schema: JsonSchema | undefined, definitions: Definitions): string | undefined {
  if (!isRecord(schema) || isSilent(schema, definitions)) return undefined;
  return keyOnce(representativeOf(schema, definitions), definitions);
}

const keyOnce = remembering((schema: SchemaObject, definitions: Definitions): string => {
  const name = nameOf(schema, definitions);
  return name === undefined ? JSON.stringify(resolve(schema, definitions)) : `#${name}`;
});

const unknownShape: Shape = { nullable: false, properties: new Map(), required: new Set(), closed: false, schema: {} };

/** The first schema that was nothing but each reference, by the definitions it points into. */
const references = new WeakMap<object, Map<string, SchemaObject>>();

/** One object for all schemas that are nothing but the same reference: a fact about one is a fact about all. */
function representativeOf(schema: SchemaObject, definitions: Definitions): SchemaObject {
  const { $ref } = schema;
  if (typeof $ref !== 'string') return schema;
  for (const keyword in schema) if (keyword !== '$ref') return schema;
  let known = references.get(definitions);
  if (known === undefined) {
    known = new Map();
    references.set(definitions, known);
  }
  const first = known.get($ref);
  if (first === undefined) known.set($ref, schema);
  return first ?? schema;
}

interface Gathered {
  readonly properties: Map<string, JsonSchema>;
  readonly required: Set<string>;
  readonly types: Set<string>;
  closed: boolean;
  nullable: boolean;
  items: JsonSchema | undefined;
  own: SchemaObject;
  steps: number;
}

function gather(schema: JsonSchema | undefined, definitions: Definitions, into: Gathered): void {
  if (schema === undefined || typeof schema === 'boolean' || ++into.steps > maximumReferences) return;
  const resolved = resolve(schema, definitions);
  into.own = Object.keys(into.own).length === 0 ? resolved : { ...resolved, ...into.own };
  for (const member of asArray(resolved.allOf)) if (isSchema(member)) gather(member, definitions, into);
  for (const type of asArray(resolved.type)) if (typeof type === 'string') into.types.add(type);
  if (isRecord(resolved.properties)) {
    for (const [name, value] of Object.entries(resolved.properties)) {
      if (isSchema(value)) into.properties.set(name, value);
    }
  }
  for (const name of asArray(resolved.required)) if (typeof name === 'string') into.required.add(name);
  if (resolved.additionalProperties === false || resolved.unevaluatedProperties === false) into.closed = true;
  if (resolved.nullable === true) into.nullable = true;
  if (isSchema(resolved.items)) into.items = resolved.items;
  // `items: [ {…} ]` of older drafts: authors mean the one schema that all elements have.
  const [first] = asArray(resolved.prefixItems);
  if (isSchema(first)) into.items = first;
  gatherUnion(resolved, definitions, into);
}

/**
 * `oneOf` and `anyOf`: `null` is set aside, of a real union the properties of all members are seen. Their `required` is
 * not: what one member requires, another may lack.
 */
function gatherUnion(resolved: SchemaObject, definitions: Definitions, into: Gathered): void {
  if (resolved.oneOf === undefined && resolved.anyOf === undefined) return;
  const members = [...asArray(resolved.oneOf), ...asArray(resolved.anyOf)].filter(isSchema);
  const real = members.filter((member) => resolve(member, definitions).type !== 'null');
  if (real.length < members.length) into.nullable = true;
  const [only] = real;
  if (real.length === 1) {
    gather(only, definitions, into);
    return;
  }
  for (const member of real) {
    const part = { ...into, properties: new Map<string, JsonSchema>(), required: new Set<string>() };
    gather(member, definitions, part);
    into.steps = part.steps;
    into.items ??= part.items;
    for (const [name, value] of part.properties) if (!into.properties.has(name)) into.properties.set(name, value);
  }
}

/** Of several types, the first is what inference goes by. */
const typesByRank = ['object', 'array', 'string', 'number', 'integer', 'boolean'] as const;

function principalType(gathered: Gathered): NonNullable<Shape['type']> | undefined {
  for (const type of typesByRank) if (gathered.types.has(type)) return type;
  if (gathered.types.has('null')) return 'null';
  if (gathered.properties.size > 0) return 'object';
  if (gathered.items !== undefined) return 'array';
  return typeOfValues(gathered.own);
}

function typeOfValues(schema: SchemaObject): 'string' | 'integer' | 'number' | 'boolean' | undefined {
  const values = Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : [];
  const [first] = values;
  if (typeof first === 'string' || typeof first === 'boolean') return typeof first as 'string' | 'boolean';
  if (typeof first === 'number') return values.every(Number.isInteger) ? 'integer' : 'number';
  return undefined;
}

/** The name of a schema: of its own `$ref`, or of the only member that carries its meaning (`allOf: [ref]`, nullable). */
function nameOf(schema: JsonSchema | undefined, definitions: Definitions): string | undefined {
  let current = schema;
  for (let step = 0; step < maximumReferences && isRecord(current); step++) {
    const name = referenceName(current);
    if (name !== undefined) return name;
    if (current.properties !== undefined || current.type === 'array') return undefined;
    const members = [...asArray(current.allOf), ...asArray(current.oneOf), ...asArray(current.anyOf)]
      .filter(isSchema)
      .filter((member) => resolve(member, definitions).type !== 'null');
    if (members.length !== 1) return undefined;
    current = members[0];
  }
  return undefined;
}

function at(reference: string, definitions: Definitions): unknown {
  if (!reference.startsWith('#/$defs/')) return undefined;
  let current: unknown = definitions;
  for (const part of reference.slice('#/$defs/'.length).split('/').map(decodePointer)) {
    if (Array.isArray(current)) current = current[Number(part)];
    else if (isRecord(current) && Object.hasOwn(current, part)) current = current[part];
    else return undefined;
  }
  return current;
}

function decodePointer(part: string): string {
  if (!/[%~]/.test(part)) return part;
  let text = part;
  try {
    text = decodeURIComponent(part);
  } catch {
    // A lone `%` is a character like any other.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A keyword that may be one thing or a list of them. */
export function asArray(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? none : [value];
}

const none: readonly unknown[] = [];
