/**
 * Nested resources become flat paths, in the description's order.
 */

import type { Method, Operation, Parameter, PathItem, Position } from '../../../model/description.ts';
import { impliedParameter } from '../../../model/implied-parameter.ts';
import { isObject, type Json } from '../../record.ts';
import { attempt } from '../attempt.ts';
import { elementsOf, placeOf, textOf } from '../parsed.ts';
import { nameOf } from '../types/facets.ts';
import { requestBodyOf, responsesOf } from './bodies.ts';
import { checkPathParameter } from './checks.ts';
import { type Context, extensionsOf } from './context.ts';
import { parametersOf, queryStringParameters } from './parameters.ts';
import { securityOf } from './security.ts';

/** What a resource takes over from the resources that it is nested in. */
interface Outer {
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly at: Position;
}

export function pathsOf(list: unknown, context: Context, outer: Outer): readonly PathItem[] {
  return elementsOf(list).flatMap((resource) => {
    const at = placeOf(resource, outer.at);
    const path = joinPaths(outer.path, textOf(resource.relativeUri) ?? '');
    const found = { what: `the resource ${path}`, at, report: context.report };
    return attempt(() => resourceAndBelow(resource, path, at, context, outer), [], found);
  });
}

function resourceAndBelow(
  resource: Json,
  path: string,
  at: Position,
  context: Context,
  outer: Outer,
): readonly PathItem[] {
  const declared = parametersOf(resource.uriParameters, 'path', at, context);
  for (const parameter of declared) checkPathParameter(parameter, context);
  const parameters = inTemplateOrder(path, [...outer.parameters, ...declared], at);
  const operations = elementsOf(resource.methods).flatMap((method) => {
    const found = { what: `${textOf(method.method)} ${path}`, at: placeOf(method, at), report: context.report };
    return attempt(() => operationOf(method, resource, path, at, context), [], found);
  });
  const item = pathItemOf(resource, { path, parameters, operations, at });
  // A resource without methods only groups others.
  const own = operations.length > 0 ? [item] : [];
  return [...own, ...pathsOf(resource.resources, context, { path, parameters, at })];
}

function pathItemOf(resource: Json, known: Pick<PathItem, 'path' | 'parameters' | 'operations' | 'at'>): PathItem {
  const displayName = textOf(resource.displayName);
  const description = textOf(resource.description);
  const resourceType = isObject(resource.type) ? textOf(resource.type.name) : textOf(resource.type);
  return {
    ...known,
    ...(displayName !== undefined && displayName !== resource.relativeUri && { displayName }),
    ...(description !== undefined && { description }),
    ...(resourceType !== undefined && { resourceType }),
    extensions: extensionsOf(resource),
  };
}

const METHODS: ReadonlySet<string> = new Set<Method>([
  'get',
  'head',
  'post',
  'put',
  'patch',
  'delete',
  'options',
  'trace',
]);

function isMethod(name: string): name is Method {
  return METHODS.has(name);
}

function operationOf(
  element: Json,
  resource: Json,
  path: string,
  owner: Position,
  context: Context,
): readonly Operation[] {
  const method = textOf(element.method)?.toLowerCase() ?? '';
  if (!isMethod(method)) return [];
  const at = placeOf(element, owner);
  const wanted = wantedName(path);
  const requestBody = requestBodyOf(element, wanted, at, context);
  const security = securityOf(element) ?? securityOf(resource);
  const summary = textOf(element.displayName);
  const description = textOf(element.description);
  return [
    {
      method,
      id: `${method} ${path}`,
      ...(summary !== undefined && summary !== method && { summary }),
      ...(description !== undefined && { description }),
      tags: [],
      deprecated: false,
      parameters: [
        ...parametersOf(element.queryParameters, 'query', at, context),
        ...queryStringParameters(element.queryString, at, context),
        ...parametersOf(element.headers, 'header', at, context),
      ],
      ...(requestBody && { requestBody }),
      responses: responsesOf(element.responses, wanted, at, context),
      ...(security && { security }),
      traits: [...new Set([...elementsOf(resource.is), ...elementsOf(element.is)].map(nameOf))],
      extensions: extensionsOf(element),
      at,
    },
  ];
}

/** A resource `/` holds others without doubling the slash. */
function joinPaths(outer: string, relative: string): string {
  return outer.endsWith('/') && relative.startsWith('/') ? outer + relative.slice(1) : outer + relative;
}

/** Declared parameters in the order of the template; one that is only in the template is any text. */
function inTemplateOrder(path: string, declared: readonly Parameter[], at: Position): readonly Parameter[] {
  const names = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  return [...new Set(names)].map(
    (name) => declared.findLast((parameter) => parameter.name === name) ?? impliedParameter(name, at),
  );
}

/** A name for a schema that has none, from the last literal segment of its path: `books` for `/v1/books/{isbn}`. */
function wantedName(path: string): string {
  return path.split('/').findLast((segment) => segment !== '' && !segment.includes('{')) ?? 'Root';
}
