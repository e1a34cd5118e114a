/**
 * Path items, operations and responses as they are declared, with nothing that a server would add.
 */
import type {
  JsonSchema,
  Operation,
  Parameter,
  PathItem,
  Response,
  ResponseLink,
  SecurityRequirement,
} from '../description.ts';
import { openapiContent, openapiRequestBody } from './content.ts';
import { openapiExtensions } from './extensions.ts';
import { describedServers, openapiExternalDocs } from './info.ts';
import { aboutLink } from './links.ts';
import { openapiHeaders, openapiParameters } from './parameters.ts';

/** What all paths of one document share. */
export interface PathTranslation {
  readonly translate: (schema: JsonSchema) => JsonSchema;
  /** The members of an operation that say how it is secured. */
  readonly security: (declared: readonly SecurityRequirement[]) => object;
  /** `undefined`: it gets none. */
  readonly operationId: (operation: Operation) => string | undefined;
  /** The description of a response that has none: OpenAPI wants one. */
  readonly meaning: (status: string) => string;
}

export function openapiPath(item: PathItem, translation: PathTranslation): object {
  const operations = item.operations.map((operation): [string, object] => [
    operation.method,
    openapiOperation(item, operation, translation),
  ]);
  return { ...aboutPath(item, translation), ...Object.fromEntries(operations) };
}

/** What a Path Item object says besides its operations. */
export function aboutPath(item: PathItem, { translate }: Pick<PathTranslation, 'translate'>): object {
  const parameters = openapiParameters(item.parameters, translate);
  const servers = describedServers(item.servers ?? []);
  return {
    ...(item.displayName !== undefined && { summary: item.displayName }),
    ...(item.description !== undefined && { description: item.description }),
    ...(servers.length > 0 && { servers }),
    ...(parameters.length > 0 && { parameters }),
    ...openapiExtensions(item.extensions),
  };
}

/** Path items by their names or expressions: `webhooks`, or one callback. */
export function openapiPaths(items: readonly PathItem[], translation: PathTranslation): object {
  return Object.fromEntries(items.map((item) => [item.path, openapiPath(item, translation)]));
}

/** What an Operation object says besides parameters, bodies, responses and security. */
export function aboutOperation(operation: Operation, translation: PathTranslation): object {
  const { summary, description, tags, deprecated, externalDocs, callbacks = [], servers = [] } = operation;
  const id = translation.operationId(operation);
  const described = describedServers(servers);
  const called = callbacks.map(({ name, paths, extensions }): [string, object] => [
    name,
    { ...openapiPaths(paths, translation), ...openapiExtensions(extensions) },
  ]);
  return {
    ...(id !== undefined && { operationId: id }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...openapiExternalDocs(externalDocs),
    ...(tags.length > 0 && { tags }),
    ...(deprecated && { deprecated: true }),
    ...(called.length > 0 && { callbacks: Object.fromEntries(called) }),
    ...(described.length > 0 && { servers: described }),
    ...openapiExtensions(operation.extensions),
  };
}

function openapiOperation(item: PathItem, operation: Operation, translation: PathTranslation): object {
  const { translate } = translation;
  const own = operation.parameters.filter((parameter) => !item.parameters.some((known) => isSaid(known, parameter)));
  const parameters = openapiParameters(own, translate);
  const responses = operation.responses.map((response): [string, object] => [
    response.status,
    openapiResponse(response, translation),
  ]);
  return {
    ...aboutOperation(operation, translation),
    ...(parameters.length > 0 && { parameters }),
    ...(operation.requestBody && { requestBody: openapiRequestBody(operation.requestBody, translate) }),
    ...(responses.length > 0 && {
      responses: { ...Object.fromEntries(responses), ...openapiExtensions(operation.responsesExtensions ?? []) },
    }),
    ...(operation.security && translation.security(operation.security)),
  };
}

/** Whether an operation's parameter is that of its path, said again. */
function isSaid(known: Parameter, parameter: Parameter): boolean {
  const { at: _, ...left } = known;
  const { at: __, ...right } = parameter;
  return JSON.stringify(left) === JSON.stringify(right);
}

function openapiResponse(response: Response, { translate, meaning }: PathTranslation): object {
  const { status, description, links } = response;
  const headers = openapiHeaders(response.headers, translate);
  const content = openapiContent(response.content, translate);
  return {
    description: description ?? meaning(status),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(content).length > 0 && { content }),
    ...(links.length > 0 && { links: Object.fromEntries(links.map(openapiLink)) }),
    ...openapiExtensions(response.extensions),
  };
}

function openapiLink(link: ResponseLink): [string, object] {
  const { name, operationId, operationRef } = link;
  return [
    name,
    {
      ...(operationId !== undefined && { operationId }),
      ...(operationRef !== undefined && { operationRef }),
      ...aboutLink(link),
    },
  ];
}
