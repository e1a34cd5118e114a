/**
 * Which schemas of the files may be kinds of things: the schema that a file is, or those that it only collects.
 */
import type { Position } from '../../model/description.ts';
import { pascal } from '../../model/names.ts';
import type { ParsedDocument } from '../document/document.ts';
import { childOf, type DocumentNode, placeOf, rootOf } from '../document/node.ts';
import { isObject } from '../record.ts';
import { dialectOf } from '../schema/dialect.ts';
import type { SchemaRegistry } from '../schema/registry.ts';

export interface Candidate {
  /** Its name in `$defs`. */
  readonly definition: string;
  /** What it is called where it stands; two files may be called the same. */
  readonly name: string;
  readonly at: Position;
}

/** Gives the schemas their names and lifts them, with all that they refer to. */
export function defineCandidates(registry: SchemaRegistry, documents: readonly ParsedDocument[]): readonly Candidate[] {
  const candidates = documents.flatMap((document) => {
    const root = rootOf(document);
    const dialect = dialectOf(root.value, undefined);
    return nodesOf(root).map(([wanted, node]) => ({
      definition: registry.define(wanted, node, dialect),
      name: wanted,
      at: placeOf(node),
    }));
  });
  registry.settle();
  return candidates;
}

/** A file that describes no data itself is a collection of definitions. */
function nodesOf(root: DocumentNode): readonly (readonly [string, DocumentNode])[] {
  if (!isObject(root.value)) return [];
  const definitions = ['$defs', 'definitions'].flatMap((keyword) => {
    const node = childOf(root, keyword);
    return isObject(node.value) ? Object.keys(node.value).map((name) => [name, childOf(node, name)] as const) : [];
  });
  const describes = ['type', 'properties', 'allOf', 'oneOf', 'anyOf', '$ref', 'extends', 'items', 'enum'];
  const isBundle = definitions.length > 0 && !describes.some((keyword) => childOf(root, keyword).value !== undefined);
  return isBundle ? definitions : [[pascal(baseName(root.document.file)) || 'Schema', root]];
}

/** @example baseName('schemas/user-schema.json') // 'user' */
export function baseName(path: string): string {
  return path.replace(/^.*\//, '').replace(/([.-]schema)?(\.[A-Za-z]+)?$/, '');
}
