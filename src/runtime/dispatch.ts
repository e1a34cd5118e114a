import type { NextFunction, Request, Response } from 'express';
import { ApiError } from '../errors.ts';
import { suggest } from '../suggest.ts';
import { compileCors } from './cors.ts';
import { Exchange } from './exchange.ts';
import type { LogEntry } from './log.ts';
import type { Answer } from './present/answer.ts';
import { compileProblems, type ProblemContext } from './present/problem.ts';
import { toApiError } from './problems.ts';
import { isPromise } from './promise.ts';
import { createRequestIds } from './request-id.ts';
import type { Route } from './routes.ts';
import type { Match, Place, Router } from './routing/router.ts';
import { send } from './send.ts';
import type { Service } from './service.ts';

/** The HTTP side of an application: finds the operation, lets it answer, sends. Nothing is thrown to Express. */
export interface Dispatcher {
  /** Answers what is declared, and passes on the rest. */
  handle(request: Request, response: Response, next: NextFunction): void;
  /** Answers 404 to what nobody took. */
  refuse(request: Request, response: Response): void;
  /** Answers an error of somebody's middleware. */
  fail(request: Request, response: Response, thrown: unknown): void;
}

export interface DispatchOptions {
  readonly cors: boolean | readonly string[];
  readonly log: (entry: LogEntry) => void;
}

export function createDispatcher(service: Service, router: Router<Route>, options: DispatchOptions): Dispatcher {
  const cors = compileCors(options.cors);
  const requestIdOf = createRequestIds();
  const explainOthers = compileProblems(service.model, undefined);
  const unusable = new WeakSet<Route>();

  function reply(exchange: Exchange, answer: Answer, extra: readonly string[] = []): void {
    const { request, response, requestId } = exchange;
    // The client has gone, or somebody's middleware was faster.
    if (response.headersSent) return;
    send(request, response, answer, ['X-Request-Id', requestId, ...cors.headers(request.headers), ...extra]);
  }

  function fail(exchange: Exchange, route: Route | undefined, thrown: unknown): void {
    const error = toApiError(thrown, route);
    const { method, originalUrl } = exchange.request;
    if (error.status >= 500 && isNews(error, route)) report(exchange, `${method} ${originalUrl}`, error);
    const context: ProblemContext = { base: exchange.base, requestId: exchange.requestId, url: originalUrl };
    const plainly = (): void => reply(exchange, explainOthers(error, context));
    try {
      const answer = (route?.explain ?? explainOthers)(error, context);
      if (isPromise(answer)) answer.then((explained) => reply(exchange, explained)).catch(plainly);
      else reply(exchange, answer);
    } catch {
      plainly();
    }
  }

  /** What is wrong with a schema stays so: to say it once for an operation is enough. */
  function isNews({ code }: ApiError, route: Route | undefined): boolean {
    if (code !== 'unusable-schema' || !route) return true;
    const isNew = !unusable.has(route);
    unusable.add(route);
    return isNew;
  }

  function report({ requestId }: Exchange, request: string, error: ApiError): void {
    const cause: unknown = error.cause ?? error;
    const message = cause instanceof Error ? cause.message : error.detail;
    options.log({ level: 'error', requestId, request, message, cause });
  }

  function run(exchange: Exchange, route: Route): void {
    try {
      const answer = route.handle(exchange);
      if (isPromise(answer)) {
        answer.then((given) => reply(exchange, given)).catch((thrown: unknown) => fail(exchange, route, thrown));
      } else reply(exchange, answer);
    } catch (thrown) {
      fail(exchange, route, thrown);
    }
  }

  function answerOptions(exchange: Exchange, place: Place<Route>): void {
    const allow = allowOf(place);
    const headers = { Allow: allow, ...(place.methods.has('PATCH') && { 'Accept-Patch': patchTypes }) };
    reply(exchange, { status: 204, headers, body: '' }, cors.preflight(exchange.request.headers, allow));
  }

  /** `*` is the server as a whole, which only OPTIONS can be about (RFC 9112 section 3.2.4). */
  function answerAsterisk(exchange: Exchange): void {
    if (exchange.request.method === 'OPTIONS')
      reply(exchange, { status: 204, headers: { Allow: methodsOf(service) }, body: '' });
    else fail(exchange, undefined, new ApiError('malformed-request', 'Only OPTIONS can be about "*".'));
  }

  function exchangeOf(
    request: Request,
    response: Response,
    match?: Match<Route>,
    names: readonly string[] = [],
  ): Exchange {
    const mark = request.url.indexOf('?');
    return new Exchange(request, response, {
      names,
      values: match?.values ?? [],
      search: mark === -1 ? '' : request.url.slice(mark + 1),
      base: request.baseUrl + service.base,
      requestId: requestIdOf(request.headers['x-request-id']),
    });
  }

  return {
    handle(request, response, next) {
      const path = pathWithin(service.base, request.url);
      if (path === undefined) return next();
      let match: Match<Route> | undefined;
      try {
        match = router.match(path);
      } catch (thrown) {
        return fail(exchangeOf(request, response), undefined, thrown);
      }
      if (!match) return next();
      const { methods } = match.place;
      const method = methods.get(request.method) ?? (request.method === 'HEAD' ? methods.get('GET') : undefined);
      const exchange = exchangeOf(request, response, match, method?.parameters);
      if (method) return run(exchange, method.value);
      if (request.method === 'OPTIONS') return answerOptions(exchange, match.place);
      return fail(exchange, undefined, methodNotAllowed(request.method, match.place));
    },
    refuse(request, response) {
      const exchange = exchangeOf(request, response);
      if (request.url === '*') return answerAsterisk(exchange);
      fail(exchange, undefined, noSuchPath(service, exchange));
    },
    fail: (request, response, thrown) => fail(exchangeOf(request, response), undefined, thrown),
  };
}

