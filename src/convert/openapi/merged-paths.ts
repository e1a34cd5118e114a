/**
 * In OpenAPI a path stands once, and templates that differ in the names of their parameters are the same path
 * (OpenAPI 3.1 §4.8.8.1). RAML may say one path in several places.
 */
import type { Operation, PathItem } from '../../model/description.ts';

export interface MergedPath {
  readonly path: string;
  /** The first item, with the operations of all. */
  readonly item: PathItem;
  /** Operations that the first item, or one before, has already. */
  readonly left: readonly Operation[];
  /** Items whose operations joined the first one. */
  readonly joined: readonly PathItem[];
}

export function mergedPaths(paths: readonly PathItem[]): readonly MergedPath[] {
  const groups = new Map<string, PathItem[]>();
  for (const item of paths) {
    const shape = item.path.replace(/\{[^{}]*\}/g, '{}');
    groups.set(shape, [...(groups.get(shape) ?? []), item]);
  }
  return [...groups.values()].flatMap(([first, ...joined]) => (first ? [merge(first, joined)] : []));
}

function merge(first: PathItem, joined: readonly PathItem[]): MergedPath {
  const operations = [...first.operations];
  const left: Operation[] = [];
  for (const operation of joined.flatMap((item) => item.operations)) {
    const isTaken = operations.some(({ method }) => method === operation.method);
    if (isTaken) left.push(operation);
    else operations.push({ ...operation, parameters: operation.parameters.filter((each) => each.in !== 'path') });
  }
  return { path: first.path, item: { ...first, operations }, left, joined };
}
