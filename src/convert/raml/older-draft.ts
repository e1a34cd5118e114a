/**
 * JSON Schema 2020-12 in an older draft: raml-1-parser knows draft 4 alone, AMF drafts 4 and 7, and RAML 1.0 was written
 * when draft 4 was the last.
 */
import type { SchemaObject } from '../../model/description.ts';
import { isRecord } from '../../model/schema.ts';

type Draft = 'draft-04' | 'draft-07' | '2020-12';

const ADDRESSES = {
  'draft-04': 'http://json-schema.org/draft-04/schema#',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
} as const satisfies Record<Draft, string>;

/** Keywords that have no equal before the draft. */
const SINCE: ReadonlyMap<string, Draft> = new Map([
  ['if', 'draft-07'],
  ['contains', 'draft-07'],
  ['propertyNames', 'draft-07'],
  ['minContains', '2020-12'],
  ['maxContains', '2020-12'],
  ['unevaluatedProperties', '2020-12'],
  ['unevaluatedItems', '2020-12'],
]);

const ORDER: readonly Draft[] = ['draft-04', 'draft-07', '2020-12'];

/** Where the value of a keyword holds schemas: a schema, a list of schemas, or schemas by name. */
const HOLDS: ReadonlyMap<string, 'schema' | 'list' | 'names'> = new Map([
  ['not', 'schema'],
  ['if', 'schema'],
  ['then', 'schema'],
  ['else', 'schema'],
  ['items', 'schema'],
  ['contains', 'schema'],
  ['propertyNames', 'schema'],
  ['additionalProperties', 'schema'],
  ['unevaluatedItems', 'schema'],
  ['unevaluatedProperties', 'schema'],
  ['allOf', 'list'],
  ['anyOf', 'list'],
  ['oneOf', 'list'],
  ['prefixItems', 'list'],
  ['properties', 'names'],
  ['patternProperties', 'names'],
  ['dependentSchemas', 'names'],
  ['$defs', 'names'],
]);

/**
 * The same schema in the oldest draft that can say it, beginning with its `$schema`. It accepts the same values.
 *
 * @param schema with all definitions that it leads to in its `$defs`
 * @example inOldestDraft({ const: 1 }) // { $schema: 'http://json-schema.org/draft-04/schema#', enum: [1] }
 */
export function inOldestDraft(schema: SchemaObject): SchemaObject {
  const draft = ORDER[needed(schema)] ?? '2020-12';
  const $schema = ADDRESSES[draft];
  if (draft === '2020-12') return { $schema, ...schema };
  const written = olderSchema(schema, draft);
  return { $schema, ...(isRecord(written) ? written : {}) };
}

/** The index in `ORDER` of the draft that a schema and all within it need. */
function needed(schema: unknown): number {
  if (!isRecord(schema)) return 0;
  const own = Object.keys(schema).map((keyword) => ORDER.indexOf(SINCE.get(keyword) ?? 'draft-04'));
  return Math.max(0, ...own, ...pathNeeds(schema.$ref), ...within(schema).map(needed));
}

/** A reference into a definition goes through keywords that may have other names and places in an older draft. */
function pathNeeds(reference: unknown): readonly number[] {
  const isDeep = typeof reference === 'string' && reference.split('/').length > 3;
  return isDeep && /\/(prefixItems|dependentSchemas|\$defs\/.*\$defs)\//.test(reference)
    ? [ORDER.indexOf('2020-12')]
    : [];
}

function within(schema: SchemaObject): readonly unknown[] {
  return Object.entries(schema).flatMap(([keyword, value]) => schemasOf(keyword, value));
}

function schemasOf(keyword: string, value: unknown): readonly unknown[] {
  switch (HOLDS.get(keyword)) {
    case 'schema':
      return [value];
    case 'names':
      return isRecord(value) ? Object.values(value) : [];
    case 'list':
      return Array.isArray(value) ? value : [];
    case undefined:
      return [];
  }
}

function olderSchema(schema: unknown, draft: Draft): unknown {
  if (typeof schema === 'boolean' && draft === 'draft-04') return schema ? {} : { not: {} };
  if (!isRecord(schema)) return schema;
  const entries = Object.entries(schema).flatMap(([keyword, value]) => {
    const inner = innerSchemas(keyword, value, draft);
    return olderKeyword(keyword, inner, schema, draft);
  });
  return withReferenceAlone(withAll(entries));
}

function innerSchemas(keyword: string, value: unknown, draft: Draft): unknown {
  const older = (schema: unknown) => olderSchema(schema, draft);
  switch (HOLDS.get(keyword)) {
    case 'names':
      if (!isRecord(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, older(schema)]));
    case 'list':
      return Array.isArray(value) ? value.map(older) : value;
    case undefined:
      return value;
    case 'schema':
      // `true` and `false` have always been allowed for further properties.
      return keyword === 'additionalProperties' && typeof value === 'boolean' ? value : older(value);
  }
}

