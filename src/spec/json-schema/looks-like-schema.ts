import { isObject, own } from '../record.ts';

/** A JSON Schema says so, or describes properties, or defines schemas; a description of an API is none. */
export function looksLikeSchema(value: unknown): boolean {
  if (!isObject(value) || ['openapi', 'swagger', 'asyncapi', 'paths'].some((key) => Object.hasOwn(value, key))) {
    return false;
  }
  const declared = own(value, '$schema');
  if (typeof declared === 'string' && /json-schema\.org/.test(declared)) return true;
  return ['properties', '$defs', 'definitions', 'allOf'].some((key) => typeof own(value, key) === 'object');
}
