import type { Operation, PathItem } from '../../model/description.ts';
import { openapiParameters } from '../../model/openapi/parameters.ts';
import { aboutOperation } from '../../model/openapi/paths.ts';
import { listParameters } from './list-parameters.ts';
import { openapiRequestBody } from './openapi-request-body.ts';
import { openapiResponses, type ResponsesTranslation, resourceOf } from './openapi-responses.ts';

/** One Operation object: the declared, with what its binding adds. */
export function openapiOperation(item: PathItem, operation: Operation, translation: ResponsesTranslation): object {
  const { model, translate } = translation;
  const binding = model.bindings.find(({ path, method }) => path === item.path && method === operation.method);
  const resource = binding && resourceOf(binding, model);
  const declared = openapiParameters(operation.parameters, translate);
  const added = binding && resource ? listParameters(binding, resource, { item, operation, $defs: model.$defs }) : [];
  const parameters = [...declared, ...added];
  const requestBody = openapiRequestBody(operation, binding, resource, translate);
  return {
    ...aboutOperation(operation, translation),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: openapiResponses(item, operation, binding, translation),
    ...(operation.security && translation.security(operation.security)),
  };
}
