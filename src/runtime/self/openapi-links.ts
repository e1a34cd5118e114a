import type { Operation, Response } from '../../model/description.ts';
import { isRecord } from '../../model/schema.ts';
import type { ApiModel } from '../../model/types.ts';

/** Link objects by name; those that lead to an operation of another document, or to none, are left out. */
export function openapiLinks(
  links: Response['links'],
  { paths }: Pick<ApiModel, 'paths'>,
  operationId: (operation: Operation) => string,
): Readonly<Record<string, object>> {
  const operations = paths.flatMap((item) => item.operations);
  const described = links.flatMap(({ name, operationId: id, operationRef, parameters, requestBody, description }) => {
    const operation = operations.find((known) => known.id === id);
    const isHere = operationRef?.startsWith('#/paths/') === true;
    if (!operation && !isHere) return [];
    const link = {
      ...(operation ? { operationId: operationId(operation) } : { operationRef }),
      ...(isRecord(parameters) && Object.keys(parameters).length > 0 && { parameters }),
      ...(requestBody !== undefined && { requestBody }),
      ...(description !== undefined && { description }),
    };
    return [[name, link] as const];
  });
  return Object.fromEntries(described);
}
