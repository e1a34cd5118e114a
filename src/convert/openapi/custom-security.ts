/**
 * Security that OpenAPI has no type for, such as Ramses' `x-ACL`: kept as extensions, so that nothing is lost, and never
 * turned into "needs no security".
 */
import type { JsonSchema, SecurityRequirement, SecurityScheme } from '../../model/description.ts';
import { openapiContent } from '../../model/openapi/content.ts';
import { openapiHeaders, openapiParameters } from '../../model/openapi/parameters.ts';
import { isDescribable } from '../../model/openapi/security.ts';

/** `components.x-security-schemes`: type, settings and `describedBy` of each scheme, by name. */
export function customSchemes(
  schemes: readonly SecurityScheme[],
  translate: (schema: JsonSchema) => JsonSchema,
): Readonly<Record<string, object>> {
  const custom = schemes.filter((scheme) => !isDescribable(scheme));
  return Object.fromEntries(custom.map((scheme) => [scheme.name, customScheme(scheme, translate)]));
}

function customScheme(scheme: SecurityScheme, translate: (schema: JsonSchema) => JsonSchema): object {
  const parameters = openapiParameters(scheme.parameters, translate);
  const responses = scheme.responses.map((response): [string, object] => [
    response.status,
    {
      description: response.description ?? '',
      headers: openapiHeaders(response.headers, translate),
      content: openapiContent(response.content, translate),
    },
  ]);
  return {
    type: scheme.type,
    ...(scheme.description !== undefined && { description: scheme.description }),
    ...(Object.keys(scheme.settings).length > 0 && { settings: scheme.settings }),
    ...(parameters.length > 0 && { parameters }),
    ...(responses.length > 0 && { responses: Object.fromEntries(responses) }),
  };
}

/**
 * `security`, and `x-secured-by` with all alternatives as declared where OpenAPI cannot say some of them. Where it can say
 * none, `security` is left out: an empty list would let everybody in.
 */
export function securityMembers(
  declared: readonly SecurityRequirement[],
  requirements: (declared: readonly SecurityRequirement[]) => readonly object[],
  schemes: readonly SecurityScheme[],
): object {
  const said = requirements(declared);
  const isWhole = unsaidSchemes(declared, schemes).length === 0;
  const asDeclared = declared.map((requirement) =>
    Object.fromEntries(requirement.schemes.map(({ name, scopes }) => [name, scopes])),
  );
  // An alternative without any scheme, `{}`, must not be what is left of alternatives that cannot be said.
  const isSaid = isWhole || said.some((requirement) => Object.keys(requirement).length > 0);
  return { ...(isSaid && { security: said }), ...(!isWhole && { 'x-secured-by': asDeclared }) };
}

/** Names of schemes in requirements that OpenAPI cannot describe. */
export function unsaidSchemes(
  declared: readonly SecurityRequirement[],
  schemes: readonly SecurityScheme[],
): readonly string[] {
  const describable = new Set(schemes.filter(isDescribable).map(({ name }) => name));
  const named = declared.flatMap((requirement) => requirement.schemes.map(({ name }) => name));
  return [...new Set(named)].filter((name) => !describable.has(name));
}
