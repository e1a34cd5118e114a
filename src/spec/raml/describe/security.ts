/**
 * Security schemes and what is secured by them.
 */
import type { Parameter, Position, SecurityRequirement, SecurityScheme } from '../../../model/description.ts';
import { isObject, type Json } from '../../record.ts';
import { attempt } from '../attempt.ts';
import { elementsOf, placeOf, textOf, textsOf } from '../parsed.ts';
import { nameOf } from '../types/facets.ts';
import { responsesOf } from './bodies.ts';
import { checkSignatures } from './checks.ts';
import type { Context } from './context.ts';
import { parametersOf, queryStringParameters } from './parameters.ts';

export function securitySchemesOf(list: unknown, owner: Position, context: Context): readonly SecurityScheme[] {
  return elementsOf(list).flatMap((scheme) => {
    const at = placeOf(scheme, owner);
    const found = { what: `the security scheme "${nameOf(scheme)}"`, at, report: context.report };
    return attempt(() => [securitySchemeOf(scheme, at, context)], [], found);
  });
}

function securitySchemeOf(scheme: Json, at: Position, context: Context): SecurityScheme {
  const describedBy = isObject(scheme.describedBy) ? scheme.describedBy : {};
  const parameters = [
    ...parametersOf(describedBy.headers, 'header', at, context),
    ...parametersOf(describedBy.queryParameters, 'query', at, context),
    ...queryStringParameters(describedBy.queryString, at, context),
  ];
  const description = textOf(scheme.description);
  const settings = isObject(scheme.settings) ? scheme.settings['@settings'] : undefined;
  const converted: SecurityScheme = {
    name: nameOf(scheme),
    ...kindOf(textOf(scheme.type) ?? '', parameters),
    ...(description !== undefined && { description }),
    settings: isObject(settings) ? settings : {},
    parameters,
    responses: responsesOf(describedBy.responses, nameOf(scheme), at, context),
    at,
  };
  checkSignatures(converted, context);
  return converted;
}

/** RAML's types of schemes as OpenAPI's (RAML 1.0, "Security Scheme Types"); `x-…` types keep their name. */
function kindOf(
  type: string,
  parameters: readonly Parameter[],
): Pick<SecurityScheme, 'type' | 'scheme' | 'in' | 'parameterName'> {
  switch (type) {
    case 'OAuth 2.0':
      return { type: 'oauth2' };
    case 'OAuth 1.0':
      return { type: 'http', scheme: 'oauth' };
    case 'Basic Authentication':
      return { type: 'http', scheme: 'basic' };
    case 'Digest Authentication':
    case 'DigestSecurityScheme Authentication':
      return { type: 'http', scheme: 'digest' };
    case 'Pass Through':
      return passThrough(parameters);
    default:
      return { type: `x-${type.replace(/^x-/i, '')}` };
  }
}

/** A header or query parameter is passed on: the first one described is the key. */
function passThrough([key]: readonly Parameter[]): Pick<SecurityScheme, 'type' | 'in' | 'parameterName'> {
  if (key?.in !== 'header' && key?.in !== 'query') return { type: 'apiKey' };
  return { type: 'apiKey', in: key.in, parameterName: key.name };
}

/** `securedBy`: alternatives; `null` among them lets anonymous requests in, and alone it means that none are secured. */
export function securityOf(element: Json): readonly SecurityRequirement[] | undefined {
  const { securedBy } = element;
  if (!Array.isArray(securedBy)) return undefined;
  const requirements = securedBy.map(requirementOf);
  return requirements.every(({ schemes }) => schemes.length === 0) ? [] : requirements;
}

function requirementOf(reference: unknown): SecurityRequirement {
  if (!isObject(reference) || nameOf(reference) === '' || nameOf(reference) === 'null') return { schemes: [] };
  const scopes = elementsOf(reference.parameters).find((parameter) => parameter.name === 'scopes')?.value;
  return { schemes: [{ name: nameOf(reference), scopes: textsOf(scopes) }] };
}