const patchTypes = 'application/merge-patch+json, application/json-patch+json, application/json';

/** The path below the base path, or `undefined` for one elsewhere. */
function pathWithin(base: string, url: string): string | undefined {
  if (url === '*') return undefined;
  const target = url.startsWith('/') ? url : pathOfAbsolute(url);
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  if (base === '') return path;
  if (!path.startsWith(base)) return undefined;
  const rest = path.slice(base.length);
  return rest === '' ? '/' : rest.startsWith('/') ? rest : undefined;
}

/** Proxies get the absolute form (RFC 9112 section 3.2.2), which every server must understand. */
function pathOfAbsolute(url: string): string {
  const rest = url.replace(/^https?:\/\/[^/?]*/i, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function allowOf({ methods }: Place<Route>): string {
  const names = new Set([...methods.keys(), ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS']);
  return [...names].join(', ');
}

function methodsOf({ model }: Service): string {
  const declared = model.bindings.map(({ method }) => method.toUpperCase());
  return [...new Set(['GET', 'HEAD', 'OPTIONS', ...declared])].join(', ');
}

function methodNotAllowed(method: string, place: Place<Route>): ApiError {
  const allow = allowOf(place);
  return new ApiError('method-not-allowed', `${method} is not declared here; declared are ${allow}.`, {
    headers: { Allow: allow },
  });
}

function noSuchPath({ model }: Service, { pathname, base }: Exchange): ApiError {
  const near = suggest(
    pathname,
    model.paths.map(({ path }) => base + path),
  );
  return new ApiError('not-found', `Nothing is declared at "${pathname.slice(0, 200)}".`, {
    hint:
      near !== undefined ? `Did you mean "${near}"?` : isBelow(base, pathname) ? undefined : `All is below "${base}".`,
  });
}

function isBelow(base: string, pathname: string): boolean {
  return pathname === base || pathname.startsWith(`${base}/`);
}
