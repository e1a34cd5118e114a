import type { Operation, PathItem, SecurityRequirement } from '../../model/description.ts';
import { openapiParameters } from '../../model/openapi/parameters.ts';
import { listParameters } from './list-parameters.ts';
import { openapiRequestBody } from './openapi-request-body.ts';
import { openapiResponses, type ResponsesTranslation, resourceOf } from './openapi-responses.ts';

/** What all operations of one document share. */
export interface OperationTranslation extends ResponsesTranslation {
  readonly security: (requirements: readonly SecurityRequirement[]) => readonly object[];
}

/** One Operation object: the declared, with what its binding adds. */
export function openapiOperation(item: PathItem, operation: Operation, translation: OperationTranslation): object {
  const { model, translate } = translation;
  const binding = model.bindings.find(({ path, method }) => path === item.path && method === operation.method);
  const resource = binding && resourceOf(binding, model);
  const declared = openapiParameters(operation.parameters, translate);
  const added = binding && resource ? listParameters(binding, resource, { item, operation, $defs: model.$defs }) : [];
  const parameters = [...declared, ...added];
  const requestBody = openapiRequestBody(operation, binding, resource, translate);
  return {
    operationId: translation.operationId(operation),
    ...(operation.summary !== undefined && { summary: operation.summary }),
    ...(operation.description !== undefined && { description: operation.description }),
    ...(operation.tags.length > 0 && { tags: operation.tags }),
    ...(operation.deprecated && { deprecated: true }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: openapiResponses(item, operation, binding, translation),
    ...(operation.security && { security: translation.security(operation.security) }),
  };
}
