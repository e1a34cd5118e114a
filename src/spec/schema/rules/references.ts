/**
 * Rules for references, and for what stands beside them.
 */
import { diagnostic } from '../../../diagnostics.ts';
import { childOf, placeOf } from '../../document/node.ts';
import { isObject, own } from '../../record.ts';
import { isMetaSchema } from '../dialect.ts';
import type { Lifting, Rules } from '../lifting.ts';

export const referenceRules: Rules = {
  $ref: reference,
  $dynamicRef: reference,
  $recursiveRef: reference,
};

/** Keywords beside `$ref` that take no part in checking a value, so that their being ignored is no news. */
const HARMLESS_BESIDE_REF = /^(summary|\$comment|id|\$id|\$schema|definitions|\$defs|required)$/;

/** Up to draft 7 and in OpenAPI 3.0, everything beside `$ref` is ignored. */
export function refHidesSiblings(lifting: Lifting): boolean {
  const { dialect } = lifting.context;
  return typeof own(lifting.source, '$ref') === 'string' && dialect !== '2019-09' && dialect !== '2020-12';
}

export function isHiddenByRef(lifting: Lifting, keyword: string): boolean {
  if (/^(x-|_)/.test(keyword) || keyword === 'title' || keyword === 'description') return false;
  if (!HARMLESS_BESIDE_REF.test(keyword) && !isSaidByTarget(lifting, keyword)) {
    const where = lifting.context.dialect === 'openapi-3.0' ? 'in OpenAPI 3.0' : 'in this draft of JSON Schema';
    lifting.report('schema-questionable', `"${keyword}" beside $ref has no effect ${where}.`, keyword, {
      key: true,
      hint: 'put the reference into allOf',
    });
  }
  return true;
}

/** `"type": "object"` beside a reference to what says the same: that it is ignored changes nothing. */
function isSaidByTarget({ source, node, context }: Lifting, keyword: string): boolean {
  const reference = own(source, '$ref');
  if (keyword !== 'type' || typeof reference !== 'string' || isMetaSchema(reference)) return false;
  const target = context.registry.target(reference, childOf(node, '$ref'));
  return isObject(target?.value) && JSON.stringify(own(target.value, 'type')) === JSON.stringify(own(source, 'type'));
}

function reference(lifting: Lifting, value: unknown, keyword: string) {
  if (typeof value !== 'string') return lifting.invalid(keyword, value, 'a reference as a string');
  if (isMetaSchema(value)) {
    // A value that is itself a schema. Its details are not checked, and nothing is fetched.
    lifting.also.push({ type: ['object', 'boolean'] });
    return;
  }
  const target = lifting.context.registry.refer(value, childOf(lifting.node, keyword), lifting.context);
  if (target === undefined) return;
  // 2020-12 lets siblings of `$ref` hold; two references become one and an `allOf`.
  if (Object.hasOwn(lifting.lifted, '$ref')) lifting.also.push({ $ref: target });
  else lifting.set('$ref', target);
}

/**
 * A value of the discriminator that leads to a schema which is none of the choices beside it: no body could have it and
 * be valid (OpenAPI 3.1.1 §4.8.25). Where a choice is no reference, its own choices are not looked at.
 */
export function checkMapping({ lifted, node, context }: Lifting): void {
  const choices = own(lifted, 'oneOf') ?? own(lifted, 'anyOf');
  const discriminator = own(lifted, 'discriminator');
  const mapping = isObject(discriminator) ? own(discriminator, 'mapping') : undefined;
  if (!Array.isArray(choices) || !isObject(mapping)) return;
  const targets = choices.map((choice: unknown) => (isObject(choice) ? own(choice, '$ref') : undefined));
  if (targets.includes(undefined)) return;
  for (const [name, target] of Object.entries(mapping)) {
    if (typeof target !== 'string' || !target.startsWith('#/$defs/') || targets.includes(target)) continue;
    const message = `The discriminator leads "${name}" to a schema that is none of the choices beside it.`;
    context.registry.report(
      diagnostic('schema-questionable', message, {
        at: placeOf(childOf(node, 'discriminator', 'mapping', name)),
        hint: 'add it to oneOf, or take it out of the mapping',
      }),
    );
  }
}
