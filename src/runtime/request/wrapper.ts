import { pointerSteps } from '../../model/pointer.ts';
import { isRecord } from '../../model/schema.ts';

/** What stands at a JSON pointer; `undefined` for nothing. */
export function valueAt(value: unknown, pointer: string): unknown {
  let current = value;
  for (const name of pointerSteps(pointer)) {
    current = isRecord(current) && Object.hasOwn(current, name) ? current[name] : undefined;
  }
  return current;
}

/** The value with something else at a JSON pointer; the value itself is left alone. */
export function withValueAt(value: unknown, pointer: string, inner: unknown): unknown {
  return replaced(value, pointerSteps(pointer), inner);
}

function replaced(value: unknown, [name, ...rest]: readonly string[], inner: unknown): unknown {
  if (name === undefined) return inner;
  const members = new Map(isRecord(value) ? Object.entries(value) : []);
  members.set(name, replaced(members.get(name), rest, inner));
  // Not by assignment: `__proto__` is a name like any other.
  return Object.fromEntries(members);
}