type Entry = readonly [keyword: string, value: unknown];

function olderKeyword(keyword: string, value: unknown, schema: SchemaObject, draft: Draft): readonly Entry[] {
  switch (keyword) {
    case '$ref':
      return [[keyword, olderReference(value)]];
    case '$defs':
      return [['definitions', value]];
    case 'discriminator':
      return [[keyword, olderDiscriminator(value)]];
    case 'prefixItems':
      return [['items', value]];
    case 'items':
      return [[schema.prefixItems === undefined ? 'items' : 'additionalItems', value]];
    case 'dependentRequired':
      return dependencies(value, (names) => !Array.isArray(names) || names.length > 0);
    case 'dependentSchemas':
      return dependencies(value, () => true);
  }
  return draft === 'draft-04' ? draft4Keyword(keyword, value, schema) : [[keyword, value]];
}

/** Within `allOf`, so that those of names and those of schemas hold side by side. */
function dependencies(value: unknown, isNeeded: (each: unknown) => boolean): readonly Entry[] {
  const needed = Object.entries(isRecord(value) ? value : {}).filter(([, each]) => isNeeded(each));
  return needed.length === 0 ? [] : [['allOf', [{ dependencies: Object.fromEntries(needed) }]]];
}

function draft4Keyword(keyword: string, value: unknown, schema: SchemaObject): readonly Entry[] {
  switch (keyword) {
    case 'const':
      return schema.enum === undefined ? [['enum', [value]]] : [['allOf', [{ enum: [value] }]]];
    case 'required':
      // At least one name.
      return Array.isArray(value) && value.length === 0 ? [] : [[keyword, value]];
    case 'minimum':
      return isStricter(schema.exclusiveMinimum, value, 1) ? [] : [[keyword, value]];
    case 'maximum':
      return isStricter(schema.exclusiveMaximum, value, -1) ? [] : [[keyword, value]];
    case 'exclusiveMinimum':
      return exclusive('minimum', value, schema.minimum, 1);
    case 'exclusiveMaximum':
      return exclusive('maximum', value, schema.maximum, -1);
    default:
      return [[keyword, value]];
  }
}

/** A limit and a flag, in draft 4. */
function exclusive(limit: 'minimum' | 'maximum', value: unknown, inclusive: unknown, sign: 1 | -1): readonly Entry[] {
  if (typeof inclusive === 'number' && !isStricter(value, inclusive, sign)) return [];
  const flag = limit === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
  return [
    [limit, value],
    [flag, true],
  ];
}

function isStricter(exclusiveLimit: unknown, inclusiveLimit: unknown, sign: 1 | -1): boolean {
  if (typeof exclusiveLimit !== 'number' || typeof inclusiveLimit !== 'number') return false;
  return sign * exclusiveLimit >= sign * inclusiveLimit;
}

/** Several `allOf` become one. */
function withAll(entries: readonly Entry[]): SchemaObject {
  const all = entries.flatMap(([keyword, value]) => (keyword === 'allOf' && Array.isArray(value) ? value : []));
  const others = entries.filter(([keyword, value]) => keyword !== 'allOf' || !Array.isArray(value));
  return Object.fromEntries(all.length > 0 ? [...others, ['allOf', all]] : others);
}

/** What hides nothing that matters beside `$ref`. */
const BESIDE_REF = /^(\$ref|title|description|definitions|\$comment|x-.*|_.*)$/;

/** Up to draft 7 everything beside `$ref` is ignored; it holds where the reference is a part of `allOf`. */
function withReferenceAlone(schema: SchemaObject): SchemaObject {
  const { $ref, ...others } = schema;
  if ($ref === undefined || Object.keys(others).every((keyword) => BESIDE_REF.test(keyword))) return schema;
  const all: readonly unknown[] = Array.isArray(others.allOf) ? others.allOf : [];
  return { ...others, allOf: [{ $ref }, ...all] };
}

function olderReference(reference: unknown): unknown {
  return typeof reference === 'string' ? reference.replace(/^#\/\$defs\//, '#/definitions/') : reference;
}

function olderDiscriminator(discriminator: unknown): unknown {
  if (!isRecord(discriminator) || !isRecord(discriminator.mapping)) return discriminator;
  const mapping = Object.entries(discriminator.mapping).map(([name, target]): Entry => [name, olderReference(target)]);
  return { ...discriminator, mapping: Object.fromEntries(mapping) };
}
