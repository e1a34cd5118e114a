import type { ResponseLink } from '../description.ts';
import { isRecord } from '../schema.ts';
import { openapiExtensions } from './extensions.ts';
import { describedServers } from './info.ts';

/** What a Link object says besides the operation that it leads to. */
export function aboutLink({ parameters, requestBody, description, server, extensions = [] }: ResponseLink): object {
  const [described] = server === undefined ? [] : describedServers([server]);
  return {
    ...(isRecord(parameters) && Object.keys(parameters).length > 0 && { parameters }),
    ...(requestBody !== undefined && { requestBody }),
    ...(description !== undefined && { description }),
    ...(described && { server: described }),
    ...openapiExtensions(extensions),
  };
}
