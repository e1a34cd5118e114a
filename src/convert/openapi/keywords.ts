import { extensionName } from '../../model/openapi/extensions.ts';

/**
 * The name of a schema's keyword in OpenAPI 3.1, whose schemas may hold any: only RAML's annotations `(name)` become
 * `x-name`, which tools know how to skip. Ramses' `_…` keywords stay.
 */
export function keywordName(keyword: string): string {
  return isAnnotation(keyword) ? extensionName(keyword) : keyword;
}

export function isAnnotation(name: string): boolean {
  return /^\(.*\)$/s.test(name);
}
