import { ApiError } from '../../errors.ts';
import { isRecord } from '../../model/schema.ts';

/**
 * Ramses' way to change a list: values are added unless they are there, `-value` removes, `""` and null empty it. An
 * object stands for the list of its keys. Throws `ApiError` `invalid-body` for a change that says nothing.
 *
 * @example changeList(['a', 'b'], ['c', '-a']) // ['b', 'c']
 */
export function changeList(list: readonly unknown[], change: unknown): readonly unknown[] {
  if (change === null || change === '') return [];
  const given: readonly unknown[] = isRecord(change) ? Object.keys(change) : Array.isArray(change) ? change : [change];
  const values = given.filter((value) => !(typeof value === 'string' && value.startsWith('__')));
  if (values.length === 0) {
    throw new ApiError('invalid-body', 'The change neither adds nor removes a value.', {
      hint: 'Send values to add, or "-value" to remove one.',
    });
  }
  const removed = new Set(values.flatMap((value) => (isRemoval(value) ? value.slice(1) : [])));
  const kept = list.filter((value) => !removed.has(String(value)));
  const known = new Set(kept.map((value) => JSON.stringify(value)));
  for (const value of values) {
    if (isRemoval(value) || known.has(JSON.stringify(value))) continue;
    known.add(JSON.stringify(value));
    kept.push(value);
  }
  return kept;
}

/**
 * Ramses' way to change an object: keys are merged, one level deep; `-key` removes; `""` and null empty it.
 *
 * @example changeObject({ a: 1, b: 2 }, { c: 3, '-a': null }) // { b: 2, c: 3 }
 */
export function changeObject(
  object: Readonly<Record<string, unknown>>,
  change: unknown,
): Readonly<Record<string, unknown>> {
  if (change === null || change === '') return {};
  if (!isRecord(change)) {
    throw new ApiError('invalid-body', 'The change of an object is an object.', {
      violations: [{ pointer: '', in: 'body', message: 'must be object' }],
    });
  }
  const members = new Map(Object.entries(object));
  for (const [key, value] of Object.entries(change)) {
    if (key.startsWith('__')) continue;
    if (isRemoval(key)) members.delete(key.slice(1));
    else members.set(key, value);
  }
  return Object.fromEntries(members);
}

function isRemoval(value: unknown): value is string {
  return typeof value === 'string' && value.length > 1 && value.startsWith('-');
}
