import { ApiError, type ErrorCode, type Violation } from '../../errors.ts';
import type { JsonSchema, Parameter, ParameterPlace } from '../../model/description.ts';
import { mergeParameters } from '../../model/parameter.ts';
import { type Definitions, resolve, shapeOf } from '../../model/schema.ts';
import type { ApiModel, Control } from '../../model/types.ts';
import type { QueryPair } from '../../query/decode.ts';
import { suggest } from '../../suggest.ts';
import type { Exchange } from '../exchange.ts';
import { refreshParameter } from '../operations/refreshing.ts';
import type { OperationContext } from '../service.ts';
import type { Check } from '../validation/validator.ts';
import { compileCoercion } from './coerce.ts';
import { compileParameterValue, hasMembers, isPattern, memberNames, patternOf } from './parameter-values.ts';

/** Throws `ApiError` `invalid-parameter` or `unknown-parameter`. */
export type CheckParameters = (exchange: Exchange) => void;

/**
 * Checks the declared parameters of an operation. `undefined` where there is nothing that a request could get wrong, so
 * that such operations pay nothing and ajv is not loaded for them.
 *
 * `queryIsRead`: somebody else (the list) refuses unknown query parameters.
 */
export async function compileParameterChecks(
  context: OperationContext,
  queryIsRead: boolean,
): Promise<CheckParameters | undefined> {
  const { service, item, operation } = context;
  const parameters = mergeParameters(item.parameters, operation.parameters);
  const checks: CheckParameters[] = parameters.some(requiresMatch) ? [checkMatch] : [];
  for (const { place, demanding, schema } of demandingParameters({ ...context, model: service.model })) {
    const check = (await service.validator()).request(schema);
    checks.push(compilePlaceCheck(context, place, demanding, check));
  }
  const unknown = queryIsRead ? undefined : compileUnknownCheck(context, parameters);
  if (checks.length === 0) return unknown;
  return (exchange) => {
    unknown?.(exchange);
    for (const check of checks) check(exchange);
  };
}

/** The parameters of one place that a request could get wrong, and what an object of their values must fit. */
export interface DemandingParameters {
  readonly place: ParameterPlace;
  readonly demanding: readonly Parameter[];
  readonly schema: JsonSchema;
}

type DeclaredFor = Pick<OperationContext, 'binding' | 'item' | 'operation'> & { readonly model: ApiModel };

export function demandingParameters(declared: DeclaredFor): readonly DemandingParameters[] {
  const { item, operation, model } = declared;
  const parameters = mergeParameters(item.parameters, operation.parameters);
  return (['path', 'query', 'header', 'cookie'] as const).flatMap((place) => {
    const ours = parameters.filter(
      (parameter) => parameter.in === place && !isReserved(parameter) && !contradictsId(declared, parameter),
    );
    const demanding = ours.filter((parameter) => isDemanding(parameter, model.$defs));
    if (demanding.length === 0) return [];
    const named = demanding.filter((parameter) => !isPattern(parameter));
    const patterns = demanding.filter(isPattern);
    const schema = {
      type: 'object',
      properties: schemasOf(named),
      required: requiredOf(named),
      ...(patterns.length > 0 && {
        patternProperties: Object.fromEntries(patterns.map(({ name, schema }) => [patternOf(name), schema])),
      }),
    };
    return [{ place, demanding, schema }];
  });
}

/** OpenAPI: header parameters of these names have no meaning; HTTP itself speaks of them, as it does of If-Match. */
function isReserved({ name, in: place }: Parameter): boolean {
  return place === 'header' && /^(?:accept|content-type|authorization|if-match)$/i.test(name);
}

/**
 * Some descriptions declare an id as text in the schema and as a number in the path. Documents have the schema's ids,
 * and must be found by them.
 */
function contradictsId({ model, binding }: DeclaredFor, { in: place, name, schema }: Parameter): boolean {
  const { type } = shapeOf(schema, model.$defs);
  if (place !== 'path' || (type !== 'integer' && type !== 'number')) return false;
  const item = model.bindings.find(
    ({ action, path }) =>
      'idParameter' in action &&
      action.idParameter === name &&
      path.endsWith(`{${name}}`) &&
      (binding.path === path || binding.path.startsWith(`${path}/`)),
  );
  const addressed = item && 'resource' in item.action ? item.action.resource : undefined;
  return model.resources.some((resource) => resource.name === addressed && resource.id.type === 'string');
}

function requiresMatch({ name, in: place, required }: Parameter): boolean {
  return place === 'header' && required && /^if-match$/i.test(name);
}

/** A description that requires `If-Match` forbids blind writes: RFC 6585 section 3 has a status for that. */
const checkMatch: CheckParameters = ({ request }) => {
  if (request.headers['if-match'] !== undefined) return;
  throw new ApiError('precondition-required', 'This operation is declared to require If-Match.');
};

function isDemanding(parameter: Parameter, definitions: Definitions): boolean {
  if (parameter.required && parameter.in !== 'path' && !isPattern(parameter)) return true;
  const schema = resolve(parameter.schema, definitions);
  const { type } = shapeOf(parameter.schema, definitions);
  if (type !== undefined && type !== 'string') return true;
  return ['enum', 'const', 'pattern', 'minLength', 'maxLength', 'format', 'oneOf', 'anyOf', 'allOf', 'not'].some(
    (keyword) => schema[keyword] !== undefined,
  );
}

