import { ApiError } from '../../errors.ts';
import { isRecord } from '../../model/schema.ts';
import type { Action } from '../../model/types.ts';
import { type NewDocument, type StoredDocument, StoreError } from '../../stores/contract.ts';
import type { Exchange } from '../exchange.ts';
import { documentKey, isIntegerId } from '../keys.ts';
import { isPromise } from '../promise.ts';
import { type Conditions, preconditionFailed, writeConditions } from '../request/conditions.ts';
import { compileReceiveBody } from '../request/document.ts';
import { belongs, compilePlace, nowhere, type Place, placed, placeLinks } from '../scope.ts';
import { type Handler, type OperationContext, type Stored, storedResource } from '../service.ts';
import { compileDocumentAnswers, notFound, verified } from './document-answers.ts';
import { compileDocumentRules } from './documents.ts';
import { identified, idInBody } from './identity.ts';
import type { Members } from './members.ts';
import { compilePatch } from './patch.ts';
import { compileRemoval } from './removal.ts';

type ItemAction = Extract<Action, { readonly kind: 'read' | 'replace' | 'update' | 'remove' | 'upsert' }>;

/** One item of a collection, by its id in the path or in the body. */
export async function compileItem(context: OperationContext, action: ItemAction): Promise<Handler> {
  const target = compileTarget(context, action);
  switch (action.kind) {
    case 'read':
      return compileRead(context, action, target);
    case 'replace':
    case 'upsert':
      return compileReplace(context, action, target);
    case 'update':
      return compileUpdate(context, action, target);
    case 'remove':
      return 'idIn' in action ? compileRemoveNamed(context, target) : compileRemove(context, target);
  }
}

/** Where an item is looked for. */
export interface Target extends Stored {
  /** The id in the path. Throws `ApiError` `not-found` for one that no document can have. */
  idOf(exchange: Exchange): string;
  placeOf(exchange: Exchange): Promise<Place>;
  readonly isNested: boolean;
}

export function compileTarget(
  context: OperationContext,
  action: { readonly resource: string; readonly scope: ItemAction['scope']; readonly idParameter?: string },
): Target {
  const stored = storedResource(context.service, action.resource);
  const { resource } = stored;
  const position = action.idParameter === undefined ? -1 : context.parameters.indexOf(action.idParameter);
  const isInteger = resource.id.type === 'integer';
  return {
    ...stored,
    isNested: action.scope.length > 0,
    idOf({ values }) {
      const id = values[position] ?? '';
      if (isInteger && !isIntegerId(id)) throw notFound(resource, id);
      return id;
    },
    placeOf: action.scope.length > 0 ? compilePlace(context, resource, action.scope) : async () => nowhere,
  };
}

function compileRead(context: OperationContext, action: ItemAction, target: Target): Handler {
  const { resource, collection } = target;
  const answers = compileDocumentAnswers(context, resource);
  if (action.scope.length > 0) {
    return async (exchange) => {
      const id = target.idOf(exchange);
      const place = await target.placeOf(exchange);
      const document = await collection.get(documentKey(resource, id, place.key));
      if (!document || !belongs(document, place)) throw notFound(resource, id);
      return answers.shown(exchange, document);
    };
  }
  // The most frequent request of all: no promise where the store needs none.
  return (exchange) => {
    const id = target.idOf(exchange);
    const answer = (document: StoredDocument | undefined) => {
      if (!document) throw notFound(resource, id);
      return answers.shown(exchange, document);
    };
    const document = collection.get(id);
    return isPromise(document) ? document.then(answer) : answer(document);
  };
}

