/** URLs of neighbouring pages, in the form (absolute or not) of the request target that was given. */
export interface PageLinks {
  readonly self: string;
  readonly first?: string;
  readonly previous?: string;
  readonly next?: string;
  readonly last?: string;
}

/** The query parameters that the binding pages with, as the description calls them. */
export interface PagingParameters {
  readonly offset?: string | undefined;
  readonly page?: string | undefined;
  /** The number of the first page; default 1. */
  readonly firstPage?: 0 | 1 | undefined;
  readonly cursor?: string | undefined;
}

export interface PageWindow {
  readonly limit: number;
  readonly offset: number;
  readonly more: boolean;
  readonly total?: number | undefined;
  /** Token of the next page, if one was made. */
  readonly cursor?: string | undefined;
}

/**
 * (request target with its query, window) to the URLs of other pages. Every other query parameter is kept as it was
 * sent. The next page is named as this one was: by cursor, offset or page; a request that used none of them gets a
 * cursor if there is one, since cursors survive insertions. By cursor there is no way back but `first`.
 *
 * @example compilePageLinks({ offset: 'offset' })('/books?q=a', { limit: 20, offset: 0, more: true }).next
 * // '/books?q=a&offset=20'
 */
export function compilePageLinks(paging: PagingParameters): (target: string, window: PageWindow) => PageLinks {
  const names = [paging.cursor, paging.offset, paging.page].filter((name) => name !== undefined);
  return (target, window) => {
    if (names.length === 0 || window.limit <= 0) return { self: target };
    const { first, used } = splitTarget(target, names);
    const links = { self: target, first };
    const { limit, offset, more, total, cursor } = window;
    if (usesCursor(paging, used, cursor)) {
      const next = more && cursor !== undefined && extend(first, paging.cursor, cursor);
      return next ? { ...links, next } : links;
    }
    const pageAt = compilePosition(paging, used, first, limit);
    return {
      ...links,
      ...(offset > 0 && { previous: pageAt(offset - limit) }),
      ...(more && { next: pageAt(offset + limit) }),
      ...(total !== undefined && { last: pageAt(Math.max(0, Math.ceil(total / limit) - 1) * limit) }),
    };
  };
}

/**
 * One `Link` header value (RFC 8288). Empty for no links.
 *
 * @example linkHeader([{ rel: 'up', href: '/books' }]) // '</books>; rel="up"'
 */
export function linkHeader(links: readonly { readonly rel: string; readonly href: string }[]): string {
  return links.map(({ rel, href }) => `<${safeReference(href)}>; rel="${rel}"`).join(', ');
}

/** `linkHeader` of the neighbouring pages. */
export function pageLinkHeader({ next, previous, first, last }: PageLinks): string {
  let header = '';
  if (next !== undefined) header = `<${safeReference(next)}>; rel="next"`;
  if (previous !== undefined) header += `${header && ', '}<${safeReference(previous)}>; rel="prev"`;
  if (first !== undefined) header += `${header && ', '}<${safeReference(first)}>; rel="first"`;
  if (last !== undefined) header += `${header && ', '}<${safeReference(last)}>; rel="last"`;
  return header;
}

function usesCursor(paging: PagingParameters, used: readonly string[], cursor: string | undefined): boolean {
  if (paging.cursor === undefined) return false;
  if (used.length > 0) return used.includes(paging.cursor);
  return cursor !== undefined || (paging.offset === undefined && paging.page === undefined);
}

/** Start of a page to its URL; the first page is the one without position. */
function compilePosition(
  { offset, page, firstPage = 1 }: PagingParameters,
  used: readonly string[],
  first: string,
  limit: number,
): (start: number) => string {
  const byPage = page !== undefined && (offset === undefined || used.includes(page));
  return (start) => {
    if (start <= 0) return first;
    return byPage ? extend(first, page, Math.floor(start / limit) + firstPage) : extend(first, offset, start);
  };
}

/** The target without its position parameters, and which of them it had. */
function splitTarget(
  target: string,
  names: readonly string[],
): { readonly first: string; readonly used: readonly string[] } {
  const mark = target.indexOf('?');
  if (mark === -1) return { first: target, used: [] };
  const used: string[] = [];
  const kept = target
    .slice(mark + 1)
    .split('&')
    .filter((pair) => {
      const name = parameterName(pair);
      if (!names.includes(name)) return pair !== '';
      used.push(name);
      return false;
    });
  return { first: kept.length > 0 ? `${target.slice(0, mark)}?${kept.join('&')}` : target.slice(0, mark), used };
}

function parameterName(pair: string): string {
  const equals = pair.indexOf('=');
  const name = equals === -1 ? pair : pair.slice(0, equals);
  if (!name.includes('%') && !name.includes('+')) return name;
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

function extend(target: string, name: string | undefined, value: string | number): string {
  if (name === undefined) return target;
  const separator = target.includes('?') ? '&' : '?';
  return `${target}${separator}${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

/** Node hands over request targets with characters that would end a reference early; here they are percent-encoded. */
function safeReference(reference: string): string {
  return reference.replace(/[^\x21\x23-\x3b\x3d\x3f-\x7e]/g, (character) =>
    character <= '\xff'
      ? `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
      : encodeURIComponent(character.replace(/\p{Surrogate}/gu, '\ufffd')),
  );
}
