import { ApiError } from '../errors.ts';
import { isRecord } from '../model/schema.ts';
import type { Ancestor, Link, Resource } from '../model/types.ts';
import type { Filter, Scalar } from '../query/types.ts';
import type { StoredDocument } from '../stores/contract.ts';
import type { Exchange } from './exchange.ts';
import { documentKey, isIntegerId, keyPart } from './keys.ts';
import type { OperationContext } from './service.ts';
import { storedResource } from './service.ts';

/** A parent of the thing that a request is about, found to exist. */
export interface Parent {
  readonly link: Link;
  readonly key: string;
  /** As the path gives it. */
  readonly id: string;
}

/** Where a request is: the parents that the document itself is linked to, none for a collection at the root. */
export interface Place {
  readonly parents: readonly Parent[];
  /** The key that keys of documents begin with, where their ids are unique only here. */
  readonly key: string | undefined;
}

export const nowhere: Place = { parents: [], key: undefined };

/**
 * Finds the ancestors of a nested path, outermost first, each under the one before.
 * Throws `ApiError` `parent-not-found`.
 */
export function compilePlace(
  context: OperationContext,
  resource: Resource,
  scope: readonly Ancestor[],
): (exchange: Exchange) => Promise<Place> {
  const steps = scope.map((ancestor) => ({
    ancestor,
    position: context.parameters.indexOf(ancestor.parameter),
    stored: ancestor.resource === undefined ? undefined : storedResource(context.service, ancestor.resource),
  }));
  return async ({ values }) => {
    let pending: { readonly name: string; readonly key: string; readonly id: string }[] = [];
    for (const { ancestor, position, stored } of steps) {
      const id = values[position] ?? '';
      if (!stored) {
        pending.push({ name: ancestor.link, key: id, id });
        continue;
      }
      const place = toPlace(stored.resource, pending);
      const key = documentKey(stored.resource, id, place.key);
      const document = await stored.collection.get(key);
      if (!document || !belongs(document, place)) {
        throw new ApiError('parent-not-found', `There is no ${stored.resource.typeName} "${id}".`);
      }
      pending = [{ name: ancestor.link, key, id }];
    }
    return toPlace(resource, pending);
  };
}

function toPlace(
  resource: Resource,
  pending: readonly { readonly name: string; readonly key: string; readonly id: string }[],
): Place {
  if (pending.length === 0) return nowhere;
  const parents = pending.map(({ name, key, id }) => ({ link: linkOf(resource, name), key, id }));
  const [only] = pending;
  // Several: parents that nobody stores, whose ids together make the place.
  const key = pending.length === 1 && only ? only.key : pending.map((parent) => keyPart(parent.key)).join('/');
  return { parents, key };
}

function linkOf(resource: Resource, name: string): Link {
  const link = resource.links.find((candidate) => candidate.name === name);
  if (!link) throw new TypeError(`the resource "${resource.name}" has no link "${name}"`);
  return link;
}

/** Whether a document hangs below all parents of the place. */
export function belongs(document: StoredDocument, place: Place): boolean {
  if (place.parents.length === 0) return true;
  let content: unknown;
  return place.parents.every(({ link, key, id }) => {
    if (link.property === undefined) return document.links[link.name] === key;
    content ??= JSON.parse(document.text);
    const value = isRecord(content) ? content[link.property] : undefined;
    return Array.isArray(value) ? value.some((item) => String(item) === id) : String(value) === id;
  });
}

/** The condition that keeps a list within its place. */
export function placeFilter(resource: Resource, place: Place): Filter | undefined {
  const filters = place.parents.map(({ link, key, id }): Filter => {
    if (link.property === undefined) {
      return { kind: 'compare', operand: { kind: 'link', name: link.name }, operator: 'eq', value: key };
    }
    const operand = { kind: 'field', path: link.property } as const;
    return { kind: 'compare', operand, operator: 'eq', value: linkValue(resource, link.property, id) };
  });
  const [only] = filters;
  return filters.length > 1 ? { kind: 'and', filters } : only;
}

/** The invisible links of a new document. */
export function placeLinks(place: Place): Readonly<Record<string, string>> {
  const invisible = place.parents.filter(({ link }) => link.property === undefined);
  return Object.fromEntries(invisible.map(({ link, key }) => [link.name, key]));
}

/**
 * A document with the visible links of its place. One that names another parent contradicts its path: `ApiError`
 * `id-mismatch`.
 */
export function placed(
  resource: Resource,
  place: Place,
  document: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  let result = document;
  for (const { link, id } of place.parents) {
    const { property } = link;
    if (property === undefined) continue;
    const value = linkValue(resource, property, id);
    const isArray = resource.fields.some((field) => field.path === property && field.array);
    const given = result[property];
    if (given === undefined || given === null) result = { ...result, [property]: isArray ? [value] : value };
    else if (Array.isArray(given) ? !given.some((item) => String(item) === id) : String(given) !== id) {
      throw new ApiError('id-mismatch', `The body names another parent than the path, which says "${id}".`, {
        violations: [
          { pointer: `/${property}`, in: 'body', message: `must be ${JSON.stringify(value)}, as in the path` },
        ],
      });
    }
  }
  return result;
}

/** The id of a parent in the type of the property that holds it. */
function linkValue(resource: Resource, property: string, id: string): Scalar {
  const type = resource.fields.find((field) => field.path === property)?.type;
  return (type === 'integer' || type === 'number') && isIntegerId(id) ? Number(id) : id;
}
