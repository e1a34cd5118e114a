import type { ApiModel, Binding } from '../../model/types.ts';
import { linkHeader } from './links.ts';

/** Where the server describes itself, without the base path; absent where the description took the path. */
export interface DescriptionPaths {
  /** `/openapi.json` */
  readonly openapi?: string | undefined;
  /** `/description` */
  readonly description?: string | undefined;
}

/** The path of a request as the client sent it, base path included, and that base path, without a trailing slash. */
export interface RequestPlace {
  readonly pathname: string;
  readonly base: string;
}

/**
 * The `Link` header that every answer of a binding carries: `service-desc` (RFC 8631) and `describedby` for the
 * descriptions; `collection` from an item, `up` from what hangs below one. The latter lead only to paths that can be
 * read. `request` is where the client is; `item` is the path of a created document.
 *
 * @example compileRelations(model, binding, { openapi: '/openapi.json' })({ pathname: '/books/1', base: '' })
 * // '</openapi.json>; rel="service-desc", </books>; rel="collection"'
 */
export function compileRelations(
  model: ApiModel,
  binding: Binding,
  paths: DescriptionPaths,
): (request: RequestPlace, item?: string) => string {
  // Where an application is mounted is known from its requests alone; nearly all come by the same way.
  let last = { base: '', header: descriptionLinks(paths, '') };
  const upward = upwardRelation(model, binding);
  return ({ pathname, base }, item) => {
    if (base !== last.base) last = { base, header: descriptionLinks(paths, base) };
    const constant = last.header;
    const links = [];
    if (upward) links.push({ rel: upward, href: parentPath(pathname) });
    if (item !== undefined) links.push({ rel: 'item', href: item });
    if (links.length === 0) return constant;
    return constant === '' ? linkHeader(links) : `${constant}, ${linkHeader(links)}`;
  };
}

function descriptionLinks({ openapi, description }: DescriptionPaths, base: string): string {
  return linkHeader([
    ...(openapi === undefined ? [] : [{ rel: 'service-desc', href: base + openapi }]),
    ...(description === undefined ? [] : [{ rel: 'describedby', href: base + description }]),
  ]);
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
