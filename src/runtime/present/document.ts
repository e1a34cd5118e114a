import type { ApiModel, Binding, Resource } from '../../model/types.ts';
import type { StoredDocument } from '../../stores/contract.ts';
import { documentId } from '../keys.ts';
import { dropMembers, keepMembers, type PathTree, pathTree } from './json-text.ts';
import { compileDocumentPath } from './location.ts';

/** What one request adds to the presentation of a document. */
export interface DocumentContext {
  /** Origin and base path as the client sees them, without a trailing slash. Used for `_self` only. */
  readonly url: string;
  /** Decoded path parameters of the request. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Selected properties by dotted path; absent: all. */
  readonly fields?: readonly string[] | undefined;
}

/** Whether documents are sent exactly as stored, as long as a request selects no fields. */
export function isSentAsStored({ secrets }: Resource, { dialect }: Binding): boolean {
  return dialect === 'plain' && secrets.length === 0;
}

export type PresentDocument = (document: StoredDocument, context: DocumentContext) => string;

/**
 * Stored text to sent text. Secrets are cut out first, then the selection of the request is made, then Ramses' `_type`,
 * `_pk` and `_self` are appended; a resource that needs none of it is sent as stored.
 *
 * @example compileDocumentPresenter(model, books, binding)(document, { url: '', parameters: {}, fields: ['title'] })
 * // '{"title":"Petals of Blood"}'
 */
export function compileDocumentPresenter(model: ApiModel, resource: Resource, binding: Binding): PresentDocument {
  const select = compileSelection(resource.secrets);
  switch (binding.dialect) {
    case 'plain':
      return resource.secrets.length === 0
        ? (document, { fields }) => (fields ? select(document.text, fields) : document.text)
        : (document, { fields }) => select(document.text, fields);
    case 'ramses':
      return compileRamsesDocument(model, resource, binding, select);
  }
}

type Select = (text: string, fields: readonly string[] | undefined) => string;

/** Hides, then selects: asking for a secret by name gives nothing. */
function compileSelection(secrets: readonly string[]): Select {
  const hidden = secrets.length > 0 ? pathTree(secrets) : undefined;
  const treeOf = memoize(pathTree);
  return (text, fields) => {
    const visible = hidden ? dropMembers(text, hidden) : text;
    return fields ? keepMembers(visible, treeOf(fields)) : visible;
  };
}

const ramsesMembers = ['_type', '_pk', '_self'];

/** As observed: with a selection there is always `_type`, and `_pk` and `_self` come together when one is asked for. */
function compileRamsesDocument(model: ApiModel, resource: Resource, binding: Binding, select: Select): PresentDocument {
  const pathOf = compileDocumentPath(model, resource, binding.path);
  const type = `"_type":${JSON.stringify(resource.typeName)}`;
  const ours = pathTree(ramsesMembers);
  return (document, { url, parameters, fields }) => {
    // A stored document has these names only if the description declares them; ours win, and no name comes twice.
    const own = document.text.includes('"_') ? dropMembers(document.text, ours) : document.text;
    const text = select(own, fields);
    if (!text.endsWith('}')) return text;
    const opened = text.slice(0, -1);
    const separator = opened.trimEnd() === '{' ? '' : ',';
    if (fields && !fields.includes('_pk') && !fields.includes('_self')) return `${opened}${separator}${type}}`;
    const pk = `"_pk":${JSON.stringify(documentId(resource, document))}`;
    const path = pathOf(document, parameters);
    const self = path === undefined ? '' : `,"_self":${JSON.stringify(url + path)}`;
    return `${opened}${separator}${type},${pk}${self}}`;
  };
}

/** Clients repeat their selections; a page asks for the same one for each of its documents. */
function memoize(compute: (paths: readonly string[]) => PathTree): (paths: readonly string[]) => PathTree {
  const known = new Map<string, PathTree>();
  return (paths) => {
    const name = paths.join(',');
    let tree = known.get(name);
    if (!tree) {
      tree = compute(paths);
      // Selections come from clients: forget them all rather than grow for ever.
      if (known.size >= 100) known.clear();
      known.set(name, tree);
    }
    return tree;
  };
}
