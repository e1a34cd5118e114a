/**
 * The parser's JSON as an `ApiDescription`.
 */
import type { Diagnostic } from '../../../diagnostics.ts';
import type { ApiDescription, Position } from '../../../model/description.ts';
import { ambiguousPaths } from '../../ambiguity.ts';
import { Library } from '../../document/library.ts';
import { SchemaRegistry } from '../../schema/registry.ts';
import type { Source } from '../../source.ts';
import { elementsOf, type ParsedRaml, placeOf, textOf, textsOf } from '../parsed.ts';
import { ExternalSchemas } from '../types/external.ts';
import { nameOf } from '../types/facets.ts';
import { Schemas08 } from '../types/schemas-08.ts';
import { RamlTypes } from '../types/types.ts';
import { baseFirst } from './base-first.ts';
import { checkLibraries, checkMediaType, checkRelationships, checkRootValues } from './checks.ts';
import { type Context, extensionsOf } from './context.ts';
import { pathsOf } from './resources.ts';
import { securityOf, securitySchemesOf } from './security.ts';
import { serversOf } from './servers.ts';

export interface Described {
  readonly description: ApiDescription;
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the types and schemas that exist. */
  readonly typeNames: readonly string[];
  /** Names of what else can be referred to, by kind. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** The libraries in `uses`. */
  readonly libraries: readonly { readonly name: string; readonly path: string }[];
}

/** Converts what was parsed; reads the JSON Schema files that it includes from `source`. */
export function describe({ version, kind, specification: parsed }: ParsedRaml, source: Source): Described {
  const specification = kind === 'Api' ? parsed : baseFirst(parsed, source);
  const root: Position = { file: source.rootFile, line: 1, column: 1 };
  const findings: Diagnostic[] = [];
  const library = new Library(source);
  const registry = new SchemaRegistry(library);
  const external = new ExternalSchemas(registry);
  const types = new RamlTypes(registry, external);
  const schemas08 = new Schemas08(external);
  if (version === '0.8') schemas08.declare(elementsOf(specification.schemas), root);
  else types.declare(elementsOf(specification.types), root);
  const context: Context = {
    version,
    types,
    schemas08,
    root,
    report: (finding) => findings.push(finding),
    originOf: (text, near) => library.originOf(text, near),
  };

  checkLibraries(specification, source, context);
  checkRootValues(source, context);
  const mediaTypes = textsOf(specification.mediaType).map((mediaType) => mediaType.toLowerCase());
  for (const mediaType of mediaTypes) checkMediaType(mediaType, placeOf(specification, root), context);
  const apiVersion = specification.version;
  const summary = textOf(specification.description);
  const description: ApiDescription = {
    format: `raml-${version}`,
    file: source.rootFile,
    title: textOf(specification.title) ?? '',
    ...(apiVersion !== undefined && apiVersion !== null && { version: String(apiVersion) }),
    ...(summary !== undefined && { description: summary }),
    documentation: elementsOf(specification.documentation).map(({ title, content }) => ({
      title: String(title ?? ''),
      content: String(content ?? ''),
    })),
    servers: serversOf(specification),
    mediaTypes,
    paths: pathsOf(specification.resources, context, { path: '', parameters: [], at: root }),
    securitySchemes: securitySchemesOf(specification.securitySchemes, root, context),
    security: securityOf(specification) ?? [],
    $defs: registry.$defs,
    schemaPositions: registry.schemaPositions,
    extensions: extensionsOf(specification),
  };
  registry.settle();
  checkRelationships(registry.mentioned, Object.keys(registry.$defs), description.paths, context);
  findings.push(...ambiguousPaths(description.paths, 'warning'));
  return {
    description,
    diagnostics: [...findings, ...library.diagnostics, ...registry.diagnostics],
    typeNames: version === '0.8' ? schemas08.names() : types.names(),
    libraries: elementsOf(specification.uses).map(({ key, value }) => ({
      name: textOf(key) ?? '',
      path: textOf(value) ?? '',
    })),
    names: new Map([
      ['trait', elementsOf(specification.traits).map(nameOf)],
      ['resource type', elementsOf(specification.resourceTypes).map(nameOf)],
      ['annotation', elementsOf(specification.annotationTypes).map(nameOf)],
      ['security scheme', elementsOf(specification.securitySchemes).map(nameOf)],
    ]),
  };
}
