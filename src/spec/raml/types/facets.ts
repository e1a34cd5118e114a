/**
 * The facets of one RAML type declaration that carry over to JSON Schema without looking at other types.
 */
import type { SchemaObject } from '../../../model/description.ts';
import { isObject, type Json, own, setOwn } from '../../record.ts';
import { elementsOf, isTextOfUnreadFile, textOf, textsOf } from '../parsed.ts';
import { numberFormat } from './builtin.ts';
import { anchored } from './pattern.ts';

const NUMBERS = [
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

const SAME_IN_BOTH = [...NUMBERS, 'uniqueItems', 'additionalProperties', 'default', 'enum'] as const;

/** Facets of a declaration as keywords. A pattern that is no regular expression is kept as `x-pattern`. */
export function facetsOf(declaration: Json): SchemaObject {
  return {
    ...describing(declaration),
    // First, so that declared bounds win over those of a format.
    ...formatOf(declaration),
    ...Object.fromEntries(
      SAME_IN_BOTH.flatMap((facet) => {
        const value = own(declaration, facet) ?? (facet === 'enum' ? overlookedEnum(declaration) : undefined);
        return value === undefined || value === null || isNoNumber(facet, value) ? [] : [[facet, value] as const];
      }),
    ),
    ...patternOf(declaration),
    ...xmlOf(declaration),
    ...userFacets(declaration),
  };
}

/** `minLength: one`, which is reported. */
function isNoNumber(facet: string, value: unknown): boolean {
  return NUMBERS.some((number) => number === facet) && typeof value !== 'number';
}

/** The parser does not know that dates and booleans have an `enum`, too (RAML 1.0, "Scalar Types"). */
function overlookedEnum(declaration: Json): unknown {
  return elementsOf(declaration['@unknown']).find(({ name }) => name === 'enum')?.value;
}

/** Whether keywords only describe, so that a reference beside them stays one. */
export function isDescription(schema: SchemaObject): boolean {
  return Object.keys(schema).every(
    (keyword) => ['title', 'description', 'examples'].includes(keyword) || /^\(/.test(keyword),
  );
}

function describing(declaration: Json): SchemaObject {
  const { description } = declaration;
  const title = textOf(declaration.displayName);
  const examples = elementsOf(declaration.examples)
    // One with `strict: false` need not fit, and whoever reads a schema takes its examples for values.
    .filter((example) => example.strict !== false)
    .map((example) => example.value)
    .filter((value) => value !== undefined && !isTextOfUnreadFile(value));
  const annotations = elementsOf(declaration.annotations).map(
    (annotation) => [`(${String(annotation.name)})`, annotation.value ?? null] as const,
  );
  return {
    ...(title !== undefined && !isMadeUp(title, nameOf(declaration)) && { title }),
    ...(typeof description === 'string' && { description }),
    ...(examples.length > 0 && { examples }),
    ...Object.fromEntries(annotations),
  };
}

/** The parser gives every type a display name: its name, without that of a library. */
function isMadeUp(title: string, name: string): boolean {
  return title === name || name.endsWith(`.${title}`) || title === 'type' || title === 'items';
}

function patternOf(declaration: Json): SchemaObject {
  const [pattern] = textsOf(declaration.pattern);
  if (pattern === undefined) return {};
  const whole = anchored(pattern);
  return whole === undefined ? { 'x-pattern': pattern } : { pattern: whole };
}

function formatOf(declaration: Json): SchemaObject {
  const format = textOf(declaration.format);
  const fileTypes = textsOf(declaration.fileTypes);
  return {
    ...(format !== undefined && numberFormat(format)),
    ...(fileTypes.length > 0 && { 'x-fileTypes': fileTypes }),
  };
}

function xmlOf({ xml }: Json): SchemaObject {
  if (!isObject(xml)) return {};
  return { xml: Object.fromEntries(Object.entries(xml).filter(([key]) => !key.startsWith('@'))) };
}

/** Values of facets that a parent type declares (RAML 1.0, "User-Defined Facets"). */
function userFacets(declaration: Json): SchemaObject {
  const fixed = elementsOf(declaration.fixedFacets);
  if (fixed.length === 0) return {};
  const facets: Record<string, unknown> = {};
  for (const facet of fixed) setOwn(facets, String(facet.name), facet.value);
  return { 'x-facets': facets };
}

/** The name of a declaration: a type's, property's or parameter's, without any of its own meaning. */
export function nameOf(declaration: Json): string {
  return textOf(declaration.name) ?? '';
}
