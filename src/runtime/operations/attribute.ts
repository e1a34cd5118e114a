import { fieldPath } from '../../model/field-path.ts';
import { isRecord } from '../../model/schema.ts';
import type { Action } from '../../model/types.ts';
import type { StoredDocument } from '../../stores/contract.ts';
import type { Exchange } from '../exchange.ts';
import { documentKey } from '../keys.ts';
import { changeList, changeObject } from '../patching/mini-language.ts';
import type { Answer } from '../present/answer.ts';
import { entityTag, isNotModified, lastModified, writeConditions } from '../request/conditions.ts';
import { compileReceiveBody } from '../request/document.ts';
import { belongs } from '../scope.ts';
import type { Handler, OperationContext } from '../service.ts';
import { jsonTypeOf, notFound } from './document-answers.ts';
import { compileDocumentRules } from './documents.ts';
import { compileTarget, parsed, type Target } from './item.ts';
import type { Members } from './members.ts';

export type AttributeAction = Extract<Action, { readonly attribute: string }>;

/** A property of an item at a path of its own. Its ETag is that of the item: the two change together. */
export async function compileAttribute(context: OperationContext, action: AttributeAction): Promise<Handler> {
  const target = compileTarget(context, action);
  switch (action.kind) {
    case 'read-attribute':
      return compileReadAttribute(context, action, target);
    case 'write-attribute':
    case 'replace-attribute': {
      const receive = compileReceiveBody(context, { also: ['application/json'] });
      return compileChange(context, action, target, async (exchange) => {
        const { value, bytes } = await receive(exchange);
        if (action.kind === 'replace-attribute') return { bytes, apply: () => value ?? null };
        return { bytes, apply: (current) => changed(action, current, value) };
      });
    }
    case 'remove-attribute':
      return compileChange(context, action, target, async () => ({ bytes: 0, apply: () => undefined }));
  }
}

function changed({ shape }: AttributeAction, current: unknown, change: unknown): unknown {
  switch (shape) {
    case 'list':
      return changeList(Array.isArray(current) ? current : [], change ?? null);
    case 'object':
      return changeObject(isRecord(current) ? current : {}, change ?? null);
    case 'value':
      return change;
  }
}

function compileReadAttribute(context: OperationContext, action: AttributeAction, target: Target): Handler {
  const { resource, collection } = target;
  const answer = compileAttributeAnswer(context, action);
  return async (exchange) => {
    const id = target.idOf(exchange);
    const place = await target.placeOf(exchange);
    const document = await collection.get(documentKey(resource, id, place.key));
    if (!document || !belongs(document, place) || isSecret(action, resource.secrets)) throw notFound(resource, id);
    if (isNotModified(exchange.request.headers, document.revision)) {
      return { status: 304, headers: { ETag: entityTag(document.revision) }, body: '' };
    }
    return answer(document);
  };
}

function isSecret({ attribute }: AttributeAction, secrets: readonly string[]): boolean {
  const own = fieldPath([attribute]);
  return secrets.some((path) => path === own || path.startsWith(`${own}.`));
}

type ReadChange = (
  exchange: Exchange,
) => Promise<{ readonly bytes: number; readonly apply: (current: unknown) => unknown }>;

async function compileChange(
  context: OperationContext,
  action: AttributeAction,
  target: Target,
  readChange: ReadChange,
): Promise<Handler> {
  const { resource, collection } = target;
  const rules = await compileDocumentRules(context, resource);
  const answer = compileAttributeAnswer(context, action);
  return async (exchange) => {
    const id = target.idOf(exchange);
    const conditions = writeConditions(exchange.request.headers);
    const place = await target.placeOf(exchange);
    const change = await readChange(exchange);
    const updated = await collection.update(
      documentKey(resource, id, place.key),
      conditions.precondition,
      (current) => {
        if (!belongs(current, place)) throw notFound(resource, id);
        conditions.verify(current);
        const stored = parsed(current);
        const changed = assign(stored, action.attribute, change.apply(stored[action.attribute]));
        const document = rules.stamped(changed, stored);
        rules.checkResult(document, change);
        const text = JSON.stringify(document);
        context.refuse?.(answer({ ...current, text }));
        return text;
      },
    );
    if (!updated) throw notFound(resource, id);
    return answer(updated);
  };
}

/** `undefined` removes. Not by assignment: `__proto__` is a name like any other. */
function assign(document: Members, name: string, value: unknown): Members {
  const members = new Map(Object.entries(document));
  if (value === undefined) members.delete(name);
  else members.set(name, value);
  return Object.fromEntries(members);
}

/** Ramses wraps lists as `{data, count}`; otherwise the value is the answer. */
function compileAttributeAnswer(
  context: OperationContext,
  action: AttributeAction,
): (document: StoredDocument) => Answer {
  const status = context.binding.success;
  const contentType = jsonTypeOf(context, status);
  const wraps = context.binding.dialect === 'ramses' && action.shape === 'list';
  return (document) => {
    const validators = { ETag: entityTag(document.revision), 'Last-Modified': lastModified(document.revision) };
    if (status === 204) return { status, headers: validators, body: '' };
    const value = parsed(document)[action.attribute] ?? emptyValue(action);
    const shown = wraps && Array.isArray(value) ? { data: value, count: value.length } : value;
    return { status, headers: { 'Content-Type': contentType, ...validators }, body: JSON.stringify(shown) };
  };
}

function emptyValue({ shape }: AttributeAction): unknown {
  return shape === 'list' ? [] : shape === 'object' ? {} : null;
}
