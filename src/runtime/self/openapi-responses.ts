import type { JsonSchema, Operation, PathItem, Response } from '../../model/description.ts';
import { openapiContent } from '../../model/openapi/content.ts';
import { openapiExtensions } from '../../model/openapi/extensions.ts';
import { openapiHeaders } from '../../model/openapi/parameters.ts';
import type { PathTranslation } from '../../model/openapi/paths.ts';
import { isJson } from '../../model/representation.ts';
import type { ApiModel, Binding, Resource } from '../../model/types.ts';
import { undeclaredAnswer } from './openapi-answers.ts';
import { addedHeaders } from './openapi-headers.ts';
import { openapiLinks } from './openapi-links.ts';

/** What the responses of one operation are made from. */
export interface ResponsesTranslation extends PathTranslation {
  readonly model: ApiModel;
  /** Refers to the response of errors that the description does not declare. */
  readonly problem: object;
  /** Refers to the schema of RFC 9457. */
  readonly problemSchema: JsonSchema;
}

/** The Responses object: the declared responses, with what the server sends besides. */
export function openapiResponses(
  item: PathItem,
  operation: Operation,
  binding: Binding | undefined,
  translation: ResponsesTranslation,
): object {
  const statuses = new Map(operation.responses.map((response) => [response.status, response]));
  for (const status of servedStatuses(binding)) {
    if (!statuses.has(status)) statuses.set(status, silentResponse(operation, status));
  }
  const served = servedBy(item, binding, translation.model);
  const responses = [...statuses.values()].map((response): [string, object] => [
    response.status,
    openapiResponse(response, operation, served, translation),
  ]);
  return {
    ...Object.fromEntries(responses),
    ...(!statuses.has('default') && { default: translation.problem }),
    ...openapiExtensions(operation.responsesExtensions ?? []),
  };
}

function servedStatuses(binding: Binding | undefined): readonly string[] {
  if (!binding) return [];
  return binding.action.kind === 'options' ? ['204'] : [String(binding.success)];
}

/** HEAD is served as the GET beside it. */
function servedBy({ path }: PathItem, binding: Binding | undefined, { bindings }: ApiModel): Binding | undefined {
  if (binding?.action.kind !== 'head') return binding;
  return bindings.find((other) => other.path === path && other.method === 'get') ?? binding;
}

function silentResponse({ at }: Operation, status: string): Response {
  return { status, headers: [], content: [], links: [], extensions: [], at };
}

function openapiResponse(
  response: Response,
  operation: Operation,
  binding: Binding | undefined,
  translation: ResponsesTranslation,
): object {
  const { translate, model, operationId } = translation;
  const added = binding && /^2/.test(response.status) ? addedHeaders(binding, response.status) : {};
  const headers = withoutRepeats(added, openapiHeaders(response.headers, translate));
  const content = { ...openapiContent(response.content, translate) };
  for (const [mediaType, media] of addedContent(response, operation, binding, translation)) {
    content[mediaType] = { ...content[mediaType], ...media };
  }
  const links = openapiLinks(response.links, model, operationId);
  return {
    description: response.description ?? '',
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(content).length > 0 && { content }),
    ...(Object.keys(links).length > 0 && { links }),
    ...openapiExtensions(response.extensions),
  };
}

/** A header that is declared in other letters is the same header. */
function withoutRepeats(added: Readonly<Record<string, object>>, declared: Readonly<Record<string, object>>): object {
  const names = new Set(Object.keys(declared).map((name) => name.toLowerCase()));
  const silent = Object.entries(added).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(silent), ...declared };
}

/** JSON that is sent where the description names no JSON, or no schema of it. */
function addedContent(
  response: Response,
  operation: Operation,
  binding: Binding | undefined,
  { model, translate, problemSchema }: ResponsesTranslation,
): readonly (readonly [mediaType: string, media: object])[] {
  if (operation.method === 'head') return [];
  const { content, status } = response;
  const isFailure = /^[45]/.test(status) || status === 'default';
  if (isFailure) {
    const isAnswered = content.some(({ mediaType }) => isJson(mediaType) || mediaType.startsWith('text/plain'));
    return isAnswered ? [] : [['application/problem+json', { schema: problemSchema }]];
  }
  const resource = binding && resourceOf(binding, model);
  if (!binding || !resource || status !== String(binding.success)) return [];
  const isDeclared = operation.responses.includes(response);
  const schema = undeclaredAnswer(model, binding, resource, response, isDeclared);
  if (schema === undefined) return [];
  const mediaType = content.find((media) => isJson(media.mediaType))?.mediaType ?? 'application/json';
  return [[mediaType, { schema: translate(schema) }]];
}

export function resourceOf({ action }: Binding, { resources }: ApiModel): Resource | undefined {
  return 'resource' in action ? resources.find(({ name }) => name === action.resource) : undefined;
}
