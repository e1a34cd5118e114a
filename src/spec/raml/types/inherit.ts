/**
 * Inheritance of RAML types (RAML 1.0, "Type Specialization", "Multiple Inheritance"): flattened into one schema.
 *
 * `allOf` would be shorter, but a closed subtype (`additionalProperties: false`) would then refuse its parent's
 * properties, and a parent's facet could not be overridden.
 */
import type { SchemaObject } from '../../../model/description.ts';
import { isObject, type Json, own, setOwn } from '../../record.ts';

/** A subtype: the parent's facets, overridden by its own; what only describes the parent is not inherited. */
export function inherit(parent: SchemaObject, child: SchemaObject): SchemaObject {
  const merged: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(parent)) if (!describesOnly(keyword)) merged[keyword] = value;
  for (const [keyword, value] of Object.entries(child)) {
    merged[keyword] = mergeKeyword(keyword, own(merged, keyword), value, overrideProperty);
  }
  return merged;
}

/** A type with several parents must satisfy all of them. */
export function combine(parents: readonly SchemaObject[]): SchemaObject {
  const [first = {}, ...others] = parents;
  return others.reduce<SchemaObject>((merged, parent) => {
    const type = merged.type;
    const comparable = type === undefined || parent.type === undefined || type === parent.type;
    if (!comparable || hasAlternatives(merged) || hasAlternatives(parent)) return { allOf: [merged, parent] };
    return intersect(merged, parent);
  }, first);
}

function intersect(left: SchemaObject, right: SchemaObject): SchemaObject {
  const merged: Record<string, unknown> = { ...left };
  for (const [keyword, value] of Object.entries(right)) {
    if (describesOnly(keyword)) continue;
    const present = own(merged, keyword);
    merged[keyword] = narrower(keyword, present, value) ?? mergeKeyword(keyword, present, value, bothHold);
  }
  if (left.pattern !== undefined && right.pattern !== undefined && left.pattern !== right.pattern) {
    merged.allOf = [{ pattern: left.pattern }];
  }
  return merged;
}

function hasAlternatives(schema: SchemaObject): boolean {
  return schema.anyOf !== undefined || schema.allOf !== undefined || schema.$ref !== undefined;
}

/** Titles, examples and annotations belong to one type. `x-facets` are facets and are inherited. */
function describesOnly(keyword: string): boolean {
  return ['title', 'description', 'examples', 'x-discriminatorValue'].includes(keyword) || /^\(.*\)$/.test(keyword);
}

type MergeProperty = (present: unknown, value: unknown) => unknown;

function mergeKeyword(keyword: string, present: unknown, value: unknown, mergeProperty: MergeProperty): unknown {
  if (present === undefined) return value;
  switch (keyword) {
    case 'properties':
    case 'patternProperties':
      return isObject(present) && isObject(value) ? mergeEntries(present, value, mergeProperty) : value;
    case 'x-facets':
      return isObject(present) && isObject(value) ? mergeEntries(present, value, (_, newer) => newer) : value;
    case 'required':
      return Array.isArray(present) && Array.isArray(value) ? [...new Set([...present, ...value])] : value;
    default:
      return value;
  }
}

function mergeEntries(left: Json, right: Json, mergeProperty: MergeProperty): Json {
  const merged: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(left)) setOwn(merged, name, value);
  for (const [name, value] of Object.entries(right)) {
    setOwn(merged, name, Object.hasOwn(merged, name) ? mergeProperty(own(merged, name), value) : value);
  }
  return merged;
}

/** A subtype's property narrows its parent's: the same kind of value keeps the facets that it does not set. */
function overrideProperty(present: unknown, value: unknown): unknown {
  if (!isObject(present) || !isObject(value)) return value;
  return present.type !== undefined && present.type === value.type ? inherit(present, value) : value;
}

function bothHold(present: unknown, value: unknown): unknown {
  if (JSON.stringify(present) === JSON.stringify(value)) return value;
  if (!isObject(present) || !isObject(value)) return { allOf: [present, value] };
  return combine([present, value]);
}

/** The stricter of two bounds; `undefined` for keywords that are none. */
function narrower(keyword: string, left: unknown, right: unknown): unknown {
  if (keyword === 'enum' && Array.isArray(left) && Array.isArray(right)) return left.filter((x) => right.includes(x));
  if (keyword === 'additionalProperties' && (left === false || right === false)) return false;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (/^min/.test(keyword)) return Math.max(left, right);
  if (/^max/.test(keyword)) return Math.min(left, right);
  return undefined;
}
