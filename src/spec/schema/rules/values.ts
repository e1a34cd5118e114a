/**
 * Rules for keywords about single values, and their historic forms.
 */
import { diagnostic } from '../../../diagnostics.ts';
import type { JsonSchema } from '../../../model/description.ts';
import { childOf, type DocumentNode, placeOfValue } from '../../document/node.ts';
import { isObject, own } from '../../record.ts';
import { checkKeyword, kindOf } from '../keywords.ts';
import type { Lifting, Rules } from '../lifting.ts';
import { patternFault, unicodePattern } from '../pattern.ts';
import { isTypeName, respelled, typeHint } from '../types.ts';

export const valueRules: Rules = {
  type,
  enum: enumeration,
  examples,
  pattern,
  divisibleBy,
  exclusiveMinimum: exclusive,
  exclusiveMaximum: exclusive,
  id: identifier,
};

/** A string is draft 4's `$id`, which has done its work; anything else is a keyword of somebody's own. */
function identifier(lifting: Lifting, value: unknown) {
  if (typeof value !== 'string') lifting.set('id', value);
}

function type(lifting: Lifting, value: unknown) {
  const list = Array.isArray(value) ? value : [value];
  const names = new Set<string>();
  const schemas: JsonSchema[] = [];
  let any = false;
  for (const [index, item] of list.entries()) {
    const node = Array.isArray(value) ? childOf(lifting.node, 'type', index) : childOf(lifting.node, 'type');
    if (item === 'any') any = true;
    else if (isTypeName(item)) names.add(item);
    else if (item === null && list.length > 1) names.add('null');
    else if (isObject(item)) schemas.push(lifting.liftNode(node, { ...lifting.context, out: undefined }));
    else {
      const repaired = typeName(lifting, item, node);
      if (repaired) names.add(repaired);
    }
  }
  if (any) return anyType(lifting);
  if (schemas.length === 0) {
    const [first] = names;
    if (first !== undefined) lifting.set('type', names.size === 1 ? first : [...names]);
    return;
  }
  if (names.size > 0) schemas.unshift({ type: [...names] });
  lifting.also.push(schemas.length === 1 && schemas[0] !== undefined ? schemas[0] : { anyOf: schemas });
}

function anyType(lifting: Lifting) {
  if (lifting.context.dialect === 'draft-03') return;
  lifting.report(
    'schema-questionable',
    '"any" is a type of draft 3 only; without a type, everything is accepted.',
    'type',
    {
      hint: 'leave the type out',
    },
  );
}

function typeName(lifting: Lifting, item: unknown, node: DocumentNode): string | undefined {
  const right = typeof item === 'string' ? respelled(item) : undefined;
  lifting.context.registry.report(
    diagnostic(
      right ? 'schema-questionable' : typeof item === 'string' ? 'unknown-type' : 'schema-invalid',
      `${kindOf(item)} is no type of JSON Schema.`,
      {
        at: placeOfValue(node),
        hint: right ? `write "${right}"` : typeHint(String(item)),
      },
    ),
  );
  return right;
}

function enumeration(lifting: Lifting, value: unknown) {
  if (!Array.isArray(value) || value.length === 0)
    return lifting.invalid('enum', value, 'a list of at least one value');
  lifting.set('enum', value);
}

function examples(lifting: Lifting, value: unknown) {
  if (Array.isArray(value)) return lifting.set('examples', value);
  lifting.report('schema-questionable', '"examples" of a schema is a list.', 'examples', {
    hint: 'put the example into a list, or write "example"',
  });
  lifting.set('examples', [value]);
}

function pattern(lifting: Lifting, value: unknown) {
  const unicode = typeof value === 'string' ? unicodePattern(value) : undefined;
  if (unicode === undefined) {
    const hint = typeof value === 'string' ? patternFault(value) : undefined;
    const code = typeof value === 'string' ? 'invalid-pattern' : 'schema-invalid';
    return lifting.invalid('pattern', value, 'a regular expression', { hint, code });
  }
  lifting.set('pattern', unicode);
}

function divisibleBy(lifting: Lifting, value: unknown) {
  const checked = checkKeyword('positive', value);
  if ('expected' in checked) return lifting.invalid('divisibleBy', value, checked.expected);
  lifting.fromDraft3('divisibleBy', 'multipleOf');
  lifting.set('multipleOf', checked.value);
}

/** Up to draft 4 (and OpenAPI 3.0), a flag beside `minimum`; later a bound of its own. */
function exclusive(lifting: Lifting, value: unknown, keyword: string) {
  const inclusive = keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum';
  if (typeof value !== 'boolean') {
    const checked = checkKeyword('number', value);
    if ('expected' in checked) return lifting.invalid(keyword, value, checked.expected);
    return lifting.set(keyword, checked.value);
  }
  const { dialect } = lifting.context;
  if (dialect !== 'draft-03' && dialect !== 'draft-04' && dialect !== 'openapi-3.0') {
    lifting.report(
      'schema-questionable',
      `"${keyword}" is a number, not a flag, in this draft of JSON Schema.`,
      keyword,
      {
        hint: `write ${keyword}: <number> instead of ${inclusive}`,
      },
    );
  }
  const bound = own(lifting.source, inclusive);
  if (value && typeof bound === 'number') lifting.set(keyword, bound);
}
