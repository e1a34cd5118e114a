/**
 * What RAML has no place for, as annotations that hold it as OpenAPI says it: callbacks, webhooks, servers of a path,
 * links, how parts of a form are written.
 */
import type {
  Encoding,
  ExternalDocs,
  MediaType,
  PathItem,
  Position,
  ResponseLink,
  Server,
} from '../../model/description.ts';
import { openapiContent } from '../../model/openapi/content.ts';
import { openapiExtensions } from '../../model/openapi/extensions.ts';
import { describedServers, openapiExternalDocs } from '../../model/openapi/info.ts';
import { aboutLink } from '../../model/openapi/links.ts';
import { openapiPaths, type PathTranslation } from '../../model/openapi/paths.ts';
import { isRecord } from '../../model/schema.ts';
import { selfContained } from './schema-text.ts';
import type { Translation } from './translation.ts';

/** An annotation with a value that nobody acts on, told in the report; nothing where there is no value. */
export function keptAs(name: string, value: unknown, what: string, at: Position, translation: Translation): object {
  if (value === undefined) return {};
  const key = translation.annotations.key(name);
  translation.report.changed(`${what} as the annotation "${key}", which no reader of RAML acts on.`, at);
  return { [key]: value };
}

/** Path items of webhooks or of a callback; every schema in them holds the definitions that it needs. */
export function keptPaths(items: readonly PathItem[], translation: Translation): object {
  return openapiPaths(items, pathTranslation(translation));
}

export function keptServers(servers: readonly Server[] | undefined): unknown {
  return servers === undefined ? undefined : describedServers(servers);
}

export function keptDocs(docs: ExternalDocs | undefined): unknown {
  const said: unknown = Object.values(openapiExternalDocs(docs))[0];
  return said;
}

export function keptLinks(links: readonly ResponseLink[]): unknown {
  if (links.length === 0) return undefined;
  return Object.fromEntries(
    links.map((link) => {
      const { name, operationId, operationRef } = link;
      return [name, { ...(operationId && { operationId }), ...(operationRef && { operationRef }), ...aboutLink(link) }];
    }),
  );
}

export function keptEncoding(media: MediaType, translation: Translation): unknown {
  const encoding: readonly Encoding[] = media.encoding ?? [];
  if (encoding.length === 0) return undefined;
  const content = openapiContent([{ ...media, examples: [] }], pathTranslation(translation).translate)[media.mediaType];
  return isRecord(content) ? content.encoding : undefined;
}

export function keptExternalExamples(examples: MediaType['externalExamples'] = []): unknown {
  return examples.length === 0 ? undefined : Object.fromEntries(examples.map(({ name, url }) => [name, url]));
}

function pathTranslation({ $defs }: Translation): PathTranslation {
  return {
    translate: (schema) => selfContained(schema, $defs),
    security: (declared) => ({
      security: declared.map(({ schemes }) => Object.fromEntries(schemes.map(({ name, scopes }) => [name, scopes]))),
    }),
    operationId: ({ id }) => (id.includes(' ') ? undefined : id),
    meaning: () => '',
  };
}

export function keptExtensions(extensions: Parameters<typeof openapiExtensions>[0] | undefined): unknown {
  return extensions === undefined || extensions.length === 0 ? undefined : openapiExtensions(extensions);
}
