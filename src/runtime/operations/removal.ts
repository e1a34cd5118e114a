import type { ApiError } from '../../errors.ts';
import { type StoredDocument, StoreError } from '../../stores/contract.ts';
import type { Exchange } from '../exchange.ts';
import type { Answer } from '../present/answer.ts';
import { declaredResponse } from '../present/declared-response.ts';
import { compileSampleAnswer } from '../present/sample.ts';
import { statusDocument } from '../present/status-document.ts';
import { writeConditions } from '../request/conditions.ts';
import { belongs, type Place } from '../scope.ts';
import type { OperationContext, Stored } from '../service.ts';
import { compileDocumentAnswers, jsonTypeOf } from './document-answers.ts';

export type Removal = (exchange: Exchange, key: string, place: Place, missing: () => ApiError) => Promise<Answer>;

/** Removes one document under the conditions of the request, and answers as declared. */
export function compileRemoval(context: OperationContext, stored: Stored): Removal {
  const { collection } = stored;
  const { refuse } = context;
  const answer = compileRemovedAnswer(context, stored);
  return async (exchange, key, place, missing) => {
    const conditions = writeConditions(exchange.request.headers);
    for (;;) {
      const current = await collection.get(key);
      if (!current || !belongs(current, place)) throw missing();
      const isDecided = conditions.precondition.kind === 'revision';
      // What was looked at is what is removed: another revision may hang elsewhere.
      const precondition = isDecided
        ? conditions.precondition
        : { kind: 'revision' as const, revisions: [current.revision] };
      // What the store checks comes first: RFC 9110 section 13.2.2.
      if (!isDecided || conditions.precondition.revisions.includes(current.revision)) {
        conditions.verify(current);
        refuse?.(answer(exchange, current));
      }
      try {
        const removed = await collection.remove(key, precondition);
        if (!removed) throw missing();
        return answer(exchange, removed);
      } catch (error) {
        const raced = error instanceof StoreError && error.kind === 'precondition' && !isDecided;
        if (!raced) throw error;
      }
    }
  };
}

/**
 * Ramses' status object, nothing, or the declared body: the removed document where its schema is declared, else a
 * sample.
 */
function compileRemovedAnswer(
  context: OperationContext,
  { resource }: Stored,
): (exchange: Exchange, removed: StoredDocument) => Answer {
  const { binding, operation, service } = context;
  const status = binding.success;
  if (binding.dialect === 'ramses' && status !== 204) {
    return (exchange) => statusAnswer(exchange, status, 'Deleted');
  }
  const [content] = declaredResponse(operation, status)?.content ?? [];
  if (status === 204 || !content) return () => ({ status, headers: {}, body: '' });
  const showsDocument =
    binding.answerWrapper !== undefined || JSON.stringify(content.schema) === JSON.stringify(resource.schema);
  if (!showsDocument) {
    const sample = compileSampleAnswer(service.model, operation, status);
    return () => sample();
  }
  const answers = compileDocumentAnswers(context, resource);
  return (exchange, removed) => ({
    status,
    headers: { 'Content-Type': jsonTypeOf(context, status) },
    body: answers.represented(exchange, removed),
  });
}

export function statusAnswer(exchange: Exchange, status: number, message: string): Answer {
  const requestUrl = `${exchange.url.slice(0, exchange.url.length - exchange.base.length)}${exchange.request.originalUrl}`;
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: statusDocument({ status, message, requestUrl, now: new Date() }),
  };
}
