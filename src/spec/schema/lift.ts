/**
 * Any JSON Schema — draft 3, 4, 6, 7, 2019-09, OpenAPI 3.0's dialect — as 2020-12, with references into `$defs`.
 *
 * Rules go by the form of a value rather than by the declared draft, since many schemas declare one and use another: a
 * boolean `exclusiveMinimum` is understood everywhere, and where the draft does not have it, it is reported as repaired.
 * A value that makes no sense is reported and left out, so that the rest goes on working.
 */
import { diagnostic } from '../../diagnostics.ts';
import type { JsonSchema } from '../../model/description.ts';
import { childOf, type DocumentNode, placeOf, placeOfValue } from '../document/node.ts';
import { isObject, own } from '../record.ts';
import { dialectOf } from './dialect.ts';
import { checkKeyword, intendedKeyword, KEYWORDS, kindOf } from './keywords.ts';
import { type LiftContext, Lifting, type Rules } from './lifting.ts';
import { combinationRules, withNull } from './rules/combinations.ts';
import { objectRules } from './rules/objects.ts';
import { openapiRules } from './rules/openapi.ts';
import { checkMapping, isHiddenByRef, referenceRules, refHidesSiblings } from './rules/references.ts';
import { valueRules } from './rules/values.ts';
import { checkSense } from './sense.ts';

const RULES: Rules = { ...referenceRules, ...valueRules, ...objectRules, ...combinationRules, ...openapiRules };

/** A schema in 2020-12. What is no schema at all is reported and becomes `true`. */
export function liftNode(node: DocumentNode, context: LiftContext): JsonSchema {
  const { document, value } = node;
  if (context.out !== undefined) context.registry.place(context.out, placeOf(node));
  if (typeof value === 'boolean') return value;
  if (isObject(value)) {
    const dialect = Object.hasOwn(value, '$schema') ? dialectOf(value, context.dialect) : context.dialect;
    const scope = Object.hasOwn(value, '$id') ? context.registry.enter(context.scope, node) : context.scope;
    return liftObject(new Lifting(node, value, { ...context, dialect, scope }, liftNode));
  }
  // Of a file with a syntax error nothing is left; the error is told already.
  if (value === undefined && document.diagnostics.some(({ severity }) => severity === 'error')) return true;
  context.registry.report(
    diagnostic('schema-invalid', `A schema is an object, not ${kindOf(value)}.`, {
      at: placeOfValue(node),
      hint: typeof value === 'string' ? `write { type: ${value} }` : undefined,
    }),
  );
  return true;
}

function liftObject(lifting: Lifting): JsonSchema {
  const { source, lifted } = lifting;
  checkSense(lifting);
  const alone = refHidesSiblings(lifting);
  for (const keyword of Object.keys(source)) {
    if (alone && keyword !== '$ref' && isHiddenByRef(lifting, keyword)) continue;
    liftKeyword(lifting, keyword, source[keyword]);
  }
  if (lifting.required.size > 0) lifting.set('required', [...lifting.required]);
  if (lifting.also.length > 0) {
    const { allOf } = lifted;
    lifting.set('allOf', [...(Array.isArray(allOf) ? allOf : []), ...lifting.also]);
  }
  checkMapping(lifting);
  return own(source, 'nullable') === true && !alone ? withNull(lifting) : lifted;
}

function liftKeyword(lifting: Lifting, keyword: string, value: unknown) {
  const kind = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined;
  switch (kind) {
    case undefined:
      return liftUnknown(lifting, keyword, value);
    case 'dropped':
      return;
    case 'special':
      return RULES[keyword]?.(lifting, value, keyword);
    case 'schema':
      return lifting.set(keyword, lifting.lift(keyword));
    case 'schemas':
      return liftSchemas(lifting, keyword, value);
    case 'schema-map':
      return lifting.set(keyword, lifting.map(keyword, value));
    default:
      return liftSimple(lifting, keyword, value);
  }
}

function liftUnknown(lifting: Lifting, keyword: string, value: unknown) {
  const intended = intendedKeyword(keyword);
  if (intended) {
    lifting.report('unknown-key', `"${keyword}" is no keyword of JSON Schema and has no effect.`, keyword, {
      key: true,
      severity: 'warning',
      hint: `did you mean "${intended}"?`,
    });
  }
  lifting.set(keyword, value);
}

function liftSimple(lifting: Lifting, keyword: string, value: unknown) {
  const kind = KEYWORDS[keyword] ?? 'anything';
  // `description:` with nothing behind it says nothing.
  if (value === null && kind === 'text') return;
  const checked = checkKeyword(kind, value);
  if ('expected' in checked) return lifting.invalid(keyword, value, checked.expected);
  if (checked.repaired) {
    lifting.report('schema-questionable', `"${keyword}" has a value of the wrong type.`, keyword, {
      hint: checked.repaired,
    });
  }
  lifting.set(keyword, checked.value);
}

function liftSchemas(lifting: Lifting, keyword: string, value: unknown) {
  if (!Array.isArray(value) || value.length === 0) {
    return lifting.invalid(keyword, value, 'a list of at least one schema');
  }
  lifting.set(
    keyword,
    value.map((_, index) => lifting.liftNode(childOf(lifting.node, keyword, index), lifting.below(keyword, index))),
  );
}
