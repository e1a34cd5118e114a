import type { Action } from '../../model/types.ts';
import type { StoredDocument } from '../../stores/contract.ts';
import { singletonKey } from '../keys.ts';
import { writeConditions } from '../request/conditions.ts';
import { compileReceiveBody } from '../request/document.ts';
import { compilePlace, nowhere, type Place, placed, placeLinks } from '../scope.ts';
import { type Handler, type OperationContext, type Stored, storedResource } from '../service.ts';
import { compileDocumentAnswers, notFound, verified } from './document-answers.ts';
import { compileDocumentRules } from './documents.ts';
import { createOrUpdate, parsed } from './item.ts';
import { compilePatch } from './patch.ts';
import { compileRemoval } from './removal.ts';

export type SingletonAction = Extract<
  Action,
  { readonly kind: 'read-singleton' | 'write-singleton' | 'update-singleton' | 'remove-singleton' }
>;

/** The one document of a path such as `/settings`, or of `/users/{username}/profile` per parent. */
export async function compileSingleton(context: OperationContext, action: SingletonAction): Promise<Handler> {
  const stored = storedResource(context.service, action.resource);
  const { resource, collection } = stored;
  const placeOf = action.scope.length > 0 ? compilePlace(context, resource, action.scope) : async () => nowhere;
  const missing = () => notFound(resource, undefined);
  switch (action.kind) {
    case 'read-singleton': {
      const answers = compileDocumentAnswers(context, resource);
      return async (exchange) => {
        const document = await collection.get(keyOf(await placeOf(exchange)));
        if (!document) throw missing();
        return answers.shown(exchange, document);
      };
    }
    case 'write-singleton':
      return compileWrite(context, stored, placeOf);
    case 'update-singleton': {
      const answers = compileDocumentAnswers(context, resource);
      const readPatch = await compilePatch(context, stored);
      return async (exchange) => {
        const conditions = writeConditions(exchange.request.headers);
        const place = await placeOf(exchange);
        const patch = await readPatch(exchange);
        const change = (current: StoredDocument): string | undefined => {
          conditions.verify(current);
          return patch.change(parsed(current), (document) => placed(resource, place, document));
        };
        const { precondition } = conditions;
        const updated = await collection.update(keyOf(place), precondition, verified(answers, exchange, change));
        if (!updated) throw missing();
        return answers.written(exchange, updated, false);
      };
    }
    case 'remove-singleton': {
      const removal = compileRemoval(context, stored);
      return async (exchange) => {
        const place = await placeOf(exchange);
        return removal(exchange, keyOf(place), nowhere, missing);
      };
    }
  }
}

function keyOf(place: Place): string {
  return singletonKey(place.key);
}

async function compileWrite(
  context: OperationContext,
  stored: Stored,
  placeOf: (exchange: Parameters<Handler>[0]) => Promise<Place>,
): Promise<Handler> {
  const { resource } = stored;
  const receive = compileReceiveBody(context);
  const rules = await compileDocumentRules(context, resource);
  const answers = compileDocumentAnswers(context, resource);
  return async (exchange) => {
    const conditions = writeConditions(exchange.request.headers);
    const place = await placeOf(exchange);
    const body = await receive(exchange);
    const document = placed(resource, place, rules.received(rules.documentIn(body)));
    rules.checkBody(document, body);
    const replace = (current: StoredDocument): string => {
      conditions.verify(current);
      const stored = parsed(current);
      return JSON.stringify(rules.stamped(rules.keepReadOnly(document, stored), stored));
    };
    const fresh = { key: keyOf(place), text: JSON.stringify(rules.stamped(document)), links: placeLinks(place) };
    const change = verified(answers, exchange, replace);
    const result = await createOrUpdate(stored, fresh, conditions, change, () =>
      answers.verify?.(exchange, fresh, true),
    );
    return answers.written(exchange, result.document, result.created);
  };
}
