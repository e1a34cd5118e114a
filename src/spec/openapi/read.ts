/**
 * OpenAPI 3.0 and 3.1, in YAML or JSON, over one or many files.
 */
import type { Diagnostic } from '../../diagnostics.ts';
import type { ApiDescription } from '../../model/description.ts';
import { ambiguousPaths } from '../ambiguity.ts';
import { childOf, type DocumentNode, Library, rootOf } from '../document/library.ts';
import type { ReadResult } from '../result.ts';
import { type Dialect, dialectOf } from '../schema/dialect.ts';
import { SchemaRegistry } from '../schema/registry.ts';
import type { Source } from '../source.ts';
import { checkShape } from './check.ts';
import { readExternalDocs, readInfo, readServers, readTags } from './info.ts';
import { readPaths, readWebhooks, surroundings } from './paths.ts';
import { entriesOf, extensionsOf, type Reading, textOf } from './reading.ts';
import { readSecurity, readSecuritySchemes } from './security.ts';
import { checkSense } from './sense.ts';
import { versionOf } from './version.ts';

/**
 * Reads the OpenAPI document that a source opens with. Never throws; all that is wrong is in `diagnostics`. The
 * description is absent only if the text is no YAML or JSON, or no OpenAPI 3.0 or 3.1.
 */
export function readOpenApi(source: Source): ReadResult {
  const library = new Library(source);
  const document = library.open(source.rootFile);
  const files = () => source.files().map(({ path, sha256 }) => ({ path, sha256 }));
  if (!document || library.diagnostics.some(({ severity }) => severity === 'error')) {
    return { diagnostics: library.diagnostics, files: files() };
  }
  const root = rootOf(document);
  const version = versionOf(root);
  if (!version.version) return { diagnostics: [...library.diagnostics, ...version.diagnostics], files: files() };
  const schemas = new SchemaRegistry(library);
  const reading: Reading = {
    version: version.version,
    dialect: version.version === '3.0' ? 'openapi-3.0' : defaultDialect(root),
    library,
    schemas,
    diagnostics: [...version.diagnostics],
  };
  checkShape(reading, root);
  const description = readDescription(reading, root);
  const found = [...library.diagnostics, ...reading.diagnostics, ...schemas.diagnostics];
  return { description, diagnostics: distinct(found), files: files() };
}

/** `jsonSchemaDialect` of OpenAPI 3.1 is what `$schema` would say in each schema. */
function defaultDialect(root: DocumentNode): Dialect {
  return dialectOf({ $schema: childOf(root, 'jsonSchemaDialect').value }, '2020-12');
}

function readDescription(reading: Reading, root: DocumentNode): ApiDescription {
  const { schemas } = reading;
  for (const [name, node] of entriesOf(root, 'components', 'schemas')) schemas.define(name, node, reading.dialect);
  schemas.settle();
  const schemes = readSecuritySchemes(reading, root);
  const around = surroundings(schemes);
  const paths = readPaths(reading, root, around);
  const webhooks = readWebhooks(reading, root, around);
  reading.diagnostics.push(...ambiguousPaths(paths, 'error'));
  checkSense(reading, root, { paths, webhooks });
  const info = childOf(root, 'info');
  const ofInfo = readInfo(root);
  const tags = readTags(root);
  const pathsExtensions = extensionsOf(childOf(root, 'paths'));
  const componentsExtensions = extensionsOf(childOf(root, 'components'));
  const version = textOf(info, 'version');
  const description = textOf(info, 'description');
  return {
    format: reading.version === '3.0' ? 'openapi-3.0' : 'openapi-3.1',
    file: root.document.file,
    title: textOf(info, 'title') ?? '',
    ...(version === undefined ? {} : { version }),
    ...(description === undefined ? {} : { description }),
    documentation: [],
    servers: readServers(root),
    mediaTypes: [],
    paths,
    securitySchemes: schemes.understood,
    security: readSecurity(reading, root, schemes) ?? [],
    $defs: schemas.$defs,
    schemaPositions: schemas.schemaPositions,
    extensions: extensionsOf(root),
    ...(ofInfo && { info: ofInfo }),
    ...(tags.length > 0 && { tags }),
    ...readExternalDocs(root),
    ...(webhooks.length > 0 && { webhooks }),
    ...(pathsExtensions.length > 0 && { pathsExtensions }),
    ...(componentsExtensions.length > 0 && { componentsExtensions }),
  };
}

/** A component that is referred to from many places is looked at more than once. */
function distinct(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const finding of findings) {
    const { code, message, at } = finding;
    const key = JSON.stringify([code, message, at?.file, at?.line, at?.column]);
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}
