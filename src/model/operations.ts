import type { Operation, PathItem } from './description.ts';

/** The operations of a path item, and those of their callbacks, and so on: all that anything is said about. */
export function allOperations({ operations }: PathItem): readonly Operation[] {
  return operations.flatMap((operation) => [
    operation,
    ...(operation.callbacks ?? []).flatMap(({ paths }) => paths).flatMap(allOperations),
  ]);
}

/** Ids that operations declare, each for the first that has it, since an OpenAPI document has each once. */
export function declaredIds(items: readonly PathItem[]): ReadonlyMap<Operation, string> {
  const taken = new Set<string>();
  const ids = new Map<Operation, string>();
  for (const operation of items.flatMap(allOperations)) {
    // RAML has no ids; the reader's stand-in, `get /books`, is none that tools could use.
    if (operation.id.includes(' ') || taken.has(operation.id)) continue;
    taken.add(operation.id);
    ids.set(operation, operation.id);
  }
  return ids;
}
