/**
 * Plain JSON Schema, of any draft, Ramses' `_…` keys included: a file or a folder of files as the description of the API
 * that was meant. Each kind of thing gets a collection with everything one does with it.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { ApiDescription, PathItem } from '../../model/description.ts';
import { Library } from '../document/library.ts';
import { isObject, own } from '../record.ts';
import type { ReadResult } from '../result.ts';
import { SchemaRegistry } from '../schema/registry.ts';
import type { Source } from '../source.ts';
import { baseName, defineCandidates } from './candidates.ts';
import { sortCandidates, type ValueObject } from './entities.ts';
import { isFolder, openSchemas, schemaFiles } from './files.ts';
import { collectionPaths, relationPath } from './paths.ts';
import { reachable, relationsOf } from './relations.ts';

/** Reads the schema, or all schemas of the folder, that a source opens with. Never throws. */
export function readJsonSchemas(source: Source): ReadResult {
  const library = new Library(source);
  const registry = new SchemaRegistry(library);
  const documents = openSchemas(library, isFolder(source) ? schemaFiles(source) : [source.rootFile]);
  const candidates = defineCandidates(registry, documents);
  const { entities, values } = sortCandidates(candidates, registry.$defs);
  const relations = reachable(relationsOf(entities, registry.$defs));
  const onlyOnes = new Set(relations.filter(({ single }) => single).map(({ child }) => child));
  const description: ApiDescription = {
    format: 'json-schema',
    file: source.rootFile,
    title: titleOf(source, documents.length === 1 ? documents[0]?.value : undefined),
    documentation: [],
    servers: [],
    mediaTypes: ['application/json'],
    paths: withUniqueIds([
      ...entities.filter((entity) => !onlyOnes.has(entity)).flatMap(collectionPaths),
      ...relations.map(relationPath),
    ]),
    securitySchemes: [],
    security: [],
    $defs: registry.$defs,
    schemaPositions: registry.schemaPositions,
    extensions: [],
  };
  const found = [...library.diagnostics, ...registry.diagnostics, ...values.map(aboutValue)];
  const nothing = entities.length === 0 ? [nothingToServe(source)] : [];
  return {
    description,
    diagnostics: [...found, ...nothing],
    files: source.files().map(({ path, sha256 }) => ({ path, sha256 })),
  };
}

/** `/user-stories` and the stories of users would both be listed by `listUserStories`. */
function withUniqueIds(paths: readonly PathItem[]): readonly PathItem[] {
  const taken = new Set<string>();
  return paths.map((item) => ({
    ...item,
    operations: item.operations.map((operation) => {
      let id = operation.id;
      for (let number = 2; taken.has(id); number++) id = `${operation.id}${number}`;
      taken.add(id);
      return { ...operation, id };
    }),
  }));
}

/** The title of the only schema, else the name of the file or folder. */
function titleOf(source: Source, only: unknown): string {
  const title = isObject(only) ? own(only, 'title') : undefined;
  return typeof title === 'string' && !isFolder(source) ? title : baseName(source.rootFile);
}

function aboutValue({ definition, why, at }: ValueObject): Diagnostic {
  return diagnostic('schema-without-collection', `"${definition}" gets no collection of its own: ${why}.`, {
    at,
    hint: 'give it a property "id", or say x-cartouche: { id: … }, if it is a thing of its own',
  });
}

function nothingToServe(source: Source): Diagnostic {
  return diagnostic('empty-description', 'No schema here describes things that could be stored.', {
    at: { file: source.rootFile, line: 1, column: 1 },
    hint: 'a JSON Schema of type object with properties becomes a collection',
  });
}
