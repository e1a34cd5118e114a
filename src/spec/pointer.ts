/**
 * JSON Pointers (RFC 6901), as strings without a leading `#`: `''`, `/paths/~1books/get`.
 */

/** @example stepsOf('/paths/~1books') // ['paths', '/books'] */
export function stepsOf(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .replace(/^\//, '')
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** @example escapeStep('/books') // '~1books' */
export function escapeStep(step: string): string {
  return /[~/]/.test(step) ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step;
}

/** @example joinPointer('/paths', '/books', 'get') // '/paths/~1books/get' */
export function joinPointer(pointer: string, ...steps: readonly (string | number)[]): string {
  return steps.reduce<string>((joined, step) => `${joined}/${escapeStep(String(step))}`, pointer);
}

/** The value that a pointer leads to, and whether there is one: `undefined` is no JSON value. Looks at own keys only. */
export function valueAt(value: unknown, pointer: string): unknown {
  return valueBelow(value, stepsOf(pointer));
}

/** The same by steps. */
export function valueBelow(value: unknown, steps: readonly (string | number)[]): unknown {
  let current = value;
  for (const step of steps) current = childValue(current, step);
  return current;
}

/** One step down. */
export function childValue(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  if (Array.isArray(value) && !/^(0|[1-9][0-9]*)$/.test(String(step))) return undefined;
  return Reflect.get(value, step);
}
