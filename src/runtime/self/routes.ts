import { ApiError } from '../../errors.ts';
import type { ApiModel } from '../../model/types.ts';
import type { Store } from '../../stores/contract.ts';
import { once } from '../once.ts';
import type { Answer } from '../present/answer.ts';
import type { DescriptionPaths } from '../present/relations.ts';
import { type DescriptionFile, includedAnswer, rootAnswer } from './description.ts';
import { createReadiness, liveAnswer } from './health.ts';
import { type HomeLinks, homeAnswer } from './home.ts';
import { openapiDocument } from './openapi.ts';
import { overviewOf } from './overview.ts';
import { problemAnswer } from './problems.ts';

export interface SelfOptions {
  /** The description's files as given, the root first; paths relative to its folder. None: it is not served. */
  readonly files: readonly DescriptionFile[];
  /** Whose health is told. */
  readonly store: Pick<Store, 'ping' | 'indexHealth'>;
}

export interface SelfRequest {
  /** Origin and base path as the client sees them: `http://127.0.0.1:3000/api`. */
  readonly url: string;
  /** The base path alone, without a trailing slash; '' at the root. An application learns from requests where it is mounted. */
  readonly base: string;
  readonly accept?: string | undefined;
  /** Decoded value of the path's parameter, '' where it has none. */
  readonly parameter: string;
}

export interface SelfRoute {
  readonly method: 'get';
  /** Exact, or with a trailing `{name}` (one segment) or `{+name}` (the rest of the path). */
  readonly path: string;
  /** Throws `ApiError` `not-found` where the parameter names nothing. */
  readonly answer: (request: SelfRequest) => Answer | Promise<Answer>;
}

/**
 * Routes by which the server describes itself. Those whose path the description declares are left to it.
 *
 * @example selfRoutes(model, options).map(({ path }) => path) // ['/', '/openapi.json', '/healthz', …]
 */
export function selfRoutes(model: ApiModel, options: SelfOptions): readonly SelfRoute[] {
  const { files, store } = options;
  const [root] = files;
  const shapes = new Set(model.paths.map(({ path }) => shapeOf(path)));
  const linksAt = (base: string): HomeLinks => {
    const at = (path: string): string | undefined => (isTaken(path, shapes) ? undefined : base + path);
    return {
      openapi: at('/openapi.json'),
      description: root && at('/description'),
      health: at('/healthz'),
      readiness: at('/readyz'),
    };
  };
  const overview = once(() => overviewOf(model));
  const openapiAt = lastOf((base) => JSON.stringify(openapiDocument(model, { base })));
  const routes: readonly SelfRoute[] = [
    route('/', ({ url, base, accept }) => homeAnswer(overview(), linksAt(base), url, prefersHtml(accept))),
    route('/openapi.json', ({ base }) => json('application/vnd.oai.openapi+json', openapiAt(base))),
    ...(root ? descriptionRoutes(root, model, options) : []),
    route('/problems/{code}', ({ parameter }) => problemAnswer(parameter) ?? missing(`the problem "${parameter}"`)),
    route('/healthz', () => liveAnswer()),
    route('/readyz', createReadiness(store)),
  ];
  return routes.filter(({ path }) => !isTaken(path, shapes));
}

/** Where the descriptions are, without base path, for `Link` headers. */
export function descriptionPaths(routes: readonly SelfRoute[]): DescriptionPaths {
  const has = (path: string): string | undefined => routes.find((route) => route.path === path)?.path;
  return { openapi: has('/openapi.json'), description: has('/description') };
}

function descriptionRoutes(root: DescriptionFile, { format }: ApiModel, { files }: SelfOptions): SelfRoute[] {
  return [
    route('/description', ({ base }) => rootAnswer(root, format, base)),
    route(
      '/description/{+path}',
      ({ parameter }) => includedAnswer(files, parameter, format) ?? missing(`the file "${parameter}"`),
    ),
  ];
}

function route(path: string, answer: SelfRoute['answer']): SelfRoute {
  return { method: 'get', path, answer };
}

function json(mediaType: string, body: string): Answer {
  return { status: 200, headers: { 'Content-Type': mediaType }, body };
}

function missing(what: string): never {
  throw new ApiError('not-found', `There is no such thing as ${what} here.`);
}

/** Browsers name HTML first; a client that names JSON before it, or neither, gets JSON. */
function prefersHtml(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const html = accept.indexOf('text/html');
  const other = accept.indexOf('json');
  return html !== -1 && (other === -1 || html < other);
}

/**
 * A declared path takes ours when both match the same requests. `/{id}` does not: `/healthz` is more exact, and wins as
 * it would between two declared paths.
 */
function isTaken(path: string, declared: ReadonlySet<string>): boolean {
  const own = shapeOf(path);
  if (declared.has(own)) return true;
  if (!path.includes('{+')) return false;
  const stem = own.replace(/\/?\{\}$/, '');
  return [...declared].some((shape) => shape === stem || shape.startsWith(`${stem}/`));
}

/** `/problems/{code}` and `/problems/{id}/` are one shape: `/problems/{}`. */
function shapeOf(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}').replace(/(?!^)\/$/, '');
}

/** Remembers one answer: an application is mounted in one place, as a rule. */
function lastOf(make: (base: string) => string): (base: string) => string {
  let last: { readonly base: string; readonly text: string } | undefined;
  return (base) => {
    if (last?.base !== base) last = { base, text: make(base) };
    return last.text;
  };
}
