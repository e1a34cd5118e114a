/**
 * What all parts of the OpenAPI reader share: the state of one reading, and safe access to values of a stranger.
 */
import { type Diagnostic, type DiagnosticCode, diagnostic, type Severity } from '../../diagnostics.ts';
import type { Extension, JsonSchema, Position } from '../../model/description.ts';
import type { Library } from '../document/library.ts';
import { childOf, type DocumentNode, placeOf } from '../document/node.ts';
import { childValue } from '../pointer.ts';
import { isObject, own } from '../record.ts';
import type { Dialect } from '../schema/dialect.ts';
import type { SchemaRegistry } from '../schema/registry.ts';

export interface Reading {
  readonly version: '3.0' | '3.1';
  /** What schemas are written in unless they say so themselves. */
  readonly dialect: Dialect;
  readonly library: Library;
  readonly schemas: SchemaRegistry;
  readonly diagnostics: Diagnostic[];
}

export { placeOf } from '../document/node.ts';

export function report(
  reading: Reading,
  code: DiagnosticCode,
  message: string,
  details: { readonly at: Position; readonly hint?: string | undefined; readonly severity?: Severity },
): void {
  reading.diagnostics.push(diagnostic(code, message, details));
}

/**
 * Follows `$ref`s until there is none. `undefined` if they lead nowhere (which is reported) or in a circle.
 * In OpenAPI 3.1 a `summary` or `description` beside `$ref` wins over that of the target.
 */
export function dereference(reading: Reading, node: DocumentNode): DocumentNode | undefined {
  // Most nodes are no reference, and need nothing remembered.
  let seen: Set<string> | undefined;
  let current = node;
  for (;;) {
    const reference = isObject(current.value) ? own(current.value, '$ref') : undefined;
    if (typeof reference !== 'string') return current;
    seen ??= new Set();
    const key = `${current.document.file}#${current.pointer}`;
    if (seen.has(key)) {
      const at = placeOf(node);
      report(reading, 'unresolved-reference', `The reference "${reference}" leads back to itself.`, { at });
      return undefined;
    }
    seen.add(key);
    const target = reading.library.resolve(reference, childOf(current, '$ref'));
    if (!target) return undefined;
    current = target;
  }
}

/** Named entries of an object below a node, in their order; none if there is no object. */
export function entriesOf(
  node: DocumentNode,
  ...steps: readonly string[]
): readonly (readonly [string, DocumentNode])[] {
  const parent = childOf(node, ...steps);
  if (!isObject(parent.value)) return [];
  return Object.keys(parent.value).map((key) => [key, childOf(parent, key)] as const);
}

/** The same without their names, which are also the `step` of each. */
export function childrenOf(node: DocumentNode): readonly DocumentNode[] {
  return isObject(node.value) ? Object.keys(node.value).map((key) => childOf(node, key)) : [];
}

/** Items of a list below a node; none if there is no list. */
export function itemsOf(node: DocumentNode, ...steps: readonly string[]): readonly DocumentNode[] {
  const parent = childOf(node, ...steps);
  return Array.isArray(parent.value) ? parent.value.map((_, index) => childOf(parent, index)) : [];
}

export function has(node: DocumentNode, key: string): boolean {
  return isObject(node.value) && Object.hasOwn(node.value, key);
}

/** A string below a node. A number is what somebody forgot to quote: `version: 2`. */
export function textOf(node: DocumentNode, key: string): string | undefined {
  const value = childValue(node.value, key);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function flagOf(node: DocumentNode, key: string): boolean | undefined {
  const value = childValue(node.value, key);
  return typeof value === 'boolean' ? value : undefined;
}

export function textsOf(node: DocumentNode, key: string): readonly string[] {
  return itemsOf(node, key).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
}

/** The `x-…` keys of an object. */
export function extensionsOf(node: DocumentNode): readonly Extension[] {
  const { value } = node;
  const extensions: Extension[] = [];
  if (!isObject(value)) return extensions;
  // Every object is asked, and few have any: no list of the keys is made.
  for (const name in value) if (name.startsWith('x-')) extensions.push({ name, value: value[name] });
  return extensions;
}

/** The schema below a node, lifted; `undefined` if there is none. */
export function schemaOf(reading: Reading, node: DocumentNode, key = 'schema'): JsonSchema | undefined {
  return has(node, key) ? reading.schemas.lift(childOf(node, key), reading.dialect) : undefined;
}
