/**
 * RAML 0.8's named parameters as JSON Schema (RAML 0.8, "Named Parameters"): headers, query, URI and form parameters.
 */
import type { JsonSchema, SchemaObject } from '../../../model/description.ts';
import { type Json, own } from '../../record.ts';
import { elementsOf, textOf } from '../parsed.ts';
import { builtinType, httpDateType } from './builtin.ts';
import { nameOf } from './facets.ts';
import { anchored } from './pattern.ts';

/** One parameter; several declarations of it are alternatives ("Named Parameters With Multiple Types"). */
export interface NamedParameter {
  readonly name: string;
  readonly required: boolean;
  readonly repeat: boolean;
  readonly schema: JsonSchema;
  /** The first declaration: its description, examples and place stand for all. */
  readonly declaration: Json;
}

export function namedParameters(list: unknown): readonly NamedParameter[] {
  const byName = new Map<string, Json[]>();
  for (const declaration of elementsOf(list)) {
    const name = nameOf(declaration);
    byName.set(name, [...(byName.get(name) ?? []), declaration]);
  }
  return [...byName].flatMap(([name, declarations]) => {
    const [declaration] = declarations;
    if (!declaration) return [];
    const repeat = declarations.some((alternative) => alternative.repeat === true);
    const alternatives = declarations.map(namedParameterSchema);
    const schema: JsonSchema = alternatives.length === 1 ? (alternatives[0] ?? true) : { anyOf: alternatives };
    const required = declarations.some((alternative) => alternative.required === true);
    return [{ name, required, repeat, schema: repeat ? { type: 'array', items: schema } : schema, declaration }];
  });
}

const SAME_IN_BOTH = ['minLength', 'maxLength', 'minimum', 'maximum', 'enum'] as const;

function namedParameterSchema(declaration: Json): SchemaObject {
  const type = textOf(declaration.type) ?? 'string';
  const base = type === 'date' ? httpDateType : (builtinType(type) ?? { type: 'string' });
  const pattern = textOf(declaration.pattern);
  const whole = pattern === undefined ? undefined : anchored(pattern);
  const title = textOf(declaration.displayName);
  return {
    ...base,
    ...(title !== undefined && title !== declaration.name && { title }),
    ...(typeof declaration.description === 'string' && { description: declaration.description }),
    ...Object.fromEntries(
      SAME_IN_BOTH.flatMap((facet) => {
        const value = own(declaration, facet);
        return value === undefined || value === null ? [] : [[facet, typedValue(value, type)] as const];
      }),
    ),
    ...(pattern !== undefined && (whole === undefined ? { 'x-pattern': pattern } : { pattern: whole })),
    ...(declaration.default !== undefined && { default: typedValue(declaration.default, type) }),
  };
}

/** The parser gives values of every type as text in some places. */
export function typedValue(value: unknown, type: string): unknown {
  if (Array.isArray(value)) return value.map((item) => typedValue(item, type));
  if (typeof value !== 'string') return value;
  if ((type === 'integer' || type === 'number') && value.trim() !== '' && Number.isFinite(Number(value))) {
    return Number(value);
  }
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
