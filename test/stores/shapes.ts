/** The resources that random tests of stores are about, and what these tests share. */
import type fc from 'fast-check';
import type { Resource } from '../../src/model/types.ts';
import { books, lines, orders } from './bookstore.ts';

/** Without the unique field: here, documents are random. */
const plainBooks: Resource = { ...books, fields: books.fields.map((field) => ({ ...field, unique: false })) };

/** Each with the key of its document at a place: texts, integers, and ids that are unique only under a parent. */
export const shapes: readonly (readonly [resource: Resource, key: (at: number) => string])[] = [
  [plainBooks, (at) => ['a', 'B', 'é', '｡', '😀', '', '5', 'a/b'][at] ?? `k${at}`],
  [orders, (at) => String(at * 3 - 5)],
  [lines, (at) => `${at % 3}/${at}`],
];

/** Links to one parent, by all links that the resource has. */
export function linked(resource: Resource, parent: string): Readonly<Record<string, string>> {
  return Object.fromEntries(resource.links.map(({ name }) => [name, parent]));
}

/** For `fc.assert`: the error itself, without the counterexample of fifty questions. */
export function throwFirstError<T>(details: fc.RunDetails<T>): void {
  if (details.failed) throw details.errorInstance;
}
