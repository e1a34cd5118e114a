/**
 * Security schemes (RAML 1.0, "Security Schemes") and what is secured by them.
 */
import type { Parameter, SecurityScheme } from '../../model/description.ts';
import { isRecord } from '../../model/schema.ts';
import { responsesMember } from './bodies.ts';
import { ramlParameters } from './parameters.ts';
import type { Translation } from './translation.ts';

export function ramlSecuritySchemes(schemes: readonly SecurityScheme[], translation: Translation): object {
  return Object.fromEntries(schemes.map((scheme) => [scheme.name, ramlScheme(scheme, translation)]));
}

function ramlScheme(scheme: SecurityScheme, translation: Translation): object {
  const { name, description, at } = scheme;
  const { type, settings } = typeAndSettings(scheme, translation);
  if (type.startsWith('x-') && type !== scheme.type) {
    translation.report.changed(`The security scheme "${name}" is of the type "${type}": RAML has none of its own.`, at);
  }
  const parameters = describedParameters(scheme);
  const headers = parameters.filter((parameter) => parameter.in === 'header');
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const describedBy = {
    ...(headers.length > 0 && { headers: ramlParameters(headers, translation) }),
    ...(query.length > 0 && { queryParameters: ramlParameters(query, translation) }),
    ...responsesMember(scheme.responses, `the security scheme "${name}"`, translation),
  };
  return {
    type,
    ...(description !== undefined && { description }),
    ...(Object.keys(describedBy).length > 0 && { describedBy }),
    ...(Object.keys(settings).length > 0 && { settings }),
  };
}

interface TypeAndSettings {
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

function typeAndSettings(scheme: SecurityScheme, translation: Translation): TypeAndSettings {
  const { settings, parameterName } = scheme;
  switch (scheme.type) {
    case 'apiKey':
      return scheme.in === 'cookie'
        ? { type: 'x-cookie', settings: { ...settings, ...(parameterName !== undefined && { name: parameterName }) } }
        : { type: 'Pass Through', settings: {} };
    case 'http':
      return httpScheme(scheme.scheme ?? 'basic', settings);
    case 'oauth2':
      return {
        type: 'OAuth 2.0',
        settings: isRecord(settings.flows) ? ofFlows(scheme, settings.flows, translation) : ofRaml(settings),
      };
    case 'openIdConnect':
    case 'mutualTLS':
      return { type: `x-${scheme.type}`, settings };
    default:
      return { type: scheme.type, settings };
  }
}

function httpScheme(scheme: string, settings: SecurityScheme['settings']): TypeAndSettings {
  switch (scheme.toLowerCase()) {
    case 'basic':
      return { type: 'Basic Authentication', settings: {} };
    case 'digest':
      return { type: 'Digest Authentication', settings: {} };
    case 'oauth':
      return { type: 'OAuth 1.0', settings };
    default:
      return { type: `x-${scheme}`, settings };
  }
}

/** What requests carry. RAML tells a key's name by describing it. */
function describedParameters({ type, in: place, parameterName, parameters, at }: SecurityScheme): readonly Parameter[] {
  const isKey = type === 'apiKey' && parameterName !== undefined && (place === 'header' || place === 'query');
  if (!isKey || parameters.some(({ name }) => name === parameterName)) return parameters;
  const schema = { type: 'string' };
  const known = { required: true, schema, explode: false, examples: [], extensions: [], at };
  return [{ ...known, name: parameterName, in: place, style: place === 'query' ? 'form' : 'simple' }, ...parameters];
}

const grants: ReadonlyMap<string, string> = new Map([
  ['authorizationCode', 'authorization_code'],
  ['implicit', 'implicit'],
  ['password', 'password'],
  ['clientCredentials', 'client_credentials'],
  // RAML 0.8.
  ['code', 'authorization_code'],
  ['token', 'implicit'],
  ['owner', 'password'],
  ['credentials', 'client_credentials'],
]);

/** OpenAPI has addresses and scopes for each flow, RAML for all: those of the first flow that has them. */
function ofFlows(
  { name, at }: SecurityScheme,
  flows: Readonly<Record<string, unknown>>,
  { report }: Translation,
): TypeAndSettings['settings'] {
  const known = Object.entries(flows).flatMap(([flow, value]) => (isRecord(value) ? [{ flow, value }] : []));
  const first = (key: string): unknown => {
    const values = [...new Set(known.map(({ value }) => value[key]).filter((value) => value !== undefined))];
    if (values.length > 1) report.lost(`The scheme "${name}" has several "${key}"; RAML takes one: the first.`, at);
    return values[0];
  };
  const authorizationUri = first('authorizationUrl');
  const accessTokenUri = first('tokenUrl');
  if (first('refreshUrl') !== undefined) report.lost(`"refreshUrl" of the scheme "${name}" has no place.`, at);
  const scopes = known.flatMap(({ value }) => (isRecord(value.scopes) ? Object.entries(value.scopes) : []));
  if (scopes.some(([, meaning]) => meaning !== '')) {
    report.lost(`What the scopes of the scheme "${name}" mean has no place.`, at);
  }
  return {
    ...(authorizationUri !== undefined && { authorizationUri }),
    // Readers of RAML ask for one, which the implicit flow does not have.
    accessTokenUri: accessTokenUri ?? '',
    authorizationGrants: known.map(({ flow }) => grants.get(flow) ?? flow),
    ...(scopes.length > 0 && { scopes: [...new Set(scopes.map(([scope]) => scope))] }),
  };
}

/** RAML 0.8 has short names for the grants. */
function ofRaml(settings: SecurityScheme['settings']): TypeAndSettings['settings'] {
  const { authorizationGrants } = settings;
  if (!Array.isArray(authorizationGrants)) return settings;
  return { ...settings, authorizationGrants: authorizationGrants.map((grant) => grants.get(String(grant)) ?? grant) };
}

/**
 * `securedBy` for alternatives. RAML cannot say that two schemes must hold together; both are listed then, so that it
 * never looks as if neither was needed.
 */
export function securedBy(schemes: readonly SecurityScheme[], report: Translation['report']): Translation['securedBy'] {
  const oauth = new Set(schemes.filter(({ type }) => type === 'oauth2').map(({ name }) => name));
  return (declared, what, at) => {
    if (declared.length === 0) return [null];
    return declared.flatMap((requirement) => {
      if (requirement.schemes.length === 0) return [null];
      const names = requirement.schemes.map(({ name }) => name).join('" and "');
      if (requirement.schemes.length > 1) {
        report.lost(`That ${what} needs "${names}" together cannot be said: they are alternatives now.`, at);
      }
      return requirement.schemes.map(({ name, scopes }) => {
        if (scopes.length === 0) return name;
        if (oauth.has(name)) return { [name]: { scopes } };
        report.lost(`The scopes that ${what} needs of "${name}" are left out: RAML has them for OAuth 2.0 only.`, at);
        return name;
      });
    });
  };
}
