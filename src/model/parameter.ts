import type { Parameter } from './description.ts';

/**
 * Whether two parameters are one: of the same place and name. Names of header fields are the same in any case (RFC 9110
 * section 5.1).
 */
export function isSameParameter(one: Parameter, other: Parameter): boolean {
  if (one.in !== other.in) return false;
  return one.in === 'header' ? one.name.toLowerCase() === other.name.toLowerCase() : one.name === other.name;
}

/** What an operation takes: its own parameter wins over the same one of its path. */
export function mergeParameters(shared: readonly Parameter[], own: readonly Parameter[]): readonly Parameter[] {
  return [...shared.filter((one) => !own.some((other) => isSameParameter(one, other))), ...own];
}
