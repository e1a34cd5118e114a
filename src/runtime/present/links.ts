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
  readonly limit?: string;
  readonly offset?: string;
  readonly page?: string;
  /** The number of the first page. */
  readonly firstPage?: 0 | 1;
  readonly cursor?: string;
}

export interface PageWindow {
  readonly limit: number;
  readonly offset: number;
  readonly more: boolean;
  readonly total?: number;
  /** Token of the next page. */
  readonly cursor?: string;
}

/**
 * (request target with its query, window) to URLs of pages; all other query parameters are kept as they were sent.
 *
 * @example compilePageLinks({ limit: 'limit', offset: 'offset' })('/books?q=a&limit=2', { limit: 2, offset: 0, more: true }).next
 * // '/books?q=a&limit=2&offset=2'
 */
export declare function compilePageLinks(paging: PagingParameters): (target: string, window: PageWindow) => PageLinks;

/** One value for a `Link` header (RFC 8288): `<…>; rel="next", <…>; rel="first"`. Empty string for no links. */
export declare function linkHeader(links: readonly { readonly rel: string; readonly href: string }[]): string;

/** `linkHeader` of next, prev, first and last. */
export declare function pageLinkHeader(links: PageLinks): string;
