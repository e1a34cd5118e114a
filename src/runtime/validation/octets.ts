import type { KeywordDefinition } from 'ajv/dist/2020.js';
import type { SchemaObject } from '../../model/description.ts';

/**
 * The length of a file is counted in octets (RAML 1.0, "File"; OpenAPI means the same by `format: binary`), of the file
 * and not of the base64 that stands for it in JSON. `minLength` would count characters of whatever stands there.
 *
 * @example withOctets({ format: 'binary', maxLength: 3 }) // { format: 'binary', 'x-maxOctets': 3 }
 */
export function withOctets(schema: SchemaObject): SchemaObject {
  if (schema.format !== 'binary' || (schema.minLength === undefined && schema.maxLength === undefined)) return schema;
  const { minLength, maxLength, ...others } = schema;
  return {
    ...others,
    ...(minLength !== undefined && { 'x-minOctets': minLength }),
    ...(maxLength !== undefined && { 'x-maxOctets': maxLength }),
  };
}

/** What ajv has to know for `withOctets`. */
export const octetKeywords: readonly KeywordDefinition[] = [
  {
    keyword: 'x-minOctets',
    type: 'string',
    schemaType: 'number',
    validate: hasLeastOctets,
    error: { message: ({ schema }) => `must NOT have fewer than ${schema} octets` },
  },
  {
    keyword: 'x-maxOctets',
    type: 'string',
    schemaType: 'number',
    validate: hasMostOctets,
    error: { message: ({ schema }) => `must NOT have more than ${schema} octets` },
  },
];

export function hasLeastOctets(least: number, text: string): boolean {
  return Math.max(...lengthsOf(text)) >= least;
}

export function hasMostOctets(most: number, text: string): boolean {
  return Math.min(...lengthsOf(text)) <= most;
}

/** As it stands; and of what it stands for, if it may be base64, since nobody can tell the two apart. */
function lengthsOf(text: string): readonly number[] {
  const length = Buffer.byteLength(text);
  const isBase64 = length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return isBase64 ? [length, Buffer.byteLength(text, 'base64')] : [length];
}
