/**
 * Words for a facet that its type does not have, because another type has it.
 */
import { type Heard, lower, type Wording } from './heard.ts';

/** `minimum facet can only be used with number types`. */
export function facetOfAnother({ finding, excerpts }: Heard): Wording {
  const [, facet = '', types = ''] = /^(\w+) facet can only be used with (.+) types/.exec(finding.message) ?? [];
  const owner = excerpts.ownerOf(finding.at);
  const typeAt = owner && excerpts.keyBelow(owner, ['type']);
  const type = typeAt && /^type\s*:\s*["']?([^"'#,}\s]+)/.exec(excerpts.line(typeAt).slice(typeAt.column - 1))?.[1];
  const counterparts = (type === undefined ? undefined : COUNTERPARTS[type]) ?? {};
  const counterpart = counterparts[lower(facet)];
  return {
    code: 'unknown-key',
    message: `"${lower(facet)}" can only stand in ${types === 'number' ? 'types of numbers' : `types of kind ${types}`}${type === undefined ? '' : `, and this type is ${type}`}.`,
    hint: counterpart ? `did you mean "${counterpart}"?` : type?.endsWith('[]') ? 'put it on the items' : undefined,
  };
}

/** What limits that other types have are called in a type. */
const COUNTERPARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  string: { minimum: 'minLength', maximum: 'maxLength', minItems: 'minLength', maxItems: 'maxLength' },
  array: { minimum: 'minItems', maximum: 'maxItems', minLength: 'minItems', maxLength: 'maxItems' },
  object: { minItems: 'minProperties', maxItems: 'maxProperties' },
  number: { minLength: 'minimum', maxLength: 'maximum' },
  integer: { minLength: 'minimum', maxLength: 'maximum' },
};
