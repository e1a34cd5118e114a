import type { ApiModel, Binding } from '../../model/types.ts';
import { linkHeader } from './links.ts';

/** Where the server describes itself, without the base path; absent where the description took the path. */
export interface DescriptionPaths {
  /** `/openapi.json` */
  readonly openapi?: string | undefined;
  /** `/description` */
  readonly description?: string | undefined;
}

/**
 * The `Link` header that every answer of a binding carries: `service-desc` (RFC 8631) and `describedby` for the
 * descriptions; `collection` from an item, `up` from what hangs below one. The latter lead only to paths that can be
 * read. `pathname` is the path of the request as sent, base path included; `item` is the path of a created document.
 *
 * @example compileRelations(model, binding, { openapi: '/openapi.json' }, '')('/books/1')
 * // '</openapi.json>; rel="service-desc", </books>; rel="collection"'
 */
export function compileRelations(
  model: ApiModel,
  binding: Binding,
  paths: DescriptionPaths,
  base: string,
): (pathname: string, item?: string) => string {
  const constant = linkHeader([
    ...(paths.openapi === undefined ? [] : [{ rel: 'service-desc', href: base + paths.openapi }]),
    ...(paths.description === undefined ? [] : [{ rel: 'describedby', href: base + paths.description }]),
  ]);
  const upward = upwardRelation(model, binding);
  return (pathname, item) => {
    const links = [];
    if (upward) links.push({ rel: upward, href: parentPath(pathname) });
    if (item !== undefined) links.push({ rel: 'item', href: item });
    if (links.length === 0) return constant;
    return constant === '' ? linkHeader(links) : `${constant}, ${linkHeader(links)}`;
  };
}

function upwardRelation(model: ApiModel, { path, action }: Binding): 'collection' | 'up' | undefined {
  const parent = parentPath(path);
  const readable = model.bindings.find((binding) => binding.path === parent && binding.method === 'get');
  if (!readable) return undefined;
  return readable.action.kind === 'list' && 'idParameter' in action && !('attribute' in action) ? 'collection' : 'up';
}

function parentPath(path: string): string {
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
  return trimmed.slice(0, trimmed.lastIndexOf('/')) || '/';
}
