/**
 * What can be seen to be right at a glance, as nearly all of a description is, so that no places are made for it.
 */
import { isObject, type Json } from '../record.ts';
import type { Reading } from './reading.ts';
import { KEY_RULES, SHAPE_RULES } from './rules.ts';
import { type Field, type Rule, SHAPES, type Shape, type ShapeName } from './shapes.ts';

type Version = Reading['version'];

/**
 * Whether a value is plainly what the rule wants: nearly all are, and what is right needs no place. Of references, and
 * of objects with rules of their own, the check itself tells.
 */
export function isRight(value: unknown, rule: Rule, version: Version): boolean {
  switch (rule.kind) {
    case 'anything':
    case 'schema':
      return true;
    case 'text':
      return typeof value === 'string';
    case 'flag':
      return typeof value === 'boolean';
    case 'one-of':
      return typeof value === 'string' && rule.values.includes(value);
    case 'object':
      return isObject(value) && isRightObject(value, rule.shape, version);
    case 'list':
      return Array.isArray(value) && value.every((item) => isRight(item, rule.items, version));
    case 'map':
      return isObject(value) && isRightMap(value, rule, version);
    default:
      return rule satisfies never;
  }
}

function isRightObject(value: Json, name: ShapeName, version: Version): boolean {
  const shape = SHAPES[name];
  if (SHAPE_RULES[name] || WIDE.has(name) || Object.hasOwn(value, '$ref')) return false;
  for (const [field] of requiredOf(shape)) if (!Object.hasOwn(value, field)) return false;
  if (shape.exclusive?.every((field) => Object.hasOwn(value, field))) return false;
  for (const field in value) {
    const known = Object.hasOwn(shape.fields, field) ? shape.fields[field] : undefined;
    if (!known || !exists(known, version) || !isRight(value[field], known.rule, version)) return false;
  }
  return true;
}

function isRightMap(value: Json, { keys, values }: MapRule, version: Version): boolean {
  let size = 0;
  for (const key in value) {
    size++;
    if ((keys && KEY_RULES[keys](key)) || !isRight(value[key], values, version)) return false;
  }
  return size > 0 || keys !== 'status';
}

/** Whether a version of OpenAPI has a field. */
export function exists(field: Field, version: Version): boolean {
  return field.since === undefined || version === '3.1';
}

/** Thousands of objects have the same shape, of which few keys are required. */
const required = new WeakMap<Shape, readonly (readonly [string, Field])[]>();

/** The required fields of a shape. */
export function requiredOf(shape: Shape): readonly (readonly [string, Field])[] {
  const known = required.get(shape) ?? Object.entries(shape.fields).filter(([, field]) => field.required !== undefined);
  required.set(shape, known);
  return known;
}

export type MapRule = Extract<Rule, { kind: 'map' }>;

/** Hold most of a description, of which something is always to be told; what they hold is asked one by one. */
const WIDE: ReadonlySet<ShapeName> = new Set(['OpenAPI', 'Components', 'PathItem']);
