/**
 * Places within a JSON value, by the steps of a pointer (RFC 6901). Only what is a value's own counts: neither the length
 * of a text nor what an object inherits is a member. An index is written in one way: `01` and `-1` lead nowhere.
 */
import { isRecord } from '../../model/schema.ts';

/** A value that can be replaced as a whole. */
export interface Holder {
  root: unknown;
}

/** What is there; `undefined` where nothing is. */
export function readAt({ root }: Holder, steps: readonly string[]): { readonly value: unknown } | undefined {
  let value = root;
  for (const step of steps) {
    if (Array.isArray(value) ? indexOf(step, value.length) === undefined : !isMember(value, step)) return undefined;
    value = Reflect.get(Object(value), step);
  }
  return { value };
}

/** Into a list before the element at that index (`-`: behind the last), into an object as a member. */
export function addAt(holder: Holder, steps: readonly string[], value: unknown): boolean {
  return changeAt(holder, steps, {
    root: () => value,
    list(list, step) {
      const index = step === '-' ? list.length : indexOf(step, list.length + 1);
      if (index === undefined) return false;
      list.splice(index, 0, value);
      return true;
    },
    object(object, step) {
      setMember(object, step, value);
      return true;
    },
  });
}

/** Only where something is. */
export function replaceAt(holder: Holder, steps: readonly string[], value: unknown): boolean {
  return changeAt(holder, steps, {
    root: () => value,
    list(list, step) {
      const index = indexOf(step, list.length);
      if (index === undefined) return false;
      list[index] = value;
      return true;
    },
    object(object, step) {
      if (!Object.hasOwn(object, step)) return false;
      setMember(object, step, value);
      return true;
    },
  });
}

/** Only where something is; the whole becomes `null`, as a document cannot be nothing. */
export function removeAt(holder: Holder, steps: readonly string[]): boolean {
  return changeAt(holder, steps, {
    root: () => null,
    list(list, step) {
      const index = indexOf(step, list.length);
      if (index === undefined) return false;
      list.splice(index, 1);
      return true;
    },
    object: (object, step) => Object.hasOwn(object, step) && Reflect.deleteProperty(object, step),
  });
}

interface Change {
  readonly root: () => unknown;
  readonly list: (list: unknown[], step: string) => boolean;
  readonly object: (object: Readonly<Record<string, unknown>>, step: string) => boolean;
}

function changeAt(holder: Holder, steps: readonly string[], change: Change): boolean {
  const last = steps.at(-1);
  if (last === undefined) {
    holder.root = change.root();
    return true;
  }
  const container = readAt(holder, steps.slice(0, -1))?.value;
  if (Array.isArray(container)) return change.list(container, last);
  return isRecord(container) && change.object(container, last);
}

function isMember(value: unknown, name: string): boolean {
  return isRecord(value) && Object.hasOwn(value, name);
}

/** Not by assignment: `__proto__` is a name like any other. */
function setMember(object: Readonly<Record<string, unknown>>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

function indexOf(step: string, length: number): number | undefined {
  return /^(?:0|[1-9]\d*)$/.test(step) && Number(step) < length ? Number(step) : undefined;
}
