/** What stored documents must fulfil when the memory store takes over a changed description. */
import type { Field, Resource } from '../model/types.ts';
import type { Scalar } from '../query/types.ts';
import { valuesOf } from '../query/values.ts';
import { StoreError } from './contract.ts';

interface Parsed {
  readonly document: unknown;
}

/** The id is unique by its key already, and perhaps only under its parent; a value within an array is never unique. */
export function uniqueFields(resource: Resource): readonly Field[] {
  return resource.fields.filter(({ unique, array, path }) => unique && !array && path !== resource.id.property);
}

/** Throws `StoreError` `schema`. */
export function assertDistinct(resource: Resource, field: Field, entries: readonly Parsed[]): void {
  const seen = new Set<Scalar>();
  let repeated = 0;
  for (const { document } of entries) {
    const [value] = valuesOf(document, field);
    if (value === undefined) continue;
    if (seen.has(value)) repeated += 1;
    seen.add(value);
  }
  if (repeated === 0) return;
  const message = `"${field.path}" of "${resource.name}" is declared unique, but ${repeated} stored documents repeat a value.`;
  throw new StoreError('schema', message, { fields: [field.path] });
}

/** What counted as a value of a property before must count as one of the type that it has now. */
export function assertTypesFit(resource: Resource, before: readonly Field[], entries: readonly Parsed[]): void {
  for (const field of resource.fields) {
    const was = before.find(({ path }) => path === field.path);
    if (was === undefined || was.type === field.type || was.array || field.array) continue;
    const misfits = entries.filter(
      ({ document }) => valuesOf(document, was).length > 0 && valuesOf(document, field).length === 0,
    );
    if (misfits.length === 0) continue;
    const message = `"${field.path}" of "${resource.name}" was of type ${was.type} and is of type ${field.type} now, which ${misfits.length} stored documents do not fit.`;
    throw new StoreError('schema', message, { fields: [field.path] });
  }
}
