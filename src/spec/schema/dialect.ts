/**
 * Which JSON Schema a schema is written in.
 */
import { isObject, type Json, own } from '../record.ts';

export type Dialect = 'draft-03' | 'draft-04' | 'draft-06' | 'draft-07' | '2019-09' | '2020-12' | 'openapi-3.0';

const META_SCHEMAS: readonly (readonly [RegExp, Dialect])[] = [
  [/json-schema\.org\/draft-0[123]\//, 'draft-03'],
  [/json-schema\.org\/draft-0[45]\//, 'draft-04'],
  [/json-schema\.org\/draft-06\//, 'draft-06'],
  [/json-schema\.org\/(draft-07\/|schema)/, 'draft-07'],
  [/json-schema\.org\/draft\/2019-09\//, '2019-09'],
  [/json-schema\.org\/draft\/2020-12\//, '2020-12'],
  [/spec\.openapis\.org\/oas\/3\.1\//, '2020-12'],
];

/** Whether an address names a version of JSON Schema, or a dialect that is built on one. */
export function isKnownDraft(address: string): boolean {
  if (META_SCHEMAS.some(([pattern]) => pattern.test(address))) return true;
  // A meta-schema of somebody's own.
  return !/json-schema\.org/i.test(address) && /^[a-z]+:|[/#.]/i.test(address);
}

/** Whether an address is that of a JSON Schema meta-schema, of any draft. */
export function isMetaSchema(reference: string): boolean {
  return /^https?:\/\/json-schema\.org\/(draft[-/][^#]*\/(hyper-)?schema|schema)#?$/.test(reference);
}

/**
 * The dialect that a schema declares by `$schema`; else `inherited`; else a guess by keywords that only one draft has.
 *
 * @example dialectOf({ type: 'object', properties: { a: { type: 'string', required: true } } }, undefined) // 'draft-03'
 */
export function dialectOf(schema: unknown, inherited: Dialect | undefined): Dialect {
  if (!isObject(schema)) return inherited ?? 'draft-07';
  const declared = own(schema, '$schema');
  if (typeof declared === 'string') {
    const known = META_SCHEMAS.find(([pattern]) => pattern.test(declared));
    if (known) return known[1];
  }
  return inherited ?? guess(schema);
}

function guess(schema: Json): Dialect {
  const marks = new Set<Dialect>();
  collectMarks(schema, marks);
  const order: readonly Dialect[] = ['2020-12', 'draft-03', 'draft-04'];
  return order.find((dialect) => marks.has(dialect)) ?? 'draft-07';
}

const MARKS: Readonly<Record<string, readonly [Dialect, (value: unknown) => boolean]>> = {
  divisibleBy: ['draft-03', (value) => typeof value === 'number'],
  disallow: ['draft-03', (value) => typeof value === 'string' || Array.isArray(value)],
  extends: ['draft-03', (value) => typeof value === 'object'],
  required: ['draft-03', (value) => typeof value === 'boolean'],
  exclusiveMinimum: ['draft-04', (value) => typeof value === 'boolean'],
  exclusiveMaximum: ['draft-04', (value) => typeof value === 'boolean'],
  $defs: ['2020-12', isObject],
  prefixItems: ['2020-12', Array.isArray],
  dependentRequired: ['2020-12', isObject],
  dependentSchemas: ['2020-12', isObject],
  $dynamicRef: ['2020-12', (value) => typeof value === 'string'],
};

/** Looks at every object, so that a property called `required` could mislead, if its value were a boolean. */
function collectMarks(value: unknown, marks: Set<Dialect>): void {
  if (Array.isArray(value)) {
    for (const item of value) collectMarks(item, marks);
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      const mark = Object.hasOwn(MARKS, key) ? MARKS[key] : undefined;
      if (mark?.[1](child)) marks.add(mark[0]);
      collectMarks(child, marks);
    }
  }
}
