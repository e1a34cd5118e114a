import { ApiError } from '../errors.ts';
import type { Binding } from '../model/types.ts';
import { compileAttribute } from './operations/attribute.ts';
import { compileBulk } from './operations/bulk.ts';
import { compileCreate } from './operations/create.ts';
import { compileDeclaredHeaders } from './operations/declared-headers.ts';
import { compileItem } from './operations/item.ts';
import { compileList } from './operations/list.ts';
import { compileRefreshing } from './operations/refreshing.ts';
import { compileSample } from './operations/sample.ts';
import { compileSingleton } from './operations/singleton.ts';
import type { Answer } from './present/answer.ts';
import { concreteMediaType, declaredResponse, isJson } from './present/declared-response.ts';
import { compileNegotiation } from './request/accept.ts';
import { compileParameterChecks } from './request/parameters.ts';
import { afterwards, type Handler, type OperationContext } from './service.ts';

/**
 * Everything that one operation does between routing and sending, compiled for what its description uses: negotiation,
 * checks of parameters, the action on the store, the declared headers.
 */
export async function compileOperation(context: OperationContext): Promise<Handler> {
  const { service, binding } = context;
  if (service.readOnly && isWrite(binding)) {
    return () => {
      throw new ApiError('read-only', `${binding.method.toUpperCase()} is not possible here.`);
    };
  }
  if (!isWrite(binding)) return compileHandler(context);
  return compileRefreshing(context, await compileHandler(context), compileHandler);
}

async function compileHandler(context: OperationContext): Promise<Handler> {
  const { binding } = context;
  const offered = offeredTypes(context);
  const negotiate = compileNegotiation(offered);
  const check = await compileParameterChecks(context, readsQuery(binding));
  const complete = compileCompletion(context, offered);
  const act = complete
    ? afterwards(await compileAction(refusingCompleted(context, complete), negotiate), complete)
    : await compileAction(context, negotiate);
  return (exchange) => {
    const { accept } = exchange.request.headers;
    if (accept !== undefined && negotiate(accept) === undefined) {
      throw new ApiError('not-acceptable', `This operation answers with ${offered.join(', ')}.`);
    }
    check?.(exchange);
    return act(exchange);
  };
}

/** What every answer of the operation gets beside what its action gives; `undefined`: nothing. */
function compileCompletion(context: OperationContext, offered: readonly string[]): Complete | undefined {
  const withHeaders = compileDeclaredHeaders(context);
  if (offered.length < 2) return withHeaders;
  return withHeaders ? (answer) => variesByAccept(withHeaders(answer)) : variesByAccept;
}

type Complete = (answer: Answer) => Answer;

/** An answer that is judged before the write is judged as it would be sent. */
function refusingCompleted(context: OperationContext, complete: Complete): OperationContext {
  const { refuse } = context;
  return refuse ? { ...context, refuse: (answer) => refuse(complete(answer)) } : context;
}

/** Caches must keep the declared media types apart. */
function variesByAccept(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, Vary: 'Accept' } };
}

function compileAction(
  context: OperationContext,
  negotiate: (accept: string | undefined) => string | undefined,
): Promise<Handler> | Handler {
  const { action } = context.binding;
  switch (action.kind) {
    case 'list':
      return compileList(context, action);
    case 'create':
      return compileCreate(context, action);
    case 'read':
    case 'replace':
    case 'update':
    case 'remove':
    case 'upsert':
      return compileItem(context, action);
    case 'update-many':
    case 'remove-many':
      return compileBulk(context, action);
    case 'read-singleton':
    case 'write-singleton':
    case 'update-singleton':
    case 'remove-singleton':
      return compileSingleton(context, action);
    case 'read-attribute':
    case 'write-attribute':
    case 'replace-attribute':
    case 'remove-attribute':
      return compileAttribute(context, action);
    case 'sample':
    case 'head':
    case 'options':
      return compileSample(context, negotiate);
  }
}

/** A sample stores nothing, whatever its method. */
function isWrite({ action }: Binding): boolean {
  switch (action.kind) {
    case 'list':
    case 'read':
    case 'read-singleton':
    case 'read-attribute':
    case 'sample':
    case 'head':
    case 'options':
      return false;
    default:
      return true;
  }
}

function readsQuery({ action }: Binding): boolean {
  return action.kind === 'list' || action.kind === 'update-many' || action.kind === 'remove-many';
}

/** Stored documents are JSON, whatever else is declared; samples come in every declared type, JSON if any will do. */
function offeredTypes({ operation, binding }: OperationContext): readonly string[] {
  const content = declaredResponse(operation, binding.success)?.content ?? [];
  const types = content.map(({ mediaType }) => concreteMediaType(mediaType));
  const json = types.filter(isJson);
  const usable = binding.action.kind === 'sample' ? [...json, ...types.filter((type) => !isJson(type))] : json;
  return usable.length > 0 ? usable : ['application/json'];
}
