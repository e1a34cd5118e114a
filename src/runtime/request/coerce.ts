import type { JsonSchema } from '../../model/description.ts';
import { type Definitions, isSchema, resolve, shapeOf } from '../../model/schema.ts';

/**
 * Text from a URL, header or form to the type that its schema asks for. Text that does not read as that type stays
 * text, so that validation can say what was expected.
 */
export type Coerce = (text: string) => unknown;

/**
 * @example compileCoercion({ type: 'integer' }, {})('42') // 42
 * @example compileCoercion({ type: 'integer' }, {})('4x') // '4x'
 */
export function compileCoercion(schema: JsonSchema | undefined, definitions: Definitions): Coerce {
  const types = scalarTypes(schema, definitions);
  // A union that allows strings takes the text as it is: "42" may be the name of a street.
  if (types.size === 0 || types.has('string')) return (text) => text;
  return (text) => {
    if ((types.has('integer') || types.has('number')) && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) {
      const value = Number(text);
      // A longer integer would be another one after rounding.
      return Number.isFinite(value) && !(/^-?\d+$/.test(text) && !Number.isSafeInteger(value)) ? value : text;
    }
    if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
    if (types.has('null') && text === '') return null;
    if (types.has('object') || types.has('array')) return parsedOr(text);
    return text;
  };
}

/** The JSON types that a schema allows, through references, `allOf` and unions; empty: it does not say. */
function scalarTypes(schema: JsonSchema | undefined, definitions: Definitions, depth = 0): ReadonlySet<string> {
  if (depth > 8 || schema === undefined) return new Set();
  const resolved = resolve(schema, definitions);
  const types = new Set<string>();
  const declared = resolved.type;
  for (const type of Array.isArray(declared) ? declared : [declared]) if (typeof type === 'string') types.add(type);
  if (types.size === 0) {
    for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
      const members = resolved[keyword];
      if (!Array.isArray(members)) continue;
      for (const member of members.filter(isSchema)) {
        for (const type of scalarTypes(member, definitions, depth + 1)) types.add(type);
      }
    }
  }
  if (types.size === 0) {
    const { type } = shapeOf(schema, definitions);
    if (type) types.add(type);
  }
  return types;
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * The members of a form (urlencoded, multipart, `deepObject`) as one object: names that come twice or are declared as
 * arrays become arrays, values the types that their properties declare.
 */
export function compileFormCoercion(
  schema: JsonSchema | undefined,
  definitions: Definitions,
): (pairs: readonly (readonly [name: string, text: string])[]) => Readonly<Record<string, unknown>> {
  const shape = shapeOf(schema, definitions);
  const known = new Map<string, { readonly array: boolean; readonly coerce: Coerce }>();
  for (const [name, property] of shape.properties) {
    const inner = shapeOf(property, definitions);
    const array = inner.type === 'array';
    known.set(name, { array, coerce: compileCoercion(array ? inner.items : property, definitions) });
  }
  const { additionalProperties } = shape.schema;
  const free = compileCoercion(isSchema(additionalProperties) ? additionalProperties : undefined, definitions);
  return (pairs) => {
    const gathered = new Map<string, unknown[]>();
    for (const [given, text] of pairs) {
      // PHP's and jQuery's way to say "array".
      const name = given.endsWith('[]') && !known.has(given) ? given.slice(0, -2) : given;
      const values = gathered.get(name) ?? [];
      values.push((known.get(name)?.coerce ?? free)(text));
      gathered.set(name, values);
    }
    return Object.fromEntries(
      [...gathered].map(([name, values]) => [
        name,
        known.get(name)?.array || values.length > 1 ? flatten(values) : values[0],
      ]),
    );
  };
}

/** An array that was sent as one JSON text. */
function flatten(values: readonly unknown[]): unknown {
  const [only] = values;
  if (values.length !== 1 || typeof only !== 'string' || !only.startsWith('[')) return values;
  const parsed = parsedOr(only);
  return Array.isArray(parsed) ? parsed : values;
}
