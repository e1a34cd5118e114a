import type { Operation, Response } from '../../model/description.ts';
import { aboutLink } from '../../model/openapi/links.ts';
import type { ApiModel } from '../../model/types.ts';

/** Link objects by name; those that lead to an operation of another document, or to none, are left out. */
export function openapiLinks(
  links: Response['links'],
  { paths }: Pick<ApiModel, 'paths'>,
  operationId: (operation: Operation) => string | undefined,
): Readonly<Record<string, object>> {
  const operations = paths.flatMap((item) => item.operations);
  const described = links.flatMap((link) => {
    const { name, operationId: id, operationRef } = link;
    const operation = operations.find((known) => known.id === id);
    const isHere = operationRef?.startsWith('#/paths/') === true;
    if (!operation && !isHere) return [];
    return [
      [
        name,
        { ...(operation ? { operationId: operationId(operation) } : { operationRef }), ...aboutLink(link) },
      ] as const,
    ];
  });
  return Object.fromEntries(described);
}
