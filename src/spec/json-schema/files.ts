/**
 * The schema files of a folder.
 */
import type { ParsedDocument } from '../document/document.ts';
import type { Library } from '../document/library.ts';
import type { Source } from '../source.ts';
import { looksLikeSchema } from './looks-like-schema.ts';

/** Deep enough for any layout, and an end for folders that were not meant. */
const MAX_DEPTH = 8;

/** Whether the source opens with a folder that has something in it. */
export function isFolder(source: Source): boolean {
  return source.list(source.rootFile).length > 0;
}

/** Paths of all files in the folder that may hold a schema, in the order of their names. */
export function schemaFiles(source: Source): readonly string[] {
  return filesBelow(source, source.rootFile, 0);
}

function filesBelow(source: Source, folder: string, depth: number): readonly string[] {
  if (depth > MAX_DEPTH) return [];
  return [...source.list(folder)].sort().flatMap((name) => {
    if (name.startsWith('.') || name === 'node_modules/') return [];
    const path = `${folder}/${name.replace(/\/$/, '')}`;
    if (name.endsWith('/')) return filesBelow(source, path, depth + 1);
    return /\.(?:json|schema|ya?ml)$/i.test(name) ? [path] : [];
  });
}

/** Opens the files that hold a schema; other data, such as an example or a manifest, is left alone. */
export function openSchemas(library: Library, paths: readonly string[]): readonly ParsedDocument[] {
  return paths.flatMap((path) => {
    const document = library.open(path);
    return document && looksLikeSchema(document.value) ? [document] : [];
  });
}
