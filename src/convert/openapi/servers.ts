import type { Server } from '../../model/description.ts';

/**
 * OpenAPI wants a default for each variable of a server's URL. Where the description has none, it is the first of its
 * values, else its own name, so that the URL is kept.
 */
export function withDefaults(server: Server): Server {
  const used = new Set([...server.url.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name));
  const variables = [...used].map((name) => {
    const declared = server.variables.find((variable) => variable.name === name);
    return { ...declared, name, default: declared?.default ?? declared?.enum?.[0] ?? name };
  });
  return { ...server, variables };
}

/** Names of the variables that `withDefaults` has to help. */
export function variablesWithoutDefault({ url, variables }: Server): readonly string[] {
  const used = new Set([...url.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name));
  return [...used].filter((name) => variables.find((variable) => variable.name === name)?.default === undefined);
}
