import type { ApiError } from '../errors.ts';
import type { Operation, PathItem } from '../model/description.ts';
import type { ApiModel, Binding, Resource } from '../model/types.ts';
import { type CheckAnswer, compileAnswerCheck } from './answer-check.ts';
import { lazily } from './lazily.ts';
import type { LogEntry } from './log.ts';
import { once } from './once.ts';
import { compileOperation } from './operation.ts';
import type { Answer } from './present/answer.ts';
import { compileProblems, type ProblemContext } from './present/problem.ts';
import { revalidated } from './present/revalidation.ts';
import { createRouter, type Router } from './routing/router.ts';
import { compileSegment } from './routing/segment.ts';
import type { SelfRoute } from './self/routes.ts';
import type { Handler, OperationContext, Service } from './service.ts';

/** One method of one path. */
export interface Route {
  /** `POST /books`, as declared. */
  readonly name: string;
  readonly handle: Handler;
  /** What the route is about; tells which property a conflict means. */
  readonly resource: Resource | undefined;
  /** The answer for an error, in the shape that the operation declares. */
  readonly explain: (error: ApiError, context: ProblemContext) => Answer | Promise<Answer>;
}

export interface ResponseChecking {
  readonly mode: 'off' | 'warn' | 'strict';
  readonly log: (entry: LogEntry) => void;
}

/** All operations of the model, and what the server adds of itself. Nothing is compiled before it is asked for. */
export function buildRoutes(service: Service, self: readonly SelfRoute[], checking: ResponseChecking): Router<Route> {
  const { model } = service;
  const router = createRouter<Route>();
  const items = once(() => itemsByPath(model));
  const gets = once(() => new Set(model.bindings.filter(({ method }) => method === 'get').map(({ path }) => path)));
  for (const binding of model.bindings) {
    if (isServedAnyway(binding, gets)) continue;
    router.add(binding.path, binding.method.toUpperCase(), () =>
      operationRoute(
        service,
        binding,
        once(() => declaredOperation(items(), binding)),
        checking,
      ),
    );
  }
  const explain = compileProblems(model, undefined);
  for (const { path, method, answer } of self) {
    const handle: Handler = async (exchange) => {
      const { headers } = exchange.request;
      const { url, base, values } = exchange;
      return revalidated(headers, await answer({ url, base, accept: headers.accept, parameter: values[0] ?? '' }));
    };
    const name = `${method.toUpperCase()} ${path}`;
    router.add(path, method.toUpperCase(), () => ({ name, handle, resource: undefined, explain }));
  }
  return router;
}

/** Asks items for nothing but their path: the rest of a remembered model is parsed when it is looked at. */
function itemsByPath(model: ApiModel): ReadonlyMap<string, readonly PathItem[]> {
  const items = new Map<string, PathItem[]>();
  for (const item of model.paths) {
    const others = items.get(item.path);
    // RAML may write one path in two ways: `/a/b`, and `/b` below `/a`.
    if (others) others.push(item);
    else items.set(item.path, [item]);
  }
  return items;
}

interface DeclaredOperation {
  readonly item: PathItem;
  readonly operation: Operation;
}

function declaredOperation(items: ReturnType<typeof itemsByPath>, binding: Binding): DeclaredOperation {
  for (const item of items.get(binding.path) ?? []) {
    const operation = item.operations.find(({ id }) => id === binding.operation);
    if (operation) return { item, operation };
  }
  throw new TypeError(`the model has no operation "${binding.operation}"`);
}

/** OPTIONS answers for every path, HEAD for every GET, declared or not. */
function isServedAnyway({ method, path }: Binding, gets: () => ReadonlySet<string>): boolean {
  return method === 'options' || (method === 'head' && gets().has(path));
}

function operationRoute(
  service: Service,
  binding: Binding,
  declared: () => DeclaredOperation,
  checking: ResponseChecking,
): Route {
  // A description may have thousands of operations: what a start costs for each of them, it costs thousands of times.
  let explain: Route['explain'] | undefined;
  const { action } = binding;
  return {
    name: `${binding.method.toUpperCase()} ${binding.path}`,
    get resource() {
      return 'resource' in action ? service.model.resources.find(({ name }) => name === action.resource) : undefined;
    },
    handle: lazily(async () => {
      const parameters = binding.path.split('/').flatMap((segment) => compileSegment(segment).parameters);
      const context: OperationContext = { service, binding, ...declared(), parameters };
      return checking.mode === 'off' ? compileOperation(context) : checkedHandler(context, checking);
    }),
    explain(error, context) {
      explain ??= compileExplanation(service, declared().operation);
      return explain(error, context);
    },
  };
}

function compileExplanation(service: Service, operation: Operation): Route['explain'] {
  const declaresErrors = operation.responses.some(
    ({ status, content }) => !/^[123]/.test(status) && content.length > 0,
  );
  if (!declaresErrors) return compileProblems(service.model, undefined);
  let explain: ReturnType<typeof compileProblems> | undefined;
  return async (error, context) => {
    explain ??= compileProblems(service.model, operation, (await service.validator()).accepts);
    return explain(error, context);
  };
}

async function checkedHandler(context: OperationContext, { mode, log }: ResponseChecking): Promise<Handler> {
  const isStrict = mode === 'strict';
  const refuse = isStrict ? refusal(await compileAnswerCheck(context)) : undefined;
  const handle = await compileOperation(refuse ? { ...context, refuse } : context);
  const check = await compileAnswerCheck(context);
  let saidUnusable = false;
  return async (exchange) => {
    const answer = await handle(exchange);
    const error = check(answer);
    if (error === undefined) return answer;
    if (isStrict) throw error;
    // It is wrong with the schema and not with the answer: to say it once is enough.
    if (error.code === 'unusable-schema' && saidUnusable) return answer;
    saidUnusable ||= error.code === 'unusable-schema';
    const { method, originalUrl } = exchange.request;
    const { requestId } = exchange;
    const message = error.cause instanceof Error ? error.cause.message : error.message;
    log({ level: 'warning', requestId, request: `${method} ${originalUrl}`, message });
    return answer;
  };
}

function refusal(check: CheckAnswer): (answer: Answer) => void {
  return (answer) => {
    const error = check(answer);
    if (error) throw error;
  };
}
