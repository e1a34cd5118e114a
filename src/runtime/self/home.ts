import type { Answer } from '../present/answer.ts';
import { linkHeader } from '../present/links.ts';
import { homePage } from './home-page.ts';
import type { Overview } from './overview.ts';

/** Paths of the server's own pages, base path included; absent where the description took them. */
export interface HomeLinks {
  readonly openapi?: string | undefined;
  readonly description?: string | undefined;
  readonly health?: string | undefined;
  readonly readiness?: string | undefined;
}

/**
 * `GET /`: what there is, as JSON, or as a page for browsers. `url` is origin and base path as the client sees them.
 * Paths with parameters are URI templates (RFC 6570).
 */
export function homeAnswer(overview: Overview, links: HomeLinks, url: string, wantsHtml: boolean): Answer {
  const relations = [
    ...(links.openapi === undefined ? [] : [{ rel: 'service-desc', href: links.openapi }]),
    ...(links.description === undefined ? [] : [{ rel: 'describedby', href: links.description }]),
    ...(links.health === undefined ? [] : [{ rel: 'status', href: links.health }]),
  ];
  const headers = {
    ...(relations.length > 0 && { Link: linkHeader(relations) }),
    Vary: 'Accept',
    'X-Content-Type-Options': 'nosniff',
  };
  if (wantsHtml) {
    return {
      status: 200,
      headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': pagePolicy },
      body: homePage(overview, links, url),
    };
  }
  return {
    status: 200,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: homeJson(overview, links, url),
  };
}

/** The page has a style of its own, and nothing else may load or run. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function homeJson({ title, version, description, resources, others }: Overview, links: HomeLinks, url: string): string {
  const origin = url.endsWith('/') ? url.slice(0, -1) : url;
  return JSON.stringify({
    title,
    ...(version !== undefined && { version }),
    ...(description !== undefined && { description }),
    resources: resources.map(({ name, path, operations }) => ({
      name,
      ...(path.includes('{') ? { template: origin + path } : { href: origin + path }),
      operations,
    })),
    operations: others,
    links: Object.fromEntries(
      Object.entries(links)
        .filter(([, path]) => path !== undefined)
        .map(([name, path]) => [name, path]),
    ),
  });
}
