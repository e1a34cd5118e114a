/** What a property is declared to hold, and whether a changed description declares something else: for stores that outlive it. */
import { fieldNames, fieldPath } from '../model/field-path.ts';
import type { Field } from '../model/types.ts';

/** A scalar, a list of scalars, or an object or a list of objects. */
export interface Form {
  readonly type: Field['type'] | 'object';
  readonly array: boolean;
}

/** The form of each field, and of the objects above it, by their paths. */
export function formsOf(fields: readonly Pick<Field, 'path' | 'type' | 'array'>[]): ReadonlyMap<string, Form> {
  const forms = new Map<string, Form>();
  for (const { path, type, array } of fields) {
    const names = fieldNames(path);
    for (let depth = 1; depth < names.length; depth++) {
      // Whether it is one object or a list of them is not known of its fields, and both are read alike.
      forms.set(fieldPath(names.slice(0, depth)), { type: 'object', array: false });
    }
    forms.set(path, { type, array });
  }
  return forms;
}

export function isOtherForm(was: Form, now: Form): boolean {
  return was.type !== now.type || was.array !== now.array;
}

/** Neither a list nor an object. */
export function isScalar({ type, array }: Form): boolean {
  return !array && type !== 'object';
}

/** @example formWords({ type: 'string', array: true }) // 'a list of type string' */
export function formWords({ type, array }: Form): string {
  if (type === 'object') return 'an object';
  return array ? `a list of type ${type}` : `of type ${type}`;
}
