import type { JsonSchema } from '../../model/description.ts';
import { type Definitions, isRecord, resolve, shapeOf } from '../../model/schema.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * `readOnly` properties belong to the server: what a client sends for them is left out, and what is stored stays.
 * Looks into nested objects, not into arrays, whose items have no identity to keep values by.
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

/** A `readOnly` property, or the tree of those within an object. */
type Tree = Map<string, 'readOnly' | Tree>;

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
    const inner = treeOf(property, definitions, depth + 1);
    if (inner.size > 0) tree.set(name, inner);
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
    if (isRecord(after)) members.set(name, keep(after, isRecord(before) ? before : {}, mark));
  }
  // Not by assignment: `__proto__` is a name like any other.
  return Object.fromEntries(members);
}
