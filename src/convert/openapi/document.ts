/**
 * A description as an OpenAPI 3.1 document: what is declared, and nothing that a server would add.
 */
import { STATUS_CODES } from 'node:http';
import type { ApiDescription, SecurityRequirement } from '../../model/description.ts';
import { openapiExtensions } from '../../model/openapi/extensions.ts';
import { describedServers, openapiInfo, openapiTags } from '../../model/openapi/info.ts';
import { openapiPath, openapiPaths, type PathTranslation } from '../../model/openapi/paths.ts';
import { translateSchemas } from '../../model/openapi/schemas.ts';
import { translateSecurity } from '../../model/openapi/security.ts';
import { declaredIds } from '../../model/operations.ts';
import type { Conversion } from '../loss.ts';
import { customSchemes, securityMembers } from './custom-security.ts';
import { keywordName } from './keywords.ts';
import { lossesToOpenapi } from './losses.ts';
import { mergedPaths } from './merged-paths.ts';
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
  const merged = mergedPaths(description.paths);
  const { webhooks = [], pathsExtensions = [], componentsExtensions = [] } = description;
  const ids = declaredIds([...merged.map(({ item }) => item), ...webhooks]);
  const translation: PathTranslation = {
    translate,
    security,
    operationId: (operation) => ids.get(operation),
    meaning: (status) => STATUS_CODES[status] ?? '',
  };
  const paths = merged.map(({ path, item }): [string, object] => [path, openapiPath(item, translation)]);
  const custom = customSchemes(description.securitySchemes, translate);
  const components = {
    ...members('schemas', schemas),
    ...members('securitySchemes', schemes),
    ...members('x-security-schemes', custom),
    ...openapiExtensions(componentsExtensions),
  };
  const servers = describedServers(description.servers.map(withDefaults));
  const document = {
    openapi: '3.1.1',
    info: openapiInfo(description),
    ...(servers.length > 0 && { servers }),
    ...(description.security.length > 0 && security(description.security)),
    ...openapiTags(description),
    paths: { ...Object.fromEntries(paths), ...openapiExtensions(pathsExtensions) },
    ...members('webhooks', openapiPaths(webhooks, translation)),
    ...members('components', components),
    ...openapiExtensions(description.extensions),
  };
  return { document, losses: lossesToOpenapi(description) };
}

function members(name: string, value: object): object {
  return Object.keys(value).length > 0 ? { [name]: value } : {};
}
