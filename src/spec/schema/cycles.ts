/**
 * Schemas that consist of themselves: `A` is `B`, `B` is `A`. Checking a value against one would never end.
 */
import type { JsonSchema } from '../../model/description.ts';
import { stepsOf } from '../pointer.ts';
import { isObject, type Json, own } from '../record.ts';

/**
 * Names of definitions from which references lead back to them without going down into the value: through `$ref`,
 * `allOf`, `not` and the like. A reference from a property or from items is fine: values end.
 *
 * @param names where to start
 */
export function findEndless(defs: Readonly<Record<string, JsonSchema>>, names: readonly string[]): readonly string[] {
  const finished = new Set<string>();
  const open = new Set<string>();
  const endless: string[] = [];
  // A stack of our own: a chain of references may be longer than calls can nest.
  const stack = names.map((name) => ({ name, leave: false })).reverse();
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { name, leave } = step;
    if (leave) {
      open.delete(name);
      finished.add(name);
    } else if (open.has(name)) endless.push(name);
    else if (!finished.has(name)) {
      open.add(name);
      stack.push({ name, leave: true });
      for (const next of inPlace(defs[name])) stack.push({ name: next, leave: false });
    }
  }
  return endless;
}

const LISTS = ['allOf', 'anyOf', 'oneOf'];
const SINGLES = ['not', 'if', 'then', 'else'];

/** Definitions that the same value is checked against. */
function inPlace(schema: unknown): readonly string[] {
  if (!isObject(schema)) return [];
  const name = referredTo(schema);
  return [...(name === undefined ? [] : [name]), ...applied(schema).flatMap(inPlace)];
}

/** The definition that a schema's own `$ref` leads to. */
export function referredTo(schema: Json): string | undefined {
  const reference = own(schema, '$ref');
  return typeof reference === 'string' ? stepsOf(reference.slice(1))[1] : undefined;
}

/** The schemas within one that apply to the same value. */
export function applied(schema: Json): readonly unknown[] {
  const lists = LISTS.map((keyword) => own(schema, keyword)).filter((value) => Array.isArray(value));
  const dependent = own(schema, 'dependentSchemas');
  return [
    ...lists.flat(),
    ...SINGLES.map((keyword) => own(schema, keyword)),
    ...(isObject(dependent) ? Object.values(dependent) : []),
  ];
}
