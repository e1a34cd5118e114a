import type { JsonSchema } from '../description.ts';
import { type Definitions, isRecord } from '../schema.ts';
import { componentNames } from './component-names.ts';

/** Gives definitions names that OpenAPI allows, and points references at them. */
export interface SchemaTranslation {
  /** `components.schemas` */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** A schema of the model as it stands in the document. */
  readonly translate: (schema: JsonSchema) => JsonSchema;
}

/** What becomes of a keyword that is none of JSON Schema's: its name in the document; `undefined` leaves it out. */
export type NameKeyword = (keyword: string) => string | undefined;

/** Ramses' `_…` keywords, which tell about storage, stay at home. */
const publicKeyword: NameKeyword = (keyword) => (keyword.startsWith('_') ? undefined : keyword);

/**
 * `#/$defs/Book` becomes `#/components/schemas/Book`. Names are cut down to the letters that OpenAPI allows and kept
 * apart.
 *
 * @param nameKeyword default: all keywords keep their names, but for Ramses' `_…`, which are left out
 */
export function translateSchemas($defs: Definitions, nameKeyword = publicKeyword): SchemaTranslation {
  const names: Names = { definitions: componentNames(Object.keys($defs)), nameKeyword };
  const translate = (schema: JsonSchema): JsonSchema => (isRecord(schema) ? translateObject(schema, names) : schema);
  const schemas = Object.entries($defs).map(
    ([name, schema]) => [names.definitions.get(name) ?? name, translate(schema)] as const,
  );
  return { schemas: Object.fromEntries(schemas), translate };
}

interface Names {
  readonly definitions: ReadonlyMap<string, string>;
  readonly nameKeyword: NameKeyword;
}

/** Keywords whose members are named by the description: a property may well be called `$ref` or `_id`. */
const namedSchemas: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
]);
/** Keywords that hold data, in which nothing is a schema. */
const data: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'example', 'examples', 'required']);

function translateObject(schema: Readonly<Record<string, unknown>>, names: Names): Readonly<Record<string, unknown>> {
  const members = Object.entries(schema).flatMap(([declared, value]): readonly (readonly [string, unknown])[] => {
    const keyword = names.nameKeyword(declared);
    if (keyword === undefined || keyword === '$id' || keyword === '$schema') return [];
    if (leadsOutside(keyword, value)) return [];
    if (isOwnKeyword(keyword)) return [[keyword, value]];
    if (keyword === 'examples') return [[keyword, exampleList(value)]];
    if (data.has(keyword)) return [[keyword, value]];
    if (keyword === '$ref' && typeof value === 'string') return [[keyword, translateReference(value, names)]];
    if (keyword === 'discriminator') return [[keyword, translateDiscriminator(value, names)]];
    if (namedSchemas.has(keyword) && isRecord(value)) return [[keyword, translateEach(value, names)]];
    return [[keyword, translateValue(value, names)]];
  });
  // JSON Schema does not ask for it; many tools do, as OpenAPI 3.0 did.
  const isBareArray = schema.type === 'array' && !('items' in schema);
  return Object.fromEntries(isBareArray ? [...members, ['items', {}]] : members);
}

function translateValue(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => translateValue(element, names));
  return isRecord(value) ? translateObject(value, names) : value;
}

function translateEach(schemas: Readonly<Record<string, unknown>>, names: Names): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, translateValue(schema, names)]));
}

function translateReference(reference: string, names: Names): string {
  const [, encoded, rest = ''] = /^#\/\$defs\/([^/]*)(.*)$/s.exec(reference) ?? [];
  if (encoded === undefined) return reference;
  const definition = decodeName(encoded);
  return `#/components/schemas/${names.definitions.get(definition) ?? encoded}${rest}`;
}

function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return encoded;
  }
}

function translateDiscriminator(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return { propertyName: value };
  if (!isRecord(value) || !isRecord(value.mapping)) return value;
  const mapping = Object.entries(value.mapping).map(([key, target]): [string, unknown] => {
    if (typeof target !== 'string') return [key, target];
    const definition = names.definitions.get(target);
    return [key, definition === undefined ? translateReference(target, names) : `#/components/schemas/${definition}`];
  });
  return { ...value, mapping: Object.fromEntries(mapping) };
}

const schemaKeywords: ReadonlySet<string> = new Set([
  ...[...namedSchemas, 'items', 'prefixItems', 'contains', 'unevaluatedItems', 'contentSchema'],
  ...['additionalProperties', 'unevaluatedProperties', 'propertyNames'],
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', '$ref'],
]);

/**
 * Whether a keyword that is none of JSON Schema's holds a reference. Nobody followed it when the description was read, and
 * tools that look for `$ref` everywhere would find it lead out of the document.
 */
export function leadsOutside(keyword: string, value: unknown): boolean {
  return !schemaKeywords.has(keyword) && !data.has(keyword) && holdsReference(value);
}

function holdsReference(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsReference);
  if (!isRecord(value)) return false;
  return typeof value.$ref === 'string' || Object.values(value).some(holdsReference);
}

/** Somebody's own, in which nothing is a schema either. */
function isOwnKeyword(keyword: string): boolean {
  return /^(?:x-|_|\()/.test(keyword);
}

/** JSON Schema wants a list; RAML names its examples. */
function exampleList(examples: unknown): unknown {
  if (!isRecord(examples)) return examples;
  return Object.values(examples).map((entry) => (isRecord(entry) && 'value' in entry ? entry.value : entry));
}
