import type { JsonSchema, Operation, PathItem } from '../model/description.ts';
import type { ApiModel, Binding } from '../model/types.ts';
import { operationOf, pathItemOf, requestOf, resourceOf, securitySchemeOf } from './expand.ts';
import type { RouteDefinition } from './routes.ts';
import type { ApiDefinition, OperationDefinition, PathDefinition, ResourceDefinition } from './types.ts';

/** A whole API in code. */
export interface ModelDefinition {
  readonly api: ApiDefinition;
  /** In the description's order, which decides between paths that match the same requests. */
  readonly paths: readonly PathDefinition[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  readonly resources: readonly ResourceDefinition[];
  /** Of each path in their order. */
  readonly routes: readonly RouteDefinition[];
}

/**
 * The model that definitions say.
 *
 * @throws TypeError for a route whose path is none of the paths: it would never be answered
 */
export function apiModel({ api, paths, schemas, resources, routes }: ModelDefinition): ApiModel {
  const { securitySchemes = [], webhooks, ...rest } = api;
  const routed = routesByPath(routes);
  const served = paths.map((path) => {
    const own = routed.get(path.path) ?? [];
    const here = path.operations ? own.filter(({ operation }) => path.operations?.includes(operation.id)) : own;
    return { path, routes: here };
  });
  assertAllServed(routes, paths);
  return {
    documentation: [],
    servers: [],
    mediaTypes: [],
    security: [],
    extensions: [],
    ...rest,
    securitySchemes: securitySchemes.map(securitySchemeOf),
    ...(webhooks && { webhooks: webhooks.map(requestOf) }),
    paths: served.map(({ path, routes: here }): PathItem => pathItemOf(path, here.map(operationIn))),
    $defs: schemas,
    schemaPositions: {},
    resources: resources.map(resourceOf),
    bindings: served.flatMap(({ routes: here }) => here.map(bindingOf)),
    inferences: [],
  };
}

function routesByPath(routes: readonly RouteDefinition[]): ReadonlyMap<string, readonly RouteDefinition[]> {
  const routed = new Map<string, RouteDefinition[]>();
  for (const route of routes) {
    const others = routed.get(route.path);
    if (others) others.push(route);
    else routed.set(route.path, [route]);
  }
  return routed;
}

function assertAllServed(routes: readonly RouteDefinition[], paths: readonly PathDefinition[]): void {
  const known = new Set(paths.map(({ path }) => path));
  const lost = routes.find(({ path }) => !known.has(path));
  if (lost) throw new TypeError(`${lost.path} is none of the paths`);
}

function operationIn({ method, operation }: RouteDefinition): Operation {
  return operationOf(method, declaredBy(operation));
}

/** What the operation declares, without what it means. */
function declaredBy(definition: OperationDefinition) {
  const {
    dialect: _dialect,
    success: _success,
    requestWrapper: _requestWrapper,
    answerWrapper: _answerWrapper,
    envelope: _envelope,
    controls: _controls,
    ranges: _ranges,
    changes: _changes,
    ...declared
  } = definition;
  return declared;
}

function bindingOf({ method, path, operation, action }: RouteDefinition): Binding {
  const { id, dialect = 'plain', success = 200, requestWrapper, answerWrapper } = operation;
  return {
    operation: id,
    path,
    method,
    action,
    dialect,
    success,
    ...(requestWrapper && { requestWrapper }),
    ...(answerWrapper && { answerWrapper }),
  };
}
