import { isDeepStrictEqual } from 'node:util';
import type { Binding } from '../../model/types.ts';
import type { Exchange } from '../exchange.ts';
import { parseJsonPatch } from '../patching/json-patch.ts';
import { mergePatch } from '../patching/merge-patch.ts';
import { compileWrapper } from '../present/envelope.ts';
import { compileReceiveBody, type ReceivedBody } from '../request/document.ts';
import { valueAt } from '../request/wrapper.ts';
import type { OperationContext, Stored } from '../service.ts';
import { compileDocumentRules, type DocumentRules } from './documents.ts';
import type { Members } from './members.ts';

export const patchTypes = ['application/merge-patch+json', 'application/json-patch+json'];

/**
 * From the stored document to the new text, or `undefined` when nothing changes. `rooted` puts back what the path
 * fixes: the id and the parents.
 */
export type Patch = (stored: Members, rooted: (document: Members) => Members) => string | undefined;

/**
 * Reads the body of a PATCH: JSON Patch by its media type, everything else is a merge patch. The result must fit
 * what creates documents (`changeSchemas`). A patch that changes nothing writes nothing, so that the ETag stays.
 */
export async function compilePatch(
  context: OperationContext,
  { resource }: Stored,
): Promise<(exchange: Exchange) => Promise<Patch>> {
  const receive = compileReceiveBody(context, ['application/json', ...patchTypes]);
  const rules = await compileDocumentRules(context, resource);
  return async (exchange) => {
    const body = await receive(exchange);
    const change = readChange(body, rules, context.binding);
    return (stored, rooted) => {
      const changed = rules.keepReadOnly(rooted(rules.received(change(stored), '')), stored);
      // Not by their texts: `readOnly` members may have moved.
      if (isDeepStrictEqual(changed, stored)) return undefined;
      const document = rules.stamped(changed, stored);
      rules.checkResult(document, body);
      return JSON.stringify(document);
    };
  };
}

function readChange(body: ReceivedBody, rules: DocumentRules, binding: Binding): (stored: Members) => unknown {
  if (body.essence !== 'application/json-patch+json') {
    const patch = rules.received(rules.documentIn(body));
    rules.checkChange(patch, body);
    return (stored) => mergePatch(stored, patch);
  }
  const patch = parseJsonPatch(body.value);
  // Its pointers lead into the representation that clients see, wrapper and all (RFC 6902, section 3).
  const wrapper = binding.answerWrapper ?? binding.requestWrapper;
  if (wrapper === undefined) return patch;
  const wrap = compileWrapper(wrapper);
  return (stored) => valueAt(patch(JSON.parse(wrap(JSON.stringify(stored)))), wrapper.document);
}
