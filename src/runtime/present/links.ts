/** URLs of neighbouring pages, in the form (absolute or not) of the request target that was given. */
export interface PageLinks {
  readonly self: string;
  readonly first?: string;
  readonly previous?: string;
  readonly next?: string;
  readonly last?: string;
}

/** The query parameters that the description pages with. `_start`, `_page` and `_cursor` work beside them. */
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
 * sent. The next page is named as this one was; a request that named none gets a cursor if one was made, since cursors
 * survive insertions, else the description's own way. By cursor there is no way back but `first`.
 *
 * @example compilePageLinks({ offset: 'offset' })('/books?q=a', { limit: 20, offset: 0, more: true }).next
 * // '/books?q=a&offset=20'
 */
export function compilePageLinks(paging: PagingParameters): (target: string, window: PageWindow) => PageLinks {
  const positions = positionsOf(paging);
  const names = new Map(positions.map((position) => [position.name, position]));
  const cursorPosition = positions.find(({ kind }) => kind === 'cursor');
  const usual = positions.find(({ kind }) => kind !== 'cursor');
  return (target, { limit, offset, more, total, cursor }) => {
    if (limit <= 0) return { self: target };
    const { first, used } = splitTarget(target, names);
    // Filled in rather than spread together: this runs for every list, and a spread costs more than all the rest.
    const links: Mutable<PageLinks> = { self: target, first };
    const position = used ?? (cursor === undefined ? usual : cursorPosition);
    if (!position) return links;
    if (position.kind === 'cursor') {
      if (more && cursor !== undefined) links.next = extend(first, position, cursor);
      return links;
    }
    if (offset > 0) links.previous = urlAt(first, position, offset - limit, limit);
    if (more) links.next = urlAt(first, position, offset + limit, limit);
    if (total !== undefined) {
      links.last = urlAt(first, position, Math.max(0, Math.ceil(total / limit) - 1) * limit, limit);
    }
    return links;
  };
}

type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

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

/** A parameter that says where a page begins. */
interface Position {
  readonly name: string;
  readonly encodedName: string;
  readonly kind: 'offset' | 'page' | 'cursor';
  readonly firstPage: 0 | 1;
}

/** The description's own first, then ours. */
function positionsOf({ offset, page, firstPage = 1, cursor }: PagingParameters): readonly Position[] {
  const positions: Position[] = [];
  const add = (name: string | undefined, kind: Position['kind'], first: 0 | 1): void => {
    if (name !== undefined && !positions.some((known) => known.name === name)) {
      positions.push({ name, encodedName: encodeURIComponent(name), kind, firstPage: first });
    }
  };
  add(offset, 'offset', firstPage);
  add(page, 'page', firstPage);
  add(cursor, 'cursor', firstPage);
  add('_start', 'offset', 0);
  add('_page', 'page', 0);
  add('_cursor', 'cursor', 0);
  return positions;
}

/** The URL of the page that begins at `start`; the first one is named by nothing. */
function urlAt(first: string, position: Position, start: number, limit: number): string {
  if (start <= 0) return first;
  const { kind, firstPage } = position;
  return extend(first, position, kind === 'page' ? Math.floor(start / limit) + firstPage : start);
}

/** The target without its position, which is that of the first page, and how it was named. Runs for every list. */
function splitTarget(
  target: string,
  positions: ReadonlyMap<string, Position>,
): { readonly first: string; readonly used: Position | undefined } {
  const mark = target.indexOf('?');
  if (mark === -1) return { first: target, used: undefined };
  let used: Position | undefined;
  let kept = '';
  for (let start = mark + 1; start <= target.length; ) {
    const ampersand = target.indexOf('&', start);
    const end = ampersand === -1 ? target.length : ampersand;
    const position = positions.get(parameterName(target, start, end));
    if (position) used ??= position;
    else if (end > start) kept += `${kept === '' ? '?' : '&'}${target.slice(start, end)}`;
    start = end + 1;
  }
  return { first: target.slice(0, mark) + kept, used };
}

function parameterName(target: string, start: number, end: number): string {
  const equals = target.indexOf('=', start);
  const name = target.slice(start, equals === -1 || equals > end ? end : equals);
  if (!name.includes('%') && !name.includes('+')) return name;
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

function extend(target: string, { encodedName }: Position, value: string | number): string {
  const text = typeof value === 'number' ? value : encodeURIComponent(value);
  return `${target}${target.includes('?') ? '&' : '?'}${encodedName}=${text}`;
}

/** Node hands over request targets with characters that would end a reference early; here they are percent-encoded. */
function safeReference(reference: string): string {
  return unsafe.test(reference) ? reference.replace(everyUnsafe, encodeCharacter) : reference;
}

const unsafe = /[^\x21\x23-\x3b\x3d\x3f-\x7e]/;
const everyUnsafe = new RegExp(unsafe, 'g');

function encodeCharacter(character: string): string {
  return character <= '\xff'
    ? `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
    : encodeURIComponent(character.replace(/\p{Surrogate}/gu, '\ufffd'));
}
