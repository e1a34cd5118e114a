/**
 * The keywords of JSON Schema 2020-12 and what stands behind each. A keyword that is not listed is an annotation of
 * somebody's own and kept as it is.
 */
import { suggest } from '../../suggest.ts';
import { isObject } from '../record.ts';

/** How the value of a keyword is read. */
export type KeywordKind =
  | 'schema'
  | 'schemas'
  | 'schema-map'
  | 'text'
  | 'flag'
  | 'number'
  | 'positive'
  | 'count'
  | 'list'
  | 'anything'
  /** Has its own rule in `lift.ts`. */
  | 'special'
  /** Has done its work when references are resolved; would mislead a validator inside of `$defs`. */
  | 'dropped';

export const KEYWORDS: Readonly<Record<string, KeywordKind>> = {
  $ref: 'special',
  $dynamicRef: 'special',
  $recursiveRef: 'special',
  $schema: 'dropped',
  $id: 'dropped',
  $anchor: 'dropped',
  $dynamicAnchor: 'dropped',
  $recursiveAnchor: 'dropped',
  $vocabulary: 'dropped',
  $defs: 'dropped',
  definitions: 'dropped',
  // ajv would make the validator return a promise.
  $async: 'dropped',
  id: 'special',
  $comment: 'text',
  title: 'text',
  description: 'text',
  type: 'special',
  enum: 'special',
  const: 'anything',
  default: 'anything',
  example: 'anything',
  examples: 'special',
  nullable: 'special',
  discriminator: 'special',
  required: 'special',
  properties: 'special',
  patternProperties: 'special',
  pattern: 'special',
  items: 'special',
  additionalItems: 'special',
  dependencies: 'special',
  dependentRequired: 'special',
  divisibleBy: 'special',
  disallow: 'special',
  extends: 'special',
  exclusiveMinimum: 'special',
  exclusiveMaximum: 'special',
  minimum: 'number',
  maximum: 'number',
  multipleOf: 'positive',
  minLength: 'count',
  maxLength: 'count',
  minItems: 'count',
  maxItems: 'count',
  minContains: 'count',
  maxContains: 'count',
  minProperties: 'count',
  maxProperties: 'count',
  uniqueItems: 'flag',
  readOnly: 'flag',
  writeOnly: 'flag',
  deprecated: 'flag',
  format: 'text',
  contentEncoding: 'text',
  contentMediaType: 'text',
  contentSchema: 'schema',
  additionalProperties: 'schema',
  unevaluatedItems: 'schema',
  unevaluatedProperties: 'schema',
  contains: 'schema',
  propertyNames: 'schema',
  not: 'schema',
  if: 'schema',
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema, and nobody awaits this table.
  then: 'schema',
  else: 'schema',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  prefixItems: 'schemas',
  dependentSchemas: 'schema-map',
  xml: 'special',
  externalDocs: 'special',
};

const PLAIN_NAMES = Object.keys(KEYWORDS).filter((name) => !name.startsWith('$'));

/** What an unknown keyword may have meant. Keywords of somebody's own (`x-…`, `_…`) are never doubted. */
export function intendedKeyword(keyword: string): string | undefined {
  return /^(x-|_|@|\$)/.test(keyword) ? undefined : suggest(keyword, PLAIN_NAMES);
}

export type Checked = { readonly value: unknown; readonly repaired?: string } | { readonly expected: string };

/** Checks the value of a simple keyword. A number or flag in quotes is repaired. */
export function checkKeyword(kind: KeywordKind, value: unknown): Checked {
  switch (kind) {
    case 'text':
      if (typeof value === 'string') return { value };
      return typeof value === 'number' || typeof value === 'boolean'
        ? { value: String(value), repaired: 'put it in quotes' }
        : { expected: 'a string' };
    case 'flag':
      if (typeof value === 'boolean') return { value };
      return value === 'true' || value === 'false'
        ? { value: value === 'true', repaired: 'remove the quotes' }
        : { expected: 'true or false' };
    case 'number':
      return checkNumber(value, 'a number', () => true);
    case 'positive':
      return checkNumber(value, 'a number above 0', (number) => number > 0);
    case 'count':
      return checkNumber(value, 'a whole number, 0 or more', (number) => Number.isInteger(number) && number >= 0);
    case 'list':
      return Array.isArray(value) ? { value } : { expected: 'a list' };
    default:
      return { value };
  }
}

function checkNumber(value: unknown, expected: string, accepts: (number: number) => boolean): Checked {
  if (typeof value === 'number') return accepts(value) ? { value } : { expected };
  if (typeof value !== 'string' || !/^-?[0-9]+(\.[0-9]+)?$/.test(value)) return { expected };
  const number = Number(value);
  return accepts(number) ? { value: number, repaired: 'remove the quotes' } : { expected };
}

/** The kind of a value in words, for messages. */
export function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  if (typeof value === 'string') return value.length > 40 ? 'a text' : JSON.stringify(value);
  return String(value);
}
