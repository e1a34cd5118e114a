/**
 * Rules for keywords that combine schemas, and that later drafts say by combining.
 */
import type { JsonSchema } from '../../../model/description.ts';
import { childOf } from '../../document/library.ts';
import { setOwn } from '../../record.ts';
import type { Lifting, Rules } from '../lifting.ts';
import { isTypeName } from '../types.ts';

export const combinationRules: Rules = {
  disallow,
  extends: extend,
  // `withNull` reads it when all that it may change is known.
  nullable: () => {},
};

function disallow(lifting: Lifting, value: unknown) {
  lifting.fromDraft3('disallow', 'not');
  const list = Array.isArray(value) ? value : [value];
  const schemas = list.map((item, index): JsonSchema => {
    const node = Array.isArray(value) ? childOf(lifting.node, 'disallow', index) : childOf(lifting.node, 'disallow');
    if (item === 'any') return true;
    if (isTypeName(item)) return { type: item };
    return lifting.liftNode(node, { ...lifting.context, out: undefined });
  });
  lifting.also.push({ not: schemas.length === 1 && schemas[0] !== undefined ? schemas[0] : { anyOf: schemas } });
}

function extend(lifting: Lifting, value: unknown) {
  lifting.fromDraft3('extends', 'allOf');
  const list = Array.isArray(value) ? value.map((_, index) => index) : [undefined];
  for (const index of list) {
    const node = index === undefined ? childOf(lifting.node, 'extends') : childOf(lifting.node, 'extends', index);
    lifting.also.push(lifting.liftNode(node, { ...lifting.context, out: undefined }));
  }
}

/**
 * OpenAPI 3.0's `nullable`. Strictly it adds null to a `type` beside it and does nothing else; descriptions mean
 * more by it, so that it also opens an `enum`, and an `allOf` with one reference.
 */
export function withNull(lifting: Lifting): JsonSchema {
  if (lifting.context.dialect !== 'openapi-3.0') {
    lifting.report('schema-questionable', '"nullable" belongs to OpenAPI 3.0.', 'nullable', {
      key: true,
      hint: "write type: [<type>, 'null']",
    });
  }
  const { type, enum: values, ...rest } = lifting.lifted;
  if (Array.isArray(values) && !values.includes(null)) lifting.lifted.enum = [...values, null];
  if (type !== undefined) {
    const types = Array.isArray(type) ? type : [type];
    lifting.lifted.type = types.includes('null') ? type : [...types, 'null'];
    return lifting.lifted;
  }
  const combining = ['$ref', 'allOf', 'anyOf', 'oneOf'].filter((keyword) => Object.hasOwn(rest, keyword));
  if (combining.length === 0) return lifting.lifted;
  const combined: Record<string, unknown> = {};
  const outer: Record<string, unknown> = {};
  for (const keyword of Object.keys(lifting.lifted)) {
    setOwn(combining.includes(keyword) ? combined : outer, keyword, lifting.lifted[keyword]);
  }
  const choices = combining.length === 1 && Array.isArray(combined.anyOf) ? combined.anyOf : [combined];
  return { ...outer, anyOf: [...choices, { type: 'null' }] };
}