async function compileReplace(context: OperationContext, action: ItemAction, target: Target): Promise<Handler> {
  const { resource, collection } = target;
  const receive = compileReceiveBody(context);
  const rules = await compileDocumentRules(context, resource);
  const answers = compileDocumentAnswers(context, resource);
  return async (exchange) => {
    const inPath = 'idIn' in action ? undefined : target.idOf(exchange);
    const conditions = writeConditions(exchange.request.headers);
    const place = await target.placeOf(exchange);
    const body = await receive(exchange);
    const sent = rules.documentIn(body);
    const id = inPath ?? idInBody(target, sent);
    const key = documentKey(resource, id, place.key);
    const document = identified(target, placed(resource, place, rules.received(sent)), id);
    rules.checkBody(document, body);
    const replace = (current: StoredDocument): string => {
      if (!belongs(current, place)) throw notFound(resource, id);
      conditions.verify(current);
      const stored = parsed(current);
      return JSON.stringify(rules.stamped(rules.keepReadOnly(document, stored), stored));
    };
    const change = verified(answers, exchange, replace);
    if (action.kind === 'replace') {
      const replaced = await collection.update(key, conditions.precondition, change);
      if (!replaced) throw notFound(resource, id);
      return answers.written(exchange, replaced, false);
    }
    const fresh = { key, text: JSON.stringify(rules.stamped(document)), links: placeLinks(place) };
    const result = await createOrUpdate(target, fresh, conditions, change, () =>
      answers.verify?.(exchange, fresh, true),
    );
    return answers.written(exchange, result.document, result.created);
  };
}

/**
 * Whichever is possible: update, else create, and again when another request came between. `Collection.upsert` would
 * write without having seen the stored document, whose `readOnly` values and parent must be kept.
 */
export async function createOrUpdate(
  { collection }: Stored,
  fresh: NewDocument,
  conditions: Conditions,
  change: (current: StoredDocument) => string | undefined,
  beforeCreation: () => void,
): Promise<{ readonly document: StoredDocument; readonly created: boolean }> {
  for (;;) {
    if (!conditions.mustNotExist) {
      const updated = await collection.update(fresh.key, conditions.precondition, change);
      if (updated) return { document: updated, created: false };
      if (conditions.mustExist) throw preconditionFailed(undefined);
    }
    beforeCreation();
    try {
      return { document: await collection.create(fresh), created: true };
    } catch (error) {
      if (!isKeyConflict(error)) throw error;
      if (conditions.mustNotExist) throw preconditionFailed((await collection.get(fresh.key))?.revision);
    }
  }
}

function isKeyConflict(error: unknown): boolean {
  return error instanceof StoreError && error.kind === 'conflict' && error.fields.includes('key');
}

async function compileUpdate(context: OperationContext, action: ItemAction, target: Target): Promise<Handler> {
  const { resource, collection } = target;
  const answers = compileDocumentAnswers(context, resource);
  const readPatch = await compilePatch(context, target);
  return async (exchange) => {
    const inPath = 'idIn' in action ? undefined : target.idOf(exchange);
    const conditions = writeConditions(exchange.request.headers);
    const place = await target.placeOf(exchange);
    const patch = await readPatch(exchange);
    const id = inPath ?? idInBody(target, patch.sent);
    const key = documentKey(resource, id, place.key);
    const change = (current: StoredDocument): string | undefined => {
      if (!belongs(current, place)) throw notFound(resource, id);
      conditions.verify(current);
      return patch.change(parsed(current), (document) => identified(target, placed(resource, place, document), id));
    };
    const updated = await collection.update(key, conditions.precondition, verified(answers, exchange, change));
    if (!updated) throw notFound(resource, id);
    return answers.written(exchange, updated, false);
  };
}

function compileRemove(context: OperationContext, target: Target): Handler {
  const { resource } = target;
  const removal = compileRemoval(context, target);
  return async (exchange) => {
    const id = target.idOf(exchange);
    const place = await target.placeOf(exchange);
    return removal(exchange, documentKey(resource, id, place.key), place, () => notFound(resource, id));
  };
}

/** DELETE of a path without an id, with a body that has it. */
async function compileRemoveNamed(context: OperationContext, target: Target): Promise<Handler> {
  const { resource } = target;
  const receive = compileReceiveBody(context);
  const rules = await compileDocumentRules(context, resource);
  const removal = compileRemoval(context, target);
  return async (exchange) => {
    const place = await target.placeOf(exchange);
    const id = idInBody(target, rules.documentIn(await receive(exchange)));
    return removal(exchange, documentKey(resource, id, place.key), place, () => notFound(resource, id));
  };
}

/** The stored document. One that is no object was written by something else. */
export function parsed({ key, text }: StoredDocument): Members {
  const content: unknown = JSON.parse(text);
  if (isRecord(content)) return content;
  throw new ApiError('internal', `The stored document "${key}" is no object.`);
}
