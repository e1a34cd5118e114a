/**
 * Whether two schemas describe one thing: the same, kinds of it, or mostly the same properties.
 */
import type { JsonSchema } from './description.ts';
import { asArray, type Definitions, isSchema, maximumReferences, resolve, schemaKey, shapeOf } from './schema.ts';

/**
 * Two schemas may describe one thing: they are the same, or most properties of the smaller one are in the other
 * (`BookSummary` and `Book`, `NewPet` and `Pet`). A schema that says nothing is like none.
 */
export function isAlike(
  left: JsonSchema | undefined,
  right: JsonSchema | undefined,
  definitions: Definitions,
): boolean {
  const key = schemaKey(left, definitions);
  if (key === undefined) return false;
  if (key === schemaKey(right, definitions)) return true;
  const mine = shapeOf(left, definitions).properties.size;
  const theirs = shapeOf(right, definitions).properties.size;
  const shared = sharedProperties(left, right, definitions);
  return shared > 1 ? shared >= 0.6 * Math.min(mine, theirs) : shared === 1 && mine === 1 && theirs === 1;
}

/** How many properties two schemas have in common, by name. */
export function sharedProperties(
  left: JsonSchema | undefined,
  right: JsonSchema | undefined,
  definitions: Definitions,
): number {
  const theirs = shapeOf(right, definitions).properties;
  return [...shapeOf(left, definitions).properties.keys()].filter((name) => theirs.has(name)).length;
}

/** `left` is `right`, or extends it by `allOf`. */
export function isKindOf(
  left: JsonSchema | undefined,
  right: JsonSchema | undefined,
  definitions: Definitions,
): boolean {
  const wanted = schemaKey(right, definitions);
  if (wanted === undefined) return false;
  const waiting: unknown[] = [left];
  for (let step = 0; step < maximumReferences && waiting.length > 0; step++) {
    const current = waiting.shift();
    if (!isSchema(current)) continue;
    if (schemaKey(current, definitions) === wanted) return true;
    waiting.push(...asArray(resolve(current, definitions).allOf));
  }
  return false;
}
