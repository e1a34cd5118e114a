/**
 * A description as an OpenAPI 3.1 document: what is declared, and nothing that a server would add.
 */
import type { ApiDescription, SecurityRequirement } from '../../model/description.ts';
import { openapiExtensions } from '../../model/openapi/extensions.ts';
import { describedServers, descriptionWithPages } from '../../model/openapi/info.ts';
import { translateSchemas } from '../../model/openapi/schemas.ts';
import { translateSecurity } from '../../model/openapi/security.ts';
import type { Conversion } from '../loss.ts';
import { customSchemes, securityMembers } from './custom-security.ts';
import { keywordName } from './keywords.ts';
import { lossesToOpenapi } from './losses.ts';
import { mergedPaths } from './merged-paths.ts';
import { openapiPath } from './paths.ts';
import { withDefaults } from './servers.ts';

/**
 * Converts a description of any format to OpenAPI 3.1. Pure. The document is valid whatever the description says: what
 * has no place in OpenAPI is among the losses, kept as `x-…` where that is possible.
 *
 * @example toOpenapi(model).document // { openapi: '3.1.1', info: { title: 'Bookstore', version: 'v1' }, … }
 */
export function toOpenapi(description: ApiDescription): Conversion {
  const { schemas, translate } = translateSchemas(description.$defs, keywordName);
  const { schemes, requirements } = translateSecurity(description.securitySchemes);
  const security = (declared: readonly SecurityRequirement[]) =>
    securityMembers(declared, requirements, description.securitySchemes);
  const paths = mergedPaths(description.paths).map(({ path, item }): [string, object] => [
    path,
    openapiPath(item, { translate, security }),
  ]);
  const custom = customSchemes(description.securitySchemes, translate);
  const components = {
    ...members('schemas', schemas),
    ...members('securitySchemes', schemes),
    ...members('x-security-schemes', custom),
  };
  const servers = describedServers(description.servers.map(withDefaults));
  const document = {
    openapi: '3.1.1',
    info: { title: description.title, version: description.version ?? '1', ...descriptionWithPages(description) },
    ...(servers.length > 0 && { servers }),
    ...(description.security.length > 0 && security(description.security)),
    paths: Object.fromEntries(paths),
    ...members('components', components),
    ...openapiExtensions(description.extensions),
  };
  return { document, losses: lossesToOpenapi(description) };
}

function members(name: string, value: object): object {
  return Object.keys(value).length > 0 ? { [name]: value } : {};
}
