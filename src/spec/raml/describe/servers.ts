/**
 * `baseUri`, its parameters and `protocols` as servers.
 */
import type { Server } from '../../../model/description.ts';
import type { Json } from '../../record.ts';
import { elementsOf, textOf, textsOf } from '../parsed.ts';

/** One server for each protocol; the one that `baseUri` itself names comes first. */
export function serversOf(specification: Json): readonly Server[] {
  const baseUri = textOf(specification.baseUri);
  if (baseUri === undefined || baseUri === '') return [];
  const variables = variablesOf(specification, baseUri);
  return urlsOf(baseUri, textsOf(specification.protocols)).map((url) => ({ url, variables }));
}

function urlsOf(baseUri: string, protocols: readonly string[]): readonly string[] {
  const scheme = /^([a-z]+):\/\//i.exec(baseUri)?.[1]?.toLowerCase();
  if (scheme === undefined) return [baseUri];
  const others = protocols.map((protocol) => protocol.toLowerCase()).filter((protocol) => /^https?$/.test(protocol));
  const schemes = others.length === 0 || others.includes(scheme) ? [scheme, ...others] : others;
  return [...new Set(schemes)].map((other) => baseUri.replace(/^[a-z]+/i, other));
}

function variablesOf(specification: Json, baseUri: string): Server['variables'] {
  const declared = elementsOf(specification.baseUriParameters);
  return [...baseUri.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => {
    const parameter = declared.find((candidate) => candidate.name === name);
    const values = textsOf(parameter?.enum);
    const version = name === 'version' ? specification.version : undefined;
    const standard = parameter?.default ?? version ?? (values.length === 1 ? values[0] : undefined);
    const description = textOf(parameter?.description);
    return {
      name,
      ...(standard !== undefined && standard !== null && { default: String(standard) }),
      ...(values.length > 0 && name !== 'version' && { enum: values }),
      ...(description !== undefined && { description }),
    };
  });
}