function schemasOf(parameters: readonly Parameter[]): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
}

function requiredOf(parameters: readonly Parameter[]): readonly string[] {
  return parameters.filter(({ required }) => required).map(({ name }) => name);
}

function compilePlaceCheck(
  context: OperationContext,
  place: ParameterPlace,
  parameters: readonly Parameter[],
  check: Check,
): CheckParameters {
  const readers = parameters
    .filter((parameter) => !isPattern(parameter))
    .map((parameter) => ({
      name: parameter.name,
      read: compileParameterValue(context, parameter),
    }));
  const mayBeEmpty = new Set(parameters.filter(({ allowEmptyValue }) => allowEmptyValue).map(({ name }) => name));
  const patterns = parameters.filter(isPattern).map((parameter) => ({
    covers: memberNames(parameter, context.service.model.$defs),
    coerce: compileCoercion(parameter.schema, context.service.model.$defs),
  }));
  return (exchange) => {
    const values: [string, unknown][] = [];
    for (const { name, read } of readers) {
      const value = read(exchange);
      if (value !== undefined) values.push([name, value]);
    }
    for (const { covers, coerce } of patterns) {
      for (const [name, value] of exchange.pairs) if (covers(name)) values.push([name, coerce(value)]);
    }
    const emptied = values.filter(([name, value]) => value === '' && mayBeEmpty.has(name)).map(([name]) => `/${name}`);
    const violations = check(Object.fromEntries(values)).filter(({ pointer }) => !emptied.includes(pointer ?? ''));
    if (violations.length > 0) throw invalidParameters(place, violations);
  };
}

function invalidParameters(place: ParameterPlace, violations: readonly Violation[]): ApiError {
  const named = violations.map(({ pointer = '', message }) => {
    const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(pointer) ?? [];
    const parameter = first.replaceAll('~1', '/').replaceAll('~0', '~');
    return { in: place, parameter, message: rest === '' ? message : `${rest} ${message}` };
  });
  const [first] = named;
  return new ApiError('invalid-parameter', `The ${place} parameter "${first?.parameter}" ${first?.message}.`, {
    violations: named,
  });
}

/** Query parameters that carry an API key: they belong to a security scheme and are declared nowhere else. */
function credentialsOf({ service }: OperationContext): readonly string[] {
  return service.model.securitySchemes
    .filter((scheme) => scheme.in === 'query')
    .flatMap(({ parameterName }) => parameterName ?? []);
}

/**
 * The query parameters that ask something of a list: all but API keys, and members of declared parameters that mean
 * nothing to us (`options[depth]`, what a RAML pattern names). Members that do mean something stay.
 */
export function compileListPairs(
  context: OperationContext,
  controls: readonly Control[],
): (given: Pick<Exchange, 'pairs'>) => readonly QueryPair[] {
  const { service, item, operation } = context;
  const { $defs } = service.model;
  const meaning = new Map(controls.map((control) => [control.parameter, control.meaning]));
  const means = (name: string): boolean => (meaning.get(name) ?? 'none') !== 'none';
  const covers = mergeParameters(item.parameters, operation.parameters)
    .filter((parameter) => parameter.in === 'query' && hasMembers(parameter) && !means(parameter.name))
    .map((parameter) => memberNames(parameter, $defs))
    .map((isMember) => (name: string) => isMember(name) && !means(name) && !means(name.replace(/\[\d*\]$/, '')));
  const credentials = new Set(credentialsOf(context));
  // Of a write to all that match, it says when it is answered.
  if (context.binding.action.kind !== 'list') credentials.add(refreshParameter);
  if (covers.length === 0 && credentials.size === 0) return ({ pairs }) => pairs;
  return ({ pairs }) => pairs.filter(([name]) => !credentials.has(name) && !covers.some((isMember) => isMember(name)));
}

/** A query parameter that nobody declared is refused, since ignoring it would answer another question. */
function compileUnknownCheck(context: OperationContext, parameters: readonly Parameter[]): CheckParameters {
  const { model } = context.service;
  const declared = parameters.filter((parameter) => parameter.in === 'query');
  const names = [...declared.map(({ name }) => name), ...credentialsOf(context)];
  const writes = context.binding.method !== 'get' && context.binding.action.kind !== 'sample';
  const known = new Set([...names, ...(writes ? [refreshParameter] : [])]);
  const members = declared.map((parameter) => memberNames(parameter, model.$defs, names));
  return (exchange) => {
    if (exchange.search === '') return;
    const unknown = exchange.pairs
      .map(([name]) => name)
      .filter((name) => !known.has(name) && !members.some((covers) => covers(name)));
    if (unknown.length > 0) throw unknownParameters([...new Set(unknown)], names);
  };
}

function unknownParameters(unknown: readonly string[], known: readonly string[]): ApiError {
  const code: ErrorCode = 'unknown-parameter';
  const violations = unknown.slice(0, 20).map((name): Violation => {
    const near = suggest(name, known);
    const message = near === undefined ? 'is not known here' : `is not known here; did you mean "${near}"?`;
    return { in: 'query', parameter: name.slice(0, 100), message };
  });
  const [first] = violations;
  const hint = known.length === 0 ? 'This operation takes no query parameters.' : `Known are ${known.join(', ')}.`;
  return new ApiError(code, `The query parameter "${first?.parameter}" ${first?.message}`, { violations, hint });
}
