/**
 * What `$dynamicRef` means depends on the way: of all schemas with the anchor, the outermost that was entered (JSON
 * Schema 2020-12 §8.2.3.2). 2019-09's `$recursiveRef` is the same with one anchor that has no name.
 *
 * A definition that is reached by ways which lead its dynamic references to different schemas is lifted once for each,
 * so that what is left are plain references.
 */
import type { DocumentNode, Library } from '../document/library.ts';
import { childOf } from '../document/node.ts';
import { isObject, own } from '../record.ts';

/** The schema that each dynamic anchor leads to, by its name. */
export type DynamicScope = ReadonlyMap<string, DocumentNode>;

export const noScope: DynamicScope = new Map();

/**
 * Where a dynamic reference leads. Only a target that has the anchor itself makes it dynamic; anything else is reached
 * as by `$ref`.
 *
 * @param target what it would lead to as a `$ref`
 */
export function outermost(target: DocumentNode, reference: string, keyword: string, scope: DynamicScope): DocumentNode {
  const name = anchorIn(reference, keyword);
  return name !== undefined && hasAnchor(target.value, name) ? (scope.get(name) ?? target) : target;
}

/** The scopes of one reading. */
export class DynamicScopes {
  readonly #library: Library;
  readonly #entered = new WeakMap<DynamicScope, Map<DynamicScope, DynamicScope>>();
  readonly #keys = new WeakMap<DynamicScope, Map<unknown, string>>();
  #steps = 0;

  constructor(library: Library) {
    this.#library = library;
  }

  /** The scope within the schema resource that a node stands in: what was entered before it wins. */
  enter(scope: DynamicScope, node: DocumentNode): DynamicScope {
    const anchors = this.#library.dynamicAnchors(node);
    if (scope.size === 0) return anchors;
    if (Array.from(anchors.keys()).every((name) => scope.has(name))) return scope;
    // The same scope for the same way, since keys are remembered by scope.
    const known = this.#entered.get(scope) ?? new Map<DynamicScope, DynamicScope>();
    this.#entered.set(scope, known);
    const entered = known.get(anchors) ?? new Map([...anchors, ...scope]);
    known.set(anchors, entered);
    return entered;
  }

  /**
   * Tells scopes apart as far as they matter to a schema, to what it refers to, and so on: `''` if all dynamic
   * references lead where they would as plain ones. Each look costs what is looked through, all of them together
   * `MAX_STEPS` at most; `undefined` when that is spent.
   */
  keyOf(scope: DynamicScope, node: DocumentNode): string | undefined {
    if (scope.size === 0) return '';
    const known = this.#keys.get(scope) ?? new Map<unknown, string>();
    this.#keys.set(scope, known);
    const before = known.get(node.value);
    if (before !== undefined) return before;
    const key = this.#lookThrough(scope, node);
    if (key !== undefined) known.set(node.value, key);
    return key;
  }

  #lookThrough(scope: DynamicScope, node: DocumentNode): string | undefined {
    const led = new Set<string>();
    const seen = new Set<unknown>();
    const waiting = [node];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { value } = next;
      if (typeof value !== 'object' || value === null || seen.has(value)) continue;
      if (++this.#steps > MAX_STEPS) return undefined;
      seen.add(value);
      for (const keyword of isObject(value) ? REFERENCES : []) {
        const reference = Reflect.get(value, keyword);
        const target = typeof reference === 'string' && this.#library.glance(reference, childOf(next, keyword));
        if (!target) continue;
        const end = outermost(target, reference, keyword, scope);
        if (end !== target) led.add(`${anchorIn(reference, keyword)} ${end.document.file}#${end.pointer}`);
        waiting.push(end);
      }
      for (const key of Object.keys(value)) waiting.push(childOf(next, key));
    }
    return [...led].sort().join('\n');
  }
}

/** What people publish takes a few thousand; each takes about a microsecond. */
const MAX_STEPS = 1_000_000;

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'];

function anchorIn(reference: string, keyword: string): string | undefined {
  if (keyword === '$recursiveRef') return '';
  return keyword === '$dynamicRef' ? reference.slice(reference.indexOf('#') + 1) : undefined;
}

function hasAnchor(value: unknown, name: string): boolean {
  if (!isObject(value)) return false;
  return name === '' ? own(value, '$recursiveAnchor') === true : own(value, '$dynamicAnchor') === name;
}
