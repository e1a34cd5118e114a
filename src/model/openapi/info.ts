/**
 * What stands at the top of an OpenAPI document.
 */
import type { ApiDescription, Server } from '../description.ts';

/** RAML's documentation pages follow the description as sections. */
export function descriptionWithPages({ description, documentation }: ApiDescription): {
  readonly description?: string;
} {
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

function openapiServer({ url, description, variables }: Server): object {
  const described = variables
    .filter((variable) => variable.default !== undefined)
    .map(({ name, ...variable }): [string, object] => [
      name,
      {
        default: variable.default,
        ...(variable.enum && variable.enum.length > 0 && { enum: variable.enum }),
        ...(variable.description !== undefined && { description: variable.description }),
      },
    ]);
  return {
    url,
    ...(description !== undefined && { description }),
    ...(described.length > 0 && { variables: Object.fromEntries(described) }),
  };
}
