import { fieldPath } from '../../model/field-path.ts';
import { isRecord } from '../../model/schema.ts';
import type { Ancestor, ApiModel, Resource } from '../../model/types.ts';
import type { StoredDocument } from '../../stores/contract.ts';
import { documentId } from '../keys.ts';

/** Gives the path of a document; `parameters` are the decoded path parameters of the request. */
export type DocumentPath = (
  document: StoredDocument,
  parameters: Readonly<Record<string, string>>,
) => string | undefined;

/**
 * The path of a document, percent-encoded, without the base path: for `Location`, `_self` and `rel="item"`.
 * Ancestors in it come from the request where `requestPath` (the binding's template) begins alike, else from the
 * document's links. `undefined` when neither tells an ancestor. A document without a path of its own is found by a query
 * on its collection, if it can be listed by its id: `/notes?id=7`. Else there is none: without `Location`, 201 says that
 * the target of the request is what was created (RFC 9110 section 15.3.2), and with that of the collection no more.
 *
 * @example compileDocumentPath(model, books, '/books')(document, {}) // '/books/9780143106692'
 */
export function compileDocumentPath(model: ApiModel, resource: Resource, requestPath: string): DocumentPath {
  const template = resource.itemPath ?? resource.path;
  const pieces = template.split(/\{([^{}]+)\}/).map((piece, index) => (index % 2 === 0 ? encodeLiteral(piece) : piece));
  const [prefix = '', parameter, suffix = ''] = pieces;
  if (resource.itemPath !== undefined && parameter !== undefined && pieces.length === 3) {
    return (document) => prefix + encodeSegment(documentId(resource, document)) + suffix;
  }
  const selecting = resource.kind === 'collection' && resource.itemPath === undefined;
  const query = selecting ? selectingQuery(model, resource) : undefined;
  if (selecting && query === undefined) return () => undefined;
  const sources = ancestorSources(model, resource, template, requestPath);
  return (document, parameters) => {
    let path = prefix;
    for (let index = 1; index < pieces.length; index += 2) {
      const isItself = resource.itemPath !== undefined && index === pieces.length - 2;
      const value = isItself ? documentId(resource, document) : sources(pieces[index] ?? '', document, parameters);
      if (value === undefined) return undefined;
      path += encodeSegment(value) + (pieces[index + 1] ?? '');
    }
    return query === undefined ? path : path + query(document);
  };
}

/** The query that a collection shows one document by; `undefined` where its list does not filter by the id. */
function selectingQuery(model: ApiModel, resource: Resource): ((document: StoredDocument) => string) | undefined {
  const { property } = resource.id;
  if (property === undefined) return undefined;
  const own = fieldPath([property]);
  for (const { path, method, action } of model.bindings) {
    if (action.kind !== 'list' || method !== 'get' || action.resource !== resource.name || path !== resource.path)
      continue;
    const control = action.controls.find(({ parameter }) => parameter === own);
    const filters = control === undefined || (control.field === own && (control.operator ?? 'eq') === 'eq');
    if (!filters || !resource.fields.some((field) => field.path === own)) return undefined;
    return (document) => `?${encodeSegment(own)}=${encodeSegment(documentId(resource, document))}`;
  }
  return undefined;
}

type AncestorSource = (
  parameter: string,
  document: StoredDocument,
  parameters: Readonly<Record<string, string>>,
) => string | undefined;

/**
 * A parameter of the request counts only if it stands at the same place: in `/items/{id}`, `id` is not the `id` of
 * `/shops/{id}/items/{itemId}`.
 */
function ancestorSources(model: ApiModel, resource: Resource, template: string, requestPath: string): AncestorSource {
  const parents = parentsOf(model, resource, template);
  return (parameter, document, parameters) => {
    const place = `{${parameter}}`;
    const upToIt = template.slice(0, template.indexOf(place) + place.length);
    if (requestPath === upToIt || requestPath.startsWith(`${upToIt}/`)) return parameters[parameter];
    const parent = parents.find((ancestor) => ancestor.parameter === parameter);
    return parent && parentId(model, resource, parent, document);
  };
}

/**
 * The ancestors that documents of the resource themselves are linked to: the innermost, and those above it as long as
 * nobody stores what is between.
 */
function parentsOf(model: ApiModel, resource: Resource, template: string): readonly Ancestor[] {
  for (const { path, action } of model.bindings) {
    if ('scope' in action && action.resource === resource.name && path === template) {
      const lastStored = action.scope.findLastIndex((ancestor) => ancestor.resource !== undefined);
      return action.scope.slice(Math.max(0, lastStored));
    }
  }
  return [];
}

/** What the document knows of a parent: an invisible link, or the property that holds the parent's id. */
function parentId(
  model: ApiModel,
  resource: Resource,
  ancestor: Ancestor,
  document: StoredDocument,
): string | undefined {
  const key = document.links[ancestor.link];
  if (key !== undefined) {
    const parent = model.resources.find(({ name }) => name === ancestor.resource);
    return parent ? documentId(parent, { key }) : key;
  }
  const property = resource.links.find(({ name }) => name === ancestor.link)?.property;
  if (property === undefined) return undefined;
  const content: unknown = JSON.parse(document.text);
  const value = isRecord(content) ? content[property] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** What a template spells out may be encoded already; what no header may hold is not. */
function encodeLiteral(text: string): string {
  return text.replace(/[^\u0021-\u007e]+/gu, encodeSegment);
}

/** Half a surrogate pair has no UTF-8 and would throw; it becomes U+FFFD. */
function encodeSegment(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'));
}
