/**
 * Schema resources (JSON Schema 2020-12 §8.2): what lies below an `$id`, with anchors of its own.
 */
import { isObject, own } from '../record.ts';
import type { ParsedDocument } from './document.ts';
import { childOf, type DocumentNode, rootOf } from './node.ts';

/** The schema resource that a node stands in: the nearest value above with an `$id`, else the document (JSON Schema §8.2). */
export function resourceRoot(node: DocumentNode): DocumentNode {
  let current = node;
  while (current.parent !== undefined) {
    current = current.parent;
    if (isObject(current.value) && isIdentifier(own(current.value, '$id'))) break;
  }
  return current;
}

/** The same for a node that may be one itself. */
export function resourceWith(node: DocumentNode): DocumentNode {
  return isObject(node.value) && isIdentifier(own(node.value, '$id')) ? node : resourceRoot(node);
}

/** The `$id`s above a node, each resolved against the one above it (JSON Schema 2020-12, section 8.2.1). */
export function baseOf({ parent }: DocumentNode): string | undefined {
  return parent && baseWithin(parent);
}

/** The same with the node's own. Draft 4 writes `id`. */
export function baseWithin(node: DocumentNode): string | undefined {
  const base = baseOf(node);
  const id = isObject(node.value) ? (own(node.value, '$id') ?? own(node.value, 'id')) : undefined;
  return isIdentifier(id) ? resolved(id, base) : base;
}

export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && !value.startsWith('#');
}

export const NO_ANCHORS: ReadonlyMap<string, DocumentNode> = new Map();

/** By the pointer of the resource, the first of each name. */
export function collectDynamicAnchors(document: ParsedDocument) {
  const found = new Map<string, Map<string, DocumentNode>>();
  const waiting = [rootOf(document)];
  // The list grows while it is walked.
  for (const node of waiting) {
    const { value } = node;
    if (typeof value !== 'object' || value === null) continue;
    const anchor = isObject(value) && (own(value, '$recursiveAnchor') === true ? '' : own(value, '$dynamicAnchor'));
    if (typeof anchor === 'string') {
      const { pointer } = resourceWith(node);
      const names = found.get(pointer) ?? new Map<string, DocumentNode>();
      found.set(pointer, names);
      if (!names.has(anchor)) names.set(anchor, node);
    }
    for (const key of Object.keys(value)) waiting.push(childOf(node, key));
  }
  return found;
}

export function resolved(id: string, base: string | undefined): string {
  return URL.canParse(id, base) ? new URL(id, base).href : id;
}
