/**
 * Path items, operations, bodies and responses.
 */
import { STATUS_CODES } from 'node:http';
import type {
  JsonSchema,
  Operation,
  Parameter,
  PathItem,
  RequestBody,
  Response,
  SecurityRequirement,
} from '../../model/description.ts';
import { openapiContent } from '../../model/openapi/content.ts';
import { openapiExtensions } from '../../model/openapi/extensions.ts';
import { openapiHeaders, openapiParameters } from '../../model/openapi/parameters.ts';

/** What all paths of one document share. */
export interface PathTranslation {
  readonly translate: (schema: JsonSchema) => JsonSchema;
  /** The members of an operation that say how it is secured. */
  readonly security: (declared: readonly SecurityRequirement[]) => object;
}

export function openapiPath(item: PathItem, translation: PathTranslation): object {
  const parameters = openapiParameters(item.parameters, translation.translate);
  const operations = item.operations.map((operation): [string, object] => [
    operation.method,
    openapiOperation(item, operation, translation),
  ]);
  return {
    ...(item.displayName !== undefined && { summary: item.displayName }),
    ...(item.description !== undefined && { description: item.description }),
    ...(parameters.length > 0 && { parameters }),
    ...openapiExtensions(item.extensions),
    ...Object.fromEntries(operations),
  };
}

function openapiOperation(item: PathItem, operation: Operation, { translate, security }: PathTranslation): object {
  const own = operation.parameters.filter((parameter) => !item.parameters.some((known) => isSaid(known, parameter)));
  const parameters = openapiParameters(own, translate);
  const responses = operation.responses.map((response): [string, object] => [
    response.status,
    openapiResponse(response, translate),
  ]);
  return {
    // RAML has no ids; the reader's stand-in, `get /books`, is none that tools could use.
    ...(!operation.id.includes(' ') && { operationId: operation.id }),
    ...(operation.summary !== undefined && { summary: operation.summary }),
    ...(operation.description !== undefined && { description: operation.description }),
    ...(operation.tags.length > 0 && { tags: operation.tags }),
    ...(operation.deprecated && { deprecated: true }),
    ...(parameters.length > 0 && { parameters }),
    ...(operation.requestBody && { requestBody: openapiRequestBody(operation.requestBody, translate) }),
    ...(responses.length > 0 && { responses: Object.fromEntries(responses) }),
    ...(operation.security && security(operation.security)),
    ...openapiExtensions(operation.extensions),
  };
}

/** Whether an operation's parameter is that of its path, said again. */
function isSaid(known: Parameter, parameter: Parameter): boolean {
  const { at: _, ...left } = known;
  const { at: __, ...right } = parameter;
  return JSON.stringify(left) === JSON.stringify(right);
}

function openapiRequestBody(body: RequestBody, translate: PathTranslation['translate']): object {
  return {
    ...(body.description !== undefined && { description: body.description }),
    ...(body.required && { required: true }),
    content: openapiContent(body.content, translate),
  };
}

/** OpenAPI wants a description; where there is none, it is the meaning of the status code. */
function openapiResponse(response: Response, translate: PathTranslation['translate']): object {
  const { status, description, links } = response;
  const headers = openapiHeaders(response.headers, translate);
  const content = openapiContent(response.content, translate);
  return {
    description: description ?? STATUS_CODES[status] ?? '',
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(content).length > 0 && { content }),
    ...(links.length > 0 && { links: Object.fromEntries(links.map(({ name, ...link }) => [name, link])) }),
    ...openapiExtensions(response.extensions),
  };
}
