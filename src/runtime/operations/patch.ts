import { isDeepStrictEqual } from 'node:util';
import { mergeParameters } from '../../model/parameter.ts';
import type { Binding } from '../../model/types.ts';
import type { Exchange } from '../exchange.ts';
import { parseJsonPatch } from '../patching/json-patch.ts';
import { mergePatch } from '../patching/merge-patch.ts';
import { compileWrapper } from '../present/envelope.ts';
import { compileReceiveBody, type ReceivedBody } from '../request/document.ts';
import { compileParameterValue } from '../request/parameter-values.ts';
import { valueAt } from '../request/wrapper.ts';
import type { OperationContext, Stored } from '../service.ts';
import { compileDocumentRules, type DocumentRules } from './documents.ts';
import type { Members } from './members.ts';

const jsonPatchType = 'application/json-patch+json';

export const patchTypes = ['application/merge-patch+json', jsonPatchType];

/**
 * From the stored document to the new text, or `undefined` when nothing changes. `rooted` puts back what the path
 * fixes: the id and the parents.
 */
export interface Patch {
  readonly change: (stored: Members, rooted: (document: Members) => Members) => string | undefined;
  /** The document that the body holds; a list of operations, where it is a JSON Patch. */
  readonly sent: unknown;
}

/**
 * Reads the body of a PATCH: JSON Patch by its media type, everything else is a merge patch. The result must fit
 * what creates documents (`changeSchemas`). A patch that changes nothing writes nothing, so that the ETag stays.
 */
export async function compilePatch(
  context: OperationContext,
  { resource }: Stored,
): Promise<(exchange: Exchange) => Promise<Patch>> {
  const receive = compileReceiveBody(context, { also: ['application/json', ...patchTypes] });
  const rules = await compileDocumentRules(context, resource);
  const inQuery = compileQueryChange(context);
  return async (exchange) => {
    const body = await receive(exchange);
    const inBody = readChange(body, rules, context.binding);
    const asked = inQuery?.(exchange);
    const result = (stored: Members) => (asked ? mergePatch(inBody(stored), asked) : inBody(stored));
    return {
      sent: body.essence === jsonPatchType ? body.value : rules.documentIn(body),
      change(stored, rooted) {
        const changed = rules.keepReadOnly(rooted(rules.received(result(stored), '')), stored);
        // Not by their texts: `readOnly` members may have moved.
        if (isDeepStrictEqual(changed, stored)) return undefined;
        const document = rules.stamped(changed, stored);
        rules.checkResult(document, body);
        return JSON.stringify(document);
      },
    };
  };
}

/** Query parameters that are properties to set; the checks before have found that their values fit. */
function compileQueryChange(context: OperationContext): ((exchange: Exchange) => Members) | undefined {
  const { action } = context.binding;
  const names = 'changes' in action ? action.changes : undefined;
  if (names === undefined) return undefined;
  const readers = mergeParameters(context.item.parameters, context.operation.parameters)
    .filter((parameter) => parameter.in === 'query' && names.includes(parameter.name))
    .map((parameter) => ({ name: parameter.name, read: compileParameterValue(context, parameter) }));
  return (exchange) =>
    Object.fromEntries(
      readers.map(({ name, read }) => [name, read(exchange)] as const).filter(([, value]) => value !== undefined),
    );
}

function readChange(body: ReceivedBody, rules: DocumentRules, binding: Binding): (stored: Members) => unknown {
  if (body.essence !== jsonPatchType) {
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
