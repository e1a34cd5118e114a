import type { SecurityRequirement, SecurityScheme } from '../description.ts';
import { isRecord } from '../schema.ts';
import { componentNames } from './component-names.ts';

export interface SecurityTranslation {
  /** `components.securitySchemes` */
  readonly schemes: Readonly<Record<string, object>>;
  /** Requirements of schemes that could be described. An alternative without any scheme allows anonymous access. */
  readonly requirements: (declared: readonly SecurityRequirement[]) => readonly object[];
}

/**
 * RAML's own types of schemes (`x-…`, OAuth 1) have no counterpart in OpenAPI and are left out, with their
 * requirements.
 */
export function translateSecurity(declared: readonly SecurityScheme[]): SecurityTranslation {
  const names = componentNames(declared.map(({ name }) => name));
  const described = new Map<string, object>();
  for (const scheme of declared) {
    const translated = translate(scheme);
    const { name, description } = scheme;
    if (translated) {
      const extensions = Object.entries(scheme.settings).filter(([key]) => key.startsWith('x-'));
      described.set(name, {
        ...translated,
        ...(description !== undefined && { description }),
        ...Object.fromEntries(extensions),
      });
    }
  }
  const named = [...described].map(([name, scheme]) => [names.get(name) ?? name, scheme] as const);
  return {
    schemes: Object.fromEntries(named),
    requirements: (requirements) =>
      requirements
        .filter(({ schemes }) => schemes.every(({ name }) => described.has(name)))
        .map(({ schemes }) => Object.fromEntries(schemes.map(({ name, scopes }) => [names.get(name) ?? name, scopes]))),
  };
}

/** Whether OpenAPI has a type of scheme for it, and the description says enough. */
export function isDescribable(scheme: SecurityScheme): boolean {
  return translate(scheme) !== undefined;
}

function translate(scheme: SecurityScheme): object | undefined {
  const { type, settings } = scheme;
  switch (type) {
    case 'apiKey':
      return scheme.parameterName === undefined
        ? undefined
        : { type, name: scheme.parameterName, in: scheme.in ?? 'header' };
    case 'http':
      return {
        type,
        scheme: scheme.scheme ?? 'basic',
        ...(isText(settings.bearerFormat) && { bearerFormat: settings.bearerFormat }),
      };
    case 'oauth2':
      return { type, flows: isRecord(settings.flows) ? settings.flows : ramlFlows(settings) };
    case 'openIdConnect':
      return isText(settings.openIdConnectUrl) ? { type, openIdConnectUrl: settings.openIdConnectUrl } : undefined;
    case 'mutualTLS':
      return { type };
    default:
      return undefined;
  }
}

/** RAML tells grants, two addresses and scopes; OpenAPI wants one flow for each grant. */
function ramlFlows(settings: Readonly<Record<string, unknown>>): object {
  const { authorizationUri, accessTokenUri } = settings;
  const authorizationUrl = isText(authorizationUri) ? authorizationUri : undefined;
  const tokenUrl = isText(accessTokenUri) ? accessTokenUri : undefined;
  const scopes = Object.fromEntries(texts(settings.scopes).map((scope) => [scope, '']));
  const grants = texts(settings.authorizationGrants);
  const flows = grants.flatMap((grant): readonly (readonly [string, object])[] => {
    const flow = flowNames.get(grant);
    const needsAuthorization = flow === 'implicit' || flow === 'authorizationCode';
    const needsToken = flow !== 'implicit';
    if (!flow || (needsAuthorization && !authorizationUrl) || (needsToken && !tokenUrl)) return [];
    return [[flow, { ...(needsAuthorization && { authorizationUrl }), ...(needsToken && { tokenUrl }), scopes }]];
  });
  return Object.fromEntries(flows);
}

/** RAML 0.8 calls them `code`, `token`, `owner`, `credentials`. */
const flowNames: ReadonlyMap<string, string> = new Map([
  ['code', 'authorizationCode'],
  ['authorization_code', 'authorizationCode'],
  ['token', 'implicit'],
  ['implicit', 'implicit'],
  ['owner', 'password'],
  ['password', 'password'],
  ['credentials', 'clientCredentials'],
  ['client_credentials', 'clientCredentials'],
]);

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(isText) : isText(value) ? [value] : [];
}
