import type { Field, Link, Resource } from '../model/types.ts';
import { suggest } from '../suggest.ts';
import type { Operand, Scalar } from './types.ts';

/** An operand, looked up in its resource. */
export type ResolvedOperand =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'id'; readonly type: 'string' | 'integer'; readonly scope: 'global' | 'parent' }
  | { readonly kind: 'key' }
  | { readonly kind: 'link'; readonly link: Link };

/**
 * Finds what an operand names. A query that comes from a URL was checked by `parse.ts`; one that a hook has built may
 * be wrong, which throws a `TypeError` rather than matching nothing.
 */
export function resolveOperand(operand: Operand, resource: Resource): ResolvedOperand {
  switch (operand.kind) {
    case 'id':
      return { kind: 'id', type: resource.id.type, scope: resource.id.scope };
    case 'key':
      if (resource.id.scope === 'parent') return { kind: 'key' };
      throw new TypeError(`The ids of "${resource.name}" are unique already.`);
    case 'field': {
      const field = resource.fields.find(({ path }) => path === operand.path);
      if (field !== undefined) return { kind: 'field', field };
      throw unknown(
        resource,
        'field',
        operand.path,
        resource.fields.map(({ path }) => path),
      );
    }
    case 'link': {
      const link = resource.links.find(({ name }) => name === operand.name);
      if (link !== undefined) return { kind: 'link', link };
      throw unknown(
        resource,
        'link',
        operand.name,
        resource.links.map(({ name }) => name),
      );
    }
  }
}

/**
 * The id within a store's key, in the form in which it is compared. Ids that are unique only under their parent follow
 * the last `/` of the key. An integer id is a number, so that 9 comes before 10.
 */
export function idOfKey(key: string, id: { readonly type: 'string' | 'integer'; readonly scope: string }): Scalar {
  const text = id.scope === 'parent' ? key.slice(key.lastIndexOf('/') + 1) : key;
  return id.type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
}

function unknown(resource: Resource, kind: string, name: string, known: readonly string[]): TypeError {
  const near = suggest(name, known);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return new TypeError(`The resource "${resource.name}" has no ${kind} "${name}".${hint}`);
}
