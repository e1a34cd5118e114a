import type { JsonSchema } from '../../model/description.ts';
import { type Definitions, isRecord, resolve, shapeOf } from '../../model/schema.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * `readOnly` properties belong to the server: what a client sends for them is left out, and what is stored stays.
 * Looks into nested objects and the items of arrays. An item that is otherwise the same as a stored one is that one; one
 * that was changed is the stored one at its place, where the array is as long as before.
 */
export interface ReadOnlyProperties {
  /** The document without them. */
  without(document: Members): Members;
  /** The document with those of `stored`, and no others. */
  keep(document: Members, stored: Members): Members;
}

/** `undefined` when a schema has none. `except` names what is handled elsewhere: the id. */
export function compileReadOnly(
  schema: JsonSchema,
  definitions: Definitions,
  except: string | undefined,
): ReadOnlyProperties | undefined {
  const tree = treeOf(schema, definitions, 0);
  if (except !== undefined) tree.delete(except);
  if (tree.size === 0) return undefined;
  return {
    without: (document) => keep(document, {}, tree),
    keep: (document, stored) => keep(document, stored, tree),
  };
}

/** The `readOnly` properties of an object, and those of objects within it. */
type Tree = Map<string, 'readOnly' | { readonly in: 'object' | 'items'; readonly tree: Tree }>;

function treeOf(schema: JsonSchema, definitions: Definitions, depth: number): Tree {
  const tree: Tree = new Map();
  // Deeper ones hang in recursive schemas.
  if (depth > 4) return tree;
  const shape = shapeOf(schema, definitions);
  if (shape.type !== 'object') return tree;
  for (const [name, property] of shape.properties) {
    if (resolve(property, definitions).readOnly === true) {
      tree.set(name, 'readOnly');
      continue;
    }
    const { type, items } = shapeOf(property, definitions);
    const isList = type === 'array' && items !== undefined;
    const inner = treeOf(isList ? items : property, definitions, depth + 1);
    if (inner.size > 0) tree.set(name, { in: isList ? 'items' : 'object', tree: inner });
  }
  return tree;
}

function keep(document: Members, stored: Members, tree: Tree): Members {
  const members = new Map(Object.entries(document));
  for (const [name, mark] of tree) {
    const before = Object.hasOwn(stored, name) ? stored[name] : undefined;
    if (mark === 'readOnly') {
      if (before === undefined) members.delete(name);
      else members.set(name, before);
      continue;
    }
    const after = members.get(name);
    if (mark.in === 'items') {
      if (Array.isArray(after)) members.set(name, keepInItems(after, Array.isArray(before) ? before : [], mark.tree));
    } else if (isRecord(after)) members.set(name, keep(after, isRecord(before) ? before : {}, mark.tree));
  }
  // Not by assignment: `__proto__` is a name like any other.
  return Object.fromEntries(members);
}

function keepInItems(items: readonly unknown[], stored: readonly unknown[], tree: Tree): readonly unknown[] {
  if (stored.length === 0) return items.map((item) => (isRecord(item) ? keep(item, {}, tree) : item));
  // By their texts: to compare each with each would take a long list minutes.
  const places = new Map<string, number[]>();
  for (const [index, item] of stored.entries()) {
    const text = plainText(item, tree);
    const known = places.get(text);
    if (known) known.push(index);
    else places.set(text, [index]);
  }
  for (const known of places.values()) known.reverse();
  const taken = new Set<number>();
  const found = items.map((item) => {
    const place = places.get(plainText(item, tree))?.pop();
    if (place !== undefined) taken.add(place);
    return place;
  });
  const isAsLong = items.length === stored.length;
  return items.map((item, index) => {
    if (!isRecord(item)) return item;
    const place = found[index] ?? (isAsLong && !taken.has(index) ? index : undefined);
    const before = place === undefined ? undefined : stored[place];
    return keep(item, isRecord(before) ? before : {}, tree);
  });
}

function plainText(item: unknown, tree: Tree): string {
  return JSON.stringify(isRecord(item) ? keep(item, {}, tree) : item) ?? '';
}
