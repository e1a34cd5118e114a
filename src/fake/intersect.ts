import type { JsonSchema, SchemaObject } from '../model/description.ts';
import { isRecord, isSchema } from '../model/schema.ts';

/**
 * One schema that says what both say, as far as generating needs it. `undefined` when no value can fit both types.
 *
 * @example intersect({ type: 'integer', minimum: 1 }, { minimum: 5 }) // { type: 'integer', minimum: 5 }
 */
export function intersect(left: SchemaObject, right: SchemaObject): SchemaObject | undefined {
  const merged: [string, unknown][] = [];
  for (const keyword of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (!(keyword in right)) merged.push([keyword, left[keyword]]);
    else if (!(keyword in left)) merged.push([keyword, right[keyword]]);
    else {
      const value = (mergers.get(keyword) ?? keepLeft)(left[keyword], right[keyword]);
      if (value === impossible) return undefined;
      merged.push([keyword, value]);
    }
  }
  return Object.fromEntries(merged);
}

const impossible = Symbol('impossible');

type Merge = (left: unknown, right: unknown) => unknown;

/** Annotations: what stands nearer to the use wins. */
const keepLeft: Merge = (left) => left;
const larger: Merge = (left, right) => Math.max(Number(left), Number(right));
const smaller: Merge = (left, right) => Math.min(Number(left), Number(right));
const either: Merge = (left, right) => left === true || right === true;
const both: Merge = (left, right) => (isSchema(left) && isSchema(right) ? allOf(left, right) : left);

const mergers: ReadonlyMap<string, Merge> = new Map<string, Merge>([
  ['type', types],
  ['enum', (left, right) => common(array(left), array(right))],
  ['const', (left, right) => (same(left, right) ? left : impossible)],
  ['required', (left, right) => [...new Set([...array(left), ...array(right)])]],
  ['properties', records],
  ['patternProperties', records],
  ['dependentRequired', (left, right) => ({ ...record(left), ...record(right) })],
  ['dependentSchemas', records],
  ['additionalProperties', both],
  ['propertyNames', both],
  ['items', both],
  ['contains', both],
  ['prefixItems', prefixes],
  ['not', (left, right) => ({ anyOf: [left, right] })],
  ['pattern', (left, right) => (left === right ? left : `(?=[^]*(?:${String(right)}))${String(left)}`)],
  ['multipleOf', (left, right) => commonMultiple(Number(left), Number(right))],
  ['uniqueItems', either],
  ['readOnly', either],
  ['writeOnly', either],
  ...['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains'].map(
    (keyword): [string, Merge] => [keyword, larger],
  ),
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'].map(
    (keyword): [string, Merge] => [keyword, smaller],
  ),
]);

function types(left: unknown, right: unknown): unknown {
  const [one, other] = [left, right].map((type) => (Array.isArray(type) ? type : [type]));
  const shared = (one ?? []).flatMap((type: unknown) => {
    if (other?.includes(type)) return [type];
    if (type === 'number' && other?.includes('integer')) return ['integer'];
    return type === 'integer' && other?.includes('number') ? ['integer'] : [];
  });
  return shared.length > 0 ? shared : impossible;
}

function common(left: readonly unknown[], right: readonly unknown[]): unknown {
  const shared = left.filter((value) => right.some((other) => same(value, other)));
  return shared.length > 0 ? shared : impossible;
}

function records(left: unknown, right: unknown): unknown {
  const merged = new Map(Object.entries(record(left)));
  for (const [name, value] of Object.entries(record(right))) {
    const present = merged.get(name);
    merged.set(name, isSchema(present) && isSchema(value) ? allOf(present, value) : value);
  }
  return Object.fromEntries(merged);
}

function prefixes(left: unknown, right: unknown): unknown {
  const [one, other] = [array(left), array(right)];
  return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => {
    const [a, b] = [one[index], other[index]];
    return isSchema(a) && isSchema(b) ? allOf(a, b) : (a ?? b);
  });
}

function allOf(left: JsonSchema, right: JsonSchema): JsonSchema {
  if (left === true || same(left, right)) return right;
  if (right === true) return left;
  return left === false || right === false ? false : { allOf: [left, right] };
}

function commonMultiple(left: number, right: number): number {
  for (let factor = 1; factor <= 1000; factor++) if (Number.isInteger((left * factor) / right)) return left * factor;
  return left;
}

function same(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
