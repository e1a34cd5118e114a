import { isRecord } from '../../model/schema.ts';

/**
 * RFC 7396: members of the patch replace those of the target, `null` removes them, objects merge. Changes neither.
 *
 * @example mergePatch({ a: 1, b: { c: 2 } }, { a: null, b: { d: 3 } }) // { b: { c: 2, d: 3 } }
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const members = new Map(isRecord(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) members.delete(name);
    else members.set(name, mergePatch(members.get(name), value));
  }
  // Not by assignment: `__proto__` is a name like any other.
  return Object.fromEntries(members);
}
