import type { Resource } from '../model/types.ts';
import type { StoredDocument } from '../stores/contract.ts';

/**
 * The store's key of a document: its id, or `<parent key>/<id>` where ids are unique only under their parent. There, a
 * `/` or `%` within an id is percent-encoded, so that no two documents can share a key.
 *
 * @example documentKey(repos, 'hello', 'octocat') // 'octocat/hello'
 */
export function documentKey(resource: Resource, id: string, parentKey: string | undefined): string {
  if (resource.id.scope === 'global' || parentKey === undefined) return id;
  return `${parentKey}/${keyPart(id)}`;
}

/** The id of a document as text: the inverse of `documentKey`. */
export function documentId(resource: Resource, { key }: Pick<StoredDocument, 'key'>): string {
  if (resource.id.scope === 'global') return key;
  const id = key.slice(key.lastIndexOf('/') + 1);
  return id.replace(/%2F|%25/g, decodeURIComponent);
}

/** There is one per parent, so the parent's key is its own; one at the root needs any key that stays the same. */
export function singletonKey(parentKey: string | undefined): string {
  return parentKey ?? 'singleton';
}

/** An id as part of a longer key. */
export function keyPart(id: string): string {
  return id.replace(/[%/]/g, encodeURIComponent);
}

/** An id as a document carries it. */
export function idValue(resource: Resource, id: string): string | number {
  return resource.id.type === 'integer' ? Number(id) : id;
}

/** The only way to write an integer id, so that `007` and `7` are not two documents. */
export function isIntegerId(text: string): boolean {
  return /^(?:0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text));
}
