/**
 * Security schemes (RAML 1.0, "Security Schemes") and what is secured by them.
 */
import type { ApiDescription, Parameter, SecurityRequirement, SecurityScheme } from '../../model/description.ts';
import { isRecord } from '../../model/schema.ts';
import { responsesMember } from './bodies.ts';
import { ramlParameters } from './parameters.ts';
import type { Translation } from './translation.ts';

/** `securitySchemes`: those that are declared, then those that must hold together. */
export function ramlSecuritySchemes(description: Secured, translation: Translation): object {
  const { securitySchemes } = description;
  const combined = combinedSchemes(description);
  return Object.fromEntries([
    ...securitySchemes.map((scheme) => [scheme.name, ramlScheme(scheme, translation)] as const),
    ...combinations(description).map(
      (requirement) =>
        [
          combined.get(combinationKey(requirement)) ?? '',
          combinedScheme(requirement, securitySchemes, translation),
        ] as const,
    ),
  ]);
}

function ramlScheme(scheme: SecurityScheme, translation: Translation): object {
  const { name, description, at } = scheme;
  const { type, settings } = typeAndSettings(scheme, translation);
  if (type.startsWith('x-') && type !== scheme.type) {
    translation.report.changed(`The security scheme "${name}" is of the type "${type}": RAML has none of its own.`, at);
  }
  const describedBy = {
    ...describe([scheme], 'headers', 'header', translation),
    ...describe([scheme], 'queryParameters', 'query', translation),
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
 * `securedBy` for alternatives. RAML cannot say that two schemes must hold together: such a pair is a scheme of its own,
 * of the type `x-all-of`, so that it never looks as if one of the two was enough.
 */
export function securedBy(
  { securitySchemes, ...description }: Secured,
  report: Translation['report'],
): Translation['securedBy'] {
  const oauth = new Set(securitySchemes.filter(({ type }) => type === 'oauth2').map(({ name }) => name));
  const combined = combinedSchemes({ securitySchemes, ...description });
  return (declared, what, at) => {
    if (declared.length === 0) return [null];
    return declared.map((requirement) => {
      const [only, ...others] = requirement.schemes;
      if (only === undefined) return null;
      const names = requirement.schemes.map(({ name }) => name).join('" and "');
      if (others.length > 0) {
        const name = combined.get(combinationKey(requirement)) ?? '';
        report.changed(`That ${what} needs "${names}" together is said by the scheme "${name}".`, at);
        return name;
      }
      if (only.scopes.length === 0) return only.name;
      if (oauth.has(only.name)) return { [only.name]: { scopes: only.scopes } };
      report.lost(
        `The scopes that ${what} needs of "${only.name}" are left out: RAML has them for OAuth 2.0 only.`,
        at,
      );
      return only.name;
    });
  };
}

/** What may say that something is secured. */
type Secured = Pick<ApiDescription, 'securitySchemes' | 'security' | 'paths'>;

/** A name for each set of schemes, with their scopes, that must hold together. */
function combinedSchemes(description: Secured): ReadonlyMap<string, string> {
  const taken = new Set(description.securitySchemes.map(({ name }) => name));
  const names = new Map<string, string>();
  for (const requirement of combinations(description)) {
    const key = combinationKey(requirement);
    if (names.has(key)) continue;
    const base = requirement.schemes.map(({ name }) => name).join('-and-');
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
    taken.add(name);
    names.set(key, name);
  }
  return names;
}

function combinations({ security, paths }: Secured): readonly SecurityRequirement[] {
  const own = paths.flatMap(({ operations }) => operations).flatMap((operation) => operation.security ?? []);
  return [...security, ...own].filter(({ schemes }) => schemes.length > 1);
}

function combinationKey({ schemes }: SecurityRequirement): string {
  return JSON.stringify(schemes.map(({ name, scopes }) => [name, scopes]));
}

/** Each set of schemes as one, that is described by all that its members are described by. */
function combinedScheme(
  requirement: SecurityRequirement,
  schemes: readonly SecurityScheme[],
  translation: Translation,
) {
  const members = requirement.schemes.flatMap(({ name }) => schemes.find((scheme) => scheme.name === name) ?? []);
  const describedBy = {
    ...describe(members, 'headers', 'header', translation),
    ...describe(members, 'queryParameters', 'query', translation),
  };
  return {
    type: 'x-all-of',
    description: `All of ${requirement.schemes.map(({ name }) => name).join(', ')} together.`,
    ...(Object.keys(describedBy).length > 0 && { describedBy }),
    settings: {
      schemes: requirement.schemes.map(({ name, scopes }) => ({ name, ...(scopes.length > 0 && { scopes }) })),
    },
  };
}

function describe(
  schemes: readonly SecurityScheme[],
  member: string,
  place: Parameter['in'],
  translation: Translation,
): object {
  const parameters = schemes.flatMap(describedParameters).filter((parameter) => parameter.in === place);
  return parameters.length > 0 ? { [member]: ramlParameters(parameters, translation) } : {};
}
