/**
 * What stands at the top of an OpenAPI document.
 */
import type { ApiDescription, ExternalDocs, Server } from '../description.ts';
import { openapiExtensions } from './extensions.ts';

/** The Info object. OpenAPI asks for a version; where there is none, it is `"1"`. */
export function openapiInfo(description: ApiDescription): object {
  const { title, version, info } = description;
  return {
    title,
    ...(info?.summary !== undefined && { summary: info.summary }),
    ...descriptionWithPages(description),
    ...(info?.termsOfService !== undefined && { termsOfService: info.termsOfService }),
    ...(info?.contact && { contact: info.contact }),
    ...(info?.license && { license: info.license }),
    version: version ?? '1',
    ...openapiExtensions(info?.extensions ?? []),
  };
}

/** The members `tags` and `externalDocs` of a document that has them. */
export function openapiTags({ tags = [], externalDocs }: Pick<ApiDescription, 'tags' | 'externalDocs'>): object {
  const described = tags.map((tag) => ({
    name: tag.name,
    ...(tag.description !== undefined && { description: tag.description }),
    ...openapiExternalDocs(tag.externalDocs),
    ...openapiExtensions(tag.extensions),
  }));
  return { ...(described.length > 0 && { tags: described }), ...openapiExternalDocs(externalDocs) };
}

/** The member `externalDocs`, or none. */
export function openapiExternalDocs(docs: ExternalDocs | undefined): object {
  if (docs === undefined) return {};
  const { url, description, extensions } = docs;
  return {
    externalDocs: { url, ...(description !== undefined && { description }), ...openapiExtensions(extensions) },
  };
}

/** RAML's documentation pages follow the description as sections. */
function descriptionWithPages({ description, documentation }: ApiDescription): { readonly description?: string } {
  const sections = documentation.map(({ title, content }) => `## ${title}\n\n${content}`);
  const text = [...(description === undefined ? [] : [description]), ...sections].join('\n\n');
  return text === '' ? {} : { description: text };
}

/** Server objects; servers that OpenAPI cannot describe are left out. */
export function describedServers(servers: readonly Server[]): readonly object[] {
  return servers.filter(isOpenapiServer).map(openapiServer);
}

/** Every `{variable}` of a server's URL must be described with a default. */
export function isOpenapiServer({ url, variables }: Server): boolean {
  const used = [...url.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  return (
    url !== '' &&
    used.every((used) => variables.some(({ name, default: value }) => name === used && value !== undefined))
  );
}

function openapiServer({ url, description, variables, extensions = [] }: Server): object {
  const described = variables
    .filter((variable) => variable.default !== undefined)
    .map(({ name, ...variable }): [string, object] => [
      name,
      {
        default: variable.default,
        ...(variable.enum && variable.enum.length > 0 && { enum: variable.enum }),
        ...(variable.description !== undefined && { description: variable.description }),
        ...openapiExtensions(variable.extensions ?? []),
      },
    ]);
  return {
    url,
    ...(description !== undefined && { description }),
    ...(described.length > 0 && { variables: Object.fromEntries(described) }),
    ...openapiExtensions(extensions),
  };
}
